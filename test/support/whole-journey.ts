import { type OpenProposal, positionRoom } from '@parley/negotiation';
import type { DocumentClient } from '@parley/sync';
import { accepting, agreeing, answering, append, basisOf, type Person, proposals, retype, until, wordsIn } from './person.ts';
import { provision } from './rules-fixture.ts';
import type { WorkingGroup } from './working-group.ts';

/**
 * A document's way from a working paper to approval and back: every act there is, every party writing at the same time, a consent that lapses. `opened` is called
 * when it is in drafting and nobody has written in it. Gives its id.
 */
export async function wholeJourney(w: WorkingGroup, opened: (doc: string) => Promise<void> = async () => undefined): Promise<string> {
  const doc = await w.draft([
    provision('reply', 'Each side shall acknowledge a request within 24 hours after receipt.', 'paragraph', '1'),
    provision('grounds', 'A refusal shall state its grounds.', 'paragraph', '2'),
    provision('spare', 'Each side shall appoint a point of contact.', 'paragraph', '3'),
  ]);
  await opened(doc);
  const sit = async (person: Person): Promise<DocumentClient> => person.open(doc);
  const [azHead, az, ocHead, oc, chair] = [await sit(w.azHead), await sit(w.az), await sit(w.ocHead), await sit(w.oc), await sit(w.chair)] as const;
  const done = async (person: Person, act: Parameters<Person['mustAct']>[1]): Promise<void> => {
    const entry = await person.mustAct(doc, act);
    await Promise.all([azHead, az, ocHead, oc, chair].map((client) => until(client, () => client.entry >= entry, `entry ${entry} is known to all`)));
  };
  const proposed = async (on: string, of: string, item?: string): Promise<OpenProposal> => {
    const find = (): OpenProposal | undefined => proposals(azHead, on).find(({ parties, proposal }) => parties.includes(of) && (item ? proposal.on === 'item' && proposal.item.type === item : proposal.on === 'words'));
    await until(azHead, () => find() !== undefined, `${of} proposes a change of ${on}`);
    return find()!;
  };

  retype(az, 'reply', '24 hours', 'two days');
  retype(oc, 'reply', 'Each side', 'Either side');
  const entries = await Promise.all([az.saved(), oc.saved()]);
  const both = 'Either side shall acknowledge a request within two days after receipt.';
  for (const client of [azHead, ocHead]) await until(client, () => wordsIn(client, 'working', 'reply') === both && client.entry >= Math.max(...entries), 'both heads read what both sides typed');
  await done(w.azHead, basisOf(azHead));
  await done(w.azHead, { t: 'takeBackBasis' });
  await done(w.ocHead, basisOf(ocHead));
  await done(w.azHead, { ...basisOf(azHead), t: 'declineBasis', reason: 'one more look' });
  await done(w.azHead, basisOf(azHead));
  await done(w.ocHead, basisOf(ocHead));
  await until(az, () => az.ownRoom === positionRoom(w.delegations[0]), 'Azure writes in its position');

  retype(az, 'reply', 'two days', '12 hours');
  retype(oc, 'grounds', 'its grounds', 'the grounds');
  oc.edit([{ do: 'add', provision: provision('costs', 'Each side bears its own costs.', 'paragraph', '3'), after: 'grounds' }]);
  append(chair, 'grounds', ' The other side may comment.');
  await Promise.all([az.saved(), oc.saved(), chair.saved()]);
  const [azure, ochre] = w.delegations;
  await done(w.ocHead, { t: 'decline', parts: [(await proposed('reply', azure)).proposal], reason: 'too short' });
  await done(w.ocHead, accepting(ocHead, await proposed('reply', azure)));
  await done(w.azHead, accepting(azHead, await proposed('grounds', ochre)));
  await done(w.azHead, accepting(azHead, await proposed('grounds', 'chair')));
  await done(w.ocHead, accepting(ocHead, await proposed('grounds', 'chair')));
  await done(w.oc, { t: 'withdraw', parts: [(await proposed('costs', ochre, 'add')).proposal] });

  await done(w.azHead, agreeing(azHead, 'spare'));
  append(oc, 'spare', ' It answers by night too.');
  await oc.saved();
  await until(azHead, () => azHead.document.settled['spare'] === undefined, 'the single consent lapsed');
  await done(w.azHead, agreeing(azHead, 'reply'));
  await done(w.ocHead, agreeing(ocHead, 'reply'));
  await done(w.chair, { ...agreeing(chair, 'reply'), t: 'approve' });
  await done(w.azHead, { ...agreeing(azHead, 'reply'), t: 'askReopening', reason: 'instructions' });
  await done(w.ocHead, answering(ocHead, 'reply', 'declineReopening'));
  await done(w.azHead, { ...agreeing(azHead, 'reply'), t: 'askReopening', reason: 'other instructions' });
  await done(w.ocHead, answering(ocHead, 'reply', 'grantReopening'));
  append(az, 'reply', ' Receipt is what the register says.');
  await az.saved();
  await Promise.all([azHead, az, ocHead, oc, chair].map((client) => client.stop()));
  return doc;
}

/** The acts of that journey, in order. */
export const JOURNEY_ACTS: readonly string[] = [
  'openDocument', 'acceptAsBasis', 'takeBackBasis', 'acceptAsBasis', 'declineBasis', 'acceptAsBasis', 'acceptAsBasis', 'decline', 'accept', 'accept', 'accept', 'accept', 'withdraw',
  'agree', 'lapse', 'agree', 'agree', 'approve', 'askReopening', 'declineReopening', 'askReopening', 'grantReopening',
];
