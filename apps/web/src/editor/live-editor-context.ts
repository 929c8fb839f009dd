import type { DocumentClient } from '@parley/sync';
import type { Edit } from '@parley/text';
import type { Binding } from './binding.ts';
import type { ClosedPlaceContext, ClosedPlace } from './closed-place.ts';
import type { KeyActions } from './keys.ts';
import type { HeldPastes } from './held-pastes.ts';
import type { Refused } from './normalize-transaction.ts';
import type { Spot } from './nodes.ts';

/** What the editor needs of a document's client. */
export type EditorClient = Pick<DocumentClient, 'doc' | 'view' | 'texts' | 'ownRoom' | 'document' | 'group' | 'actor' | 'presence' | 'on' | 'hold' | 'release' | 'holdAside' | 'setCaret'>;

/** A paste that does not go into one update. */
export interface TooMuch { readonly characters: number; readonly paragraphs: number }

/** What parts of the editor that write, such as the clipboard, ask of it. */
export interface WritingPlace {
  readonly client: Pick<EditorClient, 'document'>;
  readonly binding: Pick<Binding, 'text'>;
  edit(edits: readonly Edit[]): void;
  writable(id: string): boolean;
  /** Runs something as one step; what it gives takes that back, and is false where something was written since. */
  asOne(run: () => void): () => boolean;
  readonly closedPlace: ClosedPlace;
  /** Where pastes wait for what reads them. */
  readonly held: HeldPastes;
  /** Words that have no place in this text any more. */
  late(at: Spot, words: string): void;
  refuse(why: Refused | TooMuch): void;
  tellPasted(say: string, undo: () => boolean): void;
}

/** What the editor tells and asks the page that it stands on. */
export interface LiveEditorContext extends ClosedPlaceContext {
  readonly nameOf: (user: string) => string;
  readonly refused: (why: Refused | TooMuch) => void;
  /** Something was pasted otherwise than its source has it. `undo` takes it back; false where something was written since. */
  readonly pasted: (say: string, undo: () => boolean) => void;
  /** The caret or the words moved: the focused provision and place may be others. */
  readonly moved: () => void;
  readonly keys: KeyActions;
}
