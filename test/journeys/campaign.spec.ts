import { afterAll, vi } from 'vitest';
import { ROWS } from '../campaign/rows.ts';
import { closeSites } from '../campaign/site.ts';
import { smallForm } from '../campaign/small-form.ts';

/** What a row waits for it waits for itself, and says so. */
vi.setConfig({ testTimeout: 240_000 });
afterAll(() => closeSites());

smallForm(ROWS.filter((row) => row.live));
