import { logger } from '../logger.ts';
import type { DifferenceStore } from './difference.store.ts';
import { type StoredSnapshot, SnapshotStore } from './snapshot.store.ts';
import { type SnapshotMac, TAG } from './state-mac.ts';

/**
 * States with a tag before their bytes, over group, log, subject, index, leaf hash, version and bytes. One whose tag is not right is not given out; it is reported when the
 * tag's key is the one here.
 */
export class AuthenticatedSnapshots extends SnapshotStore {
  constructor(private readonly store: SnapshotStore, private readonly mac: SnapshotMac, private readonly differences: DifferenceStore, private readonly group: string) {
    super();
  }

  async read(logId: string, subject: string): Promise<StoredSnapshot | null> {
    const state = await this.store.read(logId, subject);
    if (!state) return null;
    const bytes = state.bytes.subarray(TAG);
    const proof = this.mac.prove(state.bytes.subarray(0, TAG), ...signed(this.group, logId, subject, { ...state, bytes }));
    if (proof === 'genuine') return { ...state, bytes };
    if (proof === 'altered') await this.differences.note('kept-state', logId, subject);
    else logger.info('snapshot of another key passed over', { subject });
    return null;
  }

  async write(logId: string, subject: string, state: StoredSnapshot): Promise<void> {
    const tag = this.mac.tag(...signed(this.group, logId, subject, state));
    await this.store.write(logId, subject, { ...state, bytes: Buffer.concat([tag, state.bytes]) });
  }
}

const signed = (group: string, logId: string, subject: string, { index, leafHash, version, bytes }: StoredSnapshot): (string | Uint8Array)[] =>
  ['kept state', group, logId, subject, String(index), leafHash, String(version), bytes];
