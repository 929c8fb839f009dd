import { areCleanLines } from '@parley/text';
import type { ActOfDefinition, DocumentActDefinition, Fields, GroupActDefinition, GroupActContext, OnDocument, OnGroup, PerformedBy, ValuesOf } from './act-definition.ts';
import type { DocumentState, Attribution } from './document.ts';
import type { AnyDocumentEvent, AnyGroupEvent, EventIn, Named, Written } from './event.ts';
import type { GroupState } from './group.ts';
import type { LegibleParts } from './legible.ts';
import type { Message } from './message.ts';
import type { Outcome } from './outcome.ts';
import type { Actor } from './party.ts';
import { refuse, type Verdict } from './refusal.ts';
import { permitted, type Right, type Subject } from './right.ts';
import type { ActContext } from './act-context.ts';

export type AnyDocumentAct = DocumentActDefinition<string, Fields, Fields, Fields, PerformedBy, readonly AnyDocumentEvent[], Message>;
export type AnyGroupAct = GroupActDefinition<string, Fields, Fields, Fields, PerformedBy, readonly AnyGroupEvent[]>;
type AnyAct = AnyDocumentAct | AnyGroupAct;

type By<D, P extends PerformedBy> = D extends { readonly performedBy: infer B } ? (B extends P ? D : never) : never;

/** Acts on documents that are performed under these rules. */
export type PerformedIn<D> = ActOfDefinition<By<D, 'people' | 'administrator' | 'server'>>;
/** Acts as they were performed under the first version of the rules: read for ever, performed no more. */
export type FormerIn<D> = ActOfDefinition<By<D, 'nobody'>> | FormerForm<D>;
type FormerForm<D> = D extends DocumentActDefinition<infer T, infer _F, infer _R, infer X, infer _By, infer _D, infer _M> ? ([X] extends [never] ? never : OnDocument<T> & ValuesOf<X>) : never;
/** Acts that people send, as they come over the wire. */
export type SentIn<D> = SentOf<By<D, 'people'>>;
type SentOf<D> =
  D extends DocumentActDefinition<infer T, infer F, infer _R, infer _X, infer _By, infer _D, infer _M> ? OnDocument<T> & ValuesOf<F>
    : D extends GroupActDefinition<infer T, infer F, infer _R, infer _X, infer _By, infer _D> ? OnGroup<T> & ValuesOf<F> : never;
/** Acts that the server alone performs. */
export type ServersIn<D> = ActOfDefinition<By<D, 'server'>>;
/** The events of acts. */
export type EventsIn<D> = D extends { readonly events: infer E extends readonly unknown[] } ? EventIn<E[number]> : never;
/** What acts say that they did. */
export type MessagesIn<D> = D extends { says(act: never, events: never): infer M } ? M : never;

/** Definitions under the names that entries know them by, each once. */
function named<D>(what: string, all: readonly D[], nameOf: (one: D) => string): ReadonlyMap<string, D> {
  const map = new Map<string, D>();
  for (const one of all) {
    const name = nameOf(one), other = map.get(name);
    if (other !== undefined && other !== one) throw new RangeError(`two ${what} have the name ${name}`);
    map.set(name, one);
  }
  return map;
}

/**
 * All acts there are, and everything that follows from them: who may, what is decided, how it is folded, what a leaf shows, which versions there are. Nothing else knows one act from
 * another. Throws a `RangeError` for two acts, or two sorts of events of one state, under one name.
 */
export class ActRegistry<D extends AnyDocumentAct, G extends AnyGroupAct> {
  private readonly acts: ReadonlyMap<string, AnyAct>;
  private readonly documentEvents: ReadonlyMap<string, AnyDocumentEvent>;
  private readonly groupEvents: ReadonlyMap<string, AnyGroupEvent>;

  constructor(readonly onDocument: readonly D[], readonly onGroup: readonly G[]) {
    const all: readonly AnyAct[] = [...onDocument, ...onGroup];
    this.acts = named('acts', all, ({ t }) => t);
    if (this.acts.size < all.length) throw new RangeError('an act is listed twice');
    this.documentEvents = named('events', onDocument.flatMap(({ events }) => events), ({ e }) => e);
    this.groupEvents = named('events', onGroup.flatMap(({ events }) => events), ({ e }) => e);
  }

  /** The version of these rules: that of the newest decision. Entries name the version that decided them. */
  get rulesVersion(): number {
    return Math.max(...[...this.acts.values()].map(({ since }) => since));
  }

  /** Of the state of a document that events are folded to. It grows with every sort of event that is added or folded otherwise, as none is ever taken out. */
  get stateVersion(): number {
    return [...this.documentEvents.values()].reduce((sum, { version }) => sum + version, 0);
  }

  /** The right to an act; null for an act that there is not. */
  rightTo(t: string): Right | null {
    return this.acts.get(t)?.right ?? null;
  }

  /** Whether an act is kept in the private log of who performs it. */
  isPrivate(t: string): boolean {
    return this.acts.get(t)?.log === 'private';
  }

  /** What of an act stands legibly in its leaf, besides what says which act it is; nothing of an act that there is not. */
  legibleOf(t: string): LegibleParts {
    return (this.acts.get(t)?.legible ?? {}) as LegibleParts;
  }

  may(actor: Actor, t: string, on: Subject): Verdict {
    const right = this.rightTo(t);
    return right ? permitted(right, actor, on) : refuse('role-forbids');
  }

  /**
   * The decision about an act on a document: may it, does the text still stand, what follows for the standings and for every room.
   * Pure: nothing but the act and its context goes into it.
   */
  decide(act: PerformedIn<D>, context: ActContext): Verdict<Outcome<EventsIn<D>>> {
    const { t } = act as OnDocument<string>, definition = this.acts.get(t) as D | undefined;
    if (!definition) return refuse('role-forbids');
    const allowed = permitted(definition.right, context.actor, { group: context.group, document: context.document, ...definition.about?.(act) });
    if (!allowed.ok) return allowed;
    if ('reason' in act && !areCleanLines(act.reason as string)) return refuse('bad-text');
    return definition.decide(act, context) as Verdict<Outcome<EventsIn<D>>>;
  }

  /** The decision about an act on the working group. Whoever establishes it becomes its first administrator. */
  decideGroup(act: ActOfDefinition<G>, context: GroupActContext): Verdict<readonly EventsIn<G>[]> {
    const { t } = act as OnGroup<string>, definition = this.acts.get(t) as G | undefined;
    if (!definition) return refuse('role-forbids');
    if (!definition.establishes && context.group.delegations.length === 0) return refuse('group-missing');
    const allowed = permitted(definition.right, context.actor, { group: context.group, ...definition.about?.(act) });
    return allowed.ok ? definition.decide(act, context) as Verdict<readonly EventsIn<G>[]> : allowed;
  }

  /** One step of the fold of a document's acts: `mark` says who caused the event and when. Throws a `RangeError` for an event that no act gives. */
  foldDocument(state: DocumentState, event: EventsIn<D>, mark: Attribution): DocumentState {
    return known(this.documentEvents, event).fold(state, event as Named, mark);
  }

  /** Where the author of an act wrote by it, as by typing: whoever keeps when people last wrote where notes this too. Throws a `RangeError` for an event that no act gives. */
  writtenIn(events: readonly EventsIn<D>[]): readonly Written[] {
    return events.flatMap((event) => known(this.documentEvents, event).wrote?.(event as Named) ?? []);
  }

  /** One step of the fold of the acts on the working group. */
  foldGroup(state: GroupState, event: EventsIn<G>, mark: Attribution): GroupState {
    return known(this.groupEvents, event).fold(state, event as Named, mark);
  }

  /** What an act on a document did, after its author's name, under whatever version of the rules. */
  says(act: PerformedIn<D> | FormerIn<D>, events: readonly EventsIn<D>[]): MessagesIn<D> {
    return (this.acts.get((act as OnDocument<string>).t) as D).says(act as never, events as never) as MessagesIn<D>;
  }
}

function known<E>(events: ReadonlyMap<string, E>, event: unknown): E {
  const { e } = event as Named, definition = events.get(e);
  if (!definition) throw new RangeError(`no act gives the event ${e}`);
  return definition;
}
