import { absent } from './absent.ts';
import { acceptEdit } from './accept-edit.ts';
import { full } from './full.ts';
import { heavy } from './heavy.ts';
import { killDatabase, killServer } from './killed.ts';
import { largeActs } from './large-acts.ts';
import { linkedActs } from './linked-acts.ts';
import { mutated } from './mutated.ts';
import { packets } from './packets.ts';
import { processes } from './processes.ts';
import { revoke } from './revoke.ts';
import type { Row } from './row.ts';
import { clocks, simulated } from './simulated.ts';
import { slowReaders } from './slow.ts';
import { reconnectStorm } from './storm.ts';

/** In the order in which they run. */
export const ROWS: readonly Row[] = [simulated, clocks, processes, mutated, heavy, largeActs, acceptEdit, linkedActs, revoke, killServer, killDatabase, absent, packets, slowReaders, reconnectStorm, full];
