import { decide } from './decide.ts';
import type { Outcome } from './outcome.ts';
import type { DocumentAct, RecordedAct } from './act.ts';
import type { DocumentEvent } from './document-event.ts';
import type { Verdict } from './refusal.ts';
import { sameValue } from './same-value.ts';
import type { Scene } from './scene.ts';

/** The version of the rules in this folder. Raise it when `decide` gives another outcome for some act than it did; entries name the version that decided them. */
export const RULES_VERSION = 2;

/** An act in the record: `rules` is the version that decided it, 1 where the entry names none. */
export interface Recorded { readonly act: RecordedAct; readonly rules: number; readonly events: readonly DocumentEvent[] }

/** How a replay takes a recorded act: as decided anew, `agrees` being whether the record says the same, or, of other rules, as it stands in the record. */
export type Review =
  | { readonly taken: 'decided-anew'; readonly agrees: boolean; readonly verdict: Verdict<Outcome> }
  | { readonly taken: 'as-recorded'; readonly rules: number };

/** Decides a recorded act again, in the scene right before it, when these are the rules that decided it. Nothing is concluded about acts of other rules. */
export function review({ act, rules, events }: Recorded, scene: Scene): Review {
  if (rules !== RULES_VERSION) return { taken: 'as-recorded', rules };
  const verdict = decide(act as DocumentAct, scene);
  return { taken: 'decided-anew', verdict, agrees: verdict.ok && sameValue(JSON.parse(JSON.stringify(verdict.value.events)), events) };
}
