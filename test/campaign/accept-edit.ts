import { type DocumentAct, previewAccept, proposalsOf, REST_MS, type WordsProposal } from '@parley/negotiation';
import { writeAct } from '@parley/protocol';
import { DocumentClient } from '@parley/sync';
import { acceptInCommon, equalSlots, type Slot, slotOf, textDigest } from '@parley/text';
import type { Entry } from '../../apps/server/src/record/entry.ts';
import { Replay } from '../../apps/server/src/rooms/replay.ts';
import { type Rules, RULES } from '../../apps/server/src/rooms/rules.ts';
import { Bench, SALT } from '../support/rooms.ts';
import { seeded } from '../../libs/text/test-support/seeded.ts';
import { accepting } from '../support/person.ts';
import { compareCopies, copyOf, joinedCopy, replayed } from './copies.ts';
import { Network } from './network.ts';
import { Findings, type Options, type Outcome, type Row, type Size } from './row.ts';
import { Timeline } from './timeline.ts';
import { Hands, Ledger } from './words.ts';

const TRIALS: Readonly<Record<Size, number>> = { small: 120, usual: 2_000, long: 50_000 }, IN_ONE_DOCUMENT = 60;
const KEY = 'en:text', DOC = 'd', ID = 'p1';

/** What the head had before its eyes when it signed. */
interface Seen { readonly before: Slot; readonly after: Slot }

/** Sabotage: where the text has moved, these rules accept what stands there now. */
const careless: Rules = {
  ...RULES,
  decide(act, scene) {
    const verdict = RULES.decide(act, scene);
    if (verdict.ok || act.t !== 'accept' || verdict.reason === 'not-rested') return verdict;
    const now = proposalsOf(scene, ID).find((open) => open.proposal.on === 'words' && open.proposal.party === act.parts[0]!.party);
    const preview = now && previewAccept(scene, { parts: [now.proposal], party: scene.actor.delegation!, own: act.own });
    return preview?.ok ? RULES.decide({ ...act, ...preview.value.act }, { ...scene, typedAt: () => undefined }) : verdict;
  },
};

/** One clause, which one side edits while the other side’s head accepts what it sees of it. */
class Clause {
  private readonly random: () => number;
  private readonly time = new Timeline();
  private readonly bench: Bench;
  private readonly network: Network;
  private readonly ledger = new Ledger();
  private readonly seen = new Map<string, Seen>();
  private readonly clients: Record<'ann' | 'ben' | 'anna' | 'bo', DocumentClient> & Record<string, DocumentClient>;
  private nextClient = 1;

  constructor(private readonly seed: number, private readonly findings: Findings, sabotage: string | null) {
    this.random = seeded(seed);
    this.bench = new Bench(undefined, { pace: { turnMs: 0, workMs: Infinity, spare: 0, countMs: 0, retryMs: [1, 2] }, rules: sabotage === 'accept-what-was-seen' ? careless : RULES });
    this.network = new Network(this.bench.rooms, this.time, this.random);
    this.clients = { ann: this.open('ann'), ben: this.open('ben'), anna: this.open('anna'), bo: this.open('bo') };
  }

  private open(user: string): DocumentClient {
    const wire = this.network.wire(user);
    wire.connect();
    return new DocumentClient({ doc: DOC, user, wire, timers: this.time, random: this.random, clientId: () => (this.nextClient += 1 + Math.floor(this.random() * 9)), strict: true });
  }

  async run(trials: number): Promise<void> {
    await this.bench.established();
    await this.bench.opened(DOC, 'Each side shall acknowledge a request within 24 hours.', 'Untouched.');
    const paper = await this.bench.rooms.join('udo', { doc: DOC, have: {} });
    if (!paper.ok) throw new Error(paper.reason);
    for (const user of ['anna', 'bo']) await this.bench.perform(user, { doc: DOC, t: 'acceptAsBasis', digest: textDigest(joinedCopy('', paper.rooms).texts.working!) });
    for (const client of Object.values(this.clients)) void client.start();
    await this.time.until(3_000);
    for (let i = 0; i < trials; i++) await this.trial(i);
    await this.time.until(this.time.now + 60_000);
    this.clients['a fresh client'] = this.open('udo');
    void this.clients['a fresh client'].start();
    await this.time.until(this.time.now + 3_000);
    await this.compare();
  }

  private async trial(n: number): Promise<void> {
    const { ann, ben, anna, bo } = this.clients, { time } = this;
    const hands = (client: DocumentClient, user: string) => new Hands(this.ledger, user, this.random).type(client, ID, 1);
    hands(ann, 'ann');
    if (this.random() < 0.3) hands(ben, 'ben');
    await time.until(time.now + 2_500);
    this.bench.clock.at += REST_MS;
    this.findings.tried += 1;
    const soon = (work: () => void): void => void time.after(this.random() * 10, work);
    soon(() => hands(ann, 'ann'));
    soon(() => this.accept('bo', bo, 'a', n));
    if (this.random() < 0.4) soon(() => this.accept('anna', anna, 'b', n));
    if (this.random() < 0.4) soon(() => hands(ben, 'ben'));
    await time.until(time.now + 2_500);
  }

  private accept(user: string, client: DocumentClient, party: string, n: number): void {
    const scenery = { document: client.document, rooms: client.texts(), group: client.group };
    const open = proposalsOf(scenery, ID).find((p) => p.proposal.on === 'words' && p.proposal.party === party && p.outstanding.includes(client.actor.delegation!));
    if (!open) return;
    const proposal = open.proposal as WordsProposal, before = slotOf(client.text('common').by.get(ID), KEY), id = `a${this.seed}-${n}-${user}`;
    const act = { v: 1, id, doc: DOC, ...accepting(client, open) } as DocumentAct;
    this.seen.set(id, { before, after: acceptInCommon(before, proposal.hunks.map((h) => ({ ...h, posFrom: 0, posTo: 0 }))) });
    this.time.after(this.random() * 60, () => void this.time.during(this.bench.rooms.perform(user, DOC, writeAct(act, SALT))).then((answer) => {
      this.findings.count(answer.ok ? 'accepted' : answer.reason);
      if (!answer.ok) this.findings.check(answer.reason === 'text-moved' || answer.reason === 'not-rested', () => `${user}’s acceptance was refused as ${answer.reason}`);
    }));
  }

  /** Each acceptance, one entry after the other: the common text was what its head saw, and became what that head signed. */
  private async compare(): Promise<void> {
    const entries: Entry[] = [], replay = new Replay(DOC);
    for await (const page of this.bench.log.read(DOC)) entries.push(...page);
    const clause = (): Slot => slotOf(new Map(replay.texts()).get('common')?.by.get(ID), KEY);
    for (const entry of entries) {
      const seen = entry.kind === 'act' ? this.seen.get(entry.act.id) : undefined, before = seen && clause();
      replay.add([entry]);
      if (!seen) continue;
      this.findings.check(equalSlots(before!, seen.before) && equalSlots(clause(), seen.after), () => `entry ${entry.index} did ${JSON.stringify(clause())}, signed was ${JSON.stringify(seen.after)}`);
    }
    const hosts = await Promise.all([this.bench, await new Bench(this.bench.store).start()].map(({ rooms }) => rooms.join('udo', { doc: DOC, have: {} })));
    const joined = hosts.map((host, i) => host.ok ? { ...joinedCopy(i === 0 ? 'the live host' : 'a server started again', host.rooms), document: host.document } : null);
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
