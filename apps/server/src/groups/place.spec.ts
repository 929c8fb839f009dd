import { previewAccept, proposalsOf, type RoomName } from '@parley/negotiation';
import { plainSlot, type Provision, PROVISION_LIMIT, textAt, WORDS_LIMIT } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { paperAtLimits } from '../../../../test/support/document-at-limits.ts';
import { RoomsFixture, sent } from '../../../../test/support/rooms-fixture.ts';

const open = (fixture: RoomsFixture, provisions: readonly Provision[]) =>
  fixture.rooms.perform('mo', 'd', sent({ doc: 'd', t: 'openDocument', title: 'd', template: 'understanding', provisions }));

/** A document in negotiation whose common text has place for so many characters more. */
async function almostFull(left: number): Promise<RoomsFixture> {
  const fixture = await new RoomsFixture().established();
  expect(await open(fixture, paperAtLimits(60, WORDS_LIMIT - left))).toMatchObject({ ok: true });
  await fixture.basis('d');
  return fixture;
}

/** A head answers, after a minute, what another party proposes on a provision. */
async function accept(fixture: RoomsFixture, user: 'anna' | 'bo', party: string, provision: string) {
  const udo = await fixture.client('udo', 'd'), { document, group } = await udo.join();
  const now = { document, group, rooms: Object.fromEntries((['common', 'position:a', 'position:b', 'position:chair'] as const).map((room) => [room, udo.text(room)])) };
  const preview = previewAccept(now, { parts: [proposalsOf(now, provision).find((p) => p.parties.includes(party))!.proposal], party: user === 'anna' ? 'a' : 'b', own: 'alongside' });
  if (!preview.ok) throw new Error(preview.reason);
  fixture.clock.at += 60_000;
  return fixture.rooms.perform(user, 'd', sent({ doc: 'd', ...preview.value.act }));
}

async function types(fixture: RoomsFixture, user: string, room: RoomName, provision: string, length: number): Promise<void> {
  expect(await (await fixture.client(user, 'd')).type(room, provision, 0, 'w'.repeat(length))).toMatchObject({ ok: true });
}

describe('[D23] what acts write has its place', () => {
  it('a document opens with half a million characters and 1,000 provisions, and with no more of either', async () => {
    const fixture = await new RoomsFixture().established(), whole = paperAtLimits();
    expect(await open(fixture, [...whole.slice(1), { ...whole[0]!, slots: { 'en:text': plainSlot('w'.repeat(501)) } }])).toEqual({ ok: false, reason: 'document-full' });
    expect(await open(fixture, [...paperAtLimits(PROVISION_LIMIT, 20_000), { ...whole[0]!, id: 'one-more' }])).toEqual({ ok: false, reason: 'document-full' });
    expect(await open(fixture, whole)).toMatchObject({ ok: true });
    const reader = await fixture.client('udo', 'd');
    expect(reader.text('working').list).toHaveLength(PROVISION_LIMIT);
  }, 60_000);

  it('an acceptance that would make the own position longer than a room is refused, writes nothing, and passes when there is place', async () => {
    const fixture = await almostFull(400);
    await types(fixture, 'ann', 'position:a', 'p1', 150);
    await types(fixture, 'ben', 'position:b', 'p2', 150);
    await types(fixture, 'bo', 'position:b', 'p3', 60);
    await types(fixture, 'bo', 'position:b', 'p3', 40);
    const before = fixture.log.size;
    expect(await accept(fixture, 'bo', 'a', 'p1')).toMatchObject({ ok: true });
    expect(fixture.log.size).toBe(before + 1);
    await types(fixture, 'ann', 'position:a', 'p4', 60);
    expect(await accept(fixture, 'bo', 'a', 'p4')).toEqual({ ok: false, reason: 'document-full' });
    expect(fixture.log.size).toBe(before + 2);
    const ben = await fixture.client('ben', 'd');
    await ben.send('position:b', ben.edit('position:b', (doc) => textAt(doc, 'p2', 'en:text')!.delete(0, 100)));
    expect(await accept(fixture, 'bo', 'a', 'p4')).toMatchObject({ ok: true });
  }, 60_000);

  it('a position that is full because others filled it stops nobody else’s agreement', async () => {
    const fixture = await almostFull(400);
    await types(fixture, 'mo', 'position:chair', 'p5', 200);
    await types(fixture, 'ann', 'position:a', 'p1', 180);
    await types(fixture, 'anna', 'position:a', 'p2', 100);
    for (const provision of ['p1', 'p2']) expect(await accept(fixture, 'bo', 'a', provision)).toMatchObject({ ok: true });
    const udo = await fixture.client('udo', 'd');
    expect(udo.words('position:chair', 'p2').startsWith('w'.repeat(100))).toBe(true);
  }, 60_000);
});
