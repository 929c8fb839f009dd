import { describe, expect, it } from 'vitest';
import type { Window } from '../support/browser.ts';
import { becomes, selectsBetween, useBrowserFixture, wordsOf } from '../support/browser-fixture.ts';
import { InputMethod } from '../support/input-method.ts';
import { retype } from '../support/person.ts';
import { provision } from '../support/rules-fixture.ts';

const fixture = useBrowserFixture('stacked');

const COMMON = 'This Understanding enters into effect on the thirtieth day after the later notification by which the two sides inform each other.';

async function crowded(): Promise<{ doc: string; oc: Awaited<ReturnType<ReturnType<typeof fixture>['group']['ocHead']['open']>> }> {
  const { group } = fixture();
  const doc = await group.negotiate([provision('before', 'A first provision.', 'paragraph', '1'), provision('p', COMMON, 'paragraph', '2'), provision('after', 'A last provision.', 'paragraph', '3')], 'Understanding');
  const [az, oc] = await Promise.all([group.azHead.open(doc), group.ocHead.open(doc)]);
  for (const [found, put] of [['enters', 'will enter'], ['thirtieth', 'sixtieth'], ['sides', 'parties']] as const) retype(az, 'p', found, put);
  for (const [found, put] of [['Understanding', 'text'], ['thirtieth', 'first'], ['later', 'last'], [' each other', '']] as const) retype(oc, 'p', found, put);
  await Promise.all([az.saved(), oc.saved()]);
  return { doc, oc };
}

const OURS = COMMON.replace('enters', 'will enter').replace('thirtieth', 'sixtieth').replace('sides', 'parties');
const rows = (window: Window): Promise<string[]> => window.provision('p').locator('.alternative').evaluateAll((all) => all.map((row) => {
  const copy = row.cloneNode(true) as Element;
  for (const hidden of copy.querySelectorAll('.aloud, .left-out')) hidden.remove();
  return [copy.querySelector('.whose')!.textContent, copy.querySelector('.said')?.textContent ?? '(the text)'].join(': ');
}));

describe('a crowded provision', () => {
  it('[E48] stands in whole sentences, and the own one is written in where it stands: letters and deletions, inside and at its end, and away by the arrows', async () => {
    const { doc, oc } = await crowded(), az = await fixture().at('azHead', doc), { page } = az;
    await becomes(() => rows(az), [`Common text: ${COMMON}`, 'AZ: (the text)', `OC: ${COMMON.replace('Understanding', 'text').replace('thirtieth', 'first').replace('later', 'last').replace(' each other', '')}`]);
    await az.caretAfter('p', 'sixtieth');
    await az.type(' calendar');
    await becomes(() => wordsOf(az, 'p'), [OURS.replace('sixtieth', 'sixtieth calendar')]);
    await az.caretAfter('p', 'each other.');
    await az.type(' So it is.');
    await becomes(() => wordsOf(az, 'p'), [`${OURS.replace('sixtieth', 'sixtieth calendar')} So it is.`]);
    await page.keyboard.press('Control+a');
    expect((await page.evaluate(() => getSelection()!.toString())).length).toBeGreaterThan(100);
    await az.caretAfter('p', 'So it is.');
    for (let i = 0; i < ' So it is.'.length; i++) await page.keyboard.press('Backspace');
    await becomes(() => wordsOf(az, 'p'), [OURS.replace('sixtieth', 'sixtieth calendar')]);
    retype(oc, 'p', 'first', 'tenth');
    await oc.saved();
    await becomes(async () => (await rows(az))[2]!.includes('tenth'), true);
    await az.type('!');
    await becomes(() => wordsOf(az, 'p'), [`${OURS.replace('sixtieth', 'sixtieth calendar')}!`]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await az.type('Z');
    await becomes(async () => [...(await wordsOf(az, 'before'))!, ...(await wordsOf(az, 'p'))!, ...(await wordsOf(az, 'after'))!].join('|').includes('Z'), true);
    expect((await wordsOf(az, 'after'))![0]).toContain('Z');
    for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowUp');
    await az.type('Y');
    await becomes(async () => (await wordsOf(az, 'before'))![0]!.includes('Y'), true);
    await az.saved();
    expect(await rows(az)).toHaveLength(3);
  });

  it('[E48] [E8] is composed in as in any other: what an input method chooses stands in the own row once, over a selection too, and nothing while the other side writes or it is cancelled', async () => {
    const { doc, oc } = await crowded(), az = await fixture().at('azHead', doc), input = await InputMethod.of(az);
    await becomes(async () => (await rows(az)).length, 3);
    await az.caretAfter('p', 'sixtieth');
    await input.composes('l', 'li', 'lil');
    retype(oc, 'p', 'first', 'tenth');
    await oc.saved();
    await input.composes('lili', 'lil', 'li');
    await input.chooses('历');
    const once = OURS.replace('sixtieth', 'sixtieth历');
    await becomes(() => wordsOf(az, 'p'), [once]);
    await becomes(async () => (await rows(az))[2]!.includes('tenth'), true);
    await input.composes('r', 'ri');
    await input.cancels();
    await becomes(() => wordsOf(az, 'p'), [once]);
    await selectsBetween(az, ['p', 'the '], ['p', 'sixtieth历']);
    await input.composes('d', 'di');
    await input.chooses('第六十');
    await becomes(() => wordsOf(az, 'p'), [once.replace('sixtieth历', '第六十')]);
    await az.saved();
    await az.page.keyboard.press('Control+z');
    await becomes(() => wordsOf(az, 'p'), [once]);
    expect(await rows(az)).toHaveLength(3);
  });

  it('[E48] is shown in one text, and any other one as alternatives, by choice; everything crowded by one switch, which the device keeps', async () => {
    const { doc } = await crowded(), oc = await fixture().at('ocHead', doc), { page } = oc;
    await becomes(async () => (await rows(oc)).length, 3);
    await oc.caretAfter('p', 'text');
    await page.getByRole('button', { name: 'Show in one text' }).click();
    await becomes(async () => (await rows(oc)).length, 0);
    await page.getByRole('button', { name: 'Show as alternatives' }).click();
    await becomes(async () => (await rows(oc)).length, 3);
    await page.getByRole('button', { name: 'Stacked where crowded' }).click();
    await becomes(async () => (await rows(oc)).length, 0);
    await page.reload();
    await oc.saved();
    expect(await page.getByRole('button', { name: 'Stacked where crowded' }).getAttribute('aria-pressed')).toBe('false');
    expect(await rows(oc)).toEqual([]);
  });
});
