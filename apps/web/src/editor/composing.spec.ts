import type { EditorView } from 'prosemirror-view';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Binding } from './binding.ts';
import { Composing } from './composing.ts';
import { Incoming } from './incoming.ts';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

function composing(): { readonly composing: Composing; readonly heldBack: () => boolean; readonly held: () => number } {
  let back = false, held = 0;
  const binding = { holdBack: () => { back = true; }, letGo: () => { back = false; }, get holdsBack() { return back; } } as unknown as Binding;
  return { composing: new Composing(new Incoming({ hold: () => { held++; }, release: () => { held--; } }), binding, () => undefined), heldBack: () => back, held: () => held };
}

const view = { composing: false } as EditorView;
const key = (over: Partial<KeyboardEvent> = {}) => ({ key: 'x', keyCode: 88, isComposing: false, ...over }) as KeyboardEvent;

it('[E8] a composition whose provision went, and of which nobody has told that it ended, ends with the next key, however fast keys follow', () => {
  const c = composing();
  c.composing.begin();
  vi.advanceTimersByTime(10_000);
  expect([c.heldBack(), c.held()]).toEqual([true, 0]);
  for (let i = 0; i < 4; i++) {
    c.composing.endForgotten(view, key());
    vi.advanceTimersByTime(20);
  }
  expect([c.heldBack(), c.held()]).toEqual([false, 0]);
});

it('[E8] keys of the input method, and letters that it composes, end nothing', () => {
  const c = composing();
  c.composing.begin();
  for (const event of [key({ isComposing: true }), key({ keyCode: 229 }), { inputType: 'insertCompositionText', isComposing: false } as InputEvent]) c.composing.endForgotten(view, event);
  vi.advanceTimersByTime(1_000);
  expect(c.heldBack()).toBe(true);
});
