import type { DocumentState, Attribution } from './document.ts';
import type { GroupState } from './group.ts';
import type { RoomName } from './party.ts';

/** What tells events of one sort from others. Events are recorded: their names and fields are never renamed. */
export interface Named { readonly e: string }

/** One sort of event: what it does to the state that acts have made. It is folded for ever, also when no act gives it any more. */
export interface EventDefinition<State, E extends Named> {
  readonly e: E['e'];
  /** Raised when the same event is folded to another state than before: what was kept of older states is then not believed. */
  readonly version: number;
  /** One step of the fold: `mark` says who caused the event and when. Fields that were added later are absent in older entries. */
  fold(state: State, event: E, mark: Attribution): State;
  /** Where its author wrote by it, as by typing; absent where the event is not about what somebody writes himself. */
  readonly wrote?: ((event: E) => Written) | undefined;
}

/** Provisions of one room that somebody wrote in, added, moved or removed. */
export interface Written { readonly room: RoomName; readonly provisions: readonly string[] }

interface AnyEvent<State> { readonly e: string; readonly version: number; fold(state: State, event: Named, mark: Attribution): State; wrote?(event: Named): Written }
export type AnyDocumentEvent = AnyEvent<DocumentState>;
export type AnyGroupEvent = AnyEvent<GroupState>;

/** The events that definitions are of. */
export type EventIn<D> = D extends { fold(state: never, event: infer E, mark: Attribution): unknown } ? E : never;

/** A sort of event of a document. */
export const documentEvent = <E extends Named>(e: E['e'], fold: (state: DocumentState, event: E, mark: Attribution) => DocumentState, version = 1): EventDefinition<DocumentState, E> => ({ e, fold, version });

/** A sort of event by which its author writes in a room, and nothing else: what there is to read is in the room, and of when it was written people's last edits are told. */
export const writtenEvent = <E extends Named>(e: E['e'], wrote: (event: E) => Written): EventDefinition<DocumentState, E> => ({ e, version: 1, fold: (state) => state, wrote });

/** A sort of event of the working group. */
export const groupEvent = <E extends Named>(e: E['e'], fold: (state: GroupState, event: E, mark: Attribution) => GroupState, version = 1): EventDefinition<GroupState, E> => ({ e, fold, version });
