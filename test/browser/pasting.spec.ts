import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Window } from '../support/browser.ts';
import { becomes, provisionsIn, useBrowserFixture, wordsOf } from '../support/browser-fixture.ts';
import { provision } from '../support/rules-fixture.ts';

const fixture = useBrowserFixture('pasting');

const paste = (window: Window, html: string, into = '.ProseMirror'): Promise<void> => window.page.evaluate(([markup, where]) => {
  const data = new DataTransfer();
  data.setData('text/html', markup!);
  data.setData('text/plain', 'plain');
  document.querySelector(where!)!.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}, [html, into] as const);

/** Puts on the clipboard of the machine what a program has copied, and pastes it with the keyboard. */
async function copiedAndPasted(window: Window, html: string, text: string): Promise<void> {
  await window.page.evaluate(([markup, plain]) => {
    addEventListener('copy', (event) => {
      event.clipboardData!.setData('text/html', markup!);
      event.clipboardData!.setData('text/plain', plain!);
      event.preventDefault();
      event.stopImmediatePropagation();
    }, { capture: true, once: true });
  }, [html, text] as const);
  await window.page.keyboard.press('Control+c');
  await window.page.keyboard.press('Control+v');
}

/** As Word puts it there: hard-wrapped, a sheet of styles, conditional comments, lists that it has counted itself, changes, a comment, a note, hidden words. */
const WORD = readFileSync(new URL('../support/word-clipboard.html', import.meta.url), 'utf8').replaceAll('\n', '\r\n');

const SENTENCE = 'A reply is due.';

async function seat(): Promise<Window> {
  const doc = await fixture().group.negotiate([provision('p', SENTENCE, 'paragraph', '1'), provision('q', '', 'paragraph', '2')]);
  return fixture().at('az', doc);
}

describe('pasting under the page’s own policy', () => {
  it('[EP1] [EP3] takes what would stand if every change were accepted, says what it left, and takes it back; the browser logs nothing', async () => {
    const az = await seat();
    await az.caretAfter('p', 'due');
    await paste(az, '<style>.h{display:none}</style><span style="font-weight:400"> within <del>24</del><ins>72</ins><sup style="vertical-align:super">3</sup> hours<span class="h"> or 96</span><span style="display:none">secret</span></span>');
    await becomes(() => wordsOf(az, 'p'), ['A reply is due within 72³ hours.']);
    const notice = az.page.getByRole('status').filter({ hasText: 'Left out: struck words and hidden words. Raised' });
    await notice.first().waitFor();
    await az.saved();
    await az.shot('pasted');
    await notice.getByRole('button', { name: 'Undo' }).click();
    await becomes(() => wordsOf(az, 'p'), [SENTENCE]);
    await az.saved();
  });

  it('[EP1] [EP2] [EP5] from Word by the keyboard: what its reader saw, with nothing struck, hidden or noted beside it; nobody else is shown any of that either', async () => {
    const paper = await fixture().group.draft([provision('p', '')], 'From Word'), az = await fixture().at('az', paper);
    await az.provision('p').locator('.words').click();
    await copiedAndPasted(az, WORD, 'A request shall be acknowledged within 2472 hours');
    const shown = async (window: Window) => Promise.all((await provisionsIn(window)).map(async (id) => {
      const [label, level] = await window.provision(id).evaluate((p: HTMLElement) => [p.dataset.label, p.dataset.level]);
      return `${label}|${level}|${(await wordsOf(window, id))!.join()}`;
    }));
    await becomes(() => shown(az), [
      '3|0|A request shall be acknowledged within 72 hours of receipt.', '(a)|1|The requested side replies in writing up to 10⁶ times.', '4|0|It enters into force 90 days after signature.',
    ]);
    expect([await az.page.locator('.ProseMirror strong').allTextContents(), await az.page.locator('.ProseMirror em').allTextContents()]).toEqual([['requested'], ['in writing']]);
    const notice = az.page.getByRole('status').filter({ hasText: 'Left out: struck words, comments, notes, the marks of notes and hidden words. Raised' });
    await notice.first().waitFor();
    await az.saved();
    const oc = await fixture().at('oc', paper);
    await becomes(() => shown(oc), await shown(az));
    for (const window of [az, oc]) expect(await window.page.locator('body').innerText()).not.toMatch(/fallback|minute|capital|Do not|BB1|2472|denounced/);
    await notice.getByRole('button', { name: 'Undo' }).first().click();
    await becomes(() => shown(oc), ['|0|']);
    await az.saved();
  });

  it('[EP1] from Word into a text in negotiation: its own numbers stay outside, which is said', async () => {
    const az = await seat();
    await az.provision('q').locator('.words').click();
    await copiedAndPasted(az, WORD, 'plain');
    await becomes(async () => (await Promise.all((await provisionsIn(az)).map((id) => wordsOf(az, id)))).flat(), [
      SENTENCE, 'A request shall be acknowledged within 72 hours of receipt.', 'The requested side replies in writing up to 10⁶ times.', 'It enters into force 90 days after signature.',
    ]);
    await az.page.getByText('hidden words and numbers of a list').first().waitFor();
    await az.saved();
  });

  it('[EP3] takes nothing back once something else was written', async () => {
    const az = await seat();
    await az.caretAfter('p', 'due');
    await paste(az, '<span> soon<s>er</s></span>');
    await becomes(() => wordsOf(az, 'p'), ['A reply is due soon.']);
    await az.type(' x');
    await az.page.getByRole('button', { name: 'Undo', exact: true }).click();
    await az.page.getByText('Something was written since').waitFor();
    expect(await wordsOf(az, 'p')).toEqual(['A reply is due soon x.']);
    await az.saved();
  });

  it('[EP4] Google’s bold wrapper makes nothing bold, and emphasis within it comes', async () => {
    const az = await seat();
    await az.caretAfter('p', 'due');
    await paste(az, '<b style="font-weight:normal;" id="docs-internal-guid-1"><span style="font-weight:400"> at</span><span style="font-weight:700"> noon</span><span style="font-style:italic"> sharp</span></b>');
    await becomes(() => wordsOf(az, 'p'), ['A reply is due at noon sharp.']);
    expect((await az.provision('p').locator('.words strong').allTextContents()).join('').trim()).toBe('noon');
    expect((await az.provision('p').locator('.words em').allTextContents()).join('').trim()).toBe('sharp');
    await az.saved();
  });

  it('[EP5] in negotiation several provisions are called bis and ter, whatever they were called', async () => {
    const az = await seat();
    await az.caretAfter('p', 'due.');
    await paste(az, '<ol start="7"><li>One.</li><li>Two.</li></ol>');
    await becomes(async () => (await provisionsIn(az)).length, 3);
    const ids = await provisionsIn(az);
    expect([await wordsOf(az, ids[0]!), await wordsOf(az, ids[1]!), await az.provision(ids[1]!).getAttribute('data-label')]).toEqual([[`${SENTENCE}One.`], ['Two.'], '1 bis']);
    await az.page.getByText('numbers of a list').first().waitFor();
    await az.saved();
  });
});

describe('keys and labels', () => {
  it('[E31] F1 and Ctrl+/ open the list of keys from the text, and ? types', async () => {
    const az = await seat();
    await az.caretAfter('p', 'due');
    for (const key of ['F1', 'Control+/']) {
      await az.page.keyboard.press(key);
      await az.page.getByRole('dialog', { name: 'Keys' }).waitFor();
      await az.page.keyboard.press('Escape');
      await az.page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'detached' });
    }
    await az.caretAfter('p', 'due');
    await az.type('?');
    await becomes(() => wordsOf(az, 'p'), ['A reply is due?.']);
    await az.saved();
  });

  it('[EP6] [L7] a paper is read from a pasted text, put right, opened, and goes on with labels that are typed', async () => {
    const moderator = await fixture().at('chair');
    await moderator.page.goto(`${fixture().url}/open`);
    await moderator.page.getByLabel('Title').fill('Understanding');
    await paste(moderator, '<h1>Understanding</h1><ol start="3"><li>Scope</li></ol><p>The sides shall consult <del>never</del>. They report.</p>', 'textarea');
    await becomes(() => moderator.page.getByLabel('Text', { exact: true }).inputValue(), 'Understanding\n\n3. Scope\n\nThe sides shall consult . They report.');
    await moderator.page.getByLabel('Text', { exact: true }).fill('Understanding\n\n3. Scope\n\nThe sides shall consult. They report.\n\n90 Days after signature it begins.');
    await moderator.page.getByRole('button', { name: /^Correct The sides/ }).click();
    const words = moderator.page.getByLabel('Words');
    await words.evaluate((area: HTMLTextAreaElement) => { area.setSelectionRange(24, 24); });
    await words.press('Enter');
    await moderator.page.getByRole('button', { name: 'Done' }).click();
    await moderator.shot('put-right');
    await moderator.page.getByRole('button', { name: 'Open as working paper' }).click();
    await moderator.page.locator('.save-status[data-state="saved"]').waitFor();
    const shown = () => moderator.page.locator('.ProseMirror > [data-provision]').evaluateAll((all) => all.map((p) => `${p.getAttribute('data-label')}|${p.getAttribute('data-kind')}|${p.querySelector('.words')!.textContent}`));
    await becomes(shown, ['3|heading|Scope', '|paragraph|The sides shall consult.', '|paragraph|They report.', '|paragraph|90 Days after signature it begins.']);
    await moderator.page.locator('.ProseMirror > [data-provision]').last().locator('.words').click();
    await moderator.page.keyboard.press('End');
    await moderator.page.keyboard.press('Enter');
    await moderator.type('4. It ends after 90 Days.');
    await moderator.page.keyboard.press('Enter');
    await becomes(async () => (await shown()).slice(4), ['4|paragraph|It ends after 90 Days.', '|paragraph|']);
    await moderator.page.keyboard.press('Control+z');
    await becomes(async () => (await shown())[4], '|paragraph|4. It ends after 90 Days.');
    await moderator.saved();
  });
});

describe('[EP7] a paste that comes before what reads it', () => {
  /** A document in a window to which what reads pages comes when it is let through; `fails`: not at all. */
  async function unread(): Promise<{ readonly az: Window; readonly arrive: (fails?: boolean) => void }> {
    const az = await fixture().further('az');
    let arrive!: (fails?: boolean) => void;
    const arrival = new Promise<boolean>((resolve) => { arrive = (fails = false) => resolve(fails); });
    await az.page.route(/pasted-html-[^/]*\.js$/, async (route) => { await ((await arrival) ? route.abort() : route.continue()); });
    await az.openDocument(await fixture().group.negotiate([provision('p', SENTENCE, 'paragraph', '1'), provision('q', 'They agree.', 'paragraph', '2')]));
    return { az, arrive };
  }

  it('stands where the caret was, before all that was typed since, several in their order; the caret goes on behind what was typed', async () => {
    const { az, arrive } = await unread();
    await az.caretAfter('p', 'reply');
    await paste(az, '<b> within <del>24</del><ins>72</ins></b>');
    await az.type(' is');
    await paste(az, '<i> truly</i>');
    await paste(az, '<i> and</i>');
    await az.type(' is');
    expect(await wordsOf(az, 'p')).toEqual(['A reply is is is due.']);
    arrive();
    await becomes(() => wordsOf(az, 'p'), ['A reply within 72 is truly and is is due.']);
    await az.type('!');
    await becomes(() => wordsOf(az, 'p'), ['A reply within 72 is truly and is! is due.']);
    await az.saved();
  });

  it('takes the place of what was selected, and parts the provision before what was typed since', async () => {
    const { az, arrive } = await unread();
    await az.caretAfter('p', 'reply');
    await az.page.keyboard.press('Shift+Control+ArrowRight');
    await paste(az, '<p>comes.</p><p>It</p>');
    await az.type(' may be');
    arrive();
    await becomes(async () => (await Promise.all((await provisionsIn(az)).map((id) => wordsOf(az, id)))).flat(), ['A replycomes.', 'It may be due.', 'They agree.']);
    await az.type('!');
    await becomes(async () => (await Promise.all((await provisionsIn(az)).map((id) => wordsOf(az, id)))).flat(), ['A replycomes.', 'It may be! due.', 'They agree.']);
    await az.saved();
  });

  it('that cannot be read is not put in, which is said, and can be pasted again', async () => {
    const { az, arrive } = await unread();
    await az.caretAfter('p', 'due');
    await paste(az, '<b> soon</b>');
    await az.type('!');
    arrive(true);
    await az.page.getByRole('alert').filter({ hasText: 'Load the page anew' }).waitFor();
    expect(await wordsOf(az, 'p')).toEqual(['A reply is due!.']);
    await az.saved();
    await az.page.unrouteAll();
    await az.page.reload();
    await az.saved();
    await az.caretAfter('p', 'due');
    await paste(az, '<b> soon</b>');
    await becomes(() => wordsOf(az, 'p'), ['A reply is due soon!.']);
  });
});
