import { positionRoom } from '@parley/negotiation';
import type { DocumentClient } from '@parley/sync';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launch, Window } from '../support/browser.ts';
import { becomes } from '../support/browser-fixture.ts';
import { HeldMessages } from '../support/held-messages.ts';
import { retype, until, wordsIn } from '../support/person.ts';
import { provision } from '../support/rules-fixture.ts';
import { PASSWORD } from '../support/cast.ts';
import { type WorkingGroup, workingGroup } from '../support/working-group.ts';
import { performs } from '../support/two-steps.ts';

const REPLY = 'The two sides shall acknowledge a request within 24 hours after receipt.';

let w: WorkingGroup;
let browser: Browser;
/** One window of a negotiator of Azure for all tests: nobody signs in twelve times a minute. */
let az: Window;
const windows: Window[] = [];
beforeAll(async () => {
  [w, browser] = await Promise.all([workingGroup(), launch()]);
  az = await Window.open(browser, w.parley.url);
  windows.push(az);
  await az.signIn(w.az.keys.userName, PASSWORD);
});
afterAll(async () => {
  await browser?.close();
  await w?.end();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await Window.shots(windows, `editor-traps-${task.name.slice(1, 4)}`);
});

interface Setup { readonly doc: string; readonly az: Window; readonly colleague: DocumentClient; readonly other: DocumentClient; readonly own: (id?: string) => string; readonly theirs: (id?: string) => string }

/** A negotiator's window on a text under negotiation, a colleague of theirs and somebody of the other side on the same document. */
async function setup(): Promise<Setup> {
  const doc = await w.negotiate([provision('reply', REPLY, 'paragraph', '1'), provision('next', 'A refusal shall state its grounds.', 'paragraph', '2')]);
  const [colleague, other] = await Promise.all([w.azHead.open(doc), w.oc.open(doc)]);
  await az.openDocument(doc);
  const [azure, ochre] = w.delegations;
  return {
    doc, az, colleague, other,
    own: (id = 'reply') => wordsIn(colleague, positionRoom(azure), id), theirs: (id = 'reply') => wordsIn(colleague, positionRoom(ochre), id),
  };
}

/** What the screen shows as text, without anything drawn. */
const shownWords = (window: Window, id = 'reply'): Promise<string> => window.page.evaluate((at) => {
  const words = document.querySelector(`.ProseMirror [data-provision="${at}"] .words`)!.cloneNode(true) as HTMLElement;
  words.querySelectorAll('[data-bracket]').forEach((drawn) => drawn.remove());
  return words.textContent ?? '';
}, id);

const settled = async (d: { az: Window; colleague: DocumentClient; own: (id?: string) => string }, words: string, id = 'reply'): Promise<void> => {
  await d.az.saved();
  await until(d.colleague, () => d.own(id) === words, `the own position reads “${words}”, it reads “${d.own(id)}”`);
  await becomes(() => shownWords(d.az, id), words);
};

const pasteHtml = (window: Window, html: string): Promise<void> => window.page.evaluate((markup) => {
  const data = new DataTransfer();
  data.setData('text/html', markup);
  document.querySelector('.ProseMirror')!.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}, html);

describe('traps of the bracketed text', () => {
  it('[E13] words of a bracket never become text: Home and at once Backspace beside own struck words, 30 times', async () => {
    const d = await setup();
    retype(d.colleague, 'reply', 'The two sides', 'Sides');
    await d.az.provision('reply').locator('[data-bracket]').filter({ hasText: 'The two sides' }).waitFor();
    const words = REPLY.replace('The two sides', 'Sides');
    for (let i = 0; i < 30; i++) {
      await d.az.caretAfter('reply', 'shall');
      await d.az.page.keyboard.press('Home');
      await d.az.page.keyboard.press('Backspace');
    }
    await settled(d, words);
    expect([d.own('next'), d.theirs()]).toEqual(['A refusal shall state its grounds.', REPLY]);
  });

  it('[E9] pasting what the screen shows brings the own words alone', async () => {
    const d = await setup();
    retype(d.other, 'reply', 'within 24 hours', 'promptly');
    await d.az.provision('reply').locator('[data-bracket]').filter({ hasText: 'promptly' }).waitFor();
    await d.az.caretAfter('next', 'A refusal');
    await pasteHtml(d.az, await d.az.page.evaluate(() => document.querySelector('.ProseMirror [data-provision="reply"]')!.outerHTML));
    await settled(d, `A refusal${REPLY} shall state its grounds.`, 'next');
  });

  it('[E9] copying takes the own words, copying with brackets is a command', async () => {
    const d = await setup();
    retype(d.other, 'reply', '24', '72');
    await d.az.provision('reply').locator('[data-bracket]').filter({ hasText: '72' }).waitFor();
    await d.az.caretAfter('reply', 'The two');
    await d.az.page.keyboard.press('Home');
    await d.az.page.keyboard.press('Shift+End');
    await d.az.page.keyboard.press('Shift+ArrowDown');
    await d.az.page.keyboard.press('Control+c');
    const copied = await d.az.page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      return { text: await navigator.clipboard.readText(), html: await (await item!.getType('text/html')).text() };
    });
    expect(copied.text).toContain('within 24 hours');
    expect(copied.text + copied.html).not.toMatch(/72|Ochre|OC|data-bracket/);
    await d.az.page.getByRole('button', { name: 'Copy as bracketed text' }).click();
    await becomes(() => d.az.page.evaluate(async () => (await navigator.clipboard.readText()).includes('within [24 / 72 - OC] hours')), true);
  });

  it('[E8] an input method composes undisturbed while a colleague and the other side type in the same provision', async () => {
    const d = await setup();
    const devtools = await d.az.context.newCDPSession(d.az.page);
    for (const [behind, colleague, other] of [['shall', 'receipt', 'request'], ['within', 'The two', 'hours'], ['after', 'hours', 'sides']] as const) {
      const before = d.own();
      await d.az.caretAfter('reply', behind);
      for (const text of ['n', 'ni', 'nih', 'ni hao']) {
        await devtools.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
        retype(d.colleague, 'reply', colleague, `${colleague}!`);
        retype(d.other, 'reply', other, `${other}?`);
      }
      await devtools.send('Input.insertText', { text: '你好' });
      const colleagued = before.replace(colleague, `${colleague}!!!!`), at = colleagued.indexOf(behind) + behind.length;
      await settled(d, colleagued.slice(0, at) + '你好' + colleagued.slice(at));
    }
  });

  it('[E10] the caret crosses brackets as if they were not there, and keys beside them change one real character', async () => {
    const d = await setup();
    retype(d.colleague, 'reply', '24', '12');
    retype(d.other, 'reply', '24', '72');
    await d.az.provision('reply').locator('[data-bracket]').filter({ hasText: '72' }).waitFor();
    await d.az.provision('reply').locator('ins.own').waitFor();
    await d.az.caretAfter('reply', 'within');
    for (let i = 0; i < 5; i++) await d.az.page.keyboard.press('ArrowRight');
    await d.az.type('x');
    await settled(d, REPLY.replace('24 hours', '12 hxours'));
    await d.az.page.keyboard.press('Backspace');
    for (let i = 0; i < 4; i++) await d.az.page.keyboard.press('ArrowLeft');
    await d.az.type('0');
    await settled(d, REPLY.replace('24', '012'));
    await d.az.page.keyboard.press('Backspace');
    await d.az.page.keyboard.press('Backspace');
    await settled(d, REPLY.replace(' 24', '12'));
    await d.az.page.keyboard.press('Delete');
    await settled(d, REPLY.replace(' 24', '2'));
    expect(d.theirs()).toBe(REPLY.replace('24', '72'));
  });

  it('[E10] clicking on either side of the other side’s words, or on them, types before them and never into them', async () => {
    const d = await setup();
    retype(d.other, 'next', ' state', ' promptly state');
    const theirs = d.az.provision('next').locator('ins.theirs').filter({ hasText: 'promptly' });
    await theirs.waitFor();
    const click = async (where: 'left' | 'middle' | 'right', type: string): Promise<void> => {
      const box = (await theirs.boundingBox())!;
      await d.az.page.mouse.click(where === 'left' ? box.x - 2 : where === 'right' ? box.x + box.width + 1 : box.x + box.width / 2, box.y + box.height / 2);
      await d.az.type(type);
    };
    await click('right', '1');
    await settled(d, 'A refusal shall1 state its grounds.', 'next');
    await d.az.provision('next').locator('ins.own').filter({ hasText: 'shall1' }).waitFor();
    await click('left', '2');
    await settled(d, 'A refusal shall12 state its grounds.', 'next');
    await d.az.provision('next').locator('ins.own').filter({ hasText: 'shall12' }).waitFor();
    await click('middle', '3');
    await settled(d, 'A refusal shall123 state its grounds.', 'next');
    expect(await theirs.locator('.said').innerText()).toBe(' promptly');
    expect(d.theirs('next')).toBe('A refusal shall promptly state its grounds.');
  });

  it('[E15] brackets stay the same elements through a colleague’s edit elsewhere', async () => {
    const d = await setup();
    retype(d.other, 'reply', '24', '72');
    const mark = d.az.provision('reply').locator('ins.theirs');
    await mark.waitFor();
    await mark.evaluate((element) => { (element as HTMLElement).dataset.seen = 'before'; });
    retype(d.colleague, 'next', 'A refusal', 'Any refusal');
    await d.az.provision('next').getByText('Any').waitFor();
    expect(await mark.getAttribute('data-seen')).toBe('before');
  });

  it('[E15] a word typed on a common word becomes a bracket when it has been typed', async () => {
    const d = await setup();
    await d.az.caretAfter('reply', 'request');
    await d.az.type('s');
    await d.az.provision('reply').locator('ins.own').filter({ hasText: 'requests' }).waitFor();
    await settled(d, REPLY.replace('request', 'requests'));
  });

  it('[E7] undo does not reach across an act', async () => {
    const d = await setup();
    await d.az.caretAfter('reply', 'shall');
    await d.az.type(' promptly');
    await settled(d, REPLY.replace('shall', 'shall promptly'));
    const head = await Window.open(browser, w.parley.url);
    windows.push(head);
    await head.signIn(w.ocHead.keys.userName, PASSWORD);
    await head.openDocument(d.doc);
    await head.caretAfter('reply', 'The two');
    await w.parley.later();
    await performs(head.page.locator('article[data-proposal]').filter({ hasText: 'promptly' }).getByRole('button', { name: 'Accept' }));
    await d.az.provision('reply').locator('ins.own').waitFor({ state: 'detached' });
    await d.az.caretAfter('reply', 'The two');
    await d.az.page.keyboard.press('Control+z');
    await settled(d, REPLY.replace('shall', 'shall promptly'));
  });

  it('[E18] the other side’s caret stands inside the bracket it writes in, a colleague’s where it is', async () => {
    const d = await setup();
    const [, ochre] = w.delegations;
    retype(d.other, 'reply', '24', 'seventy-two');
    const insertion = d.az.provision('reply').locator('ins.theirs');
    await insertion.waitFor();
    const at = REPLY.indexOf('24');
    d.other.setCaret({ room: positionRoom(ochre), provision: 'reply', key: 'en:text', anchor: at + 7, head: at + 7 });
    await insertion.locator('.caret').filter({ hasText: 'Ona Ochre' }).waitFor();
    expect(await insertion.locator('.said').evaluate((said) => said.textContent)).toContain('seventy');
    d.colleague.setCaret({ room: d.colleague.ownRoom!, provision: 'next', key: 'en:text', anchor: 3, head: 3 });
    await d.az.provision('next').locator('.caret').filter({ hasText: 'Ada Azure' }).waitFor();
    expect(await shownWords(d.az)).toBe(REPLY);
  });

  it.each([
    ['a colleague’s words', (d: Setup) => retype(d.colleague, 'reply', 'The two', 'Both the two')],
    ['the other side’s words', (d: Setup) => retype(d.other, 'reply', '24', '72')],
    ['somebody’s caret', (d: Setup) => d.colleague.setCaret({ room: d.colleague.ownRoom!, provision: 'reply', key: 'en:text', anchor: 3, head: 3 })],
  ] as const)('[E19] a caret stays where it was put when %s are drawn before the browser has told of it', async (_what, remote) => {
    const d = await setup();
    const held = await HeldMessages.of(d.az);
    await d.az.caretAfter('reply', 'acknowledge');
    await held.hold();
    remote(d);
    await held.some();
    expect(await held.passWithCaretAfter('reply', 'receipt')).toContain('receipt');
    await d.az.type('s');
    await becomes(async () => (await shownWords(d.az)).includes('receipts.'), true);
    await d.az.saved();
    await until(d.colleague, () => d.own().includes('after receipts.'), `the letter stands where the caret was, not in “${d.own()}”`);
  });

  it('[E19] the provision in hand is the one where the caret was put, also where somebody’s caret is drawn before the browser has told of it', async () => {
    const d = await setup(), held = await HeldMessages.of(d.az), inHand = (name: string) => d.az.page.getByRole('region', { name, exact: true });
    await d.az.caretAfter('next', 'A refusal');
    await inHand('Provision 2').waitFor();
    await held.hold();
    d.colleague.setCaret({ room: d.colleague.ownRoom!, provision: 'reply', key: 'en:text', anchor: 3, head: 3 });
    await held.some();
    expect(await held.passWithCaretAfter('reply', 'receipt')).toContain('receipt');
    await inHand('Provision 1').waitFor();
  });

  it('[E6] Enter makes a provision with its own id and a label of its own, and one undo takes it back', async () => {
    const d = await setup();
    await d.az.caretAfter('reply', 'hours');
    await d.az.page.keyboard.press('Enter');
    await settled(d, REPLY.slice(0, REPLY.indexOf(' after')));
    const ids = await d.az.page.locator('.ProseMirror [data-provision]').evaluateAll((all) => all.map((e) => [(e as HTMLElement).dataset.provision, (e as HTMLElement).dataset.label]));
    expect(new Set(ids.map(([id]) => id)).size).toBe(3);
    expect(ids.map(([, label]) => label)).toEqual(['1', '1 bis', '2']);
    await d.az.page.keyboard.press('Backspace');
    await settled(d, REPLY.slice(0, REPLY.indexOf(' after')));
    await d.az.page.keyboard.press('Control+z');
    await settled(d, REPLY);
    expect(windows.flatMap((window) => window.errors)).toEqual([]);
  });
});
