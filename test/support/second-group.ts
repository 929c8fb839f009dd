import type { DocumentClient } from '@parley/sync';
import { type Cast, member, seatCast } from '../../apps/cli/src/cast.ts';
import { accepting, append, basisOf, Person, proposals, retype, until } from './person.ts';
import { provision } from './rules-fixture.ts';
import { CAST, PASSWORD } from './cast.ts';
import type { WorkingGroup } from './working-group.ts';

/** The same person, as the pages of another group know them: one browser, one account. */
export function elsewhere(person: Person, groupId: string): Person {
  const { url, name, user, cookie, keys } = person;
  return Object.assign(new Person(url, name, groupId), { user, cookie, keys });
}

/** What nobody says but in the second group. */
export const SECOND_WORDS = ['Kestrel Channel', 'Kestrelia', 'Falconia', 'Hedda Heron', 'Mika Merlin', 'The Kestrel Accord', 'the kestrel hovers', 'over the moor'];

/** Who sits in it: the first side is Kestrelia, the second Falconia. */
const SECOND_CAST = { admin: CAST.admin, aki: { ...CAST.az, role: 'head' }, hedda: member('Hedda Heron', 'head', 'ochre'), mika: member('Mika Merlin', 'moderator') } satisfies Cast<string>;

/** A second group of the same installation. Aki, a negotiator of the first, leads a delegation in it; the administrator sits in both; everybody else is of this group alone. */
export class SecondGroup {
  private constructor(readonly id: string, readonly admin: Person, readonly aki: Person, readonly hedda: Person, readonly mika: Person) {}

  static async founded(w: WorkingGroup): Promise<SecondGroup> {
    const founder = elsewhere(w.admin, '');
    const { group } = await founder.must<{ group: string }>('POST', '/api/groups', { name: 'Kestrel Channel', delegations: [{ code: 'KE', name: 'Kestrelia' }, { code: '隼', name: 'Falconia' }] });
    const admin = elsewhere(w.admin, group), aki = elsewhere(w.az, group), [hedda, mika] = [SECOND_CAST.hedda, SECOND_CAST.mika].map(({ displayName }) => new Person(w.parley.url, displayName, group)) as [Person, Person];
    await seatCast(SECOND_CAST, { admin, aki, hedda, mika }, { ids: { azure: 'ke', ochre: 'delegation-2' }, inOrder: true }, (person, { userName, displayName }, secret) => (person === aki ? person.takesSeat(secret) : person.opens(secret, PASSWORD, { userName, displayName })));
    return new SecondGroup(group, admin, aki, hedda, mika);
  }

  /** A document under an id that another group may have one of too, in negotiation. */
  async negotiates(doc: string): Promise<readonly [DocumentClient, DocumentClient]> {
    const { aki, hedda, mika } = this;
    await mika.mustAct(doc, { t: 'openDocument', title: 'The Kestrel Accord', template: 'understanding', provisions: [provision('one', 'Daily the kestrel hovers.', 'paragraph', '1')] });
    const clients = [await aki.open(doc), await hedda.open(doc)] as const;
    for (const person of [aki, hedda]) await person.mustAct(doc, basisOf(clients[0]));
    await Promise.all(clients.map((client) => until(client, () => client.document.stage === 'negotiation', 'negotiation begins')));
    return clients;
  }

  async leave(): Promise<void> {
    await Promise.all([this.admin, this.aki, this.hedda, this.mika].map((person) => person.leave()));
  }
}

/** One side writes, the other accepts it. */
export async function movesOn(group: SecondGroup, doc: string, [aki, hedda]: readonly [DocumentClient, DocumentClient], round: number): Promise<void> {
  if (round === 0) retype(aki, 'one', 'Daily', 'Hourly');
  else append(aki, 'one', ` ${round}: over the moor.`);
  const entry = await aki.saved();
  await until(hedda, () => hedda.entry >= entry, 'the other side reads it');
  aki.setCaret({ room: aki.ownRoom!, provision: 'one', key: 'en:text', anchor: round, head: round });
  await until(hedda, () => hedda.presence.some(({ caret }) => caret?.anchor === round), 'the caret is told');
  await group.hedda.mustAct(doc, accepting(hedda, proposals(hedda, 'one')[0]!));
}
