import {
  absent, type AcceptPreview, type Act, type Actor, decide, decideGroup, type DocumentAct, type DocumentState, foldDocument, foldGroup, type GroupAct, type GroupState, lapsing, lapsingParts, NO_GROUP,
  type OpenProposal, type Proposal, proposalsOf, type Role, partyOf, prepareAccept, previewAccept, REST_MS, positionRoom, type RoomName, type ActContext, SERVER, type Verdict, refuse, granted, may, writtenIn,
} from '../src/index.ts';
import { applyEdits, AUTHENTIC_LANGUAGE, digestOf, EMPTY_TEXT, plainSlot, type Provision, SLOTS, textDigest, textOf, type Kind, type Text, type PartyId, slotOf } from '@parley/text';

const DAY = 24 * 60 * 60_000;

type Loose<T> = T extends unknown ? Omit<T, 'v' | 'id' | 'doc'> : never;
export type LooseAct = Loose<DocumentAct>;

/** A provision of plain words: one string for each slot of its kind, in order. */
export function provision(id: string, words: string | readonly string[], kind: Kind = 'paragraph', label = ''): Provision {
  const texts = typeof words === 'string' ? [words] : words;
  return { id, kind, label, level: 0, slots: Object.fromEntries(SLOTS[kind].map((name, i) => [`${AUTHENTIC_LANGUAGE}:${name}`, plainSlot(texts[i] ?? '')])) };
}

/** A working group and one document around a table, in memory: the decisions and folds alone, without rooms, wires or records. */
export class RulesFixture {
  group: GroupState = NO_GROUP;
  document: DocumentState = absent('doc');
  rooms: Partial<Record<RoomName, Text>> = {};
  /** The time that moves only when told. */
  at = 1_800_000_000_000;
  private count = 0;
  private readonly typed = new Map<string, number>();

  readonly admin: Actor = { user: 'admin', role: 'administrator' };
  readonly azHead: Actor = { user: 'azHead', role: 'head', delegation: 'az' };
  readonly az: Actor = { user: 'az1', role: 'negotiator', delegation: 'az' };
  readonly ocHead: Actor = { user: 'ocHead', role: 'head', delegation: 'oc' };
  readonly oc: Actor = { user: 'oc1', role: 'negotiator', delegation: 'oc' };
  readonly chair: Actor = { user: 'chair1', role: 'moderator' };
  readonly auditor: Actor = { user: 'auditor1', role: 'auditor' };
  readonly observer: Actor = { user: 'observer1', role: 'observer' };

  /** Everybody seated. */
  static seated(): RulesFixture {
    const t = new RulesFixture();
    t.onGroup(t.admin, { t: 'establish', name: 'Group', delegations: [{ id: 'az', code: 'AZ', name: 'Azure' }, { id: 'oc', code: 'OC', name: 'Ochre' }] });
    for (const head of [t.azHead, t.ocHead]) t.seat(t.admin, head.user, 'head', head.delegation);
    t.seat(t.azHead, 'az1', 'negotiator', 'az');
    t.seat(t.ocHead, 'oc1', 'negotiator', 'oc');
    for (const [user, role] of [['chair1', 'moderator'], ['auditor1', 'auditor'], ['observer1', 'observer']] as const) t.seat(t.admin, user, role);
    return t;
  }

  /** In negotiation over these provisions. */
  static negotiating(...provisions: Provision[]): RulesFixture {
    const t = RulesFixture.seated();
    t.must(t.chair, { t: 'openDocument', title: 'Understanding', template: 'understanding', provisions });
    const digest = textDigest(t.text('working'));
    t.must(t.azHead, { t: 'acceptAsBasis', digest });
    t.must(t.ocHead, { t: 'acceptAsBasis', digest });
    return t;
  }

  text(room: RoomName): Text { return this.rooms[room] ?? EMPTY_TEXT; }

  /** The words of one slot, the kind's first if not named. */
  words(room: RoomName, id: string, key?: string): string {
    const p = this.text(room).by.get(id);
    return p ? textOf(slotOf(p, key ?? `${AUTHENTIC_LANGUAGE}:${SLOTS[p.kind][0]}`)) : '(none)';
  }

  context(actor: Actor): ActContext {
    return { actor, group: this.group, document: this.document, rooms: this.rooms, at: this.at, typedAt: (room, id) => this.typed.get(`${room} ${id}`) };
  }

  /** Lets everything that was typed rest. */
  rest(): void { this.at += REST_MS; }

  perform(actor: Actor, loose: LooseAct): Verdict {
    const act = { v: 1, id: `act${++this.count}`, doc: 'doc', ...loose } as DocumentAct;
    const verdict = decide(act, this.context(actor));
    if (!verdict.ok) return verdict;
    for (const { room, edits } of verdict.value.edits) this.rooms = { ...this.rooms, [room]: applyEdits(this.text(room), edits) };
    for (const event of verdict.value.events) this.document = foldDocument(this.document, event, { user: actor.user, at: this.at });
    const written = writtenIn(verdict.value.events).flatMap(({ room, provisions }) => provisions.map((id) => ({ room, id })));
    for (const { room, id } of written) this.typed.set(`${room} ${id}`, this.at);
    for (const gone of lapsing(this.context(SERVER), written.map(({ id }) => id))) this.must(SERVER, { t: 'lapse', provision: gone });
    if (verdict.value.edits.length > 0) this.lapseParts();
    return granted;
  }

  /** Performs, insists, and gives the id of the act. */
  performed(actor: Actor, loose: LooseAct): string {
    this.must(actor, loose);
    return `act${this.count}`;
  }

  paperDigest(): string { return textDigest(this.text('working')); }

  /** Performs and insists. */
  must(actor: Actor, loose: LooseAct): void {
    const verdict = this.perform(actor, loose);
    if (!verdict.ok) throw new Error(`${actor.user} ${loose.t}: ${verdict.reason}`);
  }

  onGroup(actor: Actor, loose: Loose<GroupAct>): Verdict {
    const act = { v: 1, id: `g${++this.count}`, ...loose } as GroupAct & Act;
    const verdict = decideGroup(act as GroupAct, { actor, group: this.group, at: this.at, wakeAfter: DAY });
    if (!verdict.ok) return verdict;
    const mark = { user: actor.user, at: this.at };
    this.group = verdict.value.reduce((state, event) => foldGroup(state, event, mark), this.group);
    return granted;
  }

  /** Performs on the group and insists. */
  mustOnGroup(actor: Actor, loose: Loose<GroupAct>): void {
    const verdict = this.onGroup(actor, loose);
    if (!verdict.ok) throw new Error(`${actor.user} ${loose.t}: ${verdict.reason}`);
  }

  /** An invitation by `by`; the link that stands in the record. */
  invites(by: Actor, role: Role, delegation?: PartyId): string {
    const link = (++this.count).toString(16).padStart(64, '0');
    this.mustOnGroup(by, { t: 'invite', link, role, ...(delegation !== undefined && { delegation }) });
    return link;
  }

  /** Somebody opens an invitation of `by`; a neutral seat is then accepted by both heads. */
  seat(by: Actor, user: string, role: Role, delegation?: PartyId): void {
    this.mustOnGroup(SERVER, { t: 'takeSeat', link: this.invites(by, role, delegation), user });
    if (delegation === undefined) for (const head of [this.azHead, this.ocHead]) this.mustOnGroup(head, { t: 'acceptSeat', user, role });
  }

  /** Somebody rewrites a slot of the own position (the working paper while drafting), as typing would; consents that no longer stand lapse at once. */
  write(actor: Actor, id: string, words: string, key?: string): Verdict {
    const room: RoomName = this.document.stage === 'drafting' ? 'working' : positionRoom(partyOf(actor)!);
    const p = this.text(room).by.get(id);
    if (!p) return refuse('not-found');
    const slot = key ?? `${AUTHENTIC_LANGUAGE}:${SLOTS[p.kind][0]}`;
    const length = textOf(slotOf(p, slot)).length;
    return this.edit(actor, room, id, [{ do: 'splice', id, key: slot, from: 0, to: length, insert: plainSlot(words) }]);
  }

  edit(actor: Actor, room: RoomName, id: string, edits: Parameters<typeof applyEdits>[1]): Verdict {
    const allowed = may(actor, 'write', { group: this.group, document: this.document, room, provision: id });
    if (!allowed.ok) return allowed;
    this.rooms = { ...this.rooms, [room]: applyEdits(this.text(room), edits) };
    this.typed.set(`${room} ${id}`, this.at);
    for (const gone of lapsing(this.context(SERVER), [id])) this.must(SERVER, { t: 'lapse', provision: gone });
    this.lapseParts();
    return granted;
  }

  private lapseParts(): void {
    for (const key of lapsingParts(this.context(SERVER), 'all')) this.must(SERVER, { t: 'lapseParts', key });
  }

  proposals(id?: string): OpenProposal[] { return proposalsOf(this.context(SERVER), id); }

  /** Accepts what the list shows once it has rested, giving up and bringing about exactly what is shown. */
  accept(actor: Actor, p: OpenProposal, own: 'withdrawn' | 'alongside' = 'withdrawn'): Verdict { return this.acceptParts(actor, [p.proposal], own); }

  /** The act that a head is shown. Throws when there is nothing to show. */
  preview(actor: Actor, parts: readonly Proposal[], own: 'withdrawn' | 'alongside' = 'withdrawn', besides: readonly Proposal[] = []): AcceptPreview['act'] {
    const preview = previewAccept(this.context(actor), { parts, party: partyOf(actor)!, own, besides });
    if (!preview.ok) throw new Error(preview.reason);
    return preview.value.act;
  }

  acceptParts(actor: Actor, parts: readonly Proposal[], own: 'withdrawn' | 'alongside' = 'withdrawn', besides: readonly Proposal[] = []): Verdict {
    this.rest();
    const party = partyOf(actor);
    const prepared = prepareAccept(this.context(actor), { parts, party: party ?? 'nobody', own, besides });
    const asked = prepared.ok ? { t: 'accept' as const, parts: prepared.value.parts, own, givesUp: prepared.value.givesUp, result: prepared.value.result } : { t: 'accept' as const, parts, own, givesUp: [], result: { provisions: [], order: null } };
    return this.perform(actor, asked);
  }

  agree(actor: Actor, id: string): Verdict { return this.perform(actor, { t: 'agree', provision: id, digest: this.digest(id) }); }
  digest(id: string): string { return digestOf(this.text('common').by.get(id)!); }
  positions(): PartyId[] { return ['az', 'oc', 'chair']; }
}
