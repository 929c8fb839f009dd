import {
  absent, type Actor, consentsTo, decide, type DocumentAct, type DocumentState, foldDocument, type DocumentOutcome, partyOf, partyOfRoom, partyOrder, positionRoom, previewAccept, type Proposal,
  type RoomName, type ActContext, type WordsProposal,
} from '@parley/negotiation';
import { acceptInCommon, type Alongside, applyEdits, compareSlots, equalSlots, type PartyId, type Provision, rebaseSlotAll, type Slot, slotKeys, slotOf, splice, type Text, textFrom, textOf } from '@parley/text';
import { type LooseAct, RulesFixture } from './rules-fixture.ts';
import { type Change, lettersIn, read, TypingRoom } from './typing-room.ts';

export type LawNumber = 'Y1' | 'Y2' | 'Y3' | 'Y4';

/** How often something happened that a law is about: a law that was never tried holds of nothing. */
export interface Tried { accepted: number; withdrawn: number; items: number; gaveUp: number; kept: number; refused: number; letters: number; late: number }
export const nothingTried = (): Tried => ({ accepted: 0, withdrawn: 0, items: 0, gaveUp: 0, kept: 0, refused: 0, letters: 0, late: 0 });

type Texts = Readonly<Record<RoomName, Text>>;
type Answer = Extract<DocumentAct, { t: 'accept' | 'withdraw' }>;
/** What a delegation that accepts has signed: what it gives up, and what becomes of its own words at the same point. */
type Signed = ReadonlyMap<PartyId, { readonly givesUp: readonly Proposal[]; readonly own: Alongside }>;

const wordsOf = (provision: Provision | undefined): string => (provision ? Object.values(provision.slots).map(textOf).join('\n') : '');
const allWords = (text: Text): string => text.list.map((id) => wordsOf(text.by.get(id))).join('\n');
const letters = (...texts: readonly string[]): Set<string> => new Set(texts.flatMap(lettersIn));
const doubled = (found: readonly string[]): string[] => found.filter((c, i) => found.indexOf(c) < i);

/**
 * Delegations and a chair who type into real documents, online and off, while acts change the common text: rooms are Y.Docs, each with the server's copy and those of
 * browsers; the decisions are the negotiation's own. Every act is checked against the laws Y1, Y3 and Y4 as it is done; the end, when all is delivered, against Y2 and Y3.
 */
export class TypingSimulation {
  readonly group = RulesFixture.seated().group;
  document: DocumentState = { ...absent('doc'), stage: 'negotiation' };
  readonly rooms: Readonly<Record<RoomName, TypingRoom>>;
  readonly broken: { readonly laws: readonly LawNumber[]; readonly what: string }[] = [];
  private readonly repeated = new Set<string>();
  private count = 0;

  /** Two browsers write in each position; one more reads each room. */
  constructor(provisions: readonly Provision[], random: () => number, private readonly tried: Tried) {
    const names: RoomName[] = ['common', ...partyOrder(this.group).map(positionRoom)];
    this.rooms = Object.fromEntries(names.map((name, i) => [name, new TypingRoom(textFrom(provisions), name === 'common' ? 1 : 3, 10 * (i + 1), random)])) as Record<RoomName, TypingRoom>;
  }

  texts(): Texts {
    return Object.fromEntries(Object.entries(this.rooms).map(([name, room]) => [name, room.view.text])) as Texts;
  }

  /** The rooms as somebody's screen has them who may not have received everything yet. */
  screen(): Texts {
    return Object.fromEntries(Object.entries(this.rooms).map(([name, room]) => [name, room.seats.at(-1)!.view.text])) as Texts;
  }

  context(actor: Actor, rooms = this.texts()): ActContext {
    return { actor, group: this.group, document: this.document, rooms, at: 0, typedAt: () => undefined };
  }

  /** Accepts a proposal, giving up what `seen` shows. */
  accept(actor: Actor, proposal: Proposal, own: Alongside, seen = this.texts()): void {
    const preview = previewAccept(this.context(actor, seen), { parts: [proposal], party: partyOf(actor)!, own });
    if (preview.ok) this.perform(actor, preview.value.act);
    else this.tried.refused += 1;
  }

  withdraw(actor: Actor, proposal: Proposal): void {
    this.perform(actor, { t: 'withdraw', parts: [proposal] });
  }

  private perform(actor: Actor, loose: Extract<LooseAct, { t: 'accept' | 'withdraw' }>): void {
    const context = this.context(actor), act = { v: 1, id: `act${++this.count}`, doc: 'doc', ...loose } as Answer;
    const verdict = decide(act, context);
    if (!verdict.ok) return void (this.tried.refused += 1);
    const signed = signedBy(act, context);
    const before = new Map(Object.entries(this.rooms).map(([name, room]) => [name, room.updates]));
    const changes = new Map(verdict.value.edits.map(({ room, edits }) => [room, this.rooms[room]!.act(edits)]));
    for (const event of verdict.value.events) this.document = foldDocument(this.document, event, { user: actor.user, at: this.count });
    this.tried.accepted += act.t === 'accept' && changes.size > 0 ? 1 : 0;
    this.tried.withdrawn += act.t === 'withdraw' ? 1 : 0;
    const proposal = act.parts[0]!;
    this.tried.items += proposal.on === 'item' ? 1 : 0;
    this.checkValues(act.t, proposal, context, verdict.value, (name) => this.rooms[name]!.updates !== before.get(name));
    if (proposal.on === 'words' && changes.size > 0) {
      if (act.t === 'accept') this.checkSlots(proposal, context, signed);
      else this.checkWithdrawn(proposal, context);
    }
    for (const [name, change] of changes) this.checkLetters(act, proposal, context, name, change, signed);
  }

  /** Y1: the documents read as the value rule says, and whom the act does not concern is not written at all. */
  private checkValues(t: Answer['t'], proposal: Proposal, context: ActContext, { edits }: DocumentOutcome, written: (room: RoomName) => boolean): void {
    const own = positionRoom(proposal.party);
    for (const [name, room] of Object.entries(this.rooms) as [RoomName, TypingRoom][]) {
      if ((name === own) === (t === 'accept') && written(name)) this.breaks(['Y1'], `${t}: ${name} was written`);
      const wanted = JSON.stringify(read(applyEdits(context.rooms[name]!, edits.filter((e) => e.room === name).flatMap((e) => e.edits))));
      const got = JSON.stringify(read(room.view.text));
      if (got !== wanted) this.breaks(['Y1'], `${t}: ${name} reads ${got}, not ${wanted}`);
    }
  }

  /** Y1 again, for words, without the decision between: straight from the functions on slots. */
  private checkSlots({ party: proposer, provision, key, hunks: named }: WordsProposal, context: ActContext, signed: Signed): void {
    const hunks = named.map((h) => ({ ...h, posFrom: 0, posTo: 0 })), order = partyOrder(this.group);
    const common = slotOf(context.rooms.common!.by.get(provision), key);
    this.checkSlot('common', provision, key, acceptInCommon(common, hunks));
    for (const party of order.filter((p) => p !== proposer)) {
      const theirs = context.rooms[positionRoom(party)]!.by.get(provision), by = signed.get(party);
      if (!theirs || !slotKeys(theirs.kind).includes(key)) continue;
      const position = { party, slot: slotOf(theirs, key) };
      this.checkSlot(positionRoom(party), provision, key, rebaseSlotAll({ common, hunks, proposer, order, position, accepting: by !== undefined, own: by?.own }).slot);
    }
  }

  private checkWithdrawn({ party, provision, key, hunks }: WordsProposal, context: ActContext): void {
    const room = positionRoom(party), own = slotOf(context.rooms[room]!.by.get(provision), key);
    const back = compareSlots(slotOf(context.rooms.common!.by.get(provision), key), own).filter((h) => hunks.some((named) => named.from === h.from && named.to === h.to));
    this.checkSlot(room, provision, key, back.reduceRight((slot, h) => splice(slot, h.posFrom, h.posTo, h.removed), own));
  }

  private checkSlot(room: RoomName, provision: string, key: string, wanted: Slot): void {
    const slot = slotOf(this.rooms[room]!.view.text.by.get(provision), key);
    if (!equalSlots(slot, wanted)) this.breaks(['Y1'], `${room} reads ${JSON.stringify(slot)}, not ${JSON.stringify(wanted)}`);
  }

  /** Y3 and Y4: which letters the act may take away in a room, and which it may write there. */
  private checkLetters({ t }: Answer, proposal: Proposal, context: ActContext, name: RoomName, { added, removed }: Change, signed: Signed): void {
    const id = proposal.provision, party = partyOfRoom(name), here = context.rooms[name]!.by.get(id);
    const common = wordsOf(context.rooms.common!.by.get(id)), accepted = wordsOf(this.rooms.common!.view.text.by.get(id));
    const struck = proposal.on === 'words' ? proposal.hunks.map((h) => textOf(h.removed)).join('') : '';
    const inserted = proposal.on === 'words' ? proposal.hunks.map((h) => textOf(h.inserted)).join('') : accepted;
    this.mayRepeat(name, letters(t === 'withdraw' ? struck : inserted), context);
    const givesUp = (party !== null && signed.get(party)?.givesUp) || [];
    const hunks = givesUp.flatMap((part) => (part.on === 'words' ? part.hunks : [])), items = givesUp.filter((part) => part.on === 'item');
    const taken = (laws: readonly LawNumber[], may: ReadonlySet<string>): void => {
      const lost = [...removed.values()].filter((c) => !may.has(c));
      if (lost.length > 0) this.breaks(laws, `${t}: ${lost.join('')} was taken away in ${name}`);
    };
    const written = (may: ReadonlySet<string>): void => {
      const strange = [...added.values()].filter((c) => !may.has(c));
      if (strange.length > 0) this.breaks(['Y3'], `${t}: ${strange.join('')} was written in ${name}`);
    };
    if (!here || items.length > 0) written(letters(common, accepted)); // what stood in a removed provision its own side has removed
    else if (t === 'withdraw') {
      taken(['Y3'], letters(inserted));
      written(letters(struck));
    } else if (hunks.length > 0) {
      // Over the whole stretch that is given up the common words are put back: they may be other characters than before, the side's own may not.
      taken(['Y3'], letters(common, ...hunks.map((h) => textOf(h.inserted))));
      written(letters(accepted));
      this.tried.gaveUp += 1;
    } else {
      taken(['Y3', 'Y4'], letters(struck));
      written(letters(inserted));
      if ([...letters(wordsOf(here))].some((c) => !common.includes(c))) this.tried.kept += 1;
    }
    this.checkOnce(name, lettersIn(allWords(this.rooms[name]!.view.text)));
  }

  /** Who rewrites a stretch may propose a letter in one hunk and its deletion in another: where one of them is accepted alone, it stands twice. */
  private mayRepeat(name: RoomName, brought: ReadonlySet<string>, context: ActContext): void {
    const there = letters(allWords(context.rooms[name]!));
    for (const c of brought) if (there.has(c)) this.repeated.add(`${c} in ${name}`);
  }

  private checkOnce(name: string, found: readonly string[]): void {
    const twice = doubled(found).filter((c) => !this.repeated.has(`${c} in ${name}`));
    if (twice.length > 0) this.breaks(['Y3'], `${twice.join('')} stands twice in ${name}`);
  }

  /** Everything arrives. Y2: the copies are one. Y3: what lives is what was written and not taken away by somebody who may. */
  close(): void {
    for (const [name, room] of Object.entries(this.rooms)) {
      this.tried.late += room.underWay;
      room.settle();
      const difference = room.difference();
      if (difference) this.breaks(['Y2'], `${name}: ${difference}`);
      const there = room.letters;
      for (const [id, c] of room.written) if (there.has(id) === room.removed.has(id)) this.breaks(['Y3'], `${c} is ${there.has(id) ? 'back' : 'lost'} in ${name}`);
      for (const [id, c] of there) if (!room.written.has(id)) this.breaks(['Y3'], `${c} stands in ${name}, and nobody wrote it`);
      this.checkOnce(name, lettersIn(allWords(room.view.text)));
      this.tried.letters += room.written.size;
    }
  }

  breaks(laws: readonly LawNumber[], what: string): void {
    this.broken.push({ laws, what });
  }
}

function signedBy(act: Answer, context: ActContext): Signed {
  if (act.t === 'withdraw') return new Map();
  return new Map<PartyId, { readonly givesUp: readonly Proposal[]; readonly own: Alongside }>([...Object.entries(consentsTo(context, act.parts)), [partyOf(context.actor)!, act]]);
}
