import type { DocumentClient } from '@parley/sync';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Window } from '../support/browser.ts';
import { becomes, buttonsOf, card, stepOf, useBrowserFixture, wordsOf } from '../support/browser-fixture.ts';
import { retype, until, wordsIn } from '../support/person.ts';
import { provision } from '../support/rules-fixture.ts';
import { confirms, performs } from '../support/two-steps.ts';

const fixture = useBrowserFixture('linked');

const TERM = 'If the request is urgent, the requested side shall reply within 24 hours.';
const MOVED = 'The requested side shall reply within 24 hours if the request is urgent.';
const KEPT = 'Data shall be preserved by the competent authority.';
const COSTS = 'Costs are borne by each side.';

const button = (part: Locator, name: string | RegExp): Locator => part.getByRole('button', { name });
const cards = (window: Window): Locator => window.page.locator('article[data-proposal]');
const common = (client: DocumentClient, id: string): string => wordsIn(client, 'common', id);

/** Azure's head before a document in which Ochre has typed. */
async function negotiation(...typed: readonly (readonly [id: string, found: string, words: string])[]): Promise<{ oc: DocumentClient; az: Window; doc: string }> {
  const { group } = fixture();
  const doc = await group.negotiate([provision('term', TERM, 'paragraph', '1'), provision('kept', KEPT, 'paragraph', '2'), provision('costs', COSTS, 'paragraph', '3')]);
  const oc = await group.ocHead.open(doc);
  for (const [id, found, words] of typed) retype(oc, id, found, words);
  await oc.saved();
  await group.parley.later();
  const az = await fixture().at('azHead', doc);
  await cards(az).first().waitFor();
  return { oc, az, doc };
}

const movedTerm = [['term', 'If the request is urgent, the', 'The'], ['term', 'hours.', 'hours if the request is urgent.']] as const;
const movedAuthority = [['kept', ' by the competent authority', ''], ['costs', 'each side.', 'each side and by the competent authority.']] as const;

describe('what only makes sense together', () => {
  it('[N11] a condition moved to the end of the sentence is one card; accepting it gives the whole sentence by one act', async () => {
    const { oc, az } = await negotiation(...movedTerm);
    await becomes(() => cards(az).count(), 1);
    await az.page.getByRole('region', { name: 'Awaiting Azure' }).getByText('1 proposal to answer').waitFor();
    const before = oc.entry;
    await button(cards(az), 'Accept').first().click();
    expect(await stepOf(az)).toContain(`If you accept, the text reads 1 ${MOVED}`);
    expect(await stepOf(az)).not.toContain('Taken alone');
    await az.shot('linked-accept');
    await confirms(az);
    await until(oc, () => common(oc, 'term') === MOVED, 'the whole sentence is in the common text');
    expect(oc.entry).toBe(before + 1);
    await becomes(() => wordsOf(az, 'term'), [MOVED]);
  });

  it('[N12] a part of it is accepted on purpose: nothing is ticked, the text that it would give is shown, and what it takes away or leaves twice is said', async () => {
    const { oc, az } = await negotiation(...movedTerm);
    await button(cards(az), 'Accept a part of it…').click();
    const dialog = az.page.getByRole('dialog'), ticks = dialog.getByRole('checkbox');
    await dialog.waitFor();
    expect([await ticks.count(), await dialog.locator('input:checked').count(), await az.page.locator('[data-confirm]').count()]).toEqual([2, 0, 0]);
    await ticks.nth(0).check();
    expect(await stepOf(az)).toContain('Taken alone it takes “If the request is urgent” away.');
    expect(await stepOf(az)).toContain('The requested side shall reply within 24 hours.');
    await ticks.nth(0).uncheck();
    await ticks.nth(1).check();
    expect(await stepOf(az)).toContain('Taken alone it leaves “If the request is urgent” twice.');
    await az.shot('linked-part');
    await confirms(az);
    await until(oc, () => common(oc, 'term') === TERM.replace('hours.', 'hours if the request is urgent.'), 'exactly the part that was ticked');
    await dialog.waitFor({ state: 'detached' });
    await becomes(() => cards(az).count(), 1);
  });

  it('[N11] over two provisions it is one card, named in both; declined and withdrawn whole', async () => {
    const { oc, az, doc } = await negotiation(...movedAuthority);
    await becomes(() => cards(az).count(), 1);
    await cards(az).getByText('Linked with 3: one proposal, answered as one.').waitFor();
    await az.caretAfter('costs', 'Costs');
    await az.page.getByRole('region', { name: 'Proposals here · 1' }).waitFor();
    await az.shot('linked-places');
    await button(cards(az), 'Decline').click();
    await confirms(az.page.getByRole('dialog'));
    await card(az, /Declined by Azure/).waitFor();
    expect(Object.keys(oc.document.declines).length).toBe(2);
    await az.page.getByRole('region', { name: 'Awaiting Azure' }).getByText('proposal to answer').waitFor({ state: 'detached' });
    const theirs = await fixture().at('ocHead', doc);
    expect(await buttonsOf(cards(theirs))).toContain('Withdraw');
    await performs(button(cards(theirs), 'Withdraw'));
    await becomes(() => cards(theirs).count(), 0);
    expect(['kept', 'costs'].map((id) => wordsIn(oc, oc.ownRoom!, id))).toEqual([KEPT, COSTS]);
  });

  it('[N11] the accept key takes the whole of what is linked at the caret', async () => {
    const { oc, az } = await negotiation(...movedAuthority);
    await az.caretAfter('costs', 'Costs');
    await az.page.keyboard.press('Control+Enter');
    await becomes(async () => (await stepOf(az)).includes('Data shall be preserved.') && (await stepOf(az)).includes('each side and by the competent authority.'), true);
    await confirms(az.page.getByRole('dialog'));
    await until(oc, () => common(oc, 'kept') === 'Data shall be preserved.' && common(oc, 'costs').includes('and by the competent authority'), 'both places');
  });
});
