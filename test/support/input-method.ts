import type { CDPSession } from 'playwright-core';
import type { Window } from './browser.ts';

/** An input method, as Chromium receives it: what is being composed, key by key, and then what was chosen. */
export class InputMethod {
  private constructor(private readonly session: CDPSession) {}

  static async of(window: Window): Promise<InputMethod> { return new InputMethod(await window.context.newCDPSession(window.page)); }

  async composes(...steps: string[]): Promise<void> {
    for (const text of steps) await this.session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  }

  /** What is composed as segments, the one within the bars being converted: `今日は|日本|で`. */
  async converts(segments: string): Promise<void> {
    const [before, segment, after] = segments.split('|') as [string, string, string];
    await this.session.send('Input.imeSetComposition', { text: before + segment + after, selectionStart: before.length, selectionEnd: before.length + segment.length });
  }

  /** What was composed becomes this. */
  async chooses(text: string): Promise<void> { await this.session.send('Input.insertText', { text }); }
  async cancels(): Promise<void> { await this.session.send('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 }); }
}
