import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { partyOrder, positionRoom, type RoomName, standingOf } from '@parley/negotiation';
import type { GroupHistoryView, GroupView, SessionView } from '@parley/protocol';
import { provisionsOf, slotKeys, slotOf, textDigest, textOf } from '@parley/text';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Parley, startParley } from '../support/parley.ts';
import { Person, until } from '../support/person.ts';
import { tree, until as happens } from '../support/processes.ts';

const CLI = path.resolve(import.meta.dirname, '../../apps/cli/dist/main.js');

/** What the command prints, and how it ends. */
function parley(...args: readonly string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [CLI, ...args], { env: { PATH: process.env.PATH ?? '' } });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => void (output += chunk.toString()));
    child.once('close', (code) => resolve({ code, output }));
  });
}

/** Asks until `look` likes the answer. */
async function asking<T>(ask: () => Promise<T>, look: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (look(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Whether a server’s demo is being filled at this moment: by a process of its own. */
const filling = (server: Parley): boolean => tree(server.pid).some((pid) => commandOf(pid).includes('cli/dist/main.js'));

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

describe('the demo', () => {
  let server: Parley;
  let auditor: Person;
  beforeAll(async () => {
    server = await startParley({ demo: true });
    auditor = new Person(server.url, 'auditor');
    const { cast } = await asking(() => auditor.must<SessionView>('GET', '/api/session'), (session) => session.cast?.length === 10 && session.cast.every(({ role }) => role));
    await auditor.signInDemo(cast!.find(({ role }) => role === 'auditor')!.user);
  });
  afterAll(async () => {
    await auditor.leave();
    await server.stop();
  });

  it('fills the working group by itself: ten people, four documents, three of them in negotiation', async () => {
    const view = await asking(() => auditor.must<GroupView>('GET', ''), ({ documents }) => documents.length === 4);
    expect(view.group.delegations.map(({ code }) => code)).toEqual(['AZ', 'OC']);
    const { documents } = await asking(() => auditor.must<GroupView>('GET', ''), (now) => now.documents.filter(({ stage }) => stage === 'negotiation').length === 3);
    expect(documents.map(({ title }) => title).sort()).toEqual([
      'Metrics of Compliance', 'Protocol for Coordinating Investigations', 'Standard of Evidence', 'Understanding on Commercial Cyber Espionage',
    ]);
  });

  it('leaves the understanding with text agreed, approved, under dispute and asked to be reopened', async () => {
    const client = await auditor.open('understanding');
    await until(client, () => client.document.settled.information?.reopenings['ochre'] !== undefined, 'the last act of the script');
    const shared = { document: client.document, rooms: client.texts(), group: client.group };
    expect(['recalling', 'convinced', 'information', 'conduct', 'effect', 'support'].map((id) => standingOf(shared, id)))
      .toEqual(['approved', 'agreed', 'agreed', 'clean', 'open', 'bracketed']);
    const writers = Object.values(client.lastEdits).flatMap((room) => Object.values(room ?? {}).map(({ by }) => by));
    expect(new Set(writers).size).toBeGreaterThanOrEqual(6);
  });

  it('offers its ten people, one click each, in every role', async () => {
    const stranger = new Person(server.url, 'stranger');
    const { cast } = await stranger.must<SessionView>('GET', '/api/session');
    const places = cast!.map(({ role, delegation }) => [role, delegation].filter(Boolean).join(' of ')).sort();
    expect(places).toEqual([
      'administrator', 'auditor', 'head of azure', 'head of ochre', 'moderator', 'negotiator of azure', 'negotiator of azure', 'negotiator of ochre', 'negotiator of ochre', 'observer',
    ]);
    for (const person of cast!) {
      const demoPerson = new Person(server.url, person.name);
      const session = await demoPerson.must<SessionView>('POST', '/api/session/demo', { user: person.user });
      expect(session).toMatchObject({ person: { user: person.user, name: person.name }, places: [{ role: person.role, delegation: person.delegation ?? null, state: 'seated' }] });
      await demoPerson.signInDemo(person.user);
      expect((await demoPerson.group()).documents).toHaveLength(person.role === 'administrator' ? 0 : 4);
    }
    expect((await stranger.request('POST', '/api/session/demo', { user: 'demo_nobody' })).body.refusal).toBe('not-found');
  });

  it.each([['metrics', 'metric'], ['protocol', 'step']] as const)('has %s with every field filled, on which the sides and the chair differ', async (doc, kind) => {
    await happens(() => !filling(server), 'filled');
    const client = await auditor.open(doc);
    expect(provisionsOf(client.text('common')).filter((p) => p.kind === kind).length).toBeGreaterThanOrEqual(6);
    const rooms: RoomName[] = ['common', ...partyOrder(client.group).map(positionRoom)];
    for (const room of rooms) {
      const empty = provisionsOf(client.text(room)).flatMap((p) => slotKeys(p.kind).filter((key) => textOf(slotOf(p, key)).trim() === '').map((key) => `${p.id} ${key}`));
      expect([room, ...empty]).toEqual([room]);
    }
    expect(new Set(rooms.map((room) => textDigest(client.text(room)))).size).toBe(4);
    const shared = { document: client.document, rooms: client.texts(), group: client.group };
    const standings = new Set(provisionsOf(client.text('common')).map(({ id }) => standingOf(shared, id)));
    for (const standing of ['approved', 'agreed', 'clean', 'bracketed'] as const) expect([...standings]).toContain(standing);
    await client.stop();
  });

  it('has a working paper that both delegations have written in, with nothing agreed', async () => {
    const client = await auditor.open('evidence');
    expect(client.document).toMatchObject({ stage: 'drafting', basis: null, settled: {} });
    const { people } = await auditor.group();
    const writers = Object.values(client.lastEdits.working ?? {}).map(({ by }) => people.find(({ user }) => user === by)!);
    for (const delegation of ['azure', 'ochre']) expect(writers.map((writer) => writer.delegation)).toContain(delegation);
    await client.stop();
  });

  it('is filled once, and says so', async () => {
    expect(await parley('demo', '--url', server.url, '--key', 'whatever')).toEqual({ code: 1, output: expect.stringContaining('not empty') as string });
    expect(await parley('demo', '--url', 'nowhere')).toEqual({ code: 2, output: expect.stringContaining('--url needs the address') as string });
    expect((await parley()).output).toContain('parley demo --url');
  });

  it('is as its visitors left it when it is started again, and is not filled twice', async () => {
    await happens(() => !filling(server), 'filled');
    const seen = async () => {
      const { group, people, documents } = await auditor.must<GroupView>('GET', '');
      return { group, people, documents: documents.map((row) => ({ ...row, here: [] })), seats: await auditor.must<GroupHistoryView>('GET', 'history') };
    };
    const before = await seen();
    await server.stop({ keep: true });
    server = await startParley({ demo: true, data: server.data, port: server.port });
    expect(filling(server)).toBe(false);
    expect(await seen()).toEqual(before);
    expect((await new Person(server.url, 'stranger').must<SessionView>('GET', '/api/session')).cast).toHaveLength(10);
  });
});
