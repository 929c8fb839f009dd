import { whenIdle } from '../ui/idle.ts';
import type { ReadPage } from './pasted.ts';

let loaded: ReadPage | null = null;

/** What reads pasted HTML; null while it has not been loaded. */
export const pageReader = (): ReadPage | null => loaded;

/** However busy the page is, it is loaded then. */
const AT_REST_MS = 2_000;

/** Loads it when the page has nothing else to do. That it could not be loaded is said when somebody pastes. */
export const loadPageReaderAtRest = (): (() => void) => whenIdle(() => void loadPageReader().catch(() => null), AT_REST_MS);

/** Loads what reads pasted HTML, which is a quarter of the editor and of no use before somebody pastes. Rejects where it cannot be loaded: browsers try that again only in a page that is loaded anew. */
export async function loadPageReader(): Promise<ReadPage> {
  loaded ??= (await import('./pasted-html.ts')).readPage;
  return loaded;
}
