import type { Template } from '@parley/negotiation';
import type { Provision } from '@parley/text';
import type { CastKey } from './cast.ts';

/** Somebody types in the own room. `replace`, `after` and `remove` name words that stand there exactly once. */
export type Change = { readonly by: CastKey } & (
  | { readonly on: string; readonly slot?: string; readonly replace: string; readonly with: string }
  | { readonly on: string; readonly slot?: string; readonly after: string; readonly insert: string }
  | { readonly on: string; readonly slot?: string; readonly append: string }
  | { readonly on: string; readonly slot?: string; readonly remove: string }
  | { readonly add: Provision; readonly after: string | null }
  | { readonly drop: string }
  | { readonly move: string; readonly after: string | null }
);

/** Which proposal an act is about: whose, on which provision, and words that it inserts or removes. */
export interface Named { readonly on: string; readonly of: 'azure' | 'ochre' | 'chair'; readonly words?: string; readonly item?: 'add' | 'remove' | 'move' }

/** Somebody acts. */
export type Move = { readonly by: CastKey } & (
  | { readonly does: 'agree' | 'approve'; readonly on: string }
  | { readonly does: 'askReopening'; readonly on: string; readonly reason: string }
  | ({ readonly does: 'accept' } & Named)
  | ({ readonly does: 'decline'; readonly reason: string } & Named)
);

/** One document of the demo, from its opening to where the reader finds it. */
export interface DemoScript {
  readonly id: string;
  readonly title: string;
  readonly template: Template;
  readonly provisions: readonly Provision[];
  /** What is typed in the working paper. */
  readonly drafting: readonly Change[];
  /** What happens after both heads have accepted the paper as basis; null: they have not. */
  readonly negotiation: readonly (Change | Move)[] | null;
}
