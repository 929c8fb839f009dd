import type { DocumentClient } from '@parley/sync';
import { describe, expect, it } from 'vitest';
import type { Window } from '../support/browser.ts';
import { becomes, selectsBetween, useBrowserFixture, wordsOf } from '../support/browser-fixture.ts';
import { InputMethod } from '../support/input-method.ts';
import { retype, until, wordsIn } from '../support/person.ts';
import { provision } from '../support/rules-fixture.ts';

const fixture = useBrowserFixture('composing');

const COMMON = 'Each side shall acknowledge a request within 24 hours.';

interface Setup { readonly window: Window; readonly doc: string; readonly input: InputMethod; readonly colleague: DocumentClient; readonly other: DocumentClient; readonly room: `position:${string}` }

async function setup(): Promise<Setup> {
  const { group } = fixture();
  const doc = await group.negotiate([
    provision('reply', COMMON, 'paragraph', '1'), provision('next', 'A refusal states its grounds.', 'paragraph', '2'),
    provision('term', ['Request', 'a written request'], 'definition', '3'), provision('metric', ['Median time', 'hours', '264', '24', 'monthly', 'register', 'each side'], 'metric', '4'),
  ]);
  const [window, colleague, other] = [await fixture().at('az', doc), await group.azHead.open(doc), await group.oc.open(doc)];
  return { window, doc, input: await InputMethod.of(window), colleague, other, room: `position:${group.delegations[0]}` };
}

const press = async ({ window }: Setup, ...keys: string[]): Promise<void> => { for (const key of keys) await window.page.keyboard.press(key); };
const theyWrite = async (d: Setup, found: string, words: string): Promise<void> => {
  retype(d.other, 'reply', found, words);
  await d.window.provision('reply').locator('.theirs').first().waitFor();
};
const weWrite = async (d: Setup, found: string, words: string): Promise<void> => {
  retype(d.colleague, 'reply', found, words);
  await d.window.reads('reply', words);
  await d.window.provision('reply').locator('.own').first().waitFor();
};
const bold = async (d: Setup, from: string, to: string): Promise<void> => {
  await selectsBetween(d.window, ['reply', from], ['reply', to]);
  await press(d, 'Control+b');
  await d.window.provision('reply').locator('.words strong').waitFor();
};

/** What stands in a provision, then which words are selected, then what is read where all of them are gone. */
const OVER: Readonly<Record<string, readonly [prepare: (d: Setup) => Promise<unknown>, from: readonly [string, string], to: readonly [string, string], left: readonly [id: string, words: readonly string[]]]>> = {
  'plain words at the start of a slot': [async () => undefined, ['reply', ''], ['reply', 'Each side'], ['reply', ['… shall acknowledge a request within 24 hours.']]],
  'all words of a slot': [async () => undefined, ['reply', ''], ['reply', 'hours.'], ['reply', ['…']]],
  'bold words at the start': [(d) => bold(d, '', 'Each'), ['reply', ''], ['reply', ' side shall'], ['reply', ['… acknowledge a request within 24 hours.']]],
  'own words at the start': [(d) => weWrite(d, 'Each side', 'Both sides'), ['reply', ''], ['reply', ' shall'], ['reply', ['… acknowledge a request within 24 hours.']]],
  'words that the other side strikes, at the start': [(d) => theyWrite(d, 'Each side', 'Both sides'), ['reply', ''], ['reply', ' shall'], ['reply', ['… acknowledge a request within 24 hours.']]],
  'words up to an insertion of the other side': [(d) => theyWrite(d, 'side shall', 'side always shall'), ['reply', ''], ['reply', 'Each side'], ['reply', ['… shall acknowledge a request within 24 hours.']]],
  'words around an insertion of the other side': [(d) => theyWrite(d, 'side shall', 'side always shall'), ['reply', 'Each'], ['reply', ' shall'], ['reply', ['Each… acknowledge a request within 24 hours.']]],
  'all words of a slot with an insertion of the other side': [(d) => theyWrite(d, 'side shall', 'side always shall'), ['reply', ''], ['reply', 'hours.'], ['reply', ['…']]],
  'a term': [async () => undefined, ['term', ''], ['term', 'Request'], ['term', ['…', 'a written request']]],
  'a term and the start of its meaning': [async () => undefined, ['term', ''], ['term', 'a written'], ['term', ['…', ' request']]],
  'a term that the other side replaces': [async (d) => { retype(d.other, 'term', 'Request', 'Requests'); await d.window.provision('term').locator('.theirs').first().waitFor(); }, ['term', ''], ['term', 'Request'], ['term', ['…', 'a written request']]],
  'a meaning that the other side replaces': [async (d) => { retype(d.other, 'term', 'a', 'any', 'meaning'); await d.window.provision('term').locator('.theirs').first().waitFor(); }, ['term', 'Request'], ['term', ' written request'], ['term', ['Request…', '']]],
  'a field that the other side replaces': [async (d) => { retype(d.other, 'metric', '264', '300', 'baseline'); await d.window.provision('metric').locator('.theirs').first().waitFor(); }, ['metric', 'hours'], ['metric', '264'], ['metric', ['Median time', 'hours…', '', '24', 'monthly', 'register', 'each side']]],
  'three fields': [async () => undefined, ['metric', ''], ['metric', '264'], ['metric', ['…', '', '', '24', 'monthly', 'register', 'each side']]],
};

describe('composing over a selection', () => {
  it.each(Object.entries(OVER))('[E8] [E30] %s: what was chosen stands there and nothing else; one step of undo brings all of it back', async (_what, [prepare, from, to, [id, left]]) => {
    const d = await setup();
    await prepare(d);
    await Promise.all([d.colleague.saved(), d.other.saved(), d.window.saved()]);
    const before = await wordsOf(d.window, id);
    await selectsBetween(d.window, from, to);
    await d.input.composes('n', 'ni', 'ni h');
    await d.input.chooses('你好');
    const wanted = left.map((words) => words.replace('…', '你好'));
    await becomes(() => wordsOf(d.window, id), wanted);
    await d.window.saved();
    await until(d.other, () => wordsIn(d.other, d.room, id) === wanted[0], 'the other side has the same');
    await press(d, 'Control+z');
    await becomes(() => wordsOf(d.window, id), before);
    await d.window.saved();
  });

  it('[E8] a composition over a selection that is given up leaves the place empty, and undo brings the words back', async () => {
    const d = await setup();
    await theyWrite(d, 'side shall', 'side always shall');
    await selectsBetween(d.window, ['reply', ''], ['reply', ' shall']);
    await d.input.composes('n', 'ni');
    await d.input.cancels();
    await becomes(() => wordsOf(d.window, 'reply'), [' acknowledge a request within 24 hours.']);
    await d.window.saved();
    await press(d, 'Control+z');
    await becomes(() => wordsOf(d.window, 'reply'), [COMMON]);
  });
});

/** Runs in the page: puts other text nodes in the place of those in a provision, with which the browser gives up what it composed there and tells nobody. */
function replaceTexts(id: string): void {
  const walker = document.createTreeWalker(document.querySelector(`.ProseMirror [data-provision="${id}"] .words`)!, NodeFilter.SHOW_TEXT), found: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) found.push(node as Text);
  for (const text of found) text.replaceWith(document.createTextNode(text.data));
}

describe('a composition that the browser gives up without a word', () => {
  it('[E8] ends with the next key: what was composed and what is typed from then on is in the text and sent', async () => {
    const d = await setup();
    await d.window.caretAfter('reply', 'side');
    await d.input.composes('n', 'ni');
    await becomes(() => wordsOf(d.window, 'reply'), [COMMON.replace('side', 'sideni')]);
    await d.window.page.evaluate(replaceTexts, 'reply');
    await d.window.type('xyz');
    await d.window.saved();
    const [words = ''] = (await wordsOf(d.window, 'reply'))!;
    expect([words.replace('xyz', ''), words.length]).toEqual([COMMON.replace('side', 'sideni'), COMMON.length + 5]);
    await until(d.other, () => wordsIn(d.other, d.room, 'reply') === words, 'the other side has the same');
    await d.window.caretAfter('next', 'refusal');
    await d.input.composes('h', 'hao');
    await d.input.chooses('好');
    await becomes(() => wordsOf(d.window, 'next'), ['A refusal好 states its grounds.']);
    await d.window.saved();
  });
});

describe('composing at a caret', () => {
  it.each([
    ['pinyin', ['n', 'ni', 'ni h', 'ni hao'], '你好'], ['a dead key', ['´'], 'é'], ['kana', ['k', 'か', 'かn', 'かん'], '漢'], ['jamo', ['ㅎ', '하', '한'], '한'],
  ] as const)('[E8] %s: at the start, within and at the end of a slot, after a deletion, and where there are no words', async (_method, steps, chosen) => {
    const d = await setup();
    const composes = async (): Promise<void> => { await d.input.composes(...steps); await d.input.chooses(chosen); };
    await d.window.caretAfter('reply', 'side');
    await composes();
    await becomes(() => wordsOf(d.window, 'reply'), [COMMON.replace('side', `side${chosen}`)]);
    await press(d, 'Control+Home');
    await composes();
    await d.window.caretAfter('reply', 'hours.');
    await composes();
    await becomes(() => wordsOf(d.window, 'reply'), [`${chosen}${COMMON.replace('side', `side${chosen}`)}${chosen}`]);
    await d.window.saved();
    await press(d, 'Control+Home', ...[...chosen].map(() => 'Delete'));
    await composes();
    await becomes(() => wordsOf(d.window, 'reply'), [`${chosen}${COMMON.replace('side', `side${chosen}`)}${chosen}`]);
    await d.window.caretAfter('next', 'grounds.');
    await press(d, 'Shift+Home', 'Delete');
    await composes();
    await becomes(() => wordsOf(d.window, 'next'), [chosen]);
    await press(d, ...[...chosen].map(() => 'Backspace'));
    await composes();
    await becomes(() => wordsOf(d.window, 'next'), [chosen]);
    await d.window.saved();
    await until(d.other, () => wordsIn(d.other, d.room, 'next') === chosen, 'the other side has the same');
  });

  it('[E8] Japanese converted segment by segment, given up, and composed again', async () => {
    const d = await setup();
    await d.window.caretAfter('reply', 'side');
    await d.input.composes('n', 'に', 'にほn', 'にほん', 'にほんご');
    await d.input.converts('|日本|語');
    await d.input.converts('日本|ご|');
    await d.input.cancels();
    await becomes(() => wordsOf(d.window, 'reply'), [COMMON]);
    await d.input.composes('n', 'に', 'にほn', 'にほん');
    await d.input.converts('|日本|');
    await d.input.chooses('日本');
    await becomes(() => wordsOf(d.window, 'reply'), [COMMON.replace('side', 'side日本')]);
    await d.window.saved();
    await press(d, 'Control+z');
    await becomes(() => wordsOf(d.window, 'reply'), [COMMON]);
  });
});

/** Everything that crosses a page's socket, as bytes, from now on. */
function recordFrames(window: Window): { readonly sent: Buffer[]; readonly received: Buffer[] } {
  const sent: Buffer[] = [], received: Buffer[] = [];
  window.page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => sent.push(Buffer.from(payload)));
    socket.on('framereceived', ({ payload }) => received.push(Buffer.from(payload)));
  });
  return { sent, received };
}

/** What is composed, step by step: long enough that no identifier and no number of a frame reads so by chance. */
const LETTERS = ['qxvkqz', 'jwxzqk', 'zjvqxw'] as const;

const held = (frames: readonly Buffer[], words: string): boolean => frames.some((frame) => frame.includes(words));

/** Runs in the page: keeps every word that is drawn anywhere on it from now on. */
function watchScreen(): void {
  const page = globalThis as unknown as { drawn: string };
  page.drawn = '';
  new MutationObserver(() => { page.drawn += document.body.innerText; }).observe(document.body, { subtree: true, childList: true, characterData: true });
}

describe('what leaves the screen of whoever composes', () => {
  it('[E8] [S40] no letter of a composition is sent, recorded or drawn at the other side, and until it is sent nothing is called saved', async () => {
    const { group } = fixture(), doc = await group.negotiate([provision('reply', COMMON, 'paragraph', '1')]);
    const [az, oc] = [await fixture().further('az'), await fixture().further('oc')], [ours, theirs] = [recordFrames(az), recordFrames(oc)];
    await oc.openDocument(doc);
    await az.openDocument(doc);
    const [input, reader, colleague] = [await InputMethod.of(az), await group.chair.open(doc), await group.azHead.open(doc)];
    await oc.page.evaluate(watchScreen);
    await az.caretAfter('reply', 'side');
    await az.saved();
    const entry = reader.entry, state = () => az.page.locator('.save-status').getAttribute('data-state');
    for (const n of LETTERS.keys()) {
      const letters = LETTERS.slice(0, n + 1).join('');
      await input.composes(letters);
      await becomes(() => wordsOf(az, 'reply'), [COMMON.replace('side', `side${letters}`)]);
      await becomes(state, 'saving');
    }
    // Others' entries come meanwhile: whatever of the composition could ride along with them has had its time.
    retype(colleague, 'reply', '24', '48');
    await colleague.saved();
    await oc.provision('reply').locator('.theirs', { hasText: '48' }).waitFor();
    const states = await az.page.evaluateHandle(() => {
      const seen: string[] = [], status = document.querySelector('.save-status')!;
      new MutationObserver(() => seen.push(status.getAttribute('data-state')!)).observe(status, { attributes: true });
      return seen;
    });
    await input.chooses('你好');
    expect(await state()).toBe('saving');
    await oc.provision('reply').locator('.theirs', { hasText: '你好' }).waitFor();
    await az.saved();
    expect((await states.jsonValue()).filter((one) => one !== 'saving')).toEqual(['saved']);
    expect([held(ours.sent, '你好'), held(theirs.received, '你好')]).toEqual([true, true]);
    for (const letters of LETTERS) expect([letters, held(ours.sent, letters), held(theirs.received, letters)]).toEqual([letters, false, false]);
    const drawn = await oc.page.evaluate(() => (globalThis as unknown as { drawn: string }).drawn);
    expect([drawn.includes('你好'), LETTERS.some((letters) => drawn.includes(letters))]).toEqual([true, false]);
    await until(reader, () => wordsIn(reader, `position:${group.delegations[0]}`, 'reply').includes('你好'), 'the chair reads it');
    expect(reader.entry).toBe(entry + 2);
    for (const instant of [entry + 1, entry + 2]) expect(JSON.stringify(await group.auditor.must('GET', `documents/${doc}/at/${instant}`))).not.toMatch(new RegExp(LETTERS.join('|')));
    await az.page.keyboard.press('Control+z');
    await becomes(() => wordsOf(az, 'reply'), [COMMON.replace('24', '48')]);
    await az.page.keyboard.press('Control+z');
    await az.page.getByText('Nothing to undo here.').waitFor({ state: 'attached' });
    expect(await wordsOf(az, 'reply')).toEqual([COMMON.replace('24', '48')]);
    await az.saved();
  });
});
