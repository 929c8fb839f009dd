import { type Parley, startParley } from '../support/parley.ts';
import { against, type Row } from './figures.ts';

/** From the start of the process to the first page that it serves. */
async function started(data?: string): Promise<{ parley: Parley; milliseconds: number }> {
  const before = performance.now();
  const parley = await startParley({ data });
  const page = await fetch(parley.url);
  if (!page.ok || !(await page.text()).includes('<div id="root">')) throw new Error(`no page: ${page.status}`);
  return { parley, milliseconds: performance.now() - before };
}

/** A fresh data folder, which gets a database first; then the same again. Gives the folder as well. */
export async function coldStart(): Promise<{ rows: Row[]; data: string }> {
  const section = 'start of the process → first page served';
  const fresh = await started();
  await fresh.parley.stop({ keep: true });
  const again = await started(fresh.parley.data);
  await again.parley.stop({ keep: true });
  const baseline: Row = { section, name: 'with the data of an earlier start', unit: 'ms', p50: again.milliseconds, n: 1 };
  return { data: fresh.parley.data, rows: [against({ section, name: 'with an empty data folder', unit: 'ms', p50: fresh.milliseconds, n: 1 }, baseline), baseline] };
}
