import type { FieldSchemas } from './act-fields.ts';
import type { AnyDocumentEvent, AnyGroupEvent, EventIn } from './event.ts';
import type { GroupState } from './group.ts';
import type { LegibleFields } from './legible.ts';
import type { Message } from './message.ts';
import type { Outcome } from './outcome.ts';
import type { Actor } from './party.ts';
import type { Verdict } from './refusal.ts';
import type { Right, Subject } from './right.ts';
import type { ActContext } from './act-context.ts';
import type { z } from './zod.ts';

/** The fields of an act, each by its schema. */
export type Fields = Readonly<Record<string, z.ZodType>>;
export type NoFields = Readonly<Record<never, never>>;

/** `people`: whoever may, sends it. `administrator`: of the installation, by a way of its own and in whatever group. `server`: for whoever showed a link, or by the clock. `nobody`: it is in old records only. */
export type PerformedBy = 'people' | 'administrator' | 'server' | 'nobody';

type Frozen<T> = T extends readonly (infer One)[] ? readonly Frozen<One>[] : T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;
/** The values of fields. */
export type ValuesOf<F extends Fields> = [keyof F] extends [never] ? NoFields : { readonly [K in keyof z.output<z.ZodObject<F>>]: Frozen<z.output<z.ZodObject<F>>[K]> };
type Former<X extends Fields> = [X] extends [never] ? never : ValuesOf<X>;
type Flat<T> = { [K in keyof T]: T[K] };
type Either<F extends Fields, R extends Fields> = ValuesOf<Omit<F, keyof R> & R>;

export interface OnGroup<T extends string> { readonly v: 1; readonly id: string; readonly t: T }
export interface OnDocument<T extends string> extends OnGroup<T> { readonly doc: string }

/** What an act is, wherever it is performed. */
interface ActParts<T extends string, F extends Fields, R extends Fields, X extends Fields, By extends PerformedBy> {
  /** As acts and entries name it, for ever. */
  readonly t: T;
  readonly performedBy: By;
  /** Of an act that concerns one party alone: it is kept in that party's private log, and decided by what all share and what the party has there. */
  readonly log?: 'private';
  /** The version of the rules by which it is decided as it is here. Raise it, to one more than `RULES_VERSION`, when it is decided otherwise. */
  readonly since: number;
  /** Its fields as they come over the wire, made of the schemas given. */
  readonly fields: (schemas: FieldSchemas) => F;
  /** Those of them that older entries have otherwise. */
  readonly recorded?: (schemas: FieldSchemas) => R;
  /** All fields that the act had under the first version of the rules, where it was another one. It is read and folded, and performed no more. */
  readonly former?: (schemas: FieldSchemas) => X;
  /**
   * What of each field stands legibly in the leaf; everything else goes into its words. Leaves are for ever: what is named here stays named, and what is not stays out,
   * unless no act of the record has it.
   */
  readonly legible: LegibleFields<Either<F, R> | Former<X>>;
  readonly right: Right;
}

type SubjectOf = Omit<Subject, 'group' | 'document' | 'room' | 'rooms'>;

/** Everything that an act on a document is. */
export interface DocumentActDefinition<T extends string, F extends Fields, R extends Fields, X extends Fields, By extends PerformedBy, D extends readonly AnyDocumentEvent[], M extends Message> extends ActParts<T, F, R, X, By> {
  /** What it is about, for whoever is asked whether it may be. */
  about?(act: Flat<OnDocument<T> & Either<F, R>>): SubjectOf;
  /** Every sort of event that it gives, or gave under an older version of the rules. */
  readonly events: D;
  /** Whether the text still stands and what follows, for the standings and for every room. That the actor may do it, in this stage, has been asked. */
  decide(act: Flat<OnDocument<T> & Either<F, R>>, context: ActContext): Verdict<Outcome<EventIn<D[number]>>>;
  /** What it did, after its author's name: a message by its id, with its values. */
  says(act: Flat<OnDocument<T> & (Either<F, R> | Former<X>)>, events: readonly EventIn<D[number]>[]): M;
}

/** What an act on the working group is decided by. `at`: the time its entry gets. `wakeAfter`: how long a seat that nobody can confirm sleeps, in milliseconds. */
export interface GroupActContext { readonly actor: Actor; readonly group: GroupState; readonly at: number; readonly wakeAfter: number }

/** Everything that an act on the working group is. What it did is told by its events: each has words of its own. */
export interface GroupActDefinition<T extends string, F extends Fields, R extends Fields, X extends Fields, By extends PerformedBy, D extends readonly AnyGroupEvent[]> extends ActParts<T, F, R, X, By> {
  /** True of the act that begins the group: every other needs one. */
  readonly establishes?: boolean;
  about?(act: Flat<OnGroup<T> & Either<F, R>>): SubjectOf;
  readonly events: D;
  decide(act: Flat<OnGroup<T> & Either<F, R>>, context: GroupActContext): Verdict<readonly EventIn<D[number]>[]>;
}

/** An act on a document. A part that is left out does not compile. */
export const documentAct = <const T extends string, F extends Fields, const By extends PerformedBy, const D extends readonly AnyDocumentEvent[], M extends Message, R extends Fields = NoFields, X extends Fields = never>(
  definition: DocumentActDefinition<T, F, R, X, By, D, M>): DocumentActDefinition<T, F, R, X, By, D, M> => definition;

/** An act on the working group. */
export const groupAct = <const T extends string, F extends Fields, const By extends PerformedBy, const D extends readonly AnyGroupEvent[], R extends Fields = NoFields, X extends Fields = never>(
  definition: GroupActDefinition<T, F, R, X, By, D>): GroupActDefinition<T, F, R, X, By, D> => definition;

/** An act of some definition, as `decide` takes it and the record may hold it. */
export type ActOfDefinition<D> =
  D extends DocumentActDefinition<infer T, infer F, infer R, infer _X, infer _By, infer _D, infer _M> ? Flat<OnDocument<T> & Either<F, R>>
    : D extends GroupActDefinition<infer T, infer F, infer R, infer _X, infer _By, infer _D> ? Flat<OnGroup<T> & Either<F, R>> : never;
