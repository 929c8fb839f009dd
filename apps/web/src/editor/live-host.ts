import type { DocumentClient } from '@parley/sync';
import type { TooMuch } from './clipboard-props.ts';
import type { ClosedHost } from './closed-place.ts';
import type { KeyActions } from './keys.ts';
import type { Refused } from './lawful.ts';

/** What the editor needs of a document's client. */
export type EditorClient = Pick<DocumentClient, 'doc' | 'view' | 'texts' | 'ownRoom' | 'document' | 'group' | 'actor' | 'presence' | 'on' | 'hold' | 'release' | 'holdAside' | 'setCaret'>;

/** What the editor tells and asks the page that it stands on. */
export interface LiveHost extends ClosedHost {
  readonly nameOf: (user: string) => string;
  readonly refused: (why: Refused | TooMuch) => void;
  /** Something was pasted otherwise than its source has it. `undo` takes it back; false where something was written since. */
  readonly pasted: (say: string, undo: () => boolean) => void;
  /** The caret or the words moved: the focused provision and place may be others. */
  readonly moved: () => void;
  readonly keys: KeyActions;
}
