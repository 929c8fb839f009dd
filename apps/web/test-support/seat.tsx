import { MantineProvider } from '@mantine/core';
import { notifications, notificationsStore } from '@mantine/notifications';
import { type Actor, type DocumentAct, partyOf, positionRoom, type RoomName } from '@parley/negotiation';
import { refusalSentence } from '@parley/messages';
import { readAct, REFUSAL_STATUS, type SentAct } from '@parley/protocol';
import type { DocumentClient } from '@parley/sync';
import { act as settled, createElement, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { vi } from 'vitest';
import { type LooseAct, RulesFixture } from '../../../libs/negotiation/test-support/rules-fixture.ts';
import { NamesProvider, namesOf } from '../src/access/group.ts';
import { type DocumentContext, DocumentContextProvider } from '../src/provisions/document-context.ts';
import type { Tray } from '../src/undelivered/undelivered.ts';
import { STACKED_WHERE_CROWDED } from '../src/editor/index.ts';
import { theme } from '../src/ui/theme.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
// What the environment lacks and a field that grows asks for.
Object.assign(document, { fonts: new EventTarget() });

type ClientEvent = 'commit' | 'joined' | 'stage' | 'status' | 'presence';

/**
 * Somebody’s page over shared state without a server: components drawn in a document, on what that state holds. What they send is decided by the rules; `receive` is the commit that
 * tells the page. Its time is the table's. Needs the environment `happy-dom`.
 */
export class Seat {
  readonly kept: string[] = [];
  private readonly listeners = new Map<ClientEvent, Set<() => void>>();
  private readonly place = document.body.appendChild(document.createElement('div'));
  private readonly root: Root = createRoot(this.place);
  private element: ReactNode = null;
  /** The provision in hand. */
  focus: string | null = null;
  entry = 0;

  constructor(readonly table: RulesFixture, readonly actor: Actor) {
    vi.stubGlobal('fetch', (_path: string, { body }: { readonly body: string }) => this.answer(JSON.parse(body) as SentAct));
  }

  /** Draws what stands now. */
  async show(element: ReactNode): Promise<void> {
    this.element = element;
    await settled(() => { this.root.render(this.around(element)); return Promise.resolve(); });
  }

  /** The commit after something was done: the page draws it anew. */
  async receive(): Promise<void> {
    this.entry++;
    await settled(() => { for (const listener of [...(this.listeners.get('commit') ?? [])]) listener(); this.root.render(this.around(this.element)); return Promise.resolve(); });
  }

  /** Time passes for the page and its timers alike; needs fake timers. */
  async passes(milliseconds: number): Promise<void> {
    await settled(() => vi.advanceTimersByTimeAsync(milliseconds));
  }

  press(name: string | RegExp): Promise<void> { return this.clicks(this.button(name)); }

  async clicks(part: HTMLElement): Promise<void> {
    await settled(() => { part.click(); return Promise.resolve(); });
  }

  /** Opens the first step and, when its button may be pressed, performs what it shows; needs fake timers. */
  async performs(name: string | RegExp): Promise<void> {
    await this.press(name);
    await this.confirms();
  }

  /** Presses what performs, once it may be pressed, and receives the commit. */
  async confirms(): Promise<void> {
    await this.sends();
    await this.passes(5_000);
    await this.receive();
  }

  /** The same, before the page hears of anything. */
  async sends(): Promise<void> {
    await this.passes(500);
    await settled(() => { document.querySelector<HTMLElement>('[data-confirm]')!.click(); return Promise.resolve(); });
    await this.passes(50);
  }

  /** Writes in a field of a form. */
  async types(field: HTMLTextAreaElement | HTMLInputElement, words: string): Promise<void> {
    await settled(() => {
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')!.set!.call(field, words);
      field.dispatchEvent(new Event('input', { bubbles: true }));
      return Promise.resolve();
    });
  }

  button(name: string | RegExp): HTMLElement {
    const found = this.buttons().filter(({ textContent }) => (typeof name === 'string' ? textContent!.startsWith(name) : name.test(textContent!)));
    if (found.length !== 1) throw new Error(`${found.length} buttons ${String(name)} among ${this.buttons().map((b) => b.textContent).join(' | ')}`);
    return found[0]!;
  }

  buttons(): HTMLElement[] { return [...document.querySelectorAll<HTMLElement>('button')]; }

  /** What is read, as one line, dialogs included. */
  get words(): string {
    const copy = document.body.cloneNode(true) as HTMLElement;
    for (const style of copy.querySelectorAll('style')) style.remove();
    return copy.textContent.replace(/\s+/g, ' ').trim();
  }

  /** The sentences of the notices on the page. */
  get notices(): string[] { return notificationsStore.getState().notifications.map(({ message }) => String(message)); }

  all(selector: string): HTMLElement[] { return [...document.querySelectorAll<HTMLElement>(selector)]; }

  async leave(): Promise<void> {
    await settled(() => { this.root.unmount(); return Promise.resolve(); });
    document.body.replaceChildren();
    notifications.clean();
    vi.unstubAllGlobals();
  }

  private around(element: ReactNode): ReactNode {
    const context = this.context();
    return createElement(MantineProvider, { theme, env: 'test', children: <DocumentContextProvider value={context}><NamesProvider value={context.names}>{element}</NamesProvider></DocumentContextProvider> });
  }

  private context(): DocumentContext {
    const { table, actor } = this, now = { ...table.context(actor), entry: this.entry, lastEdits: {} };
    return {
      now, groupId: 'wg1', party: partyOf(actor), online: true, counted: true, focus: this.focus, view: 'bracketed', setView: () => undefined, stacking: STACKED_WHERE_CROWDED, setStacking: () => undefined, client: this.client(), editor: { current: null }, tray: this.tray(),
      names: namesOf(table.group, Object.keys(table.group.seats).map((user) => ({ user, name: `Name of ${user}` }))), setFocus: (focus) => { this.focus = focus; },
    };
  }

  private client(): DocumentClient {
    const { table, actor, listeners } = this, party = partyOf(actor), entry = (): number => this.entry, lastEdits = (): DocumentClient['lastEdits'] => this.lastEdits();
    return {
      get document() { return table.document; }, get group() { return table.group; }, get entry() { return entry(); }, actor, presence: [], texts: () => table.rooms, text: (room: RoomName) => table.text(room),
      get lastEdits() { return lastEdits(); }, ownRoom: party === null ? null : positionRoom(party), status: { state: 'saved', pending: 0, kept: true, entry: entry() }, saved: () => Promise.resolve(entry()),
      on(event: ClientEvent, listener: () => void) {
        const all = listeners.get(event) ?? new Set();
        listeners.set(event, all.add(listener));
        return () => all.delete(listener);
      },
    } as unknown as DocumentClient;
  }

  /** When people typed, as the entries of the record would tell. */
  private lastEdits(): DocumentClient['lastEdits'] {
    const { rooms, typedAt } = this.table.context(this.actor);
    return Object.fromEntries(Object.entries(rooms).map(([room, text]) => [room, Object.fromEntries((text?.list ?? []).flatMap((id) => {
      const at = typedAt(room as RoomName, id);
      return at === undefined ? [] : [[id, { by: 'somebody', at }]];
    }))]));
  }

  private tray(): Tray {
    return { keep: (_room: RoomName, _provision: string, _key: string, words: string) => this.kept.push(words) } as unknown as Tray;
  }

  private answer(sent: SentAct): Promise<Response> {
    const { v: _v, id: _id, doc: _doc, ...loose } = readAct(sent) as unknown as DocumentAct;
    const verdict = this.table.perform(this.actor, loose as LooseAct);
    if (!verdict.ok) return Promise.resolve(Response.json({ refusal: verdict.reason, sentence: refusalSentence(verdict.reason) }, { status: REFUSAL_STATUS[verdict.reason] }));
    return Promise.resolve(Response.json({ entry: this.entry + 1 }));
  }
}
