import * as Y from 'yjs';
import { structsIn } from './compaction.ts';
import type { Edit } from './edit.ts';
import { PROVISION_LIMIT, ROOM_LIMIT, WORDS_LIMIT } from './validator-limits.ts';
import type { UpdateRules, Sender, SharedType } from './validator-structs.ts';
import { ROOT } from './room-shape.ts';
import { lengthOf, markNames, type Slot } from './slot.ts';

const rootOf = (doc: Y.Doc): SharedType | undefined => doc.share.get(ROOT) as SharedType | undefined;
const typeIn = (item: Y.Item): SharedType | null => (!item.deleted && item.content instanceof Y.ContentType ? (item.content.type as SharedType) : null);

/** How many units of words a provision holds in a room, gone or not. */
function unitsOf(doc: Y.Doc, id: string): number {
  let units = 0;
  const entry = rootOf(doc)?._map.get(id), provision = entry && typeIn(entry);
  for (const item of provision?._map.values() ?? []) units += typeIn(item)?._length ?? 0;
  return units;
}

/** How many units of words a room holds, gone provisions counted; followed as the room changes, so that asking costs nothing. */
class WordCount {
  total = 0;
  private readonly by = new Map<string, number>();

  constructor(private readonly doc: Y.Doc) {
    for (const id of rootOf(doc)?._map.keys() ?? []) this.count(id);
    doc.on('afterTransaction', ({ changed }: Y.Transaction) => {
      const root = rootOf(doc);
      for (const [type, subs] of changed as Map<SharedType, Set<string | null>>) {
        for (const id of type === root ? subs : [provisionOf(type, root)]) if (id !== null) this.count(id);
      }
    });
  }

  private count(id: string): void {
    const units = unitsOf(this.doc, id);
    this.total += units - (this.by.get(id) ?? 0);
    this.by.set(id, units);
  }
}

/** The provision that a shared type is, or is a text of. */
function provisionOf(type: SharedType, root: SharedType | undefined): string | null {
  const above = type._item?.parent as SharedType | undefined;
  if (!above) return null;
  return above === root ? type._item!.parentSub : provisionOf(above, root);
}

const WORDS = new WeakMap<Y.Doc, WordCount>();

function wordsIn(doc: Y.Doc): number {
  if (!rootOf(doc)) return 0;
  let words = WORDS.get(doc);
  if (!words) WORDS.set(doc, (words = new WordCount(doc)));
  return words.total;
}

/** Of what there is in a room, in all and by the clients of one user. */
interface Measure { readonly most: number; all(doc: Y.Doc): number; own(doc: Y.Doc, isOwn: (client: number) => boolean): number }

const structsBy = (doc: Y.Doc, isOwn: (client: number) => boolean): (Y.Item | Y.GC)[][] =>
  [...doc.store.clients].filter(([client]) => isOwn(client)).map(([, structs]) => structs);

const MEASURES = {
  structs: {
    most: ROOM_LIMIT,
    all: structsIn,
    own: (doc, isOwn) => structsBy(doc, isOwn).reduce((sum, structs) => sum + structs.length, 0),
  },
  words: {
    most: WORDS_LIMIT,
    all: wordsIn,
    own: (doc, isOwn) => structsBy(doc, isOwn).reduce((sum, structs) => structs.reduce((n, struct) => n + (struct instanceof Y.Item && !struct.deleted && struct.content instanceof Y.ContentString ? struct.length : 0), sum), 0),
  },
  provisions: {
    most: PROVISION_LIMIT,
    all: (doc) => rootOf(doc)?._map.size ?? 0,
    own: (doc, isOwn) => { let count = 0; for (const { id } of rootOf(doc)?._map.values() ?? []) if (isOwn(id.client)) count += 1; return count; },
  },
} satisfies Readonly<Record<string, Measure>>;

/**
 * Why a room has no place for so much more, null where it has. Nobody takes more of a room than he leaves free: so one who fills what he may leaves half of it to the
 * others, two a quarter, and nobody else is stopped by it. Who owns what is asked only when a room is half full.
 */
function lackOfPlace(doc: Y.Doc, { mayWriteAs }: Sender, what: keyof typeof MEASURES, more: number): string | null {
  if (more <= 0) return null;
  const { most, all, own } = MEASURES[what] as Measure, after = all(doc) + more;
  if (after > most) return `the room is full: ${what}`;
  return 2 * after > most && own(doc, mayWriteAs) + after > most ? `more ${what} than are left to others` : null;
}

/** Refuses what a room has no place for. */
export function checkCapacity(rules: UpdateRules, doc: Y.Doc, who: Sender, what: keyof typeof MEASURES, more: number): void {
  const lack = lackOfPlace(doc, who, what, more);
  if (lack !== null) rules.refuse('D20', 'full', lack);
}

/** Whether somebody may add so many units of words to a room. */
export const hasRoomForWords = (doc: Y.Doc, who: Sender, units: number): boolean => lackOfPlace(doc, who, 'words', units) === null;

/** So many structs words become at most that are put into a text: of each stretch one, with two for every mark of its own. */
const structsOf = (slot: Slot): number => slot.reduce((sum, { m }) => sum + 1 + 2 * markNames(m).length, 0);
/** So many more the place makes where they are put: it parts what stands there, and ends and begins three marks anew. So many fields a provision has. */
const STRUCTS_OF_PLACE = 8, FIELDS_OF_PROVISION = 5;

/** Whether a room has place for what these edits add to it (D23). What makes it no larger it always takes. */
export function hasRoomForEdits(doc: Y.Doc, edits: readonly Edit[]): boolean {
  let words = 0, most = 0;
  const added = new Set<string>(), root = rootOf(doc);
  for (const edit of edits) {
    if (edit.do === 'splice') {
      words += lengthOf(edit.insert) - (edit.to - edit.from);
      if (edit.insert.length > 0) most += STRUCTS_OF_PLACE + structsOf(edit.insert);
    }
    if (edit.do !== 'add') continue;
    for (const slot of Object.values(edit.provision.slots)) {
      words += lengthOf(slot);
      most += 1 + structsOf(slot);
    }
    most += FIELDS_OF_PROVISION + 1;
    if (root?._map.has(edit.provision.id)) words -= unitsOf(doc, edit.provision.id);
    else added.add(edit.provision.id);
  }
  const { provisions, structs } = MEASURES;
  return (most === 0 || structs.all(doc) + most <= structs.most) && (words <= 0 || wordsIn(doc) + words <= WORDS_LIMIT) && (added.size === 0 || provisions.all(doc) + added.size <= provisions.most);
}
