import type { Browser } from 'playwright-core';
import { Window } from '../support/browser.ts';
import type { Person } from '../support/person.ts';
import { PASSWORD } from '../support/cast.ts';
import type { WorkingGroup } from '../support/working-group.ts';

const KEYS = 'The reply shall be given without any further delay and in writing. ', PAUSE_MS = 120;
const TIMEOUT_MS = 300_000;

/** A window in which somebody is signed in. */
export async function signedIn(browser: Browser, group: WorkingGroup, person: Person): Promise<Window> {
  const window = await Window.open(browser, group.parley.url);
  await window.takesSeat(person.keys.userName, PASSWORD);
  window.context.setDefaultTimeout(TIMEOUT_MS);
  await window.page.goto(window.url);
  return window;
}

/** From asking for a document until its text has been painted, can be written in and is saved; and until everything proposed in it has been counted. */
export async function openedIn(window: Window, doc: string): Promise<{ readonly painted: number; readonly counted: number }> {
  const begun = performance.now();
  await window.openDocument(doc);
  await window.page.locator('.ProseMirror [data-provision]').first().waitFor();
  await window.page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => setTimeout(done)); }));
  const painted = performance.now() - begun;
  await window.page.locator('.standing-words').waitFor();
  await window.page.getByText('Being counted…').first().waitFor({ state: 'detached' });
  return { painted, counted: performance.now() - begun };
}

/** Until the page has had nothing to do for a second. */
const settled = (window: Window): Promise<void> => window.page.evaluate(() => new Promise((done) => {
  let quiet = performance.now(), last = quiet;
  const timer = setInterval(() => {
    const now = performance.now();
    if (now - last > 80) quiet = now;
    last = now;
    if (now - quiet > 1_000) { clearInterval(timer); done(); }
  }, 20);
}));

/** The caret in a provision behind its first bracket, and nothing left to do. */
export async function ready(window: Window, id: string): Promise<void> {
  await window.provision(id).scrollIntoViewIfNeeded();
  await settled(window);
  await window.caretAfter(id, '(');
  await settled(window);
}

/** From the press of each key, also while the page is too busy to notice it, until the frame that shows it has been painted, in milliseconds. */
export async function typedIn(window: Window, id: string): Promise<number[]> {
  await window.page.evaluate(() => {
    const taken: number[] = [];
    Object.assign(globalThis, { taken });
    addEventListener('keydown', ({ timeStamp: pressed }) => {
      const painted = new MessageChannel();
      painted.port1.onmessage = () => taken.push(performance.now() - pressed);
      requestAnimationFrame(() => painted.port2.postMessage(null));
    }, true);
  });
  for (const key of KEYS) {
    await window.page.keyboard.type(key);
    await window.page.waitForTimeout(PAUSE_MS);
  }
  await window.reads(id, KEYS);
  return window.page.evaluate(() => (globalThis as unknown as { taken: number[] }).taken);
}
