import { linkOf, type SessionView } from '@parley/protocol';
import { newSecret } from '../chance.ts';
import { HttpSession } from '../http.ts';
import { SignedIn } from '../person.ts';
import { CAST, CAST_KEYS, type CastKey, DELEGATIONS, GROUP_NAME } from './cast.ts';
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
    await beSeated(people);
    for (const { id, title, template, provisions } of DEMO_SCRIPTS) {
      await people.get('moderator')!.act(`documents/${id}/acts`, { t: 'openDocument', doc: id, title, template, provisions });
    }
    const session = new HttpSession(origin), rest = async (): Promise<void> => void await session.post('/api/demo/rest', { key });
    await Promise.all(DEMO_SCRIPTS.map(async (script) => {
      const participants = await NetworkParticipants.at(script.id, people, rest);
      await play(script, participants);
      await participants.leave();
    }));
  } finally {
    for (const person of people.values()) person.disconnect();
  }
}

async function refuseUnlessEmpty(origin: string): Promise<void> {
  const { cast } = await new HttpSession(origin).get<SessionView>('/api/session');
  if (cast === null) throw new NotEmpty('This Parley is no demo: the demo is filled only where PARLEY_DEMO is on.');
  if (cast.length > 0) throw new NotEmpty('The working group is not empty: the demo is filled once, on fresh data.');
}

async function arrive(origin: string, key: string): Promise<People> {
  const accounts = CAST_KEYS.map((who) => ({ userName: CAST[who].userName, displayName: CAST[who].displayName }));
  const made = await new HttpSession(origin).post<{ user: string }[]>('/api/demo/accounts', { key, accounts });
  const arriving = CAST_KEYS.map(async (who, i): Promise<[CastKey, SignedIn]> => [who, await SignedIn.toDemo(new HttpSession(origin), made[i]!.user)]);
  return new Map(await Promise.all(arriving));
}

async function beSeated(people: People): Promise<void> {
  const founder = people.get('administrator')!;
  const { places } = await founder.get<SessionView>('/api/session');
  if (places.length > 0) throw new NotEmpty('The working group is not empty: it is established already.');
  const { group } = await founder.post<{ group: string }>('/api/groups', { name: GROUP_NAME, delegations: DELEGATIONS });
  for (const person of people.values()) person.group = group;
  for (const who of CAST_KEYS) {
    if (CAST[who].invitedBy !== null) await beInvited(who, people);
  }
}

/** By a one-time link; a neutral seat begins when both heads have accepted it. */
async function beInvited(who: CastKey, people: People): Promise<void> {
  const { role, delegation, invitedBy } = CAST[who];
  const secret = newSecret(), person = people.get(who)!;
  await people.get(invitedBy!)!.act('acts', { t: 'invite', link: linkOf(secret), role, ...(delegation && { delegation }) });
  await person.takeSeat(secret);
  if (delegation) return;
  for (const head of ['azureHead', 'ochreHead'] as const) await people.get(head)!.act('acts', { t: 'acceptSeat', user: person.user, role });
}
