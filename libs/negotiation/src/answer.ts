import { COMPARE_VERSION } from '@parley/text';
import type { ActOf, Proposal } from './act.ts';
import { Changes } from './changes.ts';
import { holding } from './consents.ts';
import type { Outcome } from './outcome.ts';
import { settlementOf } from './document.ts';
import type { DocumentEvent } from './document-event.ts';
import { namesOf } from './names.ts';
import { allStand, asksForWords, gathered, makersOf, partyOfParts } from './parts.ts';
import { partyOf } from './party.ts';
import { type Prepared, prepareAccept } from './preview.ts';
import { grant, refuse, type Verdict } from './refusal.ts';
import { secondsOfRest } from './rest.ts';
import { touchedBy } from './result.ts';
import { sameValue } from './same-value.ts';
import type { Scene } from './scene.ts';

/**
 * Accept (DESIGN 1 and 4): all parts enter the common text when every delegation that did not write them has accepted the very same; until then the consent is recorded.
 * What the act lists as given up and as the result has to be what comes of it.
 */
export function decideAccept(act: ActOf<'accept'>, scene: Scene): Verdict<Outcome> {
  const prepared = prepareAccept(scene, { parts: act.parts, party: partyOf(scene.actor)!, own: act.own, besides: act.givesUp });
  if (!prepared.ok) return prepared;
  const { parts, givesUp, result, waitsFor } = prepared.value;
  const seconds = secondsOfRest(scene, parts, scene.typedAt, scene.at);
  if (seconds > 0) return refuse('not-rested', seconds);
  if (!sameValue(givesUp, act.givesUp) || !sameValue(result, act.result)) return refuse('text-moved');
  return waitsFor.length > 0 ? consentOnly(act, scene, prepared.value) : enter(scene, prepared.value);
}

/** The first of two consents. Those to the same words that hold no longer fall visibly. */
function consentOnly({ own }: ActOf<'accept'>, scene: Scene, { key, of, names, parts, result, givesUp }: Prepared): Verdict<Outcome> {
  const fallen = Object.entries(scene.document.partConsents).filter(([, set]) => set.of === of && set.names.some((name) => names.includes(name)))
    .flatMap(([other, set]) => { const kept = holding(scene, set); return Object.keys(set.by).filter((party) => !kept[party]).map((party) => ({ key: other, names: set.names, party })); });
  return grant({
    events: [
      ...fallen.map((gone): DocumentEvent => ({ e: 'partsConsentEnded', ...gone })),
      { e: 'partsConsented', key, of, names, parts, result, party: partyOf(scene.actor)!, givesUp, own },
    ],
    edits: [],
  });
}

function enter(scene: Scene, { parts, gone, changes }: Prepared): Verdict<Outcome> {
  const entered = namesIn(scene, parts).map(([name, provision]): DocumentEvent => ({ e: 'entered', name, provision }));
  const lapsed = [...touchedBy(parts.filter(asksForWords))].filter((id) => Object.keys(settlementOf(scene.document, id).consents).length > 0);
  return grant({ events: [...entered, ...withdrawals(scene, gone), ...lapsed.map((provision): DocumentEvent => ({ e: 'lapsed', provision }))], edits: changes.edits });
}

/** What nobody proposes any more; a proposal that another party makes too keeps its answers. */
const withdrawals = (scene: Scene, parts: readonly Proposal[]): DocumentEvent[] =>
  namesIn(scene, parts.flatMap(singly).filter((part) => makersOf(scene, part).length === 1)).map(([name, provision]) => ({ e: 'withdrawn', name, provision }));

const namesIn = (scene: Scene, parts: readonly Proposal[]): [name: string, provision: string][] =>
  parts.flatMap((part) => namesOf(scene, part).map((name): [string, string] => [name, part.provision]));

/** Decline changes no text: it marks each bracket with who, when and why. Words that the actor's side wrote too are not marked. */
export function decideDecline(act: ActOf<'decline'>, scene: Scene): Verdict<Outcome> {
  const standing = standingParts(scene, act.parts);
  if (!standing.ok) return standing;
  const party = partyOf(scene.actor)!;
  const others = standing.value.flatMap(singly).filter((part) => !makersOf(scene, part).includes(party));
  if (others.length === 0) return refuse('own-proposal');
  return grant({ events: namesIn(scene, others).map(([name]): DocumentEvent => ({ e: 'declined', name, party, reason: act.reason, version: COMPARE_VERSION })), edits: [] });
}

/** A part for each hunk. */
const singly = (part: Proposal): Proposal[] => (part.on === 'words' ? part.hunks.map((hunk) => ({ ...part, hunks: [hunk] })) : [part]);

/** Withdraw restores the common text in the own position. */
export function decideWithdraw(act: ActOf<'withdraw'>, scene: Scene): Verdict<Outcome> {
  const standing = standingParts(scene, act.parts);
  if (!standing.ok) return standing;
  const changes = new Changes(scene);
  changes.withdraw(partyOf(scene.actor)!, standing.value);
  return grant({ events: withdrawals(scene, standing.value), edits: changes.edits });
}

function standingParts(scene: Scene, sent: readonly Proposal[]): Verdict<Proposal[]> {
  const parts = gathered(sent);
  if (partyOfParts(parts) === null) return refuse('answer-one-by-one');
  const standing = allStand(scene, parts);
  return standing.ok ? grant(parts) : standing;
}
