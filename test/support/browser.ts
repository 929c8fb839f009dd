import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { browserThere, findBrowser } from './find-browser.mjs';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'];

/** How long anything may take to come about: long, because two cores may be busy; a longer wait hides nothing. */
export const TIMEOUT_MS = 45_000;

/** The Chromium that tests use. */
export async function launch(): Promise<Browser> {
  const found = findBrowser();
  if (!found.ok) throw new Error(found.message);
  return chromium.launch({ executablePath: found.path, args: FLAGS });
}

/** The Chromium of the machine if it has one: none is installed. */
export async function presentBrowser(): Promise<Browser | null> {
  const found = browserThere();
  return found === undefined ? null : chromium.launch({ executablePath: found, args: FLAGS });
}

/** A Chromium with a profile on the disk, which can be killed and started again on it. */
export class OwnBrowser {
  private constructor(readonly context: BrowserContext, private readonly process: ChildProcess) {}

  static async start(profile: string): Promise<OwnBrowser> {
    const found = findBrowser();
    if (!found.ok) throw new Error(found.message);
    const process = spawn(found.path, [...FLAGS, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`], { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
    const address = await new Promise<string>((resolve, reject) => {
      let output = '';
      process.stderr.on('data', (more: Buffer) => {
        output += more.toString();
        const at = /DevTools listening on (ws:\S+)/.exec(output);
        if (at) resolve(at[1]!);
      });
      process.once('exit', () => reject(new Error(`Chromium did not start: ${output}`)));
    });
    const browser = await chromium.connectOverCDP(address, { timeout: 2 * TIMEOUT_MS });
    return new OwnBrowser(browser.contexts()[0]!, process);
  }

  /** As when the machine's owner ends it: no page is told of it. */
  async kill(): Promise<void> {
    const gone = new Promise((resolve) => { this.process.once('exit', resolve); });
    process.kill(-this.process.pid!, 'SIGKILL');
    await gone;
  }
}

/** One person's browser window. What the page logs as an error, or throws, is kept: a test ends by asking for none. */
export class Window {
  readonly errors: string[] = [];

  private constructor(readonly context: BrowserContext, readonly page: Page, readonly url: string, private readonly group?: string) {}

  /** `locale`: the language that the browser asks for; `group`: whose documents it opens, where the server need not say it. */
  static async open(browser: Browser, url: string, { locale = 'en-GB', group }: { readonly locale?: string; readonly group?: string } = {}): Promise<Window> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale, timezoneId: 'UTC', reducedMotion: 'reduce' });
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url });
    await context.addInitScript(sayWhatPolicyStops);
    const window = new Window(context, await context.newPage(), url, group);
    context.setDefaultTimeout(TIMEOUT_MS);
    window.listen(window.page);
    return window;
  }

  /** A window of a browser that was started elsewhere. */
  static async of(context: BrowserContext, url: string): Promise<Window> {
    const window = new Window(context, await context.newPage(), url);
    context.setDefaultTimeout(TIMEOUT_MS);
    window.listen(window.page);
    return window;
  }

  listen(page: Page): void {
    page.on('pageerror', (error) => this.errors.push(String(error)));
    page.on('console', (message) => {
      // A browser logs every request that failed, also those a test makes fail by cutting the network.
      if (message.type() === 'error' && !/Failed to load resource|WebSocket connection to/.test(message.text())) this.errors.push(message.text());
    });
  }

  /** Another page of the same browser, with the same cookie and storage. */
  async another(doc?: string): Promise<Window> {
    const window = new Window(this.context, await this.context.newPage(), this.url, this.group);
    window.listen(window.page);
    if (doc !== undefined) await window.openDocument(doc);
    return window;
  }

  async signIn(userName: string, password: string): Promise<void> {
    await this.page.goto(this.url);
    await this.page.getByLabel('User name').fill(userName);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
    await this.page.getByRole('heading', { name: 'Sign in' }).waitFor({ state: 'detached' });
  }

  /** Puts somebody's seat into the cookie, without the form: as signing in on another page of this browser does. */
  async takesSeat(userName: string, password: string): Promise<void> {
    const answer = await this.context.request.post(`${this.url}/api/session`, { data: { userName, password }, headers: { origin: this.url } });
    if (answer.status() !== 200) throw new Error(`${userName} was not signed in: ${answer.status()}`);
  }

  /** Opens a document and waits until the page is joined. */
  async openDocument(doc: string): Promise<void> {
    await this.page.goto(`${this.url}${this.group === undefined ? '' : `/g/${this.group}`}/documents/${doc}`);
    await this.page.locator('.save-status[data-state="saved"]').waitFor();
  }

  get editor(): Locator { return this.page.getByRole('textbox').and(this.page.locator('.ProseMirror')); }

  /** The element of one provision in the text. */
  provision(id: string): Locator { return this.page.locator(`.ProseMirror [data-provision="${id}"]`); }

  /**
   * Puts the caret behind the first `words` of a provision. The editor knows of a caret only with the `selectionchange` that follows: what is drawn before that, somebody
   * else's caret say, puts it back where it was; so it is looked at afterwards, and placed again.
   */
  async caretAfter(id: string, words: string): Promise<void> {
    await this.provision(id).locator('.words').first().click();
    for (let tries = 0; tries < 20; tries++) if (await this.page.evaluate(placeCaret, { id, words })) return;
    throw new Error(`the caret did not stay behind “${words}” in ${id}`);
  }

  /** Waits until the own words of a provision, nothing drawn over them counted, hold `words`. */
  async reads(id: string, words: string): Promise<void> {
    await this.page.waitForFunction(({ at, wanted }) => {
      const copy = document.querySelector(`.ProseMirror [data-provision="${at}"]`)?.cloneNode(true) as Element | undefined;
      for (const drawn of copy?.querySelectorAll('[data-bracket]') ?? []) drawn.remove();
      return copy?.textContent?.includes(wanted) ?? false;
    }, { at: id, wanted: words });
  }

  async type(text: string): Promise<void> { await this.page.keyboard.type(text, { delay: 12 }); }

  async saved(): Promise<void> { await this.page.locator('.save-status[data-state="saved"]').waitFor(); }

  async shot(name: string): Promise<void> {
    const folder = path.resolve(import.meta.dirname, '../test-results');
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: path.join(folder, `${name}.png`) });
  }

  /** For a failing test: what everybody saw. */
  static async shots(windows: readonly Window[], name: string): Promise<void> {
    await Promise.all(windows.map((window, i) => window.shot(`${name}-${i}`)));
  }

  async close(): Promise<void> { await this.context.close(); }
}

/** Runs in the page, before anything of it: what its content security policy stops is an error, also where its own code hides it. */
function sayWhatPolicyStops(): void {
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile }) => console.error(`policy: ${effectiveDirective} ${blockedURI} ${sourceFile}`));
}

/** Runs in the page. Whether the caret stands behind `words` once the editor knows of it. */
async function placeCaret({ id, words }: { id: string; words: string }): Promise<boolean> {
  const selection = getSelection()!;
  const stands = (): boolean => selection.isCollapsed && selection.anchorNode instanceof Text && selection.anchorNode.data.slice(0, selection.anchorOffset).endsWith(words);
  const frame = () => new Promise((resolve) => { requestAnimationFrame(resolve); });
  const walker = document.createTreeWalker(document.querySelector(`.ProseMirror [data-provision="${id}"]`)!, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement!.closest('[data-bracket]')) continue;
    const from = node.textContent!.indexOf(words);
    if (from < 0) continue;
    selection.collapse(node, from + words.length);
    for (let frames = 0; frames < 3; frames++) await frame();
    return stands();
  }
  throw new Error(`“${words}” is not in one piece in ${id}`);
}
