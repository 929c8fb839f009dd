import type { Wording } from '@parley/messages';
import { slotKeys, slotOf } from './kinds.ts';
import { isInsertion, lay, type LaidPlace, type PartySlot, placesOf } from './layout.ts';
import { itemNames, itemWords, phrasesText } from './proposal-words.ts';
import type { PartyId, Provision, Text } from './provision.ts';
import { type PartyText, readList, type ReadItem } from './reading-list.ts';
import { lengthOf, type Slot, slice, textOf } from './slot.ts';

type CodeOf = (party: PartyId) => string;

const named = (parties: readonly PartyId[], codeOf: CodeOf): string => parties.map(codeOf).join(', ');

/**
 * One slot with its brackets, as plain text: suffix dialect, common words first, white space that all wordings share outside
 * the bracket. Marks are not shown. For reading: a literal bracket in the text looks the same.
 */
export function bracketed(common: Slot, positions: readonly PartySlot[], codeOf: CodeOf): string {
  const order = positions.map((p) => p.party);
  const render = (from: number, to: number, places: readonly LaidPlace[]): string => {
    let out = '', at = from;
    for (const place of places) {
      out += textOf(slice(common, at, place.from)) + bracket(place);
      at = place.to;
    }
    return out + textOf(slice(common, at, to));
  };
  const bracket = (place: LaidPlace): string => {
    const deleters = place.alternatives.find((a) => a.text.length === 0)?.parties ?? [];
    const others = place.laid.filter((l) => !deleters.includes(l.party));
    const inside = others.length > 0 && deleters.length > 0 && others.every((l) => l.shape.from > place.from && l.shape.to < place.to);
    const words = inside
      ? render(place.from, place.to, placesOf(common, others, order))
      : textOf(slice(common, place.from, place.to));
    const rest = inside ? [] : place.alternatives.filter((a) => a.text.length > 0);
    return bracketsOf(place.laid.every((l) => isInsertion(l.shape)), words, named(deleters, codeOf),
      rest.map((a) => ({ text: textOf(a.text), by: named(a.parties, codeOf) })));
  };
  return render(0, lengthOf(common), placesOf(common, lay(common, positions), order));
}

/** `[words / theirs - A / theirs - B]`, `[words - A delete]`; where nothing stands yet, a bracket for each wording. */
function bracketsOf(insertion: boolean, words: string, deleters: string, theirs: readonly { text: string; by: string }[]): string {
  const shown = [...(insertion ? [] : [words]), ...theirs.map((t) => t.text)];
  const before = shared(shown, /^\s+/), after = shared(shown, /\s+$/);
  const inner = (text: string, first: boolean) => {
    const cut = text.slice(before.length, text.length - after.length);
    return text.trim() === '' ? cut : first ? cut.trimEnd() : cut.trim();
  };
  const parts = theirs.map((t) => `${inner(t.text, insertion)} - ${t.by}`);
  if (insertion) return `${before}${parts.map((part) => `[${part}]`).join('')}${after}`;
  const common = inner(words, true) + (deleters ? ` - ${deleters} delete` : '');
  return `${before}[${[common, ...parts].join(' / ')}]${after}`;
}

/** The white space that all wordings begin or end with; none where a wording is nothing else. */
function shared(texts: readonly string[], edge: RegExp): string {
  if (texts.some((t) => t.trim() === '')) return '';
  const spaces = texts.map((t) => edge.exec(t)?.[0] ?? '');
  return spaces.every((s) => s === spaces[0]) ? spaces[0]! : '';
}

/** The slots as lines: one slot alone, several by their names. */
function linesOf(provision: Provision, wordsOf: (key: string) => string = (key) => textOf(slotOf(provision, key))): string[] {
  const keys = slotKeys(provision.kind);
  return keys.length === 1 ? [wordsOf(keys[0]!)] : keys.map((key) => `${key.slice(key.indexOf(':') + 1)}: ${wordsOf(key)}`.trimEnd());
}

/** Label, notes and slots of one provision, indented by its level. */
function entry(level: number, open: string, head: string, lines: readonly string[], close: string): string {
  const indent = '  '.repeat(Math.max(0, Math.min(level, 16))), several = lines.length > 1;
  const text = several ? [head, ...lines.map((line) => `${indent}  ${line}`)].join('\n') : [head, lines[0]].filter(Boolean).join(' ');
  return indent + open + text + close;
}

const noteOf = ({ parties, item }: ReadItem, common: Text, codeOf: CodeOf, wording: Wording): string =>
  `(${named(parties, codeOf)}: ${phrasesText(itemWords(item, itemNames(item.id, common, wording), wording, false))})`;

/** A provision of the common text where that has it, with everything said of it. */
function commonLine(id: string, said: readonly ReadItem[], common: Text, positions: readonly PartyText[], codeOf: CodeOf, wording: Wording): string {
  const provision = common.by.get(id)!, having = positions.filter((p) => p.text.by.has(id));
  const words = (key: string) => bracketed(slotOf(provision, key), having.map((p) => ({ party: p.party, slot: slotOf(p.text.by.get(id), key) })), codeOf);
  const labels = said.flatMap(({ parties, item }) => item.type === 'field' && item.field === 'label' ? [`${item.to} - ${named(parties, codeOf)}`] : []);
  const label = labels.length > 0 ? `[${[provision.label, ...labels].join(' / ')}]` : provision.label;
  const notes = said.filter(({ item }) => item.type === 'move' || (item.type === 'field' && item.field !== 'label')).map((s) => noteOf(s, common, codeOf, wording));
  const gone = said.filter((s) => s.item.type === 'remove').flatMap((s) => s.parties);
  const lines = linesOf(provision, words);
  const [head, shown] = lines.length > 1 ? [[label, ...notes].join(' '), lines] : [label, [[lines[0], ...notes].filter(Boolean).join(' ')]];
  return entry(provision.level, gone.length > 0 ? '[' : '', head, shown, gone.length > 0 ? ` - ${named(gone, codeOf)} delete]` : '');
}

/**
 * The whole document with its brackets, as plain text: added `[2 bis New words. - A]`, removed `[3 Words. - A delete]`, relabelled
 * `[2 / 1 bis - A] Words.`, moved `2 Words. (A: move 2 after 4)` where it stands and `(A: move 2 after 4)` where it goes. The lines are those that every seat
 * reads (`readList`).
 */
export function bracketedText(common: Text, positions: readonly PartyText[], codeOf: CodeOf, wording: Wording): string {
  return readList(common, positions).map((line) => {
    if (line.kind === 'common') return commonLine(line.id, line.said, common, positions, codeOf, wording);
    const { item, parties } = line.said;
    if (item.type !== 'add') return entry(common.by.get(line.id)?.level ?? 0, '', '', [noteOf(line.said, common, codeOf, wording)], '');
    return entry(item.provision.level, '[', item.provision.label, linesOf(item.provision), ` - ${named(parties, codeOf)}]`);
  }).join('\n');
}
