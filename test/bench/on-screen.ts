import { presentBrowser } from '../support/browser.ts';
import type { WorkingGroup } from '../support/working-group.ts';
import { against, aiming, type Row, timed } from './figures.ts';
import { openedIn, ready, signedIn, typedIn } from './page-times.ts';

const OPENED_WITHIN = 3_000, KEY_WITHIN = 50;
const OPENINGS = 2;

interface Measured { readonly opened: number[]; readonly keys: number[] }

/** A document on the screen of a head who writes in it. */
export interface Shown { readonly doc: string; readonly provision: string; readonly name: string }

/** A document at its limits beside an ordinary one, on the screen; null where there is no browser to show it. */
export async function onScreen(group: WorkingGroup, large: Shown, ordinary: Shown): Promise<Row[] | null> {
  const browser = await presentBrowser();
  if (!browser) return null;
  try {
    const measured = async ({ doc, provision }: Shown): Promise<Measured> => {
      const window = await signedIn(browser, group, group.azHead), opened: number[] = [];
      for (let n = 0; n < OPENINGS; n++) opened.push((await openedIn(window, doc)).painted);
      await ready(window, provision);
      const keys = await typedIn(window, provision);
      await window.context.close();
      return { opened, keys };
    };
    const [l, o] = [await measured(large), await measured(ordinary)];
    const rows = (section: string, of: (m: Measured) => number[], aim: (row: Row) => Row): Row[] => {
      const baseline = timed(section, ordinary.name, of(o));
      return [aim(against(timed(section, large.name, of(l)), baseline)), baseline];
    };
    return [
      ...rows('a document at its limits on the screen: opened', (m) => m.opened, (row) => aiming(row, `≤ ${OPENED_WITHIN / 1_000} s`, row.p50 <= OPENED_WITHIN)),
      ...rows('a document at its limits on the screen: key → painted', (m) => m.keys, (row) => aiming(row, `p95 ≤ ${KEY_WITHIN} ms`, row.p95! <= KEY_WITHIN)),
    ];
  } finally {
    await browser.close();
  }
}
