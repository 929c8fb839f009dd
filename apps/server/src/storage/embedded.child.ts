import { leafHash, utf8 } from '@parley/ledger';
import { SnapshotMac } from '../record/state-mac.ts';
import { migrate, openDatabase } from './database.ts';
import { startEmbedded } from './embedded.ts';
import { PostgresRecordStore } from './postgres-record.store.ts';

/**
 * A process for the tests to kill: it starts PostgreSQL on a folder and appends for ever. It writes a line when it serves, and the size of
 * the log after every append that was acknowledged.
 */
export async function appendForEver(data: string): Promise<never> {
  const embedded = await startEmbedded({ data });
  const dataSource = await openDatabase({ connection: embedded.connection });
  await migrate(dataSource);
  const store = new PostgresRecordStore(dataSource, new SnapshotMac('only a process for tests, which tags nothing'), 'wg1');
  let { size } = await store.openLog('wg', 'host/w/wg');
  process.stdout.write('serving\n');
  for (;;) {
    const batch = Array.from({ length: 1 + (size % 3) }, (_, n) => entry(`entry ${size + n}`));
    await store.append('wg', size, batch, []);
    size += batch.length;
    process.stdout.write(`${size}\n`);
  }
}

function entry(text: string) {
  const leaf = utf8(text);
  return { leaf, leafHash: leafHash(leaf), blob: utf8(`${'salt'.repeat(8)}${text}`) };
}
