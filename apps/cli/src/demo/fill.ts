import type { SessionView } from '@parley/protocol';
import { DELEGATIONS, seatCast } from '../cast.ts';
import { Person } from '../person.ts';
import { CAST, CAST_KEYS, type CastKey, GROUP_NAME } from './cast.ts';
import { NetworkParticipants, type People } from './network-participants.ts';
import { play } from './play.ts';
import { DEMO_SCRIPTS } from './demo-scripts.ts';

export interface Filling {
  /** The server's address, as people use it. */
  readonly url: string;
  /** Printed or handed over by the server that wants to be filled. */
  readonly key: string;
}

/** The group cannot take a demo. */
export class NotEmpty extends Error {
  override readonly name = 'NotEmpty';
}

/**
 * Fills an empty working group through the public interface: people sign in, sit down, open documents, type and act, each in their own name. A group that has
 * people already is left as it is.
 */
export async function fill({ url, key }: Filling): Promise<void> {
  const origin = new URL(url).origin;
  await refuseUnlessEmpty(origin);
  const people = await arrive(origin, key);
  try {
    await establish(people);
    for (const { id, title, template, provisions } of DEMO_SCRIPTS) {
      await people.moderator.mustAct(id, { t: 'openDocument', title, template, provisions });
    }
    const clock = new Person(origin, 'demo'), rest = (): Promise<void> => clock.must('POST', '/api/demo/rest', { key });
    await Promise.all(DEMO_SCRIPTS.map(async (script) => {
      const participants = await NetworkParticipants.at(script.id, people, rest);
      await play(script, participants);
      await participants.leave();
    }));
  } finally {
    await Promise.all(Object.values(people).map((person) => person.leave()));
  }
}

async function refuseUnlessEmpty(origin: string): Promise<void> {
  const { cast } = await new Person(origin, 'demo').must<SessionView>('GET', '/api/session');
  if (cast === null) throw new NotEmpty('This Parley is no demo: the demo is filled only where PARLEY_DEMO is on.');
  if (cast.length > 0) throw new NotEmpty('The working group is not empty: the demo is filled once, on fresh data.');
}

async function arrive(origin: string, key: string): Promise<People> {
  const accounts = CAST_KEYS.map((who) => ({ userName: CAST[who].userName, displayName: CAST[who].displayName }));
  const made = await new Person(origin, 'demo').must<{ user: string }[]>('POST', '/api/demo/accounts', { key, accounts });
  const arriving = CAST_KEYS.map(async (who, i): Promise<[CastKey, Person]> => [who, await new Person(origin, who).signInDemo(made[i]!.user)]);
  return Object.fromEntries(await Promise.all(arriving)) as Record<CastKey, Person>;
}

async function establish(people: People): Promise<void> {
  const founder = people.administrator;
  if (founder.groupId !== '') throw new NotEmpty('The working group is not empty: it is established already.');
  const { group } = await founder.must<{ group: string }>('POST', '/api/groups', { name: GROUP_NAME, delegations: DELEGATIONS });
  for (const person of Object.values(people)) person.groupId = group;
  await seatCast(CAST, people, { inOrder: true }, (person, _member, secret) => person.takesSeat(secret));
}
