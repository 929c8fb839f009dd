import { describe, expect, it } from 'vitest';
import { KEYS } from '../ui/key-help.tsx';
import { keyCommands } from './keys.ts';

const actions = { split: () => {}, removeEmpty: () => false, undo: () => {}, redo: () => {}, go: () => {}, accept: () => false };
/** Keys that only keep the browser from doing its own, or do what such keys do in every editor. */
const UNTOLD = [
  'Ctrl-Home', 'Ctrl-End', 'Ctrl-Shift-Home', 'Ctrl-Shift-End', 'Cmd-ArrowUp', 'Cmd-ArrowDown', 'Cmd-Shift-ArrowUp', 'Cmd-Shift-ArrowDown',
  'Shift-Enter', 'Mod-u', 'Mod-Backspace', 'Shift-Backspace', 'Alt-Backspace', 'Delete', 'Mod-Delete', 'Alt-Delete',
];

describe('the list of keys', () => {
  it('[E31] names every key of the editor, and none that it does not have', () => {
    const named = KEYS.flatMap((key) => key.names ?? []);
    expect(named.toSorted()).toEqual(Object.keys(keyCommands(actions)).filter((key) => !UNTOLD.includes(key)).toSorted());
  });
});
