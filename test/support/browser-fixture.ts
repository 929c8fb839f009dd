import { SEAT_HEADER } from '@parley/protocol';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launch, TIMEOUT_MS, Window } from './browser.ts';
import { PASSWORD, type Seat } from './cast.ts';
import { type WorkingGroup, workingGroup } from './working-group.ts';

/** A working group with a browser: one server for a test file, one window for each person, kept from test to test. */
export class BrowserFixture {
  private readonly kept = new Map<Seat, Promise<Window>>();
  private readonly windows: Window[] = [];

  private constructor(readonly group: WorkingGroup, readonly browser: Browser) {}

  static async open(options: Parameters<typeof workingGroup>[0] = {}): Promise<BrowserFixture> {
    const [group, browser] = await Promise.all([workingGroup(options), launch()]);
    return new BrowserFixture(group, browser);
  }

  get url(): string { return this.group.parley.url; }

  /** The person's window, on the document if one is named. Signed in without the form: `set-up.spec.ts` and `negotiation.spec.ts` use that. */
  async at(name: Seat, doc?: string): Promise<Window> {
    const window = await (this.kept.get(name) ?? this.keep(name));
    if (doc !== undefined) await window.openDocument(doc);
    return window;
  }

  /** Closes the windows that no later test uses. */
  async tidy(): Promise<void> {
    const kept = await Promise.all(this.kept.values());
    await Promise.all(this.windows.filter((window) => !kept.includes(window)).map((window) => window.close()));
    this.windows.splice(0, this.windows.length, ...kept);
  }

  /** A further window of somebody, with cookies and storage of its own. */
  async further(name: Seat, doc?: string, locale?: string): Promise<Window> {
    const window = await this.anybody(locale);
    await this.seat(window, name);
    if (doc !== undefined) await window.openDocument(doc);
    return window;
  }

  /** A window of somebody who has not signed in. */
  async anybody(locale?: string): Promise<Window> {
    const window = await Window.open(this.browser, this.url, { ...(locale !== undefined && { locale }), group: this.group.id });
    this.windows.push(window);
    return window;
  }

  /** Puts another person's seat into the cookie of a window. */
  seat(window: Window, name: Seat): Promise<void> {
    return window.takesSeat(this.group[name].keys.userName, PASSWORD);
  }

  /** Ends the seat in the cookie of a window, as signing out on another page of that browser does. */
  async signOut(window: Window, name: Seat): Promise<void> {
    const answer = await window.context.request.delete(`${this.url}/api/session`, { headers: { origin: this.url, [SEAT_HEADER]: this.group[name].user } });
    expect(answer.status()).toBeLessThan(300);
  }

  /** What all pages logged as errors since the last time this was asked. */
  errors(): string[] { return this.windows.flatMap((window) => window.errors.splice(0)); }

  shots(name: string): Promise<void> { return Window.shots(this.windows.filter((window) => !window.page.isClosed()), name); }

  async close(): Promise<void> {
    await this.browser.close();
    await this.group.end();
  }

  private keep(name: Seat): Promise<Window> {
    const window = this.further(name);
    this.kept.set(name, window);
    return window;
  }
}

/** A browser fixture for the tests of one file. After each test no page may have logged an error; of a failing one there are pictures. */
export function useBrowserFixture(title: string, options: Parameters<typeof workingGroup>[0] = {}): () => BrowserFixture {
  let fixture: BrowserFixture | undefined;
  beforeAll(async () => { fixture = await BrowserFixture.open(options); });
  afterAll(() => fixture?.close());
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await fixture?.shots(title);
    const errors = fixture?.errors() ?? [];
    await fixture?.tidy();
    expect(errors).toEqual([]);
  });
  return () => fixture!;
}

/** Waits until `read` gives exactly this. */
export const becomes = <T>(read: () => T | Promise<T>, wanted: T): Promise<void> => expect.poll(read, { timeout: TIMEOUT_MS, interval: 40 }).toEqual(wanted);

/** The proposal cards whose words match. */
export const card = (window: Window, words: string | RegExp): Locator => window.page.locator('article[data-proposal]').filter({ hasText: words });

/** The names of the buttons of a part of the page, those that do nothing now in parentheses. */
export async function buttonsOf(part: Locator): Promise<string[]> {
  return part.getByRole('button').evaluateAll((buttons) => buttons.map((b) => {
    const copy = b.cloneNode(true) as Element;
    for (const hidden of copy.querySelectorAll('.hidden-words')) hidden.remove();
    const name = (copy.textContent ?? '').trim();
    return b.getAttribute('aria-disabled') === 'true' || (b as HTMLButtonElement).disabled ? `(${name})` : name;
  }));
}

/** What the first step of an act shows, as one line; waits until one is open. */
export const stepOf = async (window: Window): Promise<string> => (await window.page.locator('.step').first().innerText()).replace(/\s+/g, ' ').replace(/^[A-Z, ]+(?= [A-Z\d])/, (title) => title.charAt(0) + title.slice(1).toLowerCase());

/** Why a button does nothing now, as a screen reader says it. */
export async function reasonOf(button: Locator): Promise<string> {
  return button.evaluate((b) => document.getElementById(b.getAttribute('aria-describedby') ?? '')?.textContent ?? '');
}

/** The own words of a provision, slot by slot: nothing drawn over them counted. */
export function wordsOf(window: Window, id: string): Promise<string[] | null> {
  return window.page.evaluate((at) => {
    const provision = document.querySelector(`.ProseMirror [data-provision="${at}"]`);
    if (!provision) return null;
    return [...provision.querySelectorAll('.words')].filter((w) => !w.closest('[data-bracket]')).map((words) => {
      const copy = words.cloneNode(true) as Element;
      for (const drawn of copy.querySelectorAll('[data-bracket]')) drawn.remove();
      return copy.textContent ?? '';
    });
  }, id);
}

/** The ids of the provisions in the text, in order. */
export const provisionsIn = (window: Window): Promise<string[]> =>
  window.page.locator('.ProseMirror > [data-provision]').evaluateAll((all) => all.map((p) => p.getAttribute('data-provision') ?? ''));

/** Selects the own words from behind some to behind others, as a mouse would. */
export async function selectsBetween(window: Window, from: readonly [id: string, after: string], to: readonly [id: string, after: string]): Promise<void> {
  await window.caretAfter(...from);
  const start = await window.page.evaluateHandle(() => { const { anchorNode: node, anchorOffset: offset } = getSelection()!; return { node, offset }; });
  await window.caretAfter(...to);
  await window.page.evaluate(({ node, offset }) => {
    const selection = getSelection()!, { anchorNode, anchorOffset } = selection;
    selection.setBaseAndExtent(node!, offset, anchorNode!, anchorOffset);
  }, start);
}
