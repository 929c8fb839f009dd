import { standardOfEvidence } from './evidence.ts';
import { metrics } from './metrics.ts';
import { protocol } from './protocol.ts';
import type { Story } from './story.ts';
import { understanding } from './understanding.ts';

/** The documents of the demo, in the order in which they are opened. */
export const STORIES: readonly Story[] = [understanding, standardOfEvidence, metrics, protocol];
