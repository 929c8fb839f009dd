import { compareSlots, type Edit, fromCommon, type Provision, type Slot, slotKeys, slotOf, type Text } from '@parley/text';
import * as Y from 'yjs';
import { predecessor } from './commands.ts';
import { roomRoot } from './from-room.ts';

/** A structural command as it was done: the text before and after it. */
interface StructuralChange { readonly before: Text; readonly after: Text }

interface StackItem { readonly meta: Map<unknown, unknown> }

const CAPTURE_MS = 500;
const STRUCTURE = 'structure';

const follows = (list: readonly string[], id: string): string | undefined => list[list.indexOf(id) - 1];

/** Splices that take the words of `now` from `after` back to `before`, leaving alone what others changed meanwhile. */
function backInSlot(id: string, key: string, before: Slot, after: Slot, now: Slot): Edit[] {
  const since = compareSlots(after, now);
  return [...compareSlots(after, before)].reverse().map((h) => {
    const from = fromCommon(since, h.from, h.from < h.to);
    return { do: 'splice', id, key, from, to: Math.max(from, fromCommon(since, h.to, false)), insert: h.inserted };
  });
}

function backInProvision(before: Provision, after: Provision, now: Provision): Edit[] {
  const words = slotKeys(now.kind).flatMap((key) => backInSlot(now.id, key, slotOf(before, key), slotOf(after, key), slotOf(now, key)));
  const changed = (['label', 'kind', 'level'] as const).filter((field) => before[field] !== after[field]);
  return changed.length > 0 ? [...words, { do: 'set', id: now.id, ...Object.fromEntries(changed.map((f) => [f, before[f]])) } as Edit] : words;
}

/**
 * The edits that undo a structural command in the text as it is now; null when they would take a colleague's words: a provision that the
 * command made reads differently meanwhile.
 */
export function backFrom({ before, after }: StructuralChange, now: Text): Edit[] | null {
  const made = after.list.filter((id) => !before.by.has(id) && now.by.has(id));
  if (made.some((id) => slotKeys(after.by.get(id)!.kind).some((key) => compareSlots(slotOf(after.by.get(id), key), slotOf(now.by.get(id), key)).length > 0))) return null;
  const restored = before.list.filter((id) => !after.by.has(id) && !now.by.has(id))
    .map((id): Edit => ({ do: 'add', provision: before.by.get(id)!, after: predecessor(before.list, id, before) }));
  const both = after.list.filter((id) => before.by.has(id) && now.by.has(id));
  const moved = sameMembers(before, after)
    ? both.filter((id) => follows(before.list, id) !== follows(after.list, id))
      .map((id): Edit => ({ do: 'move', id, after: predecessor(before.list, id, now) })) : [];
  const words = both.filter((id) => before.by.get(id) !== after.by.get(id)).flatMap((id) => backInProvision(before.by.get(id)!, after.by.get(id)!, now.by.get(id)!));
  return [...words, ...made.map((id): Edit => ({ do: 'remove', id })), ...restored, ...moved];
}

const sameMembers = (a: Text, b: Text): boolean => a.list.length === b.list.length && a.list.every((id) => b.by.has(id));

/**
 * Undo of the own words and of the own structural commands. Words go back by Yjs's undo manager, which never touches a colleague's; structure
 * goes back by values, because undoing it item by item would delete a provision's map, and an id is never taken back.
 * It never reaches across an act: `clear` when one has written.
 */
export class Undo {
  private readonly manager: Y.UndoManager;
  private change: StructuralChange | null = null;

  constructor(room: Y.Doc, private readonly origins: { typing: unknown; structure: unknown }) {
    this.manager = new Y.UndoManager(roomRoot(room), {
      trackedOrigins: new Set([origins.typing, origins.structure]), captureTimeout: CAPTURE_MS,
      deleteFilter: (item) => item.parent instanceof Y.Text,
    });
    this.manager.on('stack-item-added', ({ stackItem, origin }: { stackItem: StackItem; origin: unknown }) => {
      if (origin === this.origins.structure && this.change) stackItem.meta.set(STRUCTURE, this.change);
    });
  }

  /** Whether a change of this origin is an undo or redo of words. */
  isOrigin(origin: unknown): boolean {
    return origin === this.manager;
  }

  /** Runs a structural command and remembers what it did. `text` reads the room. */
  command(text: () => Text, run: () => void): void {
    const before = text();
    this.manager.stopCapturing();
    // The item is made inside `run`, before the text after it can be read.
    const change = { before, get after() { return after; } };
    let after = before;
    this.change = change;
    try { run(); } finally { this.change = null; }
    after = text();
    this.manager.stopCapturing();
  }

  /** Runs a change of words that is a step of its own, whatever is typed just before or after it. */
  alone(run: () => void): void {
    this.manager.stopCapturing();
    run();
    this.manager.stopCapturing();
  }

  /** Runs something of one or several steps. Answers how to take back exactly that with `back`, one step a call: only as long as nothing has been done since. */
  asOne(run: () => void, back: () => boolean): () => boolean {
    const { undoStack } = this.manager, before = undoStack.length;
    this.alone(run);
    const last = undoStack.at(-1), steps = undoStack.length - before;
    return () => steps > 0 && this.manager.undoStack.at(-1) === last && Array.from({ length: steps }, back).every(Boolean);
  }

  /** Takes the last own change back. `write` puts edits into the room. False when there was nothing, or a colleague's words would go. */
  undo(now: Text, write: (edits: readonly Edit[]) => void): boolean {
    return this.step(this.manager.undoStack, this.manager.redoStack, () => this.manager.undo(), (change) => backFrom(change, now), write);
  }

  redo(now: Text, write: (edits: readonly Edit[]) => void): boolean {
    const again = ({ before, after }: StructuralChange) => backFrom({ before: after, after: before }, now);
    return this.step(this.manager.redoStack, this.manager.undoStack, () => this.manager.redo(), again, write);
  }

  private step(from: StackItem[], to: StackItem[], words: () => unknown, edits: (change: StructuralChange) => Edit[] | null, write: (edits: readonly Edit[]) => void): boolean {
    const change = from.at(-1)?.meta.get(STRUCTURE) as StructuralChange | undefined;
    if (!change) return this.wordsOnly(from, words);
    const item = from.pop()!, back = edits(change);
    if (!back) return false;
    write(back);
    to.push(item);
    this.manager.stopCapturing();
    return true;
  }

  /** The undo manager walks down its stack until something changes: structural items below must be out of its sight. */
  private wordsOnly(stack: StackItem[], run: () => unknown): boolean {
    const below = stack.splice(0, stack.findLastIndex((item) => item.meta.has(STRUCTURE)) + 1);
    const had = stack.length;
    run();
    stack.unshift(...below);
    return had > 0;
  }

  clear(): void {
    this.manager.clear();
  }

  destroy(): void {
    this.manager.destroy();
  }
}
