import type { DocumentClient } from '@parley/sync';
import { type Cast, DELEGATIONS, seatCast } from '../../apps/cli/src/cast.ts';
import { BALANCERS } from '../support/balancer.ts';
import { CAST } from '../support/cast.ts';
import type { Person } from '../support/person.ts';
import { elsewhere } from '../support/second-group.ts';
import { Several } from '../support/several.ts';
import { settled, type WorkingGroup, workingGroup } from '../support/working-group.ts';
import { durable, keystrokes } from './balanced.ts';
import { against, type Row, timed } from './figures.ts';
import type { Length } from './length.ts';
import { paper } from './paper.ts';

/** In each document a key is pressed so often, in milliseconds; pressed so often before it is measured. */
const EVERY_MS = 500, WARM_UP = 3;
/** A connection is in no more documents. */
const OF_CONNECTION = 40;
const PROVISIONS = 20, DOC = 'd';

/** In every group but the first the same two lead the delegations. */
const LEADING = { admin: CAST.admin, az: { ...CAST.az, role: 'head' }, oc: { ...CAST.oc, role: 'head' }, chair: CAST.chair } satisfies Cast<string>;

type Pair = readonly [writer: DocumentClient, reader: DocumentClient];
/** Somebody of the first group at another connection, or in another group: whoever measures ends the connection. */
type Elsewhere = (person: Person, group: string) => Person;

/** All documents in one group. */
async function inOneGroup(w: WorkingGroup, count: number, elsewhere: Elsewhere): Promise<Pair[]> {
  const pairs: Pair[] = [];
  let people: readonly [Person, Person] = [w.az, w.oc];
  for (let i = 0; i < count; i++) {
    if (i > 0 && i % OF_CONNECTION === 0) people = [elsewhere(w.az, w.id), elsewhere(w.oc, w.id)];
    const doc = await w.draft(paper(PROVISIONS));
    pairs.push([await people[0].open(doc), await people[1].open(doc)]);
  }
  return pairs;
}

/** A document in each of many groups, with the same people in all. */
async function inManyGroups(w: WorkingGroup, count: number, elsewhere: Elsewhere): Promise<Pair[]> {
  const groups: string[] = [];
  for (let i = 0; i < count; i++) {
    const { group } = await w.admin.must<{ group: string }>('POST', '/api/groups', { name: `Dialogue ${i}`, delegations: DELEGATIONS });
    groups.push(group);
  }
  return Promise.all(groups.map(async (group): Promise<Pair> => {
    const [admin, az, oc, chair] = [w.admin, w.az, w.oc, w.chair].map((person) => elsewhere(person, group)) as [Person, Person, Person, Person];
    await settled(admin);
    await seatCast(LEADING, { admin, az, oc, chair }, { inOrder: true }, (person, _sits, secret) => person.takesSeat(secret));
    await chair.mustAct(DOC, { t: 'openDocument', title: 'Understanding', template: 'understanding', provisions: paper(PROVISIONS) });
    return [await az.open(DOC), await oc.open(DOC)];
  }));
}

async function measured(processes: number, open: (w: WorkingGroup, elsewhere: Elsewhere) => Promise<Pair[]>, count: number): Promise<number[]> {
  const several = await Several.start(BALANCERS[0]!, processes, await durable());
  const others: Person[] = [];
  let w: WorkingGroup | null = null, pairs: Pair[] = [];
  try {
    w = await workingGroup({}, several.parley);
    pairs = await open(w, (person, group) => { const other = elsewhere(person, group); others.push(other); return other; });
    const [first] = paper(PROVISIONS), typed = (times: number) => Promise.all(pairs.map((pair) => keystrokes(pair, first!.id, times, EVERY_MS)));
    await typed(WARM_UP);
    return (await typed(count)).flat();
  } finally {
    await Promise.all(pairs.flat().map((client) => client.stop()));
    await Promise.all(others.map((person) => person.leave()));
    await w?.leave();
    await several.end();
  }
}

/** As many documents in one group and over as many groups, on one process and on two. */
export async function manyGroups({ rounds }: Length): Promise<Row[]> {
  const documents = rounds > 1 ? 100 : 20, rows: Row[] = [], section = `keystroke → the other side, ${documents} documents, two people in each, ${documents * 1_000 / EVERY_MS} keystrokes a second in all`;
  for (const [processes, name] of [[1, 'one process'], [2, 'two processes']] as const) {
    const one = timed(section, `in one group, ${name}`, await measured(processes, (w, elsewhere) => inOneGroup(w, documents, elsewhere), 10 * rounds));
    rows.push(against(timed(section, `over ${documents} groups, ${name}`, await measured(processes, (w, elsewhere) => inManyGroups(w, documents, elsewhere), 10 * rounds)), one), one);
  }
  return rows;
}
