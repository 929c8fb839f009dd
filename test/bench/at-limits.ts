import { setTimeout as pause } from 'node:timers/promises';
import { groupsOf, proposalsOf } from '@parley/negotiation';
import type { DocumentClient } from '@parley/sync';
import { AUTHENTIC_LANGUAGE, plainSlot, slotOf, textOf } from '@parley/text';
import { additionsAtLimits, changesAtLimits, paperAtLimits } from '../support/document-at-limits.ts';
import { type Person, sharedStateOf } from '../support/person.ts';
import type { WorkingGroup } from '../support/working-group.ts';
import { against, aiming, type Row, timed } from './figures.ts';
import type { Length } from './length.ts';
import { onScreen } from './on-screen.ts';
import { paper, PROVISIONS } from './paper.ts';

/** From asking for it until all of it is here and its proposals are known. */
const OPENED_WITHIN = 3_000;
/** From a key of one side until the other side's copy shows it with its brackets. */
const KEY_WITHIN = 50;
const KEY_EVERY_MS = 60, TIMEOUT_MS = 60_000, KEY = `${AUTHENTIC_LANGUAGE}:text`;

async function sides(group: WorkingGroup, doc: string, edit: (client: DocumentClient, n: number) => void): Promise<string> {
  for (const [n, person] of [group.az, group.oc].entries()) {
    const client = await person.open(doc);
    edit(client, n);
    await client.saved();
    await client.stop();
  }
  return doc;
}

/** As large as a room may be, every provision changed by both sides; a side's list as long as it may be; and an ordinary document. */
async function documents(group: WorkingGroup): Promise<{ readonly changed: string; readonly list: string; readonly ordinary: string }> {
  const changed = await sides(group, await group.negotiate(paperAtLimits()), (client, n) => client.edit(changesAtLimits(client.text(client.ownRoom!), [11, 29][n]!)));
  // One member has half of a room, another half of what is left: the list is as long as two of them can make it.
  const list = await group.negotiate(paperAtLimits(10, 5_000));
  for (const [person, most] of [[group.az, 450], [group.azHead, 240]] as const) {
    const client = await person.open(list);
    client.edit(additionsAtLimits(client.text(client.ownRoom!), person.name).slice(0, most));
    await client.saved();
    await client.stop();
  }
  const ordinary = await sides(group, await group.negotiate(paper(PROVISIONS)), (client, n) => client.edit(changesAtLimits(client.text(client.ownRoom!), [11, 29][n]!)));
  return { changed, list, ordinary };
}

async function joined(person: Person, doc: string): Promise<number> {
  const socket = await person.connected(), before = performance.now();
  const answer = await socket.timeout(TIMEOUT_MS).emitWithAck('join', { doc, have: {} }) as { readonly ok: boolean; readonly reason?: string };
  const took = performance.now() - before;
  socket.disconnect();
  if (!answer.ok) throw new Error(`not joined: ${answer.reason}`);
  return took;
}

/** In the process of the reader: its copies, their texts, and every proposal with what is linked. */
async function opened(person: Person, doc: string): Promise<number> {
  const before = performance.now(), client = await person.open(doc), shared = sharedStateOf(client);
  groupsOf(shared, proposalsOf(shared));
  const took = performance.now() - before;
  await client.stop();
  return took;
}

/** Azure types; Ochre's client has the letter and the proposals of its provision. Both are in this process. */
async function keys(group: WorkingGroup, doc: string, count: number): Promise<number[]> {
  const writer = await group.az.open(doc), reader = await group.oc.open(doc), room = writer.ownRoom!, took: number[] = [], shared = sharedStateOf(reader);
  groupsOf(shared, proposalsOf(shared));
  await pause(4_000);
  for (let n = 0; n < count; n++) {
    const { list, by } = writer.text(room), id = list[(n * 7) % Math.min(list.length, 50)]!, letter = textOf(slotOf(by.get(id), KEY))[4] === 'x' ? 'y' : 'x', before = performance.now();
    const seen = new Promise<number>((resolve) => {
      const off = reader.on('commit', (commit) => {
        if (!commit.notices.some((notice) => notice.kind === 'update' && notice.room === room && notice.touched.includes(id))) return;
        off();
        proposalsOf(sharedStateOf(reader), [id]);
        resolve(performance.now() - before);
      });
    });
    writer.edit([{ do: 'splice', id, key: KEY, from: 4, to: 5, insert: plainSlot(letter) }]);
    took.push(await seen);
    await pause(KEY_EVERY_MS);
  }
  await writer.stop();
  await reader.stop();
  return took;
}

async function times(often: number, measure: () => Promise<number>): Promise<number[]> {
  const took: number[] = [];
  for (let n = 0; n < often; n++) took.push(await measure());
  return took;
}

/** A document at its limits beside an ordinary one; on the screen as well, where there is a browser. */
export async function atLimits(group: WorkingGroup, { limits }: Length): Promise<Row[]> {
  const { changed, list, ordinary } = await documents(group), rows: Row[] = [];
  const named = [[changed, '1,000 provisions, 500,000 characters, all changed by both'], [list, 'a list of 690 added provisions'], [ordinary, 'baseline: 60 provisions']] as const;
  const part = async (section: string, aim: ((row: Row) => Row) | null, measure: (doc: string) => Promise<number[]>): Promise<void> => {
    const here: Row[] = [];
    for (const [doc, name] of named) here.push(timed(section, name, await measure(doc)));
    const baseline = here.pop()!;
    rows.push(...here.map((row) => against(row, baseline)).map((row) => aim?.(row) ?? row), baseline);
  };
  await part('a document at its limits: join → answer', null, (doc) => times(limits, () => joined(group.oc, doc)));
  await part('a document at its limits: opened, its proposals known', (row) => aiming(row, `≤ ${OPENED_WITHIN / 1_000} s`, row.p50 <= OPENED_WITHIN), (doc) => times(Math.ceil(limits / 3), () => opened(group.oc, doc)));
  await part('a document at its limits: key → the other side, brackets known', (row) => aiming(row, `p95 ≤ ${KEY_WITHIN} ms`, row.p95! <= KEY_WITHIN), (doc) => keys(group, doc, limits * 10));
  rows.push(...await onScreen(group, { doc: changed, provision: 'p500', name: named[0][1] }, { doc: ordinary, provision: 'p20', name: named[2][1] }) ?? []);
  return rows;
}
