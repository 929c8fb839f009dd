import { randomUUID } from 'node:crypto';
import type { Keys, SessionView } from '@parley/protocol';
import type { Role, Template } from '@parley/negotiation';
import type { Provision } from '@parley/text';
import { beSeated, type CastMember, DELEGATIONS, member, seatCast } from '../../apps/cli/src/cast.ts';
import type { Person as AnyPerson } from '../../apps/cli/src/person.ts';
import { CAST, GROUP_NAME, PASSWORD, type Seat, SEATS } from './cast.ts';
import { type Parley, startParley } from './parley.ts';
import { basisOf, Person, until } from './person.ts';
import { preparedCopy, type Seated } from './prepared.ts';

/** A working group as strangers set it up: token, links to the first heads, to members and neutral seats. Everybody has a session. */
export interface WorkingGroup extends Record<Seat, Person> {
  readonly parley: Parley;
  /** The group's id. */
  readonly id: string;
  /** Delegation ids, the first being Azure's. */
  readonly delegations: readonly [string, string];
  /** Gives somebody without a seat one, by a link and, where it is neutral, with both heads’ consent. */
  seat(person: Person, role: Role, delegation?: string): Promise<void>;
  /** Somebody with an account and no seat. */
  unseated(displayName: string): Promise<Person>;
  /** A new document in drafting; its id. */
  draft(provisions: readonly Provision[], title?: string, template?: Template): Promise<string>;
  /** A new document in negotiation; its id. */
  negotiate(provisions: readonly Provision[], title?: string, template?: Template): Promise<string>;
  /** Everybody stops their clients and ends their sockets; the server goes on. */
  leave(): Promise<void>;
  /** `keep` leaves the data folder for another start. */
  end(options?: { keep?: boolean }): Promise<void>;
}

/** `started`: a server that runs already, and is not set up. Where nothing is asked for that a copy of the run's prepared working group would not have, it is one. */
export async function workingGroup(options: Parameters<typeof startParley>[0] = {}, started?: Parley): Promise<WorkingGroup> {
  const copy = started === undefined && options.env === undefined && options.data === undefined && options.demo === undefined ? preparedCopy() : null;
  const parley = started ?? await startParley({ ...options, ...(copy && { data: copy.data }) });
  return groupOf(parley, copy?.seated ?? await seatedFromNothing(parley, started !== undefined));
}

/** Sets up a working group as strangers would. `inOrder`: one after the other, for where sessions are held against each other. */
export async function seatedFromNothing(parley: Parley, inOrder = false): Promise<Seated> {
  const [, token] = await parley.printed(/token[^\n]*?:\s*(\S+)/i);
  const people = peopleAt(parley.url), { admin } = people;
  const { userName, displayName } = CAST.admin;
  admin.keys = await admin.must<Keys>('POST', '/api/setup', {
    token, userName, displayName, password: PASSWORD, group: { name: GROUP_NAME, delegations: DELEGATIONS.map(({ code, name }) => ({ code, name })) },
  });
  const session = await admin.must<SessionView>('GET', '/api/session'), groupId = session.places[0]!.group;
  admin.user = session.person!.user;
  for (const person of Object.values(people)) person.groupId = groupId;
  await settled(admin);
  const [az, oc] = (await admin.group()).group.delegations.map((d) => d.id) as [string, string];
  await seatCast(CAST, people, { ids: { azure: az, ochre: oc }, inOrder }, begins);
  return { id: groupId, delegations: [az, oc], people: Object.fromEntries(SEATS.map((seat) => { const { user, cookie, keys } = people[seat]; return [seat, { user, cookie, keys }]; })) as unknown as Seated['people'] };
}

const peopleAt = (url: string): Record<Seat, Person> => Object.fromEntries(SEATS.map((name) => [name, new Person(url, name)])) as Record<Seat, Person>;

const begins = (person: AnyPerson, { userName, displayName }: CastMember, secret: string): Promise<AnyPerson> => person.opens(secret, PASSWORD, { userName, displayName });

function groupOf(parley: Parley, { id: groupId, delegations: [az, oc], people: known }: Seated): WorkingGroup {
  const people = peopleAt(parley.url), { admin, azHead, ocHead, chair } = people, heads = [azHead, ocHead];
  for (const name of SEATS) Object.assign(people[name], known[name], { groupId });
  const seat: WorkingGroup['seat'] = (person, role, delegation) => {
    const by = delegation === undefined ? admin : delegation === az ? azHead : ocHead;
    return beSeated(person, { by, heads, role, ...(delegation !== undefined && { delegation }) }, async (secret) => {
      // Somebody who sat down at five browsers since is signed out here (Z3).
      if ((await person.request('POST', 'links/take', { secret })).status !== 401) return;
      await person.signIn(person.keys.userName, PASSWORD);
      await person.takesSeat(secret);
    });
  };
  const unseated: WorkingGroup['unseated'] = async (displayName) => {
    const person = new Person(parley.url, displayName, groupId);
    await begins(person, member(displayName, 'observer'), await admin.invites('observer'));
    await azHead.mustOnGroup({ t: 'declineSeat', user: person.user });
    return person;
  };
  const draft: WorkingGroup['draft'] = async (provisions, title = 'Understanding', template = 'understanding') => {
    const doc = `d-${randomUUID()}`;
    await chair.mustAct(doc, { t: 'openDocument', title, template, provisions });
    return doc;
  };
  const leave = async (): Promise<void> => void await Promise.all(Object.values(people).map((person) => person.leave()));
  return {
    ...people, parley, id: groupId, delegations: [az, oc], seat, unseated, draft, leave,
    async negotiate(provisions, title, template) {
      const doc = await draft(provisions, title, template);
      const client = await azHead.open(doc);
      await azHead.mustAct(doc, basisOf(client));
      await ocHead.mustAct(doc, basisOf(client));
      await until(client, () => client.document.stage === 'negotiation', 'negotiation begins');
      await client.stop();
      return doc;
    },
    async end(options) {
      await leave();
      await parley.stop(options);
    },
  };
}

/** Until the process that is asked for the group has it: where there are several, it was made by another one, which keeps it for a while. */
export async function settled(admin: Person): Promise<void> {
  for (let asked = 0; (await admin.request('GET', '')).body.refusal === 'elsewhere'; asked++) {
    if (asked > 100) throw new Error('no process has the group');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
