import { describe, expect, it } from 'vitest';
import type { Window } from '../support/browser.ts';
import { becomes, provisionsIn, selectsBetween, useBrowserFixture, wordsOf } from '../support/browser-fixture.ts';
import { retype, until, wordsIn } from '../support/person.ts';
import { provision } from '../support/rules-fixture.ts';

const fixture = useBrowserFixture('editing');

const REPLY = 'Each side shall acknowledge a request within 24 hours after receipt.';
const GROUNDS = 'A refusal shall state its grounds.';
const METRIC = ['Median time to acknowledge', 'hours', '264', '24', 'monthly', 'register of requests', 'each side'] as const;

async function seat(): Promise<{ doc: string; az: Window }> {
  const doc = await fixture().group.negotiate([
    provision('reply', REPLY, 'paragraph', '1'), provision('grounds', GROUNDS, 'paragraph', '2'), provision('metric', METRIC, 'metric', '3'),
    provision('term', ['Request', 'a written request'], 'definition', '4'),
  ]);
  return { doc, az: await fixture().at('az', doc) };
}

const press = async (window: Window, ...keys: string[]): Promise<void> => { for (const key of keys) await window.page.keyboard.press(key); };
const paste = (window: Window, text: string, html = ''): Promise<void> => window.page.evaluate(([plain, markup]) => {
  const data = new DataTransfer();
  data.setData('text/plain', plain!);
  if (markup) data.setData('text/html', markup);
  document.querySelector('.ProseMirror')!.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}, [text, html]);

describe('the shape of the text', () => {
  it('[E5] Backspace at the start of a provision and Delete at its end join nothing; an own empty provision goes', async () => {
    const { az } = await seat();
    await az.caretAfter('grounds', 'A refusal');
    await press(az, 'Home', 'Backspace', 'Control+Backspace', 'Backspace');
    await az.caretAfter('reply', 'receipt.');
    await press(az, 'Delete', 'Control+Delete', 'Delete');
    expect([await wordsOf(az, 'reply'), await wordsOf(az, 'grounds')]).toEqual([[REPLY], [GROUNDS]]);
    await press(az, 'Enter');
    await becomes(async () => (await provisionsIn(az)).length, 5);
    await press(az, 'Backspace');
    await becomes(() => provisionsIn(az), ['reply', 'grounds', 'metric', 'term']);
    await az.type(' Then.');
    await becomes(() => wordsOf(az, 'reply'), [`${REPLY} Then.`]);
    await az.saved();
  });

  it('typing over a selection of two provisions takes the selected words of each and leaves both; undo brings them back', async () => {
    const { doc, az } = await seat();
    await selectsBetween(az, ['reply', 'acknowledge'], ['grounds', 'A refusal']);
    await az.type('x');
    await becomes(() => wordsOf(az, 'reply'), ['Each side shall acknowledgex']);
    expect([await wordsOf(az, 'grounds'), await provisionsIn(az)]).toEqual([[' shall state its grounds.'], ['reply', 'grounds', 'metric', 'term']]);
    await az.saved();
    await press(az, 'Control+z');
    await becomes(() => wordsOf(az, 'reply'), [REPLY]);
    await becomes(() => wordsOf(az, 'grounds'), [GROUNDS]);
    await az.saved();
    const other = await fixture().group.oc.open(doc);
    await until(other, () => wordsIn(other, `position:${fixture().group.delegations[0]}`, 'reply') === REPLY, 'the record has it too');
  });

  it('typing, deleting and cutting over several fields of one provision stays field by field', async () => {
    const { az } = await seat();
    const select = (from: string, to: string) => selectsBetween(az, ['metric', from], ['metric', to]);
    await select('Median', 'month');
    await az.type('x');
    await becomes(() => wordsOf(az, 'metric'), ['Medianx', '', '', '', 'ly', 'register of requests', 'each side']);
    await select('register', 'each');
    await press(az, 'Delete');
    await becomes(() => wordsOf(az, 'metric'), ['Medianx', '', '', '', 'ly', 'register', ' side']);
    await selectsBetween(az, ['term', 'Req'], ['term', 'a written']);
    await press(az, 'Control+x');
    await becomes(() => wordsOf(az, 'term'), ['Req', ' request']);
    await az.saved();
  });

  it('all fields are reached by Tab and Enter, and what is typed at the start of a field stays in it', async () => {
    const { az } = await seat();
    await az.caretAfter('term', 'Request');
    await press(az, 'Home');
    await az.type('A');
    await press(az, 'Tab');
    await az.type('B');
    await press(az, 'Shift+Tab');
    await az.type('C');
    await becomes(() => wordsOf(az, 'term'), ['ARequestC', 'Ba written request']);
    await az.caretAfter('metric', 'Median');
    for (let i = 0; i < 6; i++) { await press(az, i % 2 ? 'Tab' : 'Enter', 'Home'); await az.type('+'); }
    await becomes(() => wordsOf(az, 'metric'), [METRIC[0], ...METRIC.slice(1).map((words) => `+${words}`)]);
    await az.saved();
  });
});

describe('pasting', () => {
  it('several paragraphs become provisions with ids of their own, called bis and ter', async () => {
    const { az } = await seat();
    await az.caretAfter('reply', 'receipt.');
    await paste(az, '', '<p>First <b>pasted</b>.</p><p>Second.</p><p>Third.</p>');
    await becomes(async () => (await provisionsIn(az)).length, 6);
    const ids = await provisionsIn(az);
    expect(new Set(ids).size).toBe(6);
    expect([await wordsOf(az, ids[0]!), await wordsOf(az, ids[1]!), await wordsOf(az, ids[2]!)]).toEqual([[`${REPLY}First pasted.`], ['Second.'], ['Third.']]);
    expect(await az.provision(ids[2]!).getAttribute('data-label')).toBe('1 ter');
    await az.saved();
  });

  it.each([
    ['longer than a field', () => 'word '.repeat(4_100), 'Nothing was put in.'],
    ['longer than one update', () => 'A paragraph.\n'.repeat(4_000), 'At most 43,557 can be put in at once'],
  ] as const)('what is %s is refused in words, and nothing of what stands there is lost', async (_name, text, says) => {
    const { doc, az } = await seat();
    await az.caretAfter('grounds', 'A refusal');
    await az.type(' typed before');
    await paste(az, text());
    await az.page.getByRole('alert').filter({ hasText: says }).waitFor();
    await az.shot('too-much');
    await az.type(' and after');
    await az.saved();
    expect([await wordsOf(az, 'grounds'), await provisionsIn(az)]).toEqual([['A refusal typed before and after shall state its grounds.'], ['reply', 'grounds', 'metric', 'term']]);
    await az.openDocument(doc);
    expect(await wordsOf(az, 'grounds')).toEqual(['A refusal typed before and after shall state its grounds.']);
  });

  it('[E3] [E42] a field that is nearly full takes no more than it holds, and says so', async () => {
    const { doc, az } = await seat();
    const colleague = await fixture().group.azHead.open(doc);
    retype(colleague, 'grounds', GROUNDS, 'full words '.repeat(1_818));
    expect(wordsIn(colleague, `position:${fixture().group.delegations[0]}`, 'grounds').length).toBe(19_998);
    await colleague.saved();
    await az.reads('grounds', 'full words');
    await az.provision('grounds').locator('.words').first().click({ position: { x: 4, y: 8 } });
    await az.type('abcd');
    await az.page.getByRole('alert').filter({ hasText: '20,000 characters' }).first().waitFor();
    await az.saved();
    expect((await wordsOf(az, 'grounds'))![0]!.length).toBe(20_000);
  });
});
