import { standardOfEvidence } from './evidence.ts';
import { metrics } from './metrics.ts';
import { protocol } from './protocol.ts';
import type { DemoScript } from './demo-script.ts';
import { understanding } from './understanding.ts';

/** The documents of the demo, in the order in which they are opened. */
export const DEMO_SCRIPTS: readonly DemoScript[] = [understanding, standardOfEvidence, metrics, protocol];
