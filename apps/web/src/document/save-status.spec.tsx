import type { DocumentClient, Status } from '@parley/sync';
import { act, Profiler } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SaveStatus } from './save-status.tsx';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const SAVED: Status = { state: 'saved', entry: 7, pending: 0, kept: true };

let status: Status, listeners: Set<() => void>, root: Root, drawn: number;

const client = { get status() { return status; }, on: (_event: 'status', listener: () => void) => { listeners.add(listener); return () => listeners.delete(listener); } } as unknown as DocumentClient;

const becomes = (changes: Partial<Status>): void => { status = { ...status, ...changes }; for (const listener of [...listeners]) listener(); };
const shows = (writes: boolean): Promise<void> => act(() => Promise.resolve(root.render(<Profiler id="line" onRender={() => { drawn++; }}><SaveStatus client={client} writes={writes} /></Profiler>)));
const line = (): HTMLElement => document.querySelector('.save-status')!;
const said = (): [string | undefined, string] => [line().dataset.state, line().textContent];
const aloud = (): string => document.querySelector('[role="status"]')!.textContent;
const passes = (milliseconds: number): Promise<void> => act(() => vi.advanceTimersByTimeAsync(milliseconds).then(() => undefined));

beforeEach(async () => {
  vi.useFakeTimers();
  status = SAVED; listeners = new Set(); drawn = 0;
  root = createRoot(document.body.appendChild(document.createElement('div')));
  await shows(true);
});
afterEach(async () => { await act(() => Promise.resolve(root.unmount())); document.body.replaceChildren(); vi.useRealTimers(); });

describe('[E45] the line of saving', () => {
  it('[S40] says what is so in the moment in which it becomes so: nothing that is unsent is called saved, not for one frame, and the page is not drawn for it', () => {
    expect(said()).toEqual(['saved', '✓Saved · entry 7']);
    drawn = 0;
    for (let entry = 8; entry < 20; entry++) {
      becomes({ state: 'saving', pending: 1 });
      expect(said()).toEqual(['saving', 'Saving…']);
      becomes({ state: 'saved', pending: 0, entry });
      expect(said()).toEqual(['saved', `✓Saved · entry ${entry}`]);
    }
    becomes({ state: 'offline', pending: 3 });
    expect(said()).toEqual(['offline', 'Offline, 3 changes kept on this device']);
    becomes({ kept: false });
    expect([said()[1], line().className]).toEqual(['Offline, 3 changes kept in this page only', 'pill save-status warns']);
    expect(drawn).toBe(0);
  });

  it('stays true when the page is drawn for something else, and when the reader may write no more', async () => {
    becomes({ state: 'saving', pending: 1 });
    await shows(true);
    expect(said()).toEqual(['saving', 'Saving…']);
    becomes(SAVED);
    await shows(false);
    expect(said()).toEqual(['saved', 'Read-only · entry 7']);
    expect(listeners.size).toBe(1);
  });

  it('is heard once it has settled, not at every key; what is true no more is not read out', async () => {
    await passes(1_000);
    expect(aloud()).toBe('Saved');
    for (let i = 0; i < 5; i++) {
      becomes({ state: 'saving', pending: 1 });
      expect(aloud()).toBe('');
      await passes(100);
      becomes(SAVED);
      await passes(2_000);
      expect(aloud()).toBe('');
    }
    becomes({ state: 'offline', pending: 1 });
    await passes(1_000);
    expect(aloud()).toBe('Offline, 1 change kept on this device');
    becomes(SAVED);
    expect(aloud()).toBe('');
    await passes(1_000);
    expect(aloud()).toBe('Saved');
  });
});
