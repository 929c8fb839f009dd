import { equalSlots, hasLiteralBracket, type Hunk, hunkWords, nameIn, type PartyId, phrasesText, sameChange, slotKeys, type SlotKey } from '@parley/text';
import type { Node as PmNode } from 'prosemirror-model';
import type { Brackets } from './brackets.ts';
import { message, wording } from '../ui/messages.ts';
import { drawProvision } from './decorations.ts';
import type { DrawnPlace } from './drawing.ts';
import { drawList } from './drawing-list.ts';
import type { Spot } from './nodes.ts';
import { namesOf, orderOf, type Reading } from './reading.ts';

/** A place of the document: where sides differ. `from..to` are offsets of the common slot, as proposals name them. */
export interface EditorPlace {
  readonly provision: string;
  readonly key: SlotKey;
  readonly from: number;
  readonly to: number;
  readonly hunks: readonly { readonly party: PartyId; readonly hunk: Hunk }[];
  /** Counted over the whole document, from 1. */
  readonly number: number;
  readonly count: number;
  /** "Place 3 of 12: Article 6, 1. Azure: replace “24” by “12”." */
  readonly say: string;
}

/** A place with the range it takes in the text shown. */
export interface PlaceHere extends Omit<EditorPlace, 'number' | 'count' | 'say'> { readonly start: number; readonly end: number; readonly place: DrawnPlace }

/** All places of the document, in reading order, also of what has not come in sight. */
export function placesIn(doc: PmNode, brackets: Brackets): PlaceHere[] {
  return doc.children.flatMap((node) => {
    const id = node.attrs.id as string, slots = brackets.drawn.get(id)?.slots ?? (brackets.reading && drawProvision(brackets.reading, id));
    return slotKeys(node.attrs.kind).flatMap((key) => (slots?.get(key)?.places ?? []).map((place) =>
      ({ provision: id, key, from: place.from, to: place.to, hunks: place.hunks, start: place.start, end: place.end, place })));
  });
}

/** The place at a spot; of two that touch there, the one that begins there. */
export function placeAt(places: readonly PlaceHere[], spot: Spot | null): PlaceHere | null {
  if (!spot) return null;
  return places.findLast((p) => p.provision === spot.id && p.key === spot.key && p.start <= spot.offset && spot.offset <= p.end) ?? null;
}

/** Reading order of a spot among places. */
export function placeBeyond(places: readonly PlaceHere[], ids: readonly string[], spot: Spot | null, direction: 1 | -1): PlaceHere | null {
  if (places.length === 0) return null;
  const here = placeAt(places, spot);
  if (here) return places[(places.indexOf(here) + direction + places.length) % places.length]!;
  if (!spot) return direction > 0 ? places[0]! : places.at(-1)!;
  const behind = (p: PlaceHere): boolean => {
    const at = ids.indexOf(p.provision) - ids.indexOf(spot.id);
    return at !== 0 ? at > 0 : p.key === spot.key ? p.start > spot.offset : places.indexOf(p) > places.findIndex((q) => q.provision === spot.id && q.key === spot.key);
  };
  return direction > 0 ? (places.find(behind) ?? places[0]!) : (places.findLast((p) => !behind(p)) ?? places.at(-1)!);
}

/** "Azure: replace “24” by “12”.": the words of the cards. */
const sayHunk = (reading: Reading, hunk: Hunk, parties: readonly PartyId[]): string => message('editor.place.side', { parties: namesOf(reading.group, parties), wish: phrasesText(hunkWords(hunk, wording)) });

/** What each side does at a place, in party order, the same change said once. */
function sayPlace(reading: Reading, place: DrawnPlace): string {
  const said: { hunk: Hunk; parties: PartyId[] }[] = [];
  for (const { party, shape } of place.laid) {
    const same = said.find((s) => sameChange(s.hunk, shape) && equalSlots(s.hunk.removed, shape.removed));
    if (same) same.parties.push(party); else said.push({ hunk: shape, parties: [party] });
  }
  const order = orderOf(reading);
  return said.sort((a, b) => order.indexOf(a.parties[0]!) - order.indexOf(b.parties[0]!) || a.hunk.from - b.hunk.from).map((s) => sayHunk(reading, s.hunk, s.parties)).join(' ');
}

/** Said where there is no place to go to: nothing is in brackets, or only what is no place in the words. */
export function sayNoPlace(reading: Reading): string {
  const text = reading.common ?? reading.text, typed = text.list.filter((id) => hasLiteralBracket(text.by.get(id)!)).length, { blocks, beside } = drawList(reading);
  const whole = blocks.length + beside.size > 0;
  if (typed > 0) return message(whole ? 'editor.noPlace.wholeAndTyped' : 'editor.noPlace.typed', { n: typed });
  return message(whole ? 'editor.noPlace.whole' : 'editor.noPlace');
}

export function asEditorPlace(reading: Reading, places: readonly PlaceHere[], here: PlaceHere): EditorPlace {
  const number = places.indexOf(here) + 1, count = places.length;
  const { provision, key, from, to, hunks } = here;
  return { provision, key, from, to, hunks, number, count, say: message('editor.place', { number, count, name: nameIn(reading.common ?? reading.text, provision, wording), sides: sayPlace(reading, here.place) }) };
}
