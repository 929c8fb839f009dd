import { type GroupState, positionRoom, type RoomName, NO_GROUP } from '@parley/negotiation';
import { type Edit, plainSlot, type Provision, textAt, textFrom, textOf } from '@parley/text';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { DocumentClient } from './client.ts';
import { seeded } from '../../text/test-support/seeded.ts';
import { ManualTimers } from '../test-support/manual-timers.ts';
import { TestServer, settle } from '../test-support/test-server.ts';
import type { TestWire } from '../test-support/test-wire.ts';
import { REMOTE } from './replica.ts';
import { cases } from '../../text/test-support/cases.ts';

const group: GroupState = {
  ...NO_GROUP, name: 'Copies', delegations: [{ id: 'azure', code: 'AZ', name: 'Azure' }, { id: 'ochre', code: 'OC', name: 'Ochre' }],
  seats: {
    ana: { user: 'ana', role: 'negotiator', delegation: 'azure' }, abe: { user: 'abe', role: 'negotiator', delegation: 'azure' },
    oda: { user: 'oda', role: 'negotiator', delegation: 'ochre' },
  },
};
const paragraph = (id: string, words: string): Provision => ({ id, kind: 'paragraph', label: id, level: 0, slots: { 'en:text': plainSlot(words) } });
const put = (words: string, at = 0): Edit => ({ do: 'splice', id: 'a', key: 'en:text', from: at, to: at, insert: plainSlot(words) });
const AZURE = positionRoom('azure'), OCHRE = positionRoom('ochre');

interface Seat { readonly wire: TestWire; readonly client: DocumentClient; readonly timers: ManualTimers; readonly differed: string[]; readonly handed: string[] }

/** A document in negotiation, with ana and oda in it. */
async function table(): Promise<{ server: TestServer; ana: Seat; oda: Seat; enter(user: string): Promise<Seat> }> {
  const server = new TestServer(group, seeded(1));
  server.fill('working', textFrom([paragraph('a', 'One two three.'), paragraph('b', 'Four.')]));
  const enter = async (user: string): Promise<Seat> => {
    const wire = server.wire(user), timers = new ManualTimers(), differed: string[] = [], handed: string[] = [];
    const client = new DocumentClient({ doc: 'doc', user, wire, timers, random: seeded(user.charCodeAt(0)), clientId: server.clientId });
    client.on('differed', (rooms) => differed.push(...rooms));
    client.on('refused', ({ words }) => handed.push(...words.map((w) => w.words)));
    const started = client.start();
    await settle(server);
    await started;
    return { wire, client, timers, differed, handed };
  };
  const [ana, oda] = [await enter('ana'), await enter('oda')];
  server.begin('ana');
  await settle(server);
  return { server, ana, oda, enter };
}

/** So long that what was quiet before is compared, and what that leads to has happened. */
async function idle(server: TestServer, ...seats: Seat[]): Promise<void> {
  for (let i = 0; i < 2; i++) {
    for (const { timers } of seats) timers.pass(30_000);
    await settle(server);
  }
}

const words = (client: DocumentClient, room: RoomName): string => textOf(client.text(room).by.get('a')!.slots['en:text']!);
/** Changes a copy as nobody may: no commit, no typing. */
const alterCopy = (client: DocumentClient, room: RoomName, work: (text: Y.Text) => void): void => client.doc(room)!.transact(() => work(textAt(client.doc(room)!, 'a', 'en:text')!), REMOTE);

describe('copies that are compared', () => {
  it.each([
    ['a word more', (text: Y.Text) => text.insert(4, 'secretly '), ['secretly ']],
    ['a deletion that no state vector knows', (text: Y.Text) => text.delete(0, 4), []],
    ['a mark', (text: Y.Text) => text.format(0, 3, { strong: true }), []],
  ] as const)('[S30] %s in any room, behind the client’s back, is noticed, told and healed', async (_case, work, back) => {
    for (const room of ['common', OCHRE, AZURE] as const) {
      const { server, ana } = await table(), before = Y.encodeStateAsUpdate(server.rooms.get(room)!);
      alterCopy(ana.client, room, work);
      expect(ana.client.text(room)).not.toEqual(server.text(room));
      expect(ana.client.status).toMatchObject({ state: 'saved', pending: 0 });
      await idle(server, ana);
      expect(ana.differed).toEqual([room]);
      expect(ana.client.text(room)).toEqual(server.text(room));
      expect(Y.encodeStateAsUpdate(server.rooms.get(room)!), 'nothing of it was sent').toEqual(before);
      expect(ana.handed).toEqual(room === AZURE ? back : []);
      await idle(server, ana);
      expect(ana.differed).toEqual([room]);
      ana.client.edit([put('Still at work: ')]);
      await settle(server);
      expect(words(ana.client, AZURE)).toBe('Still at work: One two three.');
      expect(server.text(AZURE)).toEqual(ana.client.text(AZURE));
    }
  });

  it('[S30] what only the server has is noticed too, also a whole room', async () => {
    for (const alter of [
      (server: TestServer) => textAt(server.rooms.get('common')!, 'a', 'en:text')!.insert(0, 'Unknown '),
      (server: TestServer) => textAt(server.rooms.get('common')!, 'a', 'en:text')!.delete(0, 4),
      (server: TestServer) => server.fill('position:other' as RoomName, textFrom([paragraph('a', 'Elsewhere.')])),
    ]) {
      const { server, oda } = await table();
      alter(server);
      await idle(server, oda);
      expect(oda.differed).toHaveLength(1);
      for (const room of server.rooms.keys()) expect(oda.client.text(room)).toEqual(server.text(room));
    }
  });

  it('[S31] a commit that was lost with nothing following it is noticed', async () => {
    const { server, ana, oda } = await table();
    ana.client.edit([put('Last words. ')]);
    while (ana.wire.step('up')) oda.wire.lose('push');
    await settle(server);
    expect([words(oda.client, AZURE), oda.client.entry]).toEqual(['One two three.', server.entry - 1]);
    await idle(server, oda);
    expect([words(oda.client, AZURE), oda.client.entry, oda.differed]).toEqual(['Last words. One two three.', server.entry, []]);
  });

  it('[S32] nothing is compared while something is typed, under way, held or offline', async () => {
    const { server, ana } = await table();
    const compares = async (): Promise<boolean> => {
      const before = server.compared;
      ana.timers.pass(30_000);
      await settle(server);
      return server.compared > before;
    };
    expect(await compares()).toBe(false);
    expect([await compares(), await compares()]).toEqual([true, true]);
    ana.client.edit([put('x')]);
    await settle(server);
    expect([await compares(), await compares()]).toEqual([false, true]);
    server.refuses = () => ({ ok: false, reason: 'busy' });
    ana.client.edit([put('y')]);
    await settle(server);
    expect([await compares(), await compares()]).toEqual([false, false]);
    server.refuses = () => null;
    expect([await compares(), await compares(), await compares()]).toEqual([false, false, true]);
    ana.client.hold();
    expect(await compares()).toBe(false);
    ana.client.release();
    ana.wire.disconnect();
    expect(await compares()).toBe(false);
    ana.wire.connect();
    await settle(server);
    await compares();
    expect(await compares()).toBe(true);
    await ana.client.stop();
    expect(await compares()).toBe(false);
    expect([ana.differed, ana.handed]).toEqual([[], []]);
  });

  it('[S30] an answer that a join or a newer entry has overtaken says nothing', async () => {
    const { server, ana, oda } = await table();
    alterCopy(ana.client, 'common', (text) => text.insert(0, 'x'));
    ana.timers.pass(60_000);
    while (ana.wire.step('up'));
    server.rejoin();
    while (ana.wire.step('down'));
    await settle(server);
    expect(ana.differed.length).toBeLessThanOrEqual(1);
    oda.client.edit([put('Newer ')]);
    ana.timers.pass(60_000);
    await settle(server);
    await idle(server, ana);
    expect(ana.client.text('common')).toEqual(server.text('common'));
  });

  it(`[S32] honest copies never differ: ${cases(150)} sessions of typing, marking, joining late and being offline, compared at every rest`, async () => {
    let compared = 0;
    for (let seed = 1; seed <= cases(150); seed++) {
      const { server, ana, oda, enter } = await table(), random = seeded(seed), seats = [ana, oda];
      const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
      for (let n = 0; n < 30; n++) {
        const { client, wire } = pick(seats), dice = random(), room = client.ownRoom!, text = textAt(client.doc(room)!, pick(['a', 'b']), 'en:text')!, at = Math.floor(random() * text.length);
        if (dice < 0.35) text.insert(at, pick(['x', '双方', ' and so on']));
        else if (dice < 0.5) text.delete(at, Math.min(3, text.length - at));
        else if (dice < 0.6) text.format(at, Math.min(5, text.length - at), { [pick(['em', 'strong'])]: pick([true, null]) });
        else if (dice < 0.65) client.edit([{ do: 'move', id: 'b', after: pick([null, 'a']) }]);
        else if (dice < 0.7) wire.disconnect();
        else if (dice < 0.8 && !wire.connected) wire.connect();
        else if (dice < 0.85) server.rejoin();
        else if (dice < 0.9 && seats.length < 4) seats.push(await enter(pick(['abe', 'oda'])));
        else if (dice < 0.95) await settle(server);
        else await idle(server, ...seats);
      }
      for (const { wire } of seats) if (!wire.connected) wire.connect();
      await settle(server);
      await idle(server, ...seats);
      compared += server.compared;
      for (const { client, differed } of seats) expect([differed, client.texts()], `seed ${seed}`).toEqual([[], Object.fromEntries([...server.rooms.keys()].map((room) => [room, server.text(room)]))]);
    }
    expect(compared).toBeGreaterThan(cases(400));
  });
});
