import { positionRoom } from '@parley/negotiation';
import type { Presence } from '@parley/protocol';
import type { DocumentClient } from '@parley/sync';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { provision, RulesFixture } from '../../../../libs/negotiation/test-support/rules-fixture.ts';
import { type Snapshot, usePresentUsers, useSnapshot } from './document.ts';
import { WORDS_MS } from './pace.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const OWN = positionRoom('az');

const ACT = { notices: [{ kind: 'act' }] }, WORDS = { notices: [{ kind: 'update' }] };

let t: RulesFixture, listeners: Map<string, (told: unknown) => void>, root: Root, shown: (Snapshot | null)[];

const client = (): DocumentClient => ({
  get document() { return t.document; }, group: t.group, actor: t.azHead, entry: 0, lastEdits: {}, ownRoom: OWN,
  texts: () => t.rooms, text: (room: keyof RulesFixture['rooms']) => t.rooms[room],
  on: (event: string, listener: (told: unknown) => void) => { listeners.set(event, listener); return () => listeners.delete(event); },
} as unknown as DocumentClient);

function Panel({ of }: { readonly of: DocumentClient }) { shown.push(useSnapshot(of)); return null; }

const tell = (event: string, told?: unknown): void => listeners.get(event)!(told);
const passes = (milliseconds: number): Promise<void> => act(() => vi.advanceTimersByTimeAsync(milliseconds).then(() => undefined));
const typed = (words: string): void => { t.write(t.az, 'p1', words); tell('status', { pending: 1 }); };
const saved = (): void => { tell('commit', WORDS); tell('status', { pending: 0 }); };
/** How often it was drawn since this was asked last. */
const drawings = (): number => shown.splice(0).length;

beforeEach(async () => {
  vi.useFakeTimers();
  t = RulesFixture.negotiating(provision('p1', 'Each side replies.', 'paragraph', '1'));
  listeners = new Map(); shown = [];
  root = createRoot(document.body.appendChild(document.createElement('div')));
  const of = client();
  await act(() => Promise.resolve(root.render(<Panel of={of} />)));
  await passes(5_000);
  drawings();
});
afterEach(async () => { await act(() => Promise.resolve(root.unmount())); vi.useRealTimers(); });

describe('[E45] a document is drawn beside its text', () => {
  it('that something is being saved, and has been, draws nothing', async () => {
    for (let i = 0; i < 5; i++) { tell('status', { pending: i % 2 }); await passes(1_000); }
    expect(drawings()).toBe(0);
  });

  it('what is typed is drawn with its commit, once', async () => {
    typed('Each side replies soon.');
    await passes(40);
    expect(drawings()).toBe(0);
    saved();
    await passes(40);
    expect(shown.at(-1)!.rooms[OWN]).toBe(t.rooms[OWN]);
    expect(drawings()).toBe(1);
    await passes(5_000);
    expect(drawings()).toBe(0);
  });

  it('without a commit, as while the connection is gone, it is drawn a little later', async () => {
    typed('Each side replies soon.');
    await passes(WORDS_MS + 40);
    expect(shown.at(-1)!.rooms[OWN]).toBe(t.rooms[OWN]);
    expect(drawings()).toBe(1);
  });

  it('while keys come it is drawn once in a stretch, and after the last as it then stands', async () => {
    for (let i = 0; i < 10; i++) { typed(`Each side replies${' soon'.repeat(i + 1)}.`); saved(); await passes(100); }
    await passes(5_000);
    expect(shown.at(-1)!.rooms[OWN]).toBe(t.rooms[OWN]);
    expect(drawings()).toBeLessThanOrEqual(3);
  });

  it('an act is drawn in the next frame, whoever types', async () => {
    typed('Each side replies soon.');
    await passes(60);
    typed('Each side replies at once.');
    drawings();
    tell('commit', ACT);
    await passes(40);
    expect(shown.at(-1)!.rooms[OWN]).toBe(t.rooms[OWN]);
    expect(drawings()).toBe(1);
  });
});

describe('[E45] who is where', () => {
  const at = (user: string, provision: string, head: number): Presence => ({ user, caret: { room: OWN, provision, key: 'en:text', anchor: head, head } });
  let present: readonly Presence[], drawn: (readonly string[])[];
  const inFirst = (people: readonly Presence[]): string[] => people.filter(({ caret }) => caret?.provision === 'p1').map(({ user }) => user);

  function Named({ of }: { readonly of: DocumentClient }) { drawn.push(usePresentUsers(of, inFirst)); return null; }

  const move = (...people: Presence[]): Promise<void> => act(() => { present = people; tell('presence', people); return Promise.resolve(); });

  it('is drawn where others are named than before, and not at every caret that moves', async () => {
    [present, drawn] = [[], []];
    const of = { get presence() { return present; }, on: (event: string, listener: (told: unknown) => void) => { listeners.set(event, listener); return () => listeners.delete(event); } } as unknown as DocumentClient;
    await act(() => Promise.resolve(root.render(<Named of={of} />)));
    for (let head = 0; head < 20; head++) await move(at('azHead', 'p2', head));
    expect(drawn).toEqual([[]]);
    await move(at('azHead', 'p2', 20), at('az', 'p1', 3));
    for (let head = 4; head < 20; head++) await move(at('azHead', 'p2', 20), at('az', 'p1', head), at('az', 'p1', 0));
    expect(drawn).toEqual([[], ['az']]);
    await move();
    expect(drawn.at(-1)).toEqual([]);
  });
});
