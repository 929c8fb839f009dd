import { SnapshotMac } from '../../apps/server/src/record/state-mac.ts';

/** What tests tag kept things with; a server that is started with the SESSION_KEY of the tests has the same. */
export const TEST_KEY = 'k'.repeat(32);
export const TEST_MAC = new SnapshotMac(TEST_KEY);
