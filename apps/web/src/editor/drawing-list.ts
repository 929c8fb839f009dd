import { compareLists, type Item, KIND_NAME, type PartyId, type Provision, slotKeys, slotOf, type Text, textOf } from '@parley/text';
import { type Reading, sidesOf } from './reading.ts';

/** A provision that is not in the text shown: added by others, or removed in the text. It stands behind `after` (null: first). */
export interface Block {
  readonly kind: 'added' | 'removed';
  readonly after: string | null;
  readonly provision: Provision;
  readonly parties: readonly PartyId[];
  /** Who else has changed what the own side removes. */
  readonly changedBy: readonly PartyId[];
}

/** What parties propose about a whole provision that is in the text. */
export interface Note { readonly kind: 'added' | 'removed' | 'moved' | 'field'; readonly parties: readonly PartyId[]; readonly say: string }

export interface ListDrawing { readonly blocks: readonly Block[]; readonly notes: ReadonlyMap<string, readonly Note[]> }

const NOTHING: ListDrawing = { blocks: [], notes: new Map() };

/** How a provision is called in a sentence. */
function calledIn(text: Text, id: string | null): string {
  if (id === null) return 'the beginning';
  const p = text.by.get(id);
  if (!p) return 'a provision';
  if (p.label) return p.label;
  const words = textOf(slotOf(p, slotKeys(p.kind)[0]!));
  return words ? `“${words.length > 24 ? `${words.slice(0, 24).trimEnd()}…` : words}”` : 'an unnamed provision';
}

function sayField(item: Extract<Item, { type: 'field' }>): string {
  if (item.field === 'label') return item.from ? `${item.from} becomes ${item.to || 'unnumbered'}` : `number ${item.to}`;
  if (item.field === 'kind') return `becomes: ${KIND_NAME[item.to as Provision['kind']]}`;
  return Number(item.to) > Number(item.from) ? 'moves in one level' : 'moves out one level';
}

function say(item: Item, common: Text): string {
  switch (item.type) {
    case 'add': return 'adds this provision';
    case 'remove': return 'deletes this provision';
    case 'move': return item.after === null ? 'moves this to the beginning' : `moves this behind ${calledIn(common, item.after)}`;
    case 'field': return sayField(item);
  }
}

const KIND_OF_NOTE = { add: 'added', remove: 'removed', move: 'moved', field: 'field' } as const;

interface Said { readonly item: Item; readonly party: PartyId }

function notesOf(reading: Reading, said: readonly Said[], common: Text): Map<string, Note[]> {
  const out = new Map<string, Note[]>();
  for (const { item, party } of said) {
    if (!reading.text.by.has(item.id)) continue;
    const note = { kind: KIND_OF_NOTE[item.type], parties: [party], say: say(item, common) };
    const list = out.get(item.id) ?? [], same = list.findIndex((n) => n.kind === note.kind && n.say === note.say);
    if (same >= 0) list[same] = { ...list[same]!, parties: [...list[same]!.parties, party] };
    else list.push(note);
    out.set(item.id, list);
  }
  return out;
}

/** Removed provisions and others' additions, in the order of the common text. */
function blocksOf(reading: Reading, said: readonly Said[], common: Text): Block[] {
  const out: Block[] = [], { text } = reading;
  const added = (anchor: string | null, at: string | null) => {
    for (const { item, party } of said) {
      if (item.type === 'add' && item.after === anchor && !text.by.has(item.id)) out.push({ kind: 'added', after: at, provision: item.provision, parties: [party], changedBy: [] });
    }
  };
  let at: string | null = null;
  added(null, null);
  for (const id of common.list) {
    const provision = common.by.get(id)!;
    if (text.by.has(id)) at = id;
    else {
      const parties = said.filter((s) => s.item.type === 'remove' && s.item.id === id).map((s) => s.party);
      const changedBy = reading.others.filter((o) => differs(provision, o.text.by.get(id))).map((o) => o.party);
      out.push({ kind: 'removed', after: at, provision, parties, changedBy });
    }
    added(id, behindOwn(reading, at, said));
  }
  return out;
}

const wordsOf = (p: Provision): string => slotKeys(p.kind).map((key) => textOf(slotOf(p, key))).join('\n');
const differs = (a: Provision, b: Provision | undefined): boolean => b !== undefined && wordsOf(a) !== wordsOf(b);

/** The last of the own additions that directly follow an anchor: the own side's block is read first. */
function behindOwn(reading: Reading, anchor: string | null, said: readonly Said[]): string | null {
  const own = new Set(said.filter((s) => s.party === reading.party && s.item.type === 'add').map((s) => s.item.id));
  const { list } = reading.text;
  let at = anchor === null ? -1 : list.indexOf(anchor);
  while (at + 1 < list.length && own.has(list[at + 1]!)) at++;
  return at < 0 ? null : list[at]!;
}

/** What all sides propose about the list of provisions, as it is drawn around the text shown. Pure. */
export function drawList(reading: Reading): ListDrawing {
  const { common } = reading;
  if (!common) return NOTHING;
  const said = sidesOf(reading).flatMap(({ party, text }) => compareLists(common, text).map((item) => ({ item, party })));
  return { blocks: blocksOf(reading, said, common), notes: notesOf(reading, said, common) };
}
