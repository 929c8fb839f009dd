import { consentsTo, previewAccept, type Proposal, proposalsOf, REST_MS, type Rooms, type Scenery } from '@parley/negotiation';
import { type PartyId, textAt, writeEdits } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { MemoryRecordStore } from '../../../../test/support/memory-record.ts';
import { Bench, type Client } from '../../../../test/support/rooms.ts';
import { RULES } from './rules.ts';

const CHAIR = 'position:chair', KEY = 'en:text';
const kinds = (bench: Bench) => bench.turns.at(-1)!.notices.map((notice) => (notice.kind === 'act' ? notice.act.t : notice.room));

async function seenBy(client: Client): Promise<Scenery> {
  const { document, group, rooms } = await client.join();
  return { document, group, rooms: Object.fromEntries(Object.keys(rooms).map((name) => [name, client.text(name as keyof Rooms)])) };
}

async function proposedByChair(client: Client): Promise<Proposal[]> {
  return proposalsOf(await seenBy(client), 'p1').filter(({ parties }) => parties.includes('chair')).map(({ proposal }) => proposal);
}

async function accept(bench: Bench, user: string, party: PartyId, besides: readonly Proposal[] = []): Promise<void> {
  const client = await bench.client(user, 'd'), parts = await proposedByChair(client);
  const preview = previewAccept(await seenBy(client), { parts, party, own: 'withdrawn', besides });
  if (!preview.ok) throw new Error(preview.reason);
  bench.clock.at += REST_MS;
  await bench.perform(user, { doc: 'd', ...preview.value.act });
}

async function given(bench: Bench): Promise<string[]> {
  const client = await bench.client('udo', 'd');
  return Object.keys(consentsTo(await seenBy(client), await proposedByChair(client)));
}

/** In negotiation; the chair has proposed something, and the head of A has accepted it. */
async function consented(propose: (mo: Client) => Promise<unknown>, record = new MemoryRecordStore(), options = {}): Promise<{ bench: Bench; mo: Client }> {
  const bench = await new Bench(record, options).established();
  await bench.opened('d', 'One.', 'Two.', 'Three.', 'Four.');
  await bench.basis('d');
  const mo = await bench.client('mo', 'd');
  await propose(mo);
  await accept(bench, 'anna', 'a');
  expect(await given(bench)).toEqual(['a']);
  return { bench, mo };
}

const now = (mo: Client) => mo.type(CHAIR, 'p1', 0, 'Now ');
const takeOut = (mo: Client, letters: number) => mo.send(CHAIR, mo.edit(CHAIR, (doc) => textAt(doc, 'p1', KEY)!.delete(0, letters)));
const move = (mo: Client, id: string, after: string | null) => mo.send(CHAIR, mo.edit(CHAIR, (doc) => writeEdits(doc, [{ do: 'move', id, after }], Math.random)));

describe('[A5] [H9] a consent to the chair’s parts', () => {
  it('lapses in the turn in which they change, and is not back when they are; the record says so to whoever replays it', async () => {
    const record = new MemoryRecordStore(), { bench, mo } = await consented(now, record);
    await mo.type(CHAIR, 'p2', 0, 'x');
    expect([kinds(bench), await given(bench)]).toEqual([[CHAIR], ['a']]);
    await takeOut(mo, 1);
    expect(kinds(bench)).toEqual([CHAIR, 'lapseParts']);
    expect(bench.turns.at(-1)!.notices[1]).toMatchObject({ by: 'server', events: [{ e: 'partsConsentEnded', party: 'a' }] });
    await mo.type(CHAIR, 'p1', 0, 'N');
    expect(await given(bench)).toEqual([]);
    expect(await given(await new Bench(record).start())).toEqual([]);
    await bench.rooms.close();
  });

  it('also where another provision takes the order that it was given to, and one’s own side has something to give up', async () => {
    const moved = await consented((mo) => move(mo, 'p1', 'p3'));
    await move(moved.mo, 'p2', 'p1');
    expect(kinds(moved.bench)).toEqual([CHAIR, 'lapseParts']);
    const { bench } = await consented(now), ann = await bench.client('ann', 'd');
    await ann.type('position:a', 'p1', 0, 'Soon ');
    expect(kinds(bench)).toEqual(['position:a', 'lapseParts']);
  });

  it('also where what one’s own side gives up for it stands in another provision, and is changed there', async () => {
    const bench = await new Bench().established();
    await bench.opened('d', 'One.', 'Two.');
    await bench.basis('d');
    const mo = await bench.client('mo', 'd'), ann = await bench.client('ann', 'd');
    await now(mo);
    await ann.type('position:a', 'p2', 0, 'Soon ');
    const own = proposalsOf(await seenBy(ann), 'p2').map(({ proposal }) => proposal);
    await accept(bench, 'anna', 'a', own);
    expect(Object.values((await mo.join()).document.partConsents)[0]!.by.a!.givesUp).toEqual(own);
    await ann.type('position:a', 'p2', 0, 'x');
    expect([kinds(bench), await given(bench)]).toEqual([['position:a', 'lapseParts'], []]);
    await ann.send('position:a', ann.edit('position:a', (doc) => textAt(doc, 'p2', KEY)!.delete(0, 1)));
    expect(proposalsOf(await seenBy(ann), 'p2').map(({ proposal }) => proposal)).toEqual(own);
    expect(await given(bench)).toEqual([]);
  });

  it('that had fallen in an older record, where no lapse was recorded, lapses before the first thing that is done', async () => {
    const record = new MemoryRecordStore(), { bench, mo } = await consented(now, record, { rules: { ...RULES, lapsingParts: () => [] } });
    await takeOut(mo, 4);
    expect([kinds(bench), Object.keys((await mo.join()).document.partConsents)]).toMatchObject([[CHAIR], { length: 1 }]);
    await bench.rooms.close();
    const again = await new Bench(record).start(), later = await again.client('mo', 'd');
    await now(later);
    expect(kinds(again)).toEqual(['lapseParts', CHAIR]);
    expect(await given(again)).toEqual([]);
    await takeOut(later, 4);
    await now(later);
    expect([kinds(again), await given(again)]).toEqual([[CHAIR], []]);
  });
});
