import { type ActOf, type DocumentAct, previewAccept, REST_MS } from '@parley/negotiation';
import { writeAct } from '@parley/protocol';
import type { DocumentClient } from '@parley/sync';
import { digestOf, orderDigest, type Text } from '@parley/text';
import type { Entry } from '../../apps/server/src/record/entry.ts';
import { Replay } from '../../apps/server/src/documents/replay.ts';
import { type Rules, RULES } from '../../apps/server/src/commit/rules.ts';
import { proposals, sharedStateOf } from '../support/person.ts';
import { SALT } from '../support/rooms-fixture.ts';
import { compareCopies, copyOf, joinedCopy, replayed } from './copies.ts';
import { compareEnd } from './ending.ts';
import { DOC, Negotiated } from './negotiated.ts';
import { Findings, type Options, type Outcome, type Row, type Size } from './row.ts';
import { RandomTypist } from './words.ts';

const TRIALS: Readonly<Record<Size, number>> = { small: 120, usual: 1_500, long: 40_000 }, IN_ONE_DOCUMENT = 30;
const PAPER = ['Each side shall acknowledge a request.', 'A refusal shall state its grounds.', 'Replies are free of charge.', 'They review this yearly.'];

type Accept = Extract<ActOf<'accept'>, { readonly parts: unknown }>;
/** The digest of every provision of a text, in its order. */
type Print = ReadonlyMap<string, string>;
const printOf = (text: Text): Print => new Map(text.list.map((id) => [id, digestOf(text.by.get(id)!)]));

/** Sabotage: of several parts only the first is entered. */
const RULES_ENTERING_ONE_PART: Rules = {
  ...RULES,
  decide(act, context) {
    if (act.t !== 'accept' || act.parts.length < 2) return RULES.decide(act, context);
    const preview = previewAccept(context, { parts: [act.parts[0]!], party: context.actor.delegation!, own: act.own });
    return preview.ok ? RULES.decide({ ...act, ...preview.value.act }, context) : RULES.decide(act, context);
  },
};
/** Sabotage: a closed document is acted on as one in negotiation is. */
const RULES_AFTER_CLOSING: Rules = {
  ...RULES,
  decide: (act, context) => RULES.decide(act, context.document.stage === 'closed' ? { ...context, document: { ...context.document, stage: 'negotiation', closed: null } } : context),
};

const rulesFor = (sabotage: string | null): Rules => (sabotage === 'enter-every-part' ? RULES_ENTERING_ONE_PART : sabotage === 'end-for-good' ? RULES_AFTER_CLOSING : RULES);

/** A paper of some provisions that one side changes in several places, while the other side’s head answers several of them by one act, and its end is proposed now and then. */
class Paper extends Negotiated<'ann' | 'anna' | 'bo' | 'mo'> {
  private readonly signed = new Map<string, { readonly act: Accept; readonly before: Print }>();
  private acts = 0;

  constructor(seed: number, private readonly findings: Findings, sabotage: string | null) {
    super(seed, ['ann', 'anna', 'bo', 'mo'], rulesFor(sabotage));
  }

  async run(trials: number): Promise<void> {
    await this.begin(...PAPER);
    for (let i = 0; i < trials && this.clients.mo.document.stage === 'negotiation'; i++) await this.trial();
    await this.end();
    await this.joinAfresh();
    await this.compare();
  }

  private async trial(): Promise<void> {
    const { clients: { ann, anna, bo, mo }, time } = this, typist = new RandomTypist(this.typed, 'ann', this.random);
    const soon = (work: () => void): void => void time.after(this.random() * 20, work);
    const type = (): void => { if (!typist.work(ann)) typist.type(ann, 'p1', 1); };
    for (let n = 0; n < 4; n++) type();
    await time.until(time.now + 2_500);
    this.fixture.clock.at += REST_MS;
    this.findings.tried += 1;
    soon(type);
    soon(() => this.answer('bo', bo));
    if (this.random() < 0.3) soon(() => this.withdraw(anna));
    if (this.random() < 0.15) soon(() => this.send('mo', mo.document.closing ? { t: 'takeBackClosing', closing: mo.document.closing.id } : { t: 'proposeClosing', reason: '' }));
    for (const [user, head] of [['anna', anna], ['bo', bo]] as const) if (head.document.closing && this.random() < 0.4) soon(() => this.assent(user, head));
    await time.until(time.now + 2_500);
  }

  /** Several proposals of the other side, of whatever places, by one act. */
  private answer(user: string, client: DocumentClient): void {
    const parts = proposals(client).filter((open) => open.proposal.party === 'a' && !open.either && open.outstanding.includes('b') && this.random() < 0.7).map(({ proposal }) => proposal);
    if (parts.length === 0) return;
    if (this.random() < 0.2) return this.send(user, { t: 'decline', parts, reason: 'No.' });
    const preview = previewAccept(sharedStateOf(client), { parts, party: 'b', own: 'withdrawn' });
    if (!preview.ok) return;
    this.findings.count('parts', parts.length);
    this.send(user, preview.value.act, (id) => this.signed.set(id, { act: preview.value.act as Accept, before: printOf(client.text('common')) }));
  }

  private withdraw(client: DocumentClient): void {
    const parts = proposals(client).filter((open) => open.proposal.party === 'a' && !open.either && this.random() < 0.3).map(({ proposal }) => proposal);
    if (parts.length > 0) this.send('anna', { t: 'withdraw', parts });
  }

  private assent(user: string, { document: { closing }, actor }: DocumentClient): void {
    if (!closing) return;
    this.send(user, closing.assents[actor.delegation!] ? { t: 'takeBackConsent', consent: { on: 'closing', closing: closing.id } } : this.random() < 0.4 ? { t: 'declineClosing', closing: closing.id, reason: '' } : { t: 'assentToClosing', closing: closing.id });
  }

  private send(user: string, act: object, sent: (id: string) => void = () => undefined): void {
    const id = `a${this.seed}-${this.acts++}`, whole = { v: 1, id, doc: DOC, ...act } as DocumentAct;
    sent(id);
    this.time.after(this.random() * 60, () => void this.time.during(this.fixture.rooms.perform(user, DOC, writeAct(whole, SALT))).then((answer) => this.findings.count(answer.ok ? whole.t : answer.reason)));
  }

  /** If it has not come to its end, it is proposed and both assent; then everybody tries to go on. */
  private async end(): Promise<void> {
    const { clients: { ann, mo }, time } = this;
    for (let n = 0; n < 20 && mo.document.stage === 'negotiation'; n++) {
      if (!mo.document.closing) this.send('mo', { t: 'proposeClosing', reason: '' });
      else for (const user of ['anna', 'bo']) this.send(user, { t: 'assentToClosing', closing: mo.document.closing.id });
      await time.until(time.now + 2_500);
    }
    this.send('mo', { t: 'proposeClosing', reason: 'Once more.' });
    if (ann.ownRoom) new RandomTypist(this.typed, 'ann', this.random).type(ann, 'p1', 1);
    await time.until(time.now + 60_000);
  }

  /** Each acceptance, one entry after the other: what it touches was what its head saw, became what that head signed, and nothing else in the common text moved. */
  private async compare(): Promise<void> {
    const entries = await this.entries(), replay = new Replay(DOC), { findings } = this;
    const common = (): Text => new Map(replay.texts()).get('common')!;
    for (const entry of entries) {
      const signed = entry.kind === 'act' ? this.signed.get(entry.act.id) : undefined, before = signed && printOf(common());
      replay.add([entry]);
      if (signed) this.check(entry, signed.act, signed.before, before!, common());
    }
    compareEnd(findings, entries);
    findings.check(replayed(DOC, entries).document!.stage === 'closed', () => 'the document was not closed');
    const session = await this.fixture.rooms.join('udo', { doc: DOC, have: {} });
    findings.check(session.ok, () => 'a reader was refused');
    compareCopies(findings, [replayed(DOC, entries), ...(session.ok ? [{ ...joinedCopy('the live session', session.rooms), document: session.document }] : []), ...Object.entries(this.clients).map(([whose, client]) => copyOf(whose, client))]);
    await Promise.all(Object.values(this.clients).map((client) => client.stop()));
  }

  private check(entry: Entry, { result }: Accept, seen: Print, before: Print, after: Text): void {
    const { findings } = this, touched = new Set(result.provisions.map(({ provision }) => provision)), now = printOf(after);
    for (const { provision, digest } of result.provisions) {
      findings.check((seen.get(provision) ?? null) === (before.get(provision) ?? null), () => `entry ${entry.index}: ${provision} was another than its head saw`);
      findings.check((now.get(provision) ?? null) === digest, () => `entry ${entry.index}: ${provision} became another than its head signed`);
    }
    if (result.order !== null) findings.check(orderDigest(after) === result.order, () => `entry ${entry.index}: the order became another than its head signed`);
    for (const id of new Set([...before.keys(), ...now.keys()])) if (!touched.has(id)) findings.check(before.get(id) === now.get(id), () => `entry ${entry.index} changed ${id}, of which it said nothing`);
  }
}

async function linked({ size, seed, sabotage }: Options): Promise<Outcome> {
  const findings = new Findings();
  for (let n = 0; findings.tried < TRIALS[size]; n++) await new Paper(seed * 10_000 + n, findings, sabotage).run(IN_ONE_DOCUMENT);
  for (const met of ['accept', 'text-moved', 'withdraw', 'decline', 'closed']) findings.check(Number(findings.figures[met] ?? 0) > 0, () => `never: ${met}`);
  return findings.outcome();
}

export const linkedActs: Row = {
  name: 'linked-acts', run: linked, about: 'a head answers several proposals of several places by one act while the other side goes on changing, withdraws and moves them, and the end of the document is proposed, assented to and taken back',
  rules: { 'enter-every-part': 'the rules of the harness’s rooms enter the first part of several', 'end-for-good': 'the rules of the harness’s rooms act on a closed document' },
};
