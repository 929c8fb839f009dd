import { type DocumentAct, previewAccept, proposalsOf, REST_MS, type WordsProposal } from '@parley/negotiation';
import { writeAct } from '@parley/protocol';
import type { DocumentClient } from '@parley/sync';
import { acceptInCommon, equalSlots, type Slot, slotOf } from '@parley/text';
import { Replay } from '../../apps/server/src/documents/replay.ts';
import { type Rules, RULES } from '../../apps/server/src/commit/rules.ts';
import { RoomsFixture, SALT } from '../support/rooms-fixture.ts';
import { accepting, proposals } from '../support/person.ts';
import { compareCopies, copyOf, joinedCopy, replayed } from './copies.ts';
import { DOC, Negotiated } from './negotiated.ts';
import { Findings, type Options, type Outcome, type Row, type Size } from './row.ts';
import { RandomTypist } from './words.ts';

const TRIALS: Readonly<Record<Size, number>> = { small: 120, usual: 2_000, long: 50_000 }, IN_ONE_DOCUMENT = 60;
const KEY = 'en:text', ID = 'p1';

/** What the head had before its eyes when it signed. */
interface Seen { readonly before: Slot; readonly after: Slot }

/** Sabotage: where the text has moved, these rules accept what stands there now. */
const RULES_ACCEPTING_UNSEEN: Rules = {
  ...RULES,
  decide(act, context) {
    const verdict = RULES.decide(act, context);
    if (verdict.ok || act.t !== 'accept' || verdict.reason === 'not-rested') return verdict;
    const now = proposalsOf(context, ID).find((open) => open.proposal.on === 'words' && open.proposal.party === act.parts[0]!.party);
    const preview = now && previewAccept(context, { parts: [now.proposal], party: context.actor.delegation!, own: act.own });
    return preview?.ok ? RULES.decide({ ...act, ...preview.value.act }, { ...context, typedAt: () => undefined }) : verdict;
  },
};

/** One clause, which one side edits while the other side’s head accepts what it sees of it. */
class Clause extends Negotiated<'ann' | 'ben' | 'anna' | 'bo'> {
  private readonly seen = new Map<string, Seen>();

  constructor(seed: number, private readonly findings: Findings, sabotage: string | null) {
    super(seed, ['ann', 'ben', 'anna', 'bo'], sabotage === 'accept-what-was-seen' ? RULES_ACCEPTING_UNSEEN : RULES);
  }

  async run(trials: number): Promise<void> {
    await this.begin('Each side shall acknowledge a request within 24 hours.', 'Untouched.');
    for (let i = 0; i < trials; i++) await this.trial(i);
    await this.time.until(this.time.now + 60_000);
    await this.joinAfresh();
    await this.compare();
  }

  private async trial(n: number): Promise<void> {
    const { ann, ben, anna, bo } = this.clients, { time } = this;
    const typist = (client: DocumentClient, user: string) => new RandomTypist(this.typed, user, this.random).type(client, ID, 1);
    typist(ann, 'ann');
    if (this.random() < 0.3) typist(ben, 'ben');
    await time.until(time.now + 2_500);
    this.fixture.clock.at += REST_MS;
    this.findings.tried += 1;
    const soon = (work: () => void): void => void time.after(this.random() * 10, work);
    soon(() => typist(ann, 'ann'));
    soon(() => this.accept('bo', bo, 'a', n));
    if (this.random() < 0.4) soon(() => this.accept('anna', anna, 'b', n));
    if (this.random() < 0.4) soon(() => typist(ben, 'ben'));
    await time.until(time.now + 2_500);
  }

  private accept(user: string, client: DocumentClient, party: string, n: number): void {
    const open = proposals(client, ID).find((p) => p.proposal.on === 'words' && p.proposal.party === party && p.outstanding.includes(client.actor.delegation!));
    if (!open) return;
    const proposal = open.proposal as WordsProposal, before = slotOf(client.text('common').by.get(ID), KEY), id = `a${this.seed}-${n}-${user}`;
    const act = { v: 1, id, doc: DOC, ...accepting(client, open) } as DocumentAct;
    this.seen.set(id, { before, after: acceptInCommon(before, proposal.hunks.map((h) => ({ ...h, posFrom: 0, posTo: 0 }))) });
    this.time.after(this.random() * 60, () => void this.time.during(this.fixture.rooms.perform(user, DOC, writeAct(act, SALT))).then((answer) => {
      this.findings.count(answer.ok ? 'accepted' : answer.reason);
      if (!answer.ok) this.findings.check(answer.reason === 'text-moved' || answer.reason === 'not-rested', () => `${user}’s acceptance was refused as ${answer.reason}`);
    }));
  }

  /** Each acceptance, one entry after the other: the common text was what its head saw, and became what that head signed. */
  private async compare(): Promise<void> {
    const entries = await this.entries(), replay = new Replay(DOC);
    const clause = (): Slot => slotOf(new Map(replay.texts()).get('common')?.by.get(ID), KEY);
    for (const entry of entries) {
      const seen = entry.kind === 'act' ? this.seen.get(entry.act.id) : undefined, before = seen && clause();
      replay.add([entry]);
      if (!seen) continue;
      this.findings.check(equalSlots(before!, seen.before) && equalSlots(clause(), seen.after), () => `entry ${entry.index} did ${JSON.stringify(clause())}, signed was ${JSON.stringify(seen.after)}`);
    }
    const sessions = await Promise.all([this.fixture, await new RoomsFixture(this.fixture.store).start()].map(({ rooms }) => rooms.join('udo', { doc: DOC, have: {} })));
    const joined = sessions.map((session, i) => session.ok ? { ...joinedCopy(i === 0 ? 'the live session' : 'a server started again', session.rooms), document: session.document } : null);
    this.findings.check(joined.every((copy) => copy !== null), () => 'a reader was refused');
    compareCopies(this.findings, [replayed(DOC, entries), ...joined.filter((copy) => copy !== null), ...Object.entries(this.clients).map(([whose, client]) => copyOf(whose, client))]);
    await Promise.all(Object.values(this.clients).map((client) => client.stop()));
  }
}

async function acceptAgainstEdit({ size, seed, sabotage }: Options): Promise<Outcome> {
  const findings = new Findings();
  for (let n = 0; findings.tried < TRIALS[size]; n++) await new Clause(seed * 10_000 + n, findings, sabotage).run(IN_ONE_DOCUMENT);
  findings.check(Number(findings.figures['accepted'] ?? 0) > 0 && Number(findings.figures['text-moved'] ?? 0) > 0, () => 'acceptance and edit never met');
  return findings.outcome();
}

export const acceptEdit: Row = {
  name: 'accept-edit', run: acceptAgainstEdit, about: 'a head accepts what it sees of a clause while the other side, and its own, types in it',
  rules: { 'accept-what-was-seen': 'the rules of the harness’s rooms accept what stands there by then' },
};
