import type { DocumentClient } from '@parley/sync';
import { describe, expect, it } from 'vitest';
import type { Window } from '../support/browser.ts';
import { HeldMessages } from '../support/held-messages.ts';
import { becomes, provisionsIn, selectsBetween, useBrowserFixture, wordsOf } from '../support/browser-fixture.ts';
import { append, retype, until, wordsIn } from '../support/person.ts';
import { provision } from '../support/rules-fixture.ts';

const fixture = useBrowserFixture('typing-over');

const COMMON = 'Having in mind the rights of both, each side shall reply within 24 hours.';
const TYPED = 'B zu ';

/** Struck words, replaced words and words put in, of either side, at the start, within and at the end of one slot. */
const CHANGES = {
  az: [['Having', 'Bearing'], [' of both', ''], ['shall reply', 'shall duly reply']],
  oc: [['in mind', 'well in mind'], ['each side', 'both sides'], ['24 hours.', '48 hours. The clock']],
} as const;

type Side = keyof typeof CHANGES;

const ownWords = (side: Side): string => CHANGES[side].reduce((words, [found, put]) => words.replace(found, put), COMMON);

/** Where words begin and end in a text, its ends among them. */
const borders = (words: string): number[] => [...words.matchAll(/\b/g)].map((at) => at.index).filter((at) => at > 0 && at < words.length);

/** From the start of the slot to a border of a word, and from a border to its end: the selections of every kind lie among them. */
const selections = (words: string): (readonly [number, number])[] => {
  const inside = borders(words).filter((_, i) => i % 5 === 0), all = words.length;
  return [[0, all], ...inside.map((to) => [0, to] as const), ...inside.map((from) => [from, all] as const), ...inside.slice(1).map((to, i) => [inside[i]!, to] as const)];
};

interface Setup { readonly window: Window; readonly other: DocumentClient; readonly room: `position:${string}`; readonly words: string; readonly ranges: readonly (readonly [number, number])[] }

async function setup(side: Side, ranges: Setup['ranges'] = selections(ownWords(side))): Promise<Setup> {
  const { group } = fixture(), words = ownWords(side);
  const doc = await group.negotiate([...ranges.map((_, i) => provision(`p${i}`, COMMON, 'paragraph', String(i + 1))), provision('last', 'The last one.', 'paragraph', 'z')]);
  const [az, oc] = [await group.azHead.open(doc), await group.ocHead.open(doc)];
  for (const [client, changes] of [[az, CHANGES.az], [oc, CHANGES.oc]] as const) {
    for (const i of ranges.keys()) for (const [found, put] of changes) retype(client, `p${i}`, found, put);
    await client.saved();
  }
  const window = await fixture().at(side, doc);
  // Selections among brackets, not among alternatives.
  const stacked = window.page.getByRole('button', { name: 'Stacked where crowded' });
  if (await stacked.getAttribute('aria-pressed') === 'true') await stacked.click();
  await window.provision(`p${ranges.length - 1}`).locator('.theirs').first().waitFor();
  return { window, other: side === 'az' ? oc : az, room: `position:${group.delegations[side === 'az' ? 0 : 1]}`, words, ranges };
}

/** Runs in the page: resolves once its fonts are there and no word has moved for ten frames. Until then words may stand elsewhere when the button goes down than where they were sought. */
async function stands(): Promise<void> {
  await document.fonts.ready;
  const frame = () => new Promise((resolve) => { requestAnimationFrame(resolve); });
  const places = () => [...document.querySelectorAll('.ProseMirror .words')].map((words) => { const { x, y, width, height } = words.getBoundingClientRect(); return [x, y, width, height].join(); }).join(' ');
  for (let before = places(), still = 0; still < 10;) {
    await frame();
    const now = places();
    still = now === before ? still + 1 : 0;
    before = now;
  }
}

/** Runs in the page: where the border between two characters of the own words stands on the screen; `after` of two places the one behind the character before. */
function borderAt({ id, offset, after }: { id: string; offset: number; after: boolean }): { x: number; y: number } {
  const words = document.querySelector(`.ProseMirror [data-provision="${id}"] .words`)!;
  words.scrollIntoView({ block: 'center' });
  const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
  let left = after ? offset - 1 : offset;
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    if (node.parentElement!.closest('[data-bracket]')) continue;
    if (left >= node.length) { left -= node.length; continue; }
    const range = document.createRange();
    range.setStart(node, left);
    range.setEnd(node, left + 1);
    const box = [...range.getClientRects()].at(-1)!;
    return { x: after ? box.right - 0.6 : box.left + 0.6, y: box.top + box.height / 2 };
  }
  throw new Error(`${id} has no character ${offset}`);
}

async function selectByMouse({ window }: Setup, id: string, from: number, to: number): Promise<void> {
  const { mouse } = window.page;
  await window.page.evaluate(stands);
  const start = await window.page.evaluate(borderAt, { id, offset: from, after: false }), end = await window.page.evaluate(borderAt, { id, offset: to, after: true });
  await mouse.move(start.x, start.y);
  await mouse.down();
  await mouse.move(end.x, end.y, { steps: 4 });
  await mouse.up();
}

/** Runs in the page: resolves behind every timer that a half-typed word may have set before. */
const laterThanHalfWords = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 500); });

/** Whether the editor is told of the selection: on a busy machine the browser tells of it late, and something may be drawn before. */
const tells = ({ window }: Setup, now: boolean): Promise<void> => window.page.evaluate((passOn) => {
  const page = globalThis as unknown as { untold?: (event: Event) => void };
  const untold = (page.untold ??= (event) => event.stopImmediatePropagation());
  if (passOn) removeEventListener('selectionchange', untold, true);
  else addEventListener('selectionchange', untold, true);
}, now);

async function selectByKeyboard({ window }: Setup, id: string, from: number, to: number): Promise<void> {
  const { keyboard } = window.page;
  await window.page.evaluate((at) => {
    const found = document.querySelector(`.ProseMirror [data-provision="${at}"] .words`)!, walker = document.createTreeWalker(found, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) if (!node.parentElement!.closest('[data-bracket]')) { getSelection()!.collapse(node, 0); return; }
  }, id);
  await window.page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
  for (let i = 0; i < from; i++) await keyboard.press('ArrowRight');
  for (let i = from; i < to; i++) await keyboard.press('Shift+ArrowRight');
}

describe('typing over a selection', () => {
  it.each([
    ['az', 'the keyboard', selectByKeyboard], ['az', 'the mouse', selectByMouse], ['oc', 'the keyboard', selectByKeyboard], ['oc', 'the mouse', selectByMouse],
  ] as const)('[E30] [E44] %s selects with %s over plain words, struck words and words of the other side: what was typed stands there, and nothing else', async (side, _how, select) => {
    const d = await setup(side), wanted: string[] = [], stood: string[] = [];
    const theirs = () => d.ranges.map((_, i) => wordsIn(d.other, d.other.ownRoom!, `p${i}`)), before = theirs();
    for (const [i, [from, to]] of d.ranges.entries()) {
      await select(d, `p${i}`, from, to);
      await d.window.type(TYPED);
      wanted.push(`${from}-${to}: ${d.words.slice(0, from)}${TYPED}${d.words.slice(to)}`);
      stood.push(`${from}-${to}: ${(await wordsOf(d.window, `p${i}`))![0]}`);
    }
    expect(stood).toEqual(wanted);
    await d.window.saved();
    const sent = () => d.ranges.map(([from, to], i) => `${from}-${to}: ${wordsIn(d.other, d.room, `p${i}`)}`);
    await until(d.other, () => sent().join('\n') === wanted.join('\n'), 'the other side has the same');
    expect(theirs()).toEqual(before);
    expect(await wordsOf(d.window, 'last')).toEqual(['The last one.']);
  });

  it.each(['az', 'oc'] as const)('[E44] while %s selects with the mouse nothing that the other side writes is drawn, and all of it when the button comes up, also where the editor is not told of the selection yet', async (side) => {
    const ranges = [[7, 16], [0, 16], [8, 24]] as const, d = await setup(side, ranges), { page } = d.window, { mouse } = page, wanted: string[] = [], stood: string[] = [];
    const held = await HeldMessages.of(d.window);
    let written = 0;
    const othersWrite = async (): Promise<string> => {
      const words = ` Note ${++written}.`;
      await held.hold();
      append(d.other, 'last', words);
      await held.some();
      await held.pass();
      return words.trim();
    };
    const drawn = (words: string): Promise<number> => d.window.provision('last').getByText(words).count();
    for (const [i, [from, to]] of ranges.entries()) {
      const place = (offset: number, after: boolean) => page.evaluate(borderAt, { id: `p${i}`, offset, after });
      await page.evaluate(stands);
      const start = await place(from, false), middle = await place(to - 3, true), end = await place(to, true);
      await mouse.move(start.x, start.y);
      await tells(d, false);
      await mouse.down();
      const first = await othersWrite();
      await tells(d, true);
      await mouse.move(middle.x, middle.y, { steps: 2 });
      await tells(d, false);
      await mouse.move(end.x, end.y);
      const second = await othersWrite();
      expect([await drawn(first), await drawn(second)]).toEqual([0, 0]);
      await mouse.up();
      await tells(d, true);
      await d.window.type(TYPED);
      await d.window.provision('last').getByText(second).waitFor();
      wanted.push(`${d.words.slice(0, from)}${TYPED}${d.words.slice(to)}`);
      stood.push((await wordsOf(d.window, `p${i}`))![0]!);
    }
    expect(stood).toEqual(wanted);
    await d.window.saved();
  });

  it.each([['p0', 'in the same provision'], ['p1', 'in the next one']] as const)('[E44] [E15] a half-typed word that is not saved yet is not drawn while the mouse selects %s, %s, but when the button comes up', async (id, _where) => {
    const ranges = [[0, 16], [0, 16]] as const, d = await setup('az', ranges), { page } = d.window, { mouse } = page, held = await HeldMessages.of(d.window);
    const from = d.words.indexOf('side'), to = d.words.indexOf(' within'), brackets = (): Promise<number> => d.window.provision('p0').locator('[data-bracket]').count();
    await d.window.provision('p1').locator('.theirs').first().waitFor();
    await d.window.caretAfter('p0', 'mind t');
    await held.hold();
    const before = await brackets();
    await page.keyboard.type('x');
    const half = id === 'p0' ? 1 : 0, start = await page.evaluate(borderAt, { id, offset: from + half, after: false }), end = await page.evaluate(borderAt, { id, offset: to + half, after: true });
    await mouse.move(start.x, start.y);
    await mouse.down();
    await page.evaluate(laterThanHalfWords);
    await mouse.move(end.x, end.y, { steps: 3 });
    expect(await brackets()).toBe(before);
    await mouse.up();
    await d.window.type(TYPED);
    await becomes(async () => await brackets() > before, true);
    await held.pass();
    await d.window.saved();
    const own = (words: string): string => words.replace('the', 'txhe');
    const typedOver = (words: string): string => `${words.slice(0, from + half)}${TYPED}${words.slice(to + half)}`;
    expect([await wordsOf(d.window, 'p0'), await wordsOf(d.window, 'p1')]).toEqual([[id === 'p0' ? typedOver(own(d.words)) : own(d.words)], [id === 'p1' ? typedOver(d.words) : d.words]]);
  });

  it.each([
    ['comes up over another window', async ({ page }: Window) => { await page.evaluate(() => { dispatchEvent(new Event('blur')); }); }],
    ['came up unseen', async ({ page }: Window) => { await page.evaluate(() => { document.body.dispatchEvent(new MouseEvent('mousemove', { buttons: 0, bubbles: true })); }); }],
    ['drags what was selected', async ({ page }: Window) => { await page.evaluate(() => { document.body.dispatchEvent(new DragEvent('dragend', { bubbles: true })); }); }],
  ] as const)('[E44] what others write is drawn again when the button %s', async (_how, comesUp) => {
    const d = await setup('az', [[0, 16]]), { page } = d.window, at = await page.evaluate(borderAt, { id: 'p0', offset: 3, after: false });
    await page.mouse.move(at.x, at.y);
    await page.mouse.down();
    append(d.other, 'last', ' Noted.');
    await d.other.saved();
    await comesUp(d.window);
    await d.window.provision('last').getByText('Noted.').waitFor();
    await page.mouse.up();
  });

  it('[E44] what others write waits also where the button goes down again in the task in which it came up', async () => {
    const d = await setup('az', [[0, 16]]), { page } = d.window, held = await HeldMessages.of(d.window), noted = d.window.provision('last').getByText('Noted.');
    await d.window.caretAfter('p0', 'mind');
    await held.hold();
    append(d.other, 'last', ' Noted.');
    await held.some();
    await page.evaluate(async () => {
      const words = document.querySelector('.ProseMirror [data-provision="p0"] .words')!, now = (type: string) => words.dispatchEvent(new MouseEvent(type, { button: 0, buttons: type === 'mousedown' ? 1 : 0, bubbles: true, cancelable: true }));
      ['mousedown', 'mouseup', 'mousedown'].forEach(now);
      await new Promise((resolve) => { setTimeout(resolve); });
    });
    await held.pass();
    await page.evaluate(laterThanHalfWords);
    expect(await noted.count()).toBe(0);
    await page.evaluate(() => { document.body.dispatchEvent(new MouseEvent('mouseup', { bubbles: true })); });
    await noted.waitFor();
  });

  it('[E6] [E9] Enter, and several paragraphs that are pasted, stand in the place of what is selected, in one step of undo each', async () => {
    const { group } = fixture(), A = 'Each side replies within 24 hours.', B = 'A refusal states its grounds.';
    const doc = await group.negotiate([provision('a', A, 'paragraph', '1'), provision('b', B, 'paragraph', '2'), provision('blank', '', 'paragraph', '3'), provision('term', ['Request', 'a written request'], 'definition', '4')]);
    const window = await fixture().at('az', doc), { keyboard } = window.page, all = async (): Promise<string[]> => Promise.all((await provisionsIn(window)).map(async (id) => (await wordsOf(window, id))!.join('|')));
    await window.page.evaluate(() => navigator.clipboard.writeText('One.\n\nTwo.'));
    const before = await all();
    for (const [from, to, entered, pasted] of [
      [['a', 'side'], ['a', 'replies '], ['Each side', 'within 24 hours.', B], ['Each sideOne.', 'Two.within 24 hours.', B]],
      [['a', 'replies '], ['a', 'side'], ['Each side', 'within 24 hours.', B], ['Each sideOne.', 'Two.within 24 hours.', B]],
      [['a', 'side'], ['b', 'A refusal '], ['Each side', 'states its grounds.'], ['Each sideOne.', 'Two.', 'states its grounds.']],
      [['b', 'grounds.'], ['term', 'Requ'], [A, B, '', 'est|a written request'], [A, `${B}One.`, 'Two.', '', 'est|a written request']],
    ] as const) {
      for (const [key, wanted] of [['Enter', entered], ['Control+v', pasted]] as const) {
        await selectsBetween(window, from, to);
        await keyboard.press(key);
        await becomes(all, [...wanted, ...before.slice(before.length - (from[0] === 'b' ? 0 : 2))]);
        await keyboard.press('Control+z');
        await becomes(all, before);
        await window.saved();
      }
    }
  });

  it('[E2] over several slots a letter like the last one selected stands where the selection began, and one step of undo brings all of it back', async () => {
    const doc = await fixture().group.negotiate([provision('p', 'A rule.', 'paragraph', '1'), provision('metric', ['Median time', 'hours', '264', '24', 'monthly', 'register', 'x'], 'metric', '2')]);
    const window = await fixture().at('az', doc);
    await window.caretAfter('p', 'A rule');
    await window.page.keyboard.press('Control+a');
    await window.type('x y');
    await becomes(() => wordsOf(window, 'p'), ['x y']);
    expect(await wordsOf(window, 'metric')).toEqual(['', '', '', '', '', '', '']);
    await window.saved();
    await window.page.keyboard.press('Control+z');
    await becomes(() => wordsOf(window, 'p'), ['A rule.']);
    await becomes(() => wordsOf(window, 'metric'), ['Median time', 'hours', '264', '24', 'monthly', 'register', 'x']);
  });
});
