import type { DocumentState, Attribution } from './document.ts';
import type { GroupState } from './group.ts';

/** What tells events of one sort from others. Events are recorded: their names and fields are never renamed. */
export interface Named { readonly e: string }

/** One sort of event: what it does to the state that acts have made. It is folded for ever, also when no act gives it any more. */
export interface EventDefinition<State, E extends Named> {
  readonly e: E['e'];
  /** Raised when the same event is folded to another state than before: what was kept of older states is then not believed. */
  readonly version: number;
  /** One step of the fold: `mark` says who caused the event and when. Fields that were added later are absent in older entries. */
  fold(state: State, event: E, mark: Attribution): State;
}

interface AnyEvent<State> { readonly e: string; readonly version: number; fold(state: State, event: Named, mark: Attribution): State }
export type AnyDocumentEvent = AnyEvent<DocumentState>;
export type AnyGroupEvent = AnyEvent<GroupState>;

/** The events that definitions are of. */
export type EventIn<D> = D extends { fold(state: never, event: infer E, mark: Attribution): unknown } ? E : never;

/** A sort of event of a document. */
export const documentEvent = <E extends Named>(e: E['e'], fold: (state: DocumentState, event: E, mark: Attribution) => DocumentState, version = 1): EventDefinition<DocumentState, E> => ({ e, fold, version });

/** A sort of event of the working group. */
export const groupEvent = <E extends Named>(e: E['e'], fold: (state: GroupState, event: E, mark: Attribution) => GroupState, version = 1): EventDefinition<GroupState, E> => ({ e, fold, version });
