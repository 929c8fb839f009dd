import { randomUUID } from 'node:crypto';
import type { SessionView } from '@parley/protocol';
import type { Template } from '@parley/negotiation';
import type { Provision } from '@parley/text';
import { type Parley, startParley } from './parley.ts';
import { basisOf, Person, until } from './person.ts';

export const PASSWORD = 'correct horse battery staple';

export const NAMES = ['azHead', 'az', 'ocHead', 'oc', 'chair', 'auditor', 'observer'] as const;
export type CastName = (typeof NAMES)[number];
const SCREEN: Readonly<Record<CastName | 'admin', string>> = {
  admin: 'Adil Admin', azHead: 'Ada Azure', az: 'Aki Azure', ocHead: 'Olu Ochre', oc: 'Ona Ochre', chair: 'Cleo Chair', auditor: 'Aud Auditor', observer: 'Obi Observer',
};

/** A working group set up as strangers would: token, accounts, first heads, members. Everybody signed in by password. */
export interface WorkingGroup extends Record<CastName | 'admin', Person> {
  readonly parley: Parley;
  /** Delegation ids, the first being Azure's. */
  readonly delegations: readonly [string, string];
  /** A new document in drafting; its id. */
  draft(provisions: readonly Provision[], title?: string, template?: Template): Promise<string>;
  /** A new document in negotiation; its id. */
  negotiate(provisions: readonly Provision[], title?: string, template?: Template): Promise<string>;
  /** `keep` leaves the data folder for another start. */
  end(options?: { keep?: boolean }): Promise<void>;
}

export async function workingGroup(options: Parameters<typeof startParley>[0] = {}): Promise<WorkingGroup> {
  const parley = await startParley(options);
  const [, token] = await parley.printed(/token[^\n]*?:\s*(\S+)/i);
  const admin = new Person(parley.url, 'admin');
  const session = await admin.must<SessionView>('POST', '/api/setup', {
    token, userName: 'admin', displayName: SCREEN.admin, password: PASSWORD,
    group: { name: 'Test Dialogue', delegations: [{ code: 'AZ', name: 'Azure' }, { code: 'OC', name: 'Ochre' }] },
  });
  admin.user = session.person!.user;
  const [az, oc] = (await admin.group()).group.delegations.map((d) => d.id) as [string, string];
  const people = Object.fromEntries(await Promise.all(NAMES.map(async (name) => {
    await admin.must('POST', '/api/accounts', { userName: name, displayName: SCREEN[name], password: PASSWORD });
    return [name, await new Person(parley.url, name).signIn(name, PASSWORD)] as const;
  }))) as Record<CastName, Person>;
  const seat = async (by: Person, name: CastName, role: 'head' | 'negotiator' | 'moderator' | 'auditor' | 'observer', delegation?: string): Promise<void> => {
    const done = await by.actOnGroup({ t: 'appoint', user: people[name].user, role, ...(delegation ? { delegation } : {}) });
    if (done.status >= 300) throw new Error(`seat ${name}: ${done.body.refusal}`);
  };
  await seat(admin, 'azHead', 'head', az);
  await seat(admin, 'ocHead', 'head', oc);
  await seat(admin, 'chair', 'moderator');
  await seat(admin, 'auditor', 'auditor');
  await seat(admin, 'observer', 'observer');
  await seat(people.azHead, 'az', 'negotiator', az);
  await seat(people.ocHead, 'oc', 'negotiator', oc);
  const draft: WorkingGroup['draft'] = async (provisions, title = 'Understanding', template = 'understanding') => {
    const doc = `d-${randomUUID()}`;
    await people.chair.mustAct(doc, { t: 'openDocument', title, template, provisions });
    return doc;
  };
  return {
    ...people, admin, parley, delegations: [az, oc], draft,
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
