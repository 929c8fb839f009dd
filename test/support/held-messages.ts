import type { Window } from './browser.ts';

/** What the page of a test has besides its own. */
interface PageGlobal { readonly heldMessages: { hold: boolean; readonly messages: (() => void)[] } }

/** What the server says to one window, held back in the page itself and let through at a moment of the test's choosing: within one task, before any event of the browser. */
export class HeldMessages {
  private constructor(private readonly window: Window) {}

  /** From now on the window's sockets pass through here; the page is loaded anew. */
  static async of(window: Window): Promise<HeldMessages> {
    await window.page.addInitScript(install);
    await window.page.reload();
    await window.saved();
    return new HeldMessages(window);
  }

  hold(): Promise<void> { return this.window.page.evaluate(() => { (globalThis as unknown as PageGlobal).heldMessages.hold = true; }); }

  /** Waits until something is held. */
  async some(): Promise<void> { await this.window.page.waitForFunction(() => (globalThis as unknown as PageGlobal).heldMessages.messages.length > 0); }

  /** Lets everything through. */
  pass(): Promise<void> {
    return this.window.page.evaluate(() => {
      const { heldMessages } = globalThis as unknown as PageGlobal;
      heldMessages.hold = false;
      for (const pass of heldMessages.messages.splice(0)) pass();
    });
  }

  /**
   * Puts the caret behind some words and at once, before the browser can tell of it, lets everything through. Answers the words before the caret as it stands
   * then.
   */
  passWithCaretAfter(id: string, words: string): Promise<string> {
    return this.window.page.evaluate(async ({ at, behind }) => {
      const { heldMessages } = globalThis as unknown as PageGlobal;
      const walker = document.createTreeWalker(document.querySelector(`.ProseMirror [data-provision="${at}"]`)!, NodeFilter.SHOW_TEXT);
      const found = (): number => (walker.currentNode.parentElement?.closest('[data-bracket]') ? -1 : (walker.currentNode.nodeValue ?? '').indexOf(behind));
      while (found() < 0) if (!walker.nextNode()) throw new Error(`“${behind}” is not in ${at}`);
      let notified = false;
      document.addEventListener('selectionchange', () => { notified = true; }, { once: true, capture: true });
      getSelection()!.collapse(walker.currentNode, found() + behind.length);
      heldMessages.hold = false;
      for (const pass of heldMessages.messages.splice(0)) pass();
      // What a message sets off runs in microtasks: all of them come before the browser's next event.
      for (let i = 0; i < 50; i++) await Promise.resolve();
      if (notified) throw new Error('the browser had told of the caret before');
      const { anchorNode, anchorOffset } = getSelection()!;
      return (anchorNode?.nodeValue ?? '').slice(0, anchorOffset);
    }, { at: id, behind: words });
  }
}

/** Runs in the page before anything else: every message that comes over a socket may be held. */
function install(): void {
  const held: PageGlobal['heldMessages'] = { hold: false, messages: [] };
  Object.assign(globalThis, { heldMessages: held });
  const { set } = Object.getOwnPropertyDescriptor(WebSocket.prototype, 'onmessage')!;
  Object.defineProperty(WebSocket.prototype, 'onmessage', {
    set(this: WebSocket, listener: (event: MessageEvent) => void) {
      set!.call(this, (event: MessageEvent) => { if (held.hold) held.messages.push(() => listener(event)); else listener(event); });
    },
  });
}
