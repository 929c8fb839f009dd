import type { DocumentClient } from '@parley/sync';
import { describe, expect, it } from 'vitest';
import type { Window } from '../support/browser.ts';
import { becomes, useBrowserFixture, wordsOf } from '../support/browser-fixture.ts';
import { retype, until, wordsIn } from '../support/person.ts';
import { provision } from '../support/rules-fixture.ts';

const fixture = useBrowserFixture('in-sight');

const WORDS = 'Each side shall acknowledge a request within 24 hours after receipt and shall say which authority answers it.';
const COUNT = 200;

/** A long document: Ochre has changed its beginning, two provisions far below, taken one out and added one. */
async function long(): Promise<{ doc: string; az: DocumentClient; window: Window }> {
  const { group } = fixture();
  const doc = await group.negotiate(Array.from({ length: COUNT }, (_, i) => provision(`p${i}`, `${WORDS} Number ${i}.`, 'paragraph', `${i + 1}`)));
  const [az, oc] = [await group.azHead.open(doc), await group.ocHead.open(doc)];
  for (const id of ['p2', 'p150', 'p190']) retype(oc, id, '24', '72');
  oc.edit([{ do: 'remove', id: 'p170' }, { do: 'add', after: 'p180', provision: provision('new', 'A far away addition.', 'paragraph', '181 bis') }]);
  await oc.saved();
  const window = await fixture().at('azHead', doc);
  await window.provision('p2').locator('.point').waitFor();
  return { doc, az, window };
}

const later = (window: Window): Promise<string[]> => window.page.locator('.ProseMirror [data-later]').evaluateAll((all) => all.map((e) => (e as HTMLElement).dataset.provision ?? (e as HTMLElement).dataset.block ?? ''));

describe('[E40] a long text is drawn as it comes in sight', () => {
  it('what is far stands there as plain words, whole; brackets are drawn when somebody scrolls to it', async () => {
    const { window } = await long();
    const far = await later(window);
    expect(far).toEqual(expect.arrayContaining(['p150', 'p170', 'new', 'p190', 'p199']));
    expect(far).not.toContain('p2');
    expect(await wordsOf(window, 'p150')).toEqual([`${WORDS} Number 150.`]);
    await window.provision('p190').scrollIntoViewIfNeeded();
    await window.provision('p190').locator('.point', { hasText: '72' }).waitFor();
    await window.page.locator('[data-block="new"] .sign').first().waitFor();
    expect(await later(window)).not.toContain('p190');
    await window.shot('in-sight');
  });

  it('the keys of the brackets go to what was never in sight, count it, and one types there', async () => {
    const { window, az } = await long();
    await window.caretAfter('p2', 'Each side');
    for (const id of ['p2', 'p150', 'p190']) {
      await window.page.keyboard.press('Alt+ArrowDown');
      await becomes(() => window.page.evaluate(() => (getSelection()!.anchorNode?.parentElement?.closest('[data-provision]') as HTMLElement | null)?.dataset.provision), id);
    }
    await window.page.getByText(/^Place 3 of 3: /).first().waitFor({ state: 'attached' });
    await window.provision('p190').locator('.point', { hasText: '72' }).waitFor();
    await window.type('full ');
    await until(az, () => wordsIn(az, az.ownRoom!, 'p190').includes('full '), 'it is written where the caret stands');
    expect((await window.provision('p190').locator('.words').first().innerText()).includes('full')).toBe(true);
  });

  it('what one goes to stays where it came in sight, while what is above it is drawn', async () => {
    const { window } = await long();
    const place = (): Promise<number> => window.provision('p150').evaluate((e) => Math.round(e.getBoundingClientRect().top));
    const stays = (): Promise<number[]> => window.provision('p150').evaluate(async (e) => {
      const id = (e as HTMLElement).dataset.provision, tops: number[] = [];
      for (let frame = 0; frame < 60; frame++) {
        await new Promise(requestAnimationFrame);
        tops.push(document.querySelector(`.ProseMirror [data-provision="${id}"]`)!.getBoundingClientRect().top);
      }
      return [Math.min(...tops.slice(20)), Math.max(...tops.slice(20))];
    });
    await window.page.locator('.outline').getByRole('button', { name: /^151 / }).click();
    await window.provision('p150').locator('.point', { hasText: '72' }).waitFor();
    const [least, most] = await stays();
    expect(most! - least!).toBeLessThan(2);
    expect(await place()).toBeGreaterThan(150);
    expect(await place()).toBeLessThan(750);
  });

  it('all of it is copied, the own words alone; and what is written over a selection to its end reaches the room', async () => {
    const { window, az } = await long();
    await window.caretAfter('p0', 'Each');
    await window.page.keyboard.press('Control+a');
    await window.page.keyboard.press('Control+c');
    const copied = await window.page.evaluate(() => navigator.clipboard.readText());
    expect([...copied.matchAll(/Number (\d+)\./g)].map(([, n]) => Number(n))).toEqual(Array.from({ length: COUNT }, (_, i) => i));
    expect(copied).not.toMatch(/within 72|far away/);
    await window.caretAfter('p100', 'Each side');
    await window.page.keyboard.press('Control+Shift+End');
    await window.page.keyboard.press('Delete');
    await until(az, () => wordsIn(az, az.ownRoom!, 'p199') === '' && wordsIn(az, az.ownRoom!, 'p100') === 'Each side', 'everything behind the caret is gone');
    expect(wordsIn(az, az.ownRoom!, 'p99')).toBe(`${WORDS} Number 99.`);
  });

  it('on paper everything is drawn', async () => {
    const { window } = await long();
    expect((await later(window)).length).toBeGreaterThan(50);
    await window.page.evaluate(() => { globalThis.dispatchEvent(new Event('beforeprint')); });
    expect(await later(window)).toEqual([]);
    expect(await window.page.locator('.ProseMirror .point, .ProseMirror .heads').count()).toBe(5);
  });
});
