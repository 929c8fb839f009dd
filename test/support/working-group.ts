import { randomUUID } from 'node:crypto';
import type { Keys, SessionView } from '@parley/protocol';
import type { Role, Template } from '@parley/negotiation';
import type { Provision } from '@parley/text';
import { type Parley, startParley } from './parley.ts';
import { basisOf, Person, until } from './person.ts';

export const PASSWORD = 'correct horse battery staple';

export const NAMES = ['azHead', 'az', 'ocHead', 'oc', 'chair', 'auditor', 'observer'] as const;
export type CastName = (typeof NAMES)[number];
const SCREEN: Readonly<Record<CastName | 'admin', string>> = {
  admin: 'Adil Admin', azHead: 'Ada Azure', az: 'Aki Azure', ocHead: 'Olu Ochre', oc: 'Ona Ochre', chair: 'Cleo Chair', auditor: 'Aud Auditor', observer: 'Obi Observer',
};

/** A working group set up as strangers would: token, links to the first heads, to members and neutral seats. Everybody has a session. */
export interface WorkingGroup extends Record<CastName | 'admin', Person> {
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
  /** `keep` leaves the data folder for another start. */
  end(options?: { keep?: boolean }): Promise<void>;
}

/** `started`: a server that runs already, and is not set up. */
export async function workingGroup(options: Parameters<typeof startParley>[0] = {}, started?: Parley): Promise<WorkingGroup> {
  const parley = started ?? await startParley(options);
  const [, token] = await parley.printed(/token[^\n]*?:\s*(\S+)/i);
  const admin = new Person(parley.url, 'admin');
  admin.keys = await admin.must<Keys>('POST', '/api/setup', {
    token, userName: 'admin', displayName: SCREEN.admin, password: PASSWORD,
    group: { name: 'Test Dialogue', delegations: [{ code: 'AZ', name: 'Azure' }, { code: 'OC', name: 'Ochre' }] },
  });
  const session = await admin.must<SessionView>('GET', '/api/session'), groupId = session.places[0]!.group;
  Object.assign(admin, { user: session.person!.user, groupId });
  await settled(admin);
  const [az, oc] = (await admin.group()).group.delegations.map((d) => d.id) as [string, string];
  const people = Object.fromEntries(await Promise.all(NAMES.map(async (name) => {
    return [name, new Person(parley.url, name, groupId)] as const;
  }))) as Record<CastName, Person>;
  const heads = [people.azHead, people.ocHead];
  const inviterOf = (role: Role, delegation: string | undefined): Person => (delegation === undefined ? admin : delegation === az ? people.azHead : people.ocHead);
  const accepted = async (person: Person, role: Role): Promise<void> => { for (const head of heads) await head.mustOnGroup({ t: 'acceptSeat', user: person.user, role }); };
  const arrives = async (name: CastName, by: Person, role: Role, delegation?: string): Promise<void> => {
    await people[name].opens(await by.invites(role, delegation), PASSWORD, { userName: name, displayName: SCREEN[name] });
    if (delegation === undefined) await accepted(people[name], role);
  };
  const all = async (...comings: readonly (() => Promise<void>)[]): Promise<void> => {
    // One after the other where sessions are held against each other.
    if (started) for (const come of comings) await come();
    else await Promise.all(comings.map((come) => come()));
  };
  await all(() => arrives('azHead', admin, 'head', az), () => arrives('ocHead', admin, 'head', oc));
  await all(
    () => arrives('chair', admin, 'moderator'), () => arrives('auditor', admin, 'auditor'), () => arrives('observer', admin, 'observer'),
    () => arrives('az', people.azHead, 'negotiator', az), () => arrives('oc', people.ocHead, 'negotiator', oc),
  );
  const seat: WorkingGroup['seat'] = async (person, role, delegation) => {
    const secret = await inviterOf(role, delegation).invites(role, delegation);
    // Somebody who sat down at five browsers since is signed out here (Z3).
    if ((await person.request('POST', 'links/take', { secret })).status === 401) {
      await person.signIn(person.keys.userName, PASSWORD);
      await person.must('POST', 'links/take', { secret });
    }
    if (delegation === undefined) await accepted(person, role);
  };
  const unseated: WorkingGroup['unseated'] = async (displayName) => {
    const person = await new Person(parley.url, displayName, groupId).opens(await admin.invites('observer'), PASSWORD, { userName: displayName.toLowerCase().replaceAll(' ', '.'), displayName });
    await people.azHead.mustOnGroup({ t: 'declineSeat', user: person.user });
    return person;
  };
  const draft: WorkingGroup['draft'] = async (provisions, title = 'Understanding', template = 'understanding') => {
    const doc = `d-${randomUUID()}`;
    await people.chair.mustAct(doc, { t: 'openDocument', title, template, provisions });
    return doc;
  };
  return {
    ...people, admin, parley, id: groupId, delegations: [az, oc], seat, unseated, draft,
    async negotiate(provisions, title, template) {
      const doc = await draft(provisions, title, template);
      const client = await people.azHead.open(doc);
      await people.azHead.mustAct(doc, basisOf(client));
      await people.ocHead.mustAct(doc, basisOf(client));
      await until(client, () => client.document.stage === 'negotiation', 'negotiation begins');
      await client.stop();
      return doc;
    },
    async end(options) {
      await Promise.all([admin, ...Object.values(people)].map((p) => p.leave()));
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
