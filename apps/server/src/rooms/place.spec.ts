import { previewAccept, proposalsOf, type RoomName } from '@parley/negotiation';
import { plainSlot, type Provision, PROVISION_LIMIT, textAt, WORDS_LIMIT } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { paperAtLimits } from '../../../../test/support/document-at-limits.ts';
import { Bench, sent } from '../../../../test/support/rooms.ts';

const open = (bench: Bench, provisions: readonly Provision[]) =>
  bench.rooms.perform('mo', 'd', sent({ doc: 'd', t: 'openDocument', title: 'd', template: 'understanding', provisions }));

/** A document in negotiation whose common text has place for so many characters more. */
async function almostFull(left: number): Promise<Bench> {
  const bench = await new Bench().established();
  expect(await open(bench, paperAtLimits(60, WORDS_LIMIT - left))).toMatchObject({ ok: true });
  await bench.basis('d');
  return bench;
}

/** A head answers, after a minute, what another party proposes on a provision. */
async function accept(bench: Bench, user: 'anna' | 'bo', party: string, provision: string) {
  const udo = await bench.client('udo', 'd'), { document, group } = await udo.join();
  const now = { document, group, rooms: Object.fromEntries((['common', 'position:a', 'position:b', 'position:chair'] as const).map((room) => [room, udo.text(room)])) };
  const preview = previewAccept(now, { parts: [proposalsOf(now, provision).find((p) => p.parties.includes(party))!.proposal], party: user === 'anna' ? 'a' : 'b', own: 'alongside' });
  if (!preview.ok) throw new Error(preview.reason);
  bench.clock.at += 60_000;
  return bench.rooms.perform(user, 'd', sent({ doc: 'd', ...preview.value.act }));
}

async function types(bench: Bench, user: string, room: RoomName, provision: string, length: number): Promise<void> {
  expect(await (await bench.client(user, 'd')).type(room, provision, 0, 'w'.repeat(length))).toMatchObject({ ok: true });
}

describe('[D23] what acts write has its place', () => {
  it('a document opens with half a million characters and 1,000 provisions, and with no more of either', async () => {
    const bench = await new Bench().established(), whole = paperAtLimits();
    expect(await open(bench, [...whole.slice(1), { ...whole[0]!, slots: { 'en:text': plainSlot('w'.repeat(501)) } }])).toEqual({ ok: false, reason: 'document-full' });
    expect(await open(bench, [...paperAtLimits(PROVISION_LIMIT, 20_000), { ...whole[0]!, id: 'one-more' }])).toEqual({ ok: false, reason: 'document-full' });
    expect(await open(bench, whole)).toMatchObject({ ok: true });
    const reader = await bench.client('udo', 'd');
    expect(reader.text('working').list).toHaveLength(PROVISION_LIMIT);
  }, 60_000);

  it('an acceptance that would make the own position longer than a room is refused, writes nothing, and passes when there is place', async () => {
    const bench = await almostFull(400);
    await types(bench, 'ann', 'position:a', 'p1', 150);
    await types(bench, 'ben', 'position:b', 'p2', 150);
    await types(bench, 'bo', 'position:b', 'p3', 60);
    await types(bench, 'bo', 'position:b', 'p3', 40);
    const before = bench.log.size;
    expect(await accept(bench, 'bo', 'a', 'p1')).toMatchObject({ ok: true });
    expect(bench.log.size).toBe(before + 1);
    await types(bench, 'ann', 'position:a', 'p4', 60);
    expect(await accept(bench, 'bo', 'a', 'p4')).toEqual({ ok: false, reason: 'document-full' });
    expect(bench.log.size).toBe(before + 2);
    const ben = await bench.client('ben', 'd');
    await ben.send('position:b', ben.edit('position:b', (doc) => textAt(doc, 'p2', 'en:text')!.delete(0, 100)));
    expect(await accept(bench, 'bo', 'a', 'p4')).toMatchObject({ ok: true });
  }, 60_000);

  it('a position that is full because others filled it stops nobody else’s agreement', async () => {
    const bench = await almostFull(400);
    await types(bench, 'mo', 'position:chair', 'p5', 200);
    await types(bench, 'ann', 'position:a', 'p1', 180);
    await types(bench, 'anna', 'position:a', 'p2', 100);
    for (const provision of ['p1', 'p2']) expect(await accept(bench, 'bo', 'a', provision)).toMatchObject({ ok: true });
    const udo = await bench.client('udo', 'd');
    expect(udo.words('position:chair', 'p2').startsWith('w'.repeat(100))).toBe(true);
  }, 60_000);
});
