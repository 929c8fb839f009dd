import { type Actor, partyOf, positionRoom, type Proposal, proposalsOf } from '@parley/negotiation';
import { lengthOf, type Provision, slice, type Slot, slotKeys, slotOf, textOf } from '@parley/text';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { provision } from '../support/rules-fixture.ts';
import { seeded } from '../../libs/text/test-support/seeded.ts';
import { letter, type Seat, type TypingRoom } from '../support/typing-room.ts';
import { type LawNumber, nothingTried, type Tried, TypingSimulation } from '../support/typing-simulation.ts';

const PEOPLE: readonly Actor[] = [
  { user: 'azHead', role: 'head', delegation: 'az' }, { user: 'az1', role: 'negotiator', delegation: 'az' },
  { user: 'ocHead', role: 'head', delegation: 'oc' }, { user: 'oc1', role: 'negotiator', delegation: 'oc' },
  { user: 'chair1', role: 'moderator' }, { user: 'chair2', role: 'moderator' },
];
const HEADS = PEOPLE.filter((p) => p.role === 'head');

/** Words that everybody uses: with them sides meet, repeat one another and themselves. */
const PLAIN = ['promptly', 'within', '24', '48', 'hours', 'and', 'shall', ',', '.', '支持', '🤝', 'request'];

const PAPER: readonly Provision[] = [
  provision('reply', 'Each side shall acknowledge a request within 24 hours, and shall state its grounds.'),
  provision('support', ['Knowingly support', 'To direct, finance or supply 知情支持 promptly 🤝.'], 'definition'),
  provision('empty', ''),
  provision('review', 'The two sides will review it promptly, within 48 hours.', 'heading'),
];

/** Where in a text, as a share of it: a step says the same about any text. */
interface Spot { readonly at: number; readonly slot: number; readonly from: number; readonly length: number }
interface Delivery { readonly do: 'deliver' | 'repeat'; readonly nth: number; readonly times: number }
type Step =
  | ({ readonly do: 'write' | 'rewrite' | 'strike' | 'embolden'; readonly who: number; readonly letters: number; readonly plain: number } & Spot)
  | { readonly do: 'add' | 'remove' | 'move' | 'relabel' | 'sink'; readonly who: number; readonly at: number; readonly to: number }
  | Delivery
  | { readonly do: 'cut' | 'rejoin' | 'offline' | 'online'; readonly room: number; readonly seat: number }
  | { readonly do: 'accept' | 'alongside' | 'acceptAll' | 'withdraw'; readonly nth: number; readonly late: boolean };

const upTo = (n: number) => fc.noBias(fc.nat(n));
const who = upTo(5), at = upTo(7), room = upTo(3), seat = upTo(2), nth = upTo(1_000);
const steps = fc.array(fc.oneof(
  { weight: 12, arbitrary: fc.record({
    do: fc.constantFrom('write' as const, 'write' as const, 'rewrite' as const, 'strike' as const, 'embolden' as const),
    who, at, slot: upTo(1), from: upTo(100), length: upTo(30).map((n) => n + 1), letters: upTo(4), plain: upTo(40),
  }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('add' as const, 'add' as const, 'remove' as const, 'move' as const, 'relabel' as const, 'sink' as const), who, at, to: at }) },
  { weight: 14, arbitrary: fc.record({ do: fc.constantFrom('deliver' as const, 'deliver' as const, 'deliver' as const, 'repeat' as const), nth, times: upTo(9) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('cut' as const, 'rejoin' as const, 'offline' as const, 'online' as const), room, seat }) },
  { weight: 10, arbitrary: fc.record({ do: fc.constantFrom('accept' as const, 'accept' as const, 'alongside' as const, 'acceptAll' as const, 'withdraw' as const), nth, late: upTo(3).map((n) => n === 0) }) },
), { minLength: 60, maxLength: 120, size: 'max' });

/** Where people work: mostly in the same provision, or they would never meet. */
const placeOf = <T>(list: readonly T[], at: number): T | undefined => list[at < 4 ? 0 : (at - 4) % Math.max(1, list.length)];

/** One run: a simulation of people who type, and the letters nobody has used yet. */
class SimulationRun {
  readonly simulation: TypingSimulation;
  private used = 0;
  private added = 0;

  constructor(seed: number, tried: Tried) {
    this.simulation = new TypingSimulation(PAPER, seeded(seed), tried);
  }

  step(step: Step): void {
    switch (step.do) {
      case 'write': case 'rewrite': case 'strike': case 'embolden': return this.words(step);
      case 'add': case 'remove': case 'move': case 'relabel': case 'sink': return this.list(step);
      case 'accept': case 'alongside': case 'acceptAll': case 'withdraw': return this.answer(step);
      case 'deliver': case 'repeat': return this.deliver(step);
      default: return this.connection(step);
    }
  }

  private at(who: number): { room: TypingRoom; seat: Seat } {
    const room = this.simulation.rooms[positionRoom(partyOf(PEOPLE[who]!)!)]!;
    return { room, seat: room.seats[who % 2]! };
  }

  /** What is written: letters of one's own, typed one by one as a word or into one, or words that everybody uses. */
  private typed(letters: number, plain: number): string[] {
    if (letters === 0) return [` ${PLAIN[plain % PLAIN.length]!}`];
    const own = Array.from({ length: letters }, () => letter(this.used++));
    return plain % 3 === 0 ? own : [' ', ...own];
  }

  private words(step: Extract<Step, Spot>): void {
    const { room, seat } = this.at(step.who), { text } = seat.view;
    const id = placeOf(text.list, step.at);
    if (id === undefined) return;
    const keys = slotKeys(text.by.get(id)!.kind), key = keys[step.slot % keys.length]!, slot = slotOf(text.by.get(id), key);
    const from = whole(slot, Math.round(step.from / 100 * lengthOf(slot)));
    const to = step.do === 'write' ? from : whole(slot, Math.min(lengthOf(slot), from + step.length));
    const struck = textOf(slice(slot, from, to));
    if (step.do === 'embolden') return this.kept('', () => room.type(seat, [{ do: 'splice', id, key, from, to, insert: struck ? [{ t: struck, m: 'strong' }] : [] }]));
    if (to > from) this.kept(struck, () => room.type(seat, [{ do: 'splice', id, key, from, to, insert: [] }]));
    let end = from;
    for (const t of step.do === 'strike' ? [] : this.typed(step.letters, step.plain)) {
      this.kept('', () => room.type(seat, [{ do: 'splice', id, key, from: end, to: end, insert: [{ t }] }]));
      end += t.length;
    }
  }

  /** A person takes away what he strikes and nothing else. */
  private kept(struck: string, write: () => { readonly removed: ReadonlyMap<string, string> }): void {
    const stray = [...write().removed.values()].filter((c) => !struck.includes(c));
    if (stray.length > 0) this.simulation.breaks(['Y3'], `${stray.join('')} was struck by nobody`);
  }

  private list(step: Extract<Step, { to: number }>): void {
    const { room, seat } = this.at(step.who), { text } = seat.view;
    const id = placeOf([...text.list].reverse(), step.at), after = text.list[step.to] ?? null;
    if (step.do === 'add') {
      const name = `n${++this.added}`;
      room.type(seat, [{ do: 'add', provision: provision(name, `Added${this.typed(2, 1).join('')}.`), after }]);
    } else if (id !== undefined) {
      this.kept('', () => room.type(seat, [
        step.do === 'move' ? { do: 'move', id, after } : step.do === 'remove' ? { do: 'remove', id } : { do: 'set', id, ...(step.do === 'sink' ? { level: step.to } : { label: `${step.to} bis` }) },
      ]));
    }
  }

  /** Each browser that is online receives and sends some of what is under way. */
  private deliver(step: Delivery): void {
    const online = Object.values(this.simulation.rooms).flatMap((room) => room.seats.filter((seat) => !seat.offline).map((seat) => ({ room, seat })));
    online.forEach(({ room, seat }, i) => { for (let n = 0; n < (step.nth + i) % (step.times + 1); n++) room.deliver(seat, step.nth + 7 * n, step.do === 'repeat'); });
  }

  private connection(step: Extract<Step, { seat: number }>): void {
    const room = Object.values(this.simulation.rooms)[step.room]!, seat = room.seats[step.seat % room.seats.length]!;
    if (step.do === 'cut') return room.cut(seat);
    seat.offline = step.do === 'offline';
    if (!seat.offline) room.rejoin(seat);
  }

  /** Answers what the server shows, or what a screen shows that is late. */
  private answer(step: Extract<Step, { late: boolean }>): void {
    const { simulation } = this, seen = step.late ? simulation.screen() : simulation.texts();
    const open = proposalsOf(simulation.context(PEOPLE[0]!, seen));
    const p = open[step.nth % Math.max(1, open.length)];
    if (!p) return;
    if (step.do === 'withdraw') return simulation.withdraw(PEOPLE.find((a) => partyOf(a) === p.proposal.party)!, p.proposal);
    const head = HEADS.find((h) => p.outstanding.includes(partyOf(h)!)) ?? HEADS[step.nth % 2]!;
    const proposal = step.do === 'acceptAll' ? wholeSlot(p.proposal, open.map((o) => o.proposal)) : p.proposal;
    simulation.accept(head, proposal, step.do === 'alongside' ? 'alongside' : 'withdrawn', seen);
  }
}

/** `offset`, moved out of the middle of a surrogate pair, as an editor would. */
const whole = (slot: Slot, offset: number): number => (/[\uD800-\uDBFF]$/.test(textOf(slot).slice(0, offset)) ? offset - 1 : offset);

/** All that one party proposes in one slot, as one proposal. */
function wholeSlot(proposal: Proposal, all: readonly Proposal[]): Proposal {
  if (proposal.on !== 'words') return proposal;
  const { party, provision, key } = proposal;
  return { ...proposal, hunks: all.flatMap((p) => (p.on === 'words' && p.party === party && p.provision === provision && p.key === key ? p.hunks : [])) };
}

/** The law in so many random runs, and how often it was put to the test. Every run is checked against all laws; this one must hold. */
function holds(law: LawNumber, numRuns: number, seed: number): Tried {
  const tried = nothingTried();
  fc.assert(fc.property(fc.integer({ min: 0 }), steps, (chance, played) => {
    const run = new SimulationRun(chance, tried);
    for (const step of played) run.step(step);
    run.simulation.close();
    expect(run.simulation.broken.filter((b) => b.laws.includes(law)).map((b) => b.what)).toEqual([]);
  }), { numRuns, seed, interruptAfterTimeLimit: 45_000 });
  return tried;
}

const RUNS = 40;

describe('rooms in which people type, online and off, while acts change the text', () => {
  it('[Y1] the server’s write gives exactly the value rule, and the proposer’s document is untouched', () => {
    const tried = holds('Y1', RUNS, 20_261_122);
    expect([tried.accepted > 150, tried.withdrawn > 40, tried.items > 40]).toEqual([true, true, true]);
  });

  it('[Y2] replicas converge, in any order of delivery', () => {
    expect(holds('Y2', RUNS, 20_261_123).late).toBeGreaterThan(500);
  });

  it('[Y3] no typed character is lost or doubled unless a member deleted it or its side gave it up', () => {
    const tried = holds('Y3', RUNS, 20_261_124);
    expect([tried.letters > 1_200, tried.gaveUp > 15]).toEqual([true, true]);
  });

  it('[Y4] where nothing is given up, no word of a side that is not common text is deleted by another’s act', () => {
    expect(holds('Y4', RUNS, 20_261_125).kept).toBeGreaterThan(30);
  });
});
