import { consentsTo, previewAccept, type Proposal, proposalsOf, REST_MS, type Rooms, type SharedState } from '@parley/negotiation';
import { type PartyId, textAt, writeEdits } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { MemoryRecordStore } from '../../../../test/support/memory-record.ts';
import { RoomsFixture, type Client } from '../../../../test/support/rooms-fixture.ts';
import { RULES } from '../commit/rules.ts';

const CHAIR = 'position:chair', KEY = 'en:text';
const kinds = (fixture: RoomsFixture) => fixture.commits.at(-1)!.notices.map((notice) => (notice.kind === 'act' ? notice.act.t : notice.room));

async function seenBy(client: Client): Promise<SharedState> {
  const { document, group, rooms } = await client.join();
  return { document, group, rooms: Object.fromEntries(Object.keys(rooms).map((name) => [name, client.text(name as keyof Rooms)])) };
}

async function proposedByChair(client: Client): Promise<Proposal[]> {
  return proposalsOf(await seenBy(client), 'p1').filter(({ parties }) => parties.includes('chair')).map(({ proposal }) => proposal);
}

async function accept(fixture: RoomsFixture, user: string, party: PartyId, besides: readonly Proposal[] = []): Promise<void> {
  const client = await fixture.client(user, 'd'), parts = await proposedByChair(client);
  const preview = previewAccept(await seenBy(client), { parts, party, own: 'withdrawn', besides });
  if (!preview.ok) throw new Error(preview.reason);
  fixture.clock.at += REST_MS;
  await fixture.perform(user, { doc: 'd', ...preview.value.act });
}

async function given(fixture: RoomsFixture): Promise<string[]> {
  const client = await fixture.client('udo', 'd');
  return Object.keys(consentsTo(await seenBy(client), await proposedByChair(client)));
}

/** In negotiation; the chair has proposed something, and the head of A has accepted it. */
async function consented(propose: (mo: Client) => Promise<unknown>, record = new MemoryRecordStore(), options = {}): Promise<{ fixture: RoomsFixture; mo: Client }> {
  const fixture = await new RoomsFixture(record, options).established();
  await fixture.opened('d', 'One.', 'Two.', 'Three.', 'Four.');
  await fixture.basis('d');
  const mo = await fixture.client('mo', 'd');
  await propose(mo);
  await accept(fixture, 'anna', 'a');
  expect(await given(fixture)).toEqual(['a']);
  return { fixture, mo };
}

const now = (mo: Client) => mo.type(CHAIR, 'p1', 0, 'Now ');
const takeOut = (mo: Client, letters: number) => mo.send(CHAIR, mo.edit(CHAIR, (doc) => textAt(doc, 'p1', KEY)!.delete(0, letters)));
const move = (mo: Client, id: string, after: string | null) => mo.send(CHAIR, mo.edit(CHAIR, (doc) => writeEdits(doc, [{ do: 'move', id, after }], Math.random)));

describe('[A5] [HD9] a consent to the chair’s parts', () => {
  it('lapses in the commit in which they change, and is not back when they are; the record says so to whoever replays it', async () => {
    const record = new MemoryRecordStore(), { fixture, mo } = await consented(now, record);
    await mo.type(CHAIR, 'p2', 0, 'x');
    expect([kinds(fixture), await given(fixture)]).toEqual([[CHAIR], ['a']]);
    await takeOut(mo, 1);
    expect(kinds(fixture)).toEqual([CHAIR, 'lapseParts']);
    expect(fixture.commits.at(-1)!.notices[1]).toMatchObject({ by: 'server', events: [{ e: 'partsConsentEnded', party: 'a' }] });
    await mo.type(CHAIR, 'p1', 0, 'N');
    expect(await given(fixture)).toEqual([]);
    expect(await given(await new RoomsFixture(record).start())).toEqual([]);
    await fixture.rooms.close();
  });

  it('also where another provision takes the order that it was given to, and one’s own side has something to give up', async () => {
    const moved = await consented((mo) => move(mo, 'p1', 'p3'));
    await move(moved.mo, 'p2', 'p1');
    expect(kinds(moved.fixture)).toEqual([CHAIR, 'lapseParts']);
    const { fixture } = await consented(now), ann = await fixture.client('ann', 'd');
    await ann.type('position:a', 'p1', 0, 'Soon ');
    expect(kinds(fixture)).toEqual(['position:a', 'lapseParts']);
  });

  it('also where what one’s own side gives up for it stands in another provision, and is changed there', async () => {
    const fixture = await new RoomsFixture().established();
    await fixture.opened('d', 'One.', 'Two.');
    await fixture.basis('d');
    const mo = await fixture.client('mo', 'd'), ann = await fixture.client('ann', 'd');
    await now(mo);
    await ann.type('position:a', 'p2', 0, 'Soon ');
    const own = proposalsOf(await seenBy(ann), 'p2').map(({ proposal }) => proposal);
    await accept(fixture, 'anna', 'a', own);
    expect(Object.values((await mo.join()).document.partConsents)[0]!.by.a!.givesUp).toEqual(own);
    await ann.type('position:a', 'p2', 0, 'x');
    expect([kinds(fixture), await given(fixture)]).toEqual([['position:a', 'lapseParts'], []]);
    await ann.send('position:a', ann.edit('position:a', (doc) => textAt(doc, 'p2', KEY)!.delete(0, 1)));
    expect(proposalsOf(await seenBy(ann), 'p2').map(({ proposal }) => proposal)).toEqual(own);
    expect(await given(fixture)).toEqual([]);
  });

  it('that had fallen in an older record, where no lapse was recorded, lapses before the first thing that is done', async () => {
    const record = new MemoryRecordStore(), { fixture, mo } = await consented(now, record, { rules: { ...RULES, lapsingParts: () => [] } });
    await takeOut(mo, 4);
    expect([kinds(fixture), Object.keys((await mo.join()).document.partConsents)]).toMatchObject([[CHAIR], { length: 1 }]);
    await fixture.rooms.close();
    const again = await new RoomsFixture(record).start(), later = await again.client('mo', 'd');
    await now(later);
    expect(kinds(again)).toEqual(['lapseParts', CHAIR]);
    expect(await given(again)).toEqual([]);
    await takeOut(later, 4);
    await now(later);
    expect([kinds(again), await given(again)]).toEqual([[CHAIR], []]);
  });
});
