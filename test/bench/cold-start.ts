import { type Parley, startParley } from '../support/parley.ts';
import { against, type Row } from './figures.ts';

const SECTION = 'start of the process → first page served';

export interface Started { readonly parley: Parley; readonly milliseconds: number }

/** From the start of the process to the first page that it serves. */
export async function started(data: string): Promise<Started> {
  const before = performance.now();
  const parley = await startParley({ data });
  const page = await fetch(parley.url);
  if (!page.ok || !(await page.text()).includes('<div id="root">')) throw new Error(`no page: ${page.status}`);
  return { parley, milliseconds: performance.now() - before };
}

export function starts(fresh: Started, again: Started): Row[] {
  const baseline: Row = { section: SECTION, name: 'with the data of this run', unit: 'ms', p50: again.milliseconds, n: 1 };
  return [against({ section: SECTION, name: 'with an empty data folder', unit: 'ms', p50: fresh.milliseconds, n: 1 }, baseline), baseline];
}
