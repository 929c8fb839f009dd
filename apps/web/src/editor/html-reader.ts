import { whenIdle } from '../ui/idle-callback.ts';
import type { ReadHtml } from './pasted.ts';

let loaded: ReadHtml | null = null;

/** What reads pasted HTML; null while it has not been loaded. */
export const htmlReader = (): ReadHtml | null => loaded;

/** However busy the page is, it is loaded then. */
const AT_REST_MS = 2_000;

/** Loads it when the page has nothing else to do. That it could not be loaded is said when somebody pastes. */
export const loadHtmlReaderAtRest = (): (() => void) => whenIdle(() => void loadHtmlReader().catch(() => null), AT_REST_MS);

/** Loads what reads pasted HTML, which is a quarter of the editor and of no use before somebody pastes. Rejects where it cannot be loaded: browsers try that again only in a page that is loaded anew. */
export async function loadHtmlReader(): Promise<ReadHtml> {
  loaded ??= (await import('./pasted-html.ts')).readHtml;
  return loaded;
}
