import { type Actor, isLocked, namesOf, positionsOf, positionRoom, partyOf, SERVER, previewAccept, type Proposal, settlementOf, standingOf } from '@parley/negotiation';
import { digestOf, equalSlots, slotKeys, slotOf } from '@parley/text';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { provision, RulesFixture } from '../support/rules-fixture.ts';

const VOCABULARY = ['Each', 'side', 'shall', 'acknowledge', 'promptly', 'a', 'request', 'within', '24', '48', '72', 'hours', ',', 'and', 'state', 'its', 'grounds', '.', '知情', '支持', '🤝'];
const sentence = fc.array(fc.constantFrom(...VOCABULARY), { minLength: 0, maxLength: 9 }).map((words) => words.join(' '));

const SETTLING = ['agree', 'agree', 'approve', 'takeBackConsent', 'askReopening', 'grantReopening', 'declineReopening', 'takeBackReopening'] as const;

type Step =
  | { do: 'write'; who: number; at: number; words: string }
  | { do: 'add' | 'removeProvision' | 'relabel'; who: number; at: number; words: string }
  | { do: 'accept' | 'alongside' | 'decline' | 'withdraw'; who: number; nth: number }
  | { do: 'acceptSet' | 'declineSet' | 'withdrawSet'; who: number; of: number; picked: number; besides: number }
  | { do: (typeof SETTLING)[number]; who: number; at: number };

const who = fc.nat(5), at = fc.nat(3), nth = fc.nat(6);
const stepOf: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('write' as const), who, at, words: sentence }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('add' as const, 'removeProvision' as const, 'relabel' as const), who, at, words: sentence }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('accept' as const, 'alongside' as const, 'decline' as const, 'withdraw' as const), who, nth }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('acceptSet' as const, 'acceptSet' as const, 'declineSet' as const, 'withdrawSet' as const), who, of: fc.nat(2), picked: fc.nat(255), besides: fc.nat(255) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom(...SETTLING), who, at }) },
);

const fail = (message: string): never => { throw new Error(message); };

/** One step by one person; what the decisions refuse must change nothing. */
function apply(t: RulesFixture, step: Step, n: number): void {
  const actor: Actor = [t.azHead, t.az, t.ocHead, t.oc, t.chair, t.observer][step.who]!;
  const room = positionRoom(partyOf(actor) ?? 'nobody');
  const before = { rooms: t.rooms, document: t.document };
  const unchanged = () => { if (t.rooms !== before.rooms || t.document !== before.document) fail(`a refused ${step.do} changed something`); };
  if ('picked' in step) return playSet(t, actor, step);
  if ('nth' in step) {
    const open = t.proposals();
    const p = open[step.nth % Math.max(1, open.length)];
    if (!p) return;
    const verdict = step.do === 'accept' ? t.accept(actor, p) : step.do === 'alongside' ? t.accept(actor, p, 'alongside')
      : t.perform(actor, step.do === 'decline' ? { t: 'decline', parts: [p.proposal], reason: '' } : { t: 'withdraw', parts: [p.proposal] });
    if (!verdict.ok) return unchanged();
    if ((step.do === 'accept' || step.do === 'alongside') && t.rooms.common !== before.rooms.common) {
      const proposer = positionRoom(p.proposal.party);
      if (t.rooms[proposer] !== before.rooms[proposer]) fail('[A3] the proposer’s position was written');
    }
    if (step.do === 'decline' && t.rooms !== before.rooms) fail('[A6] decline wrote text');
    if (step.do === 'withdraw' && t.rooms.common !== before.rooms.common) fail('[A6] withdraw wrote the common text');
    return;
  }
  const id = t.text('common').list[step.at] ?? 'p0';
  if (step.do === 'write' || step.do === 'add' || step.do === 'removeProvision' || step.do === 'relabel') {
    if (!partyOf(actor)) return;
    const verdict = step.do === 'write' ? t.write(actor, id, step.words)
      : step.do === 'add' ? t.edit(actor, room, `n${n}`, [{ do: 'add', provision: provision(`n${n}`, step.words), after: t.text(room).list[step.at] ?? null }])
        : t.edit(actor, room, id, [step.do === 'relabel' ? { do: 'set', id, label: `${step.at} bis` } : { do: 'remove', id }]);
    if (!verdict.ok) unchanged();
    if (t.rooms.common !== before.rooms.common) fail('typing changed the common text');
    return;
  }
  const digest = t.text('common').by.has(id) ? t.digest(id) : '0'.repeat(64);
  const verdict = t.perform(actor, step.do === 'agree' || step.do === 'approve' ? { t: step.do, provision: id, digest }
    : step.do === 'takeBackConsent' ? { t: 'takeBackConsent', consent: { on: 'provision', provision: id, digest } } : step.do === 'askReopening' ? { t: step.do, provision: id, digest, reason: '' } : { t: step.do, provision: id, digest });
  if (!verdict.ok) unchanged();
  if (t.rooms !== before.rooms) fail(`${step.do} wrote text`);
}

/** Some of what one party proposes, as one answer; accepted with some of one's own given up besides. */
function playSet(t: RulesFixture, actor: Actor, step: Extract<Step, { picked: number }>): void {
  const before = { rooms: t.rooms, document: t.document }, of = (['az', 'oc', 'chair'] as const)[step.of]!, party = partyOf(actor) ?? 'nobody';
  const some = (whose: string, bits: number): Proposal[] => t.proposals().filter((p) => p.parties.includes(whose)).filter((_p, i) => (bits >> (i % 8)) & 1).map(({ proposal }) => ({ ...proposal, party: whose }));
  const parts = some(of, step.picked);
  if (parts.length === 0) return;
  if (step.do !== 'acceptSet') {
    const verdict = t.perform(actor, step.do === 'declineSet' ? { t: 'decline', parts, reason: '' } : { t: 'withdraw', parts });
    if (!verdict.ok && (t.rooms !== before.rooms || t.document !== before.document)) fail(`a refused ${step.do} changed something`);
    if (verdict.ok && step.do === 'withdrawSet' && t.proposals().filter((p) => p.parties.includes(of)).length > 0 && step.picked === 255) fail('[A6] something is left of what was withdrawn');
    if (step.do === 'declineSet' && t.rooms !== before.rooms) fail('[A6] decline wrote text');
    return;
  }
  t.rest();
  const preview = previewAccept(t.context(actor), { parts, party, own: step.besides % 2 ? 'withdrawn' : 'alongside', besides: some(party, step.besides) });
  if (!preview.ok) return;
  const { act, texts, order, waitsFor } = preview.value;
  const least = t.preview(actor, parts, act.own);
  for (const other of [{ ...act, result: { ...act.result, order: 'f'.repeat(64) } }, ...(least.givesUp.length > 0 ? [{ ...least, givesUp: least.givesUp.slice(1) }] : [])]) {
    if (t.perform(actor, other).ok) fail('[A4] [A8] what was not shown was done');
    if (t.rooms !== before.rooms || t.document !== before.document) fail('a refused acceptance changed something');
  }
  const verdict = t.perform(actor, act);
  if (!verdict.ok) return actor.role === 'head' ? fail(`what was shown is refused: ${verdict.reason}`) : undefined;
  if (waitsFor.length > 0) return t.rooms === before.rooms ? undefined : fail('[A5] a first consent wrote text');
  for (const { provision: id, after } of texts) if (JSON.stringify(t.text('common').by.get(id) ?? null) !== JSON.stringify(after)) fail(`[A8] ${id} reads other than shown`);
  if (order && t.text('common').list.join() !== order.after.join()) fail('[A8] the order is another than shown');
  if (t.rooms[positionRoom(of)] !== before.rooms[positionRoom(of)]) fail('[A3] the proposer’s position was written');
  const gone = new Set(act.givesUp.flatMap((part) => namesOf({ rooms: before.rooms }, part)));
  for (const p of t.proposals()) if (gone.has(p.name) && p.parties.includes(party) && p.proposal.on === 'words') fail(`[A4] ${p.name} was given up and stands`);
}

/** What must be true at every instant. */
function check(t: RulesFixture): void {
  const common = t.text('common');
  for (const [id, s] of Object.entries(t.document.settled)) {
    const here = common.by.get(id) ?? fail(`settled provision ${id} is not in the common text`);
    for (const c of Object.values(s.consents)) if (c.digest !== digestOf(here)) fail('[NS2] a consent stands on other text');
    if (Object.keys(s.consents).length === 1 && standingOf(t.context(SERVER), id) !== 'clean') fail('[NS3] a consent stands on bracketed text');
    if (s.approved && !isLocked(t.document, id)) fail('[NS4] approved but not agreed');
    if (!isLocked(t.document, id)) continue;
    for (const { party, text } of positionsOf(t.context(SERVER))) {
      const theirs = text.by.get(id) ?? fail(`[NS2] ${party} lacks agreed provision ${id}`);
      if (!slotKeys(here.kind).every((key) => equalSlots(slotOf(here, key), slotOf(theirs, key)))) fail(`[NS2] ${party} differs in agreed provision ${id}`);
    }
  }
  for (const p of t.proposals()) if (p.outstanding.length === 0 || settlementOf(t.document, p.provision).approved && p.proposal.on === 'words') fail(`a proposal nobody can answer: ${p.name}`);
}

describe('a negotiation of random people', () => {
  it('every instant keeps the rules', () => {
    fc.assert(fc.property(fc.array(stepOf, { maxLength: 60 }), (steps) => {
      const t = RulesFixture.negotiating(...['Each side shall acknowledge a request within 24 hours.', 'A refusal shall state its grounds.', '支持 知情', ''].map((words, i) => provision(`p${i}`, words)));
      steps.forEach((step, n) => { apply(t, step, n); check(t); });
    }), { numRuns: 400, seed: 20261122 });
  });

  it('accepting everything that is open, in any order, ends with one text', () => {
    fc.assert(fc.property(fc.array(stepOf.filter((s) => s.do === 'write' || s.do === 'add' || s.do === 'removeProvision' || s.do === 'relabel'), { maxLength: 25 }), fc.infiniteStream(fc.nat(1_000)), (steps, picks) => {
      const t = RulesFixture.negotiating(...['Each side shall acknowledge a request within 24 hours.', 'A refusal shall state its grounds.'].map((words, i) => provision(`p${i}`, words)));
      steps.forEach((step, n) => apply(t, step, n));
      const bound = 40 * (steps.length + 1);
      for (let round = 0; t.proposals().length > 0; round++) {
        if (round > bound) fail(`still open after ${round} acceptances`);
        const open = t.proposals();
        const p = open[picks.next().value! % open.length]!;
        const head = [t.azHead, t.ocHead].find((h) => p.outstanding.includes(partyOf(h)!))!;
        const verdict = t.accept(head, p);
        if (!verdict.ok) fail(`${p.name} by ${head.user}: ${verdict.reason}`);
      }
      const common = t.text('common');
      for (const { party, text } of positionsOf(t.context(SERVER))) {
        if (text.list.join() !== common.list.join() || text.list.some((id) => digestOf(text.by.get(id)!) !== digestOf(common.by.get(id)!))) fail(`${party} differs from the common text`);
      }
    }), { numRuns: 300, seed: 20261122 });
  }, 240_000);
});
