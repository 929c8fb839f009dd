import { beforeEach, describe, expect, it } from 'vitest';
import { GROUP } from '../../../../test/support/database.ts';
import { MemoryDifferences } from '../../../../test/support/memory-differences.ts';
import { MemorySnapshots } from '../../../../test/support/memory-snapshots.ts';
import { TEST_MAC } from '../../../../test/support/state-mac.ts';
import { AuthenticatedSnapshots } from './authenticated-snapshots.ts';
import type { StoredSnapshot } from './snapshot.store.ts';
import { SnapshotMac, TAG } from './state-mac.ts';

const STATE: StoredSnapshot = { index: 7, leafHash: new Uint8Array(32).fill(1), version: 3, bytes: new Uint8Array([1, 2, 3, 4]) };

let beneath: MemorySnapshots;
let differences: MemoryDifferences;
let states: AuthenticatedSnapshots;
beforeEach(async () => {
  [beneath, differences] = [new MemorySnapshots(), new MemoryDifferences()];
  states = new AuthenticatedSnapshots(beneath, TEST_MAC, differences, GROUP);
  await states.write('shared', 'd1', STATE);
});

const alter = (change: (state: StoredSnapshot) => StoredSnapshot): void => void beneath.states.set('d1', change(beneath.states.get('d1')!));
const flipped = (bytes: Uint8Array, at: number): Uint8Array => Uint8Array.from(bytes, (byte, i) => (i === at ? byte ^ 1 : byte));

describe('a snapshot', () => {
  it('[Q6] comes back as it was written', async () => {
    const { bytes, ...rest } = (await states.read('shared', 'd1'))!;
    expect([rest, [...bytes]]).toEqual([{ index: 7, leafHash: STATE.leafHash, version: 3 }, [1, 2, 3, 4]]);
    expect(await states.read('shared', 'none')).toBeNull();
    expect(differences.noted).toEqual([]);
  });

  it.each<[string, (state: StoredSnapshot) => StoredSnapshot]>([
    ['bytes', (s) => ({ ...s, bytes: flipped(s.bytes, TAG) })],
    ['tag', (s) => ({ ...s, bytes: flipped(s.bytes, TAG - 1) })],
    ['length', (s) => ({ ...s, bytes: s.bytes.subarray(0, -1) })],
    ['length, so that of its tag a part is left', (s) => ({ ...s, bytes: s.bytes.subarray(0, TAG - 1) })],
    ['length, so that of its tag only the name of the key is left', (s) => ({ ...s, bytes: s.bytes.subarray(0, 8) })],
    ['index', (s) => ({ ...s, index: 8 })],
    ['leaf hash', (s) => ({ ...s, leafHash: flipped(s.leafHash, 0) })],
    ['version', (s) => ({ ...s, version: 4 })],
  ])('[Q6] [Q9] with another %s is given to nobody and reported', async (_, change) => {
    alter(change);
    expect(await states.read('shared', 'd1')).toBeNull();
    expect(differences.noted).toMatchObject([{ kind: 'kept-state', subject: 'd1' }]);
  });

  it('[Q6] in the place of another document’s, of another log’s, or of another group’s, is given to nobody', async () => {
    beneath.states.set('d2', beneath.states.get('d1')!);
    expect(await states.read('shared', 'd2')).toBeNull();
    beneath.of('private').set('d1', beneath.states.get('d1')!);
    expect(await states.read('private', 'd1')).toBeNull();
    expect(await new AuthenticatedSnapshots(beneath, TEST_MAC, differences, 'another').read('shared', 'd1')).toBeNull();
    expect(differences.noted).toHaveLength(3);
  });

  it('[Q8] of another key, or without a tag, is passed over without a report', async () => {
    expect(await new AuthenticatedSnapshots(beneath, new SnapshotMac('another key of at least 32 characters'), differences, GROUP).read('shared', 'd1')).toBeNull();
    alter((s) => ({ ...s, bytes: new Uint8Array(9) }));
    expect(await states.read('shared', 'd1')).toBeNull();
    expect(differences.noted).toEqual([]);
  });
});

it('[Q6] a tag is of its parts, each by itself: what goes from one to the next is another', () => {
  for (const [one, other] of [[['ab', 'c'], ['a', 'bc']], [['ab'], ['a', 'b']], [['a', ''], ['a']], [['', 'a'], ['a', '']]] as const) {
    expect([TEST_MAC.prove(TEST_MAC.tag(...one), ...other), TEST_MAC.prove(TEST_MAC.tag(...one), ...one)]).toEqual(['altered', 'genuine']);
  }
});
