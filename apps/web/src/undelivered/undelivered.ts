import type { MessageId } from '@parley/messages';
import type { RoomName } from '@parley/negotiation';
import { type Refusal } from '@parley/protocol';
import type { DocumentClient } from '@parley/sync';
import { nameIn, type SlotKey, textOf } from '@parley/text';
import { useSyncExternalStore } from 'react';
import type { KeptWords } from '../sync/local-database.ts';
import { nameOnDevice } from '../sync/kept-of.ts';
import { allKeptWords, dropWords, keepWords, keptWords } from '../sync/undelivered-store.ts';
import { newId } from '../ui/chance.ts';
import { wording } from '../ui/messages.ts';
import { inTypedOrder, LATE, lateAt } from './late-words.ts';

const WAITING = 'undelivered.why.waiting';
const LOCKED = 'undelivered.why.locked';
const ANSWERING = 'undelivered.why.answering';

interface Place { readonly provision: string; readonly key: SlotKey; readonly words: string }

/**
 * Words that did not reach the text: what they were, where they were meant to go, and why they are here. They stay, on this device, until their author has picked
 * them up. Made beside the client and before it starts: what comes back with the very first answer is received.
 */
export class Tray {
  items: readonly KeptWords[] = [];
  /** False when the device could not keep an item: it lives in this page only. */
  kept = true;
  private joined = false;
  private readonly listeners = new Set<() => void>();
  private readonly offs: (() => void)[];

  /** As the device names the document. */
  private readonly doc: string;

  constructor(private readonly client: DocumentClient, private readonly user: string, group: string, doc: string) {
    this.doc = nameOnDevice(group, doc);
    this.offs = [
      client.on('returned', ({ room, returned }) => this.add(room, LOCKED, returned.map((r) => ({ provision: r.provision, key: r.key, words: textOf(r.words) })))),
      client.on('refused', ({ room, reason, words }) => this.add(room, `refusal.${reason}`, words)),
      client.on('joined', () => { this.joined = true; this.forgetWaiting(); }),
      client.on('closed', (reason) => this.closed(reason)),
    ];
    this.load(() => keptWords(user, group, doc));
    window.addEventListener('beforeunload', this.warn);
  }

  stop(): void {
    for (const off of this.offs) off();
    window.removeEventListener('beforeunload', this.warn);
  }

  dismiss(id: string): void {
    this.show(this.items.filter((item) => item.id !== id));
    this.store(() => dropWords(this.user, [id]));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly read = (): readonly KeptWords[] => this.items;

  private add(room: RoomName, why: MessageId | '', places: readonly Place[], waiting = false): void {
    const { doc } = this;
    const { closed } = this.client.document, ended = closed && !waiting ? { closed: { user: closed.user, at: closed.at } } : {};
    const more = places.filter(({ words }) => words.trim() !== '').map(({ provision, key, words }): KeptWords =>
      ({ id: newId(), doc, room, why, ...ended, provision, name: this.nameOf(provision), slot: key, words, waiting }));
    if (more.length === 0) return;
    this.show(inTypedOrder(this.items, more));
    this.store(() => keepWords(this.user, more));
  }

  /** Words that somebody types where the text was closed meanwhile: one passage as long as they come at one place; null takes its last character back. */
  late(room: RoomName, provision: string, key: SlotKey, words: string | null): void {
    const last = lateAt(this.items, provision, key);
    if (words === null ? !last : !last && words.trim() === '') return;
    if (!last) return this.add(room, LATE, [{ provision, key, words: words! }]);
    const grown = { ...last, words: words === null ? [...last.words].slice(0, -1).join('') : last.words + words };
    if (grown.words === '') return this.dismiss(last.id);
    this.show([...this.items.slice(0, -1), grown]);
    this.store(() => keepWords(this.user, [grown]));
  }

  /** Words of an answer that somebody was still writing when what it answered went away. */
  keep(room: RoomName, provision: string, key: SlotKey, words: string): void {
    this.add(room, ANSWERING, [{ provision, key, words }]);
  }

  private nameOf(provision: string): string {
    const holder = Object.values(this.client.texts()).find((text) => text?.by.has(provision));
    return holder ? nameIn(holder, provision, wording) : '';
  }

  /** The connection is over: what was under way counts as undelivered until somebody joins again, where it is kept as changes too; for good where it is not. */
  private closed(reason: Refusal | undefined): void {
    const { kept } = this.client.status;
    for (const { room, words } of this.client.undelivered()) this.add(room, kept ? WAITING : '', words, kept);
    if (reason && this.items.length === 0) this.load(async () => (await allKeptWords(this.user)).filter(({ doc }) => doc === this.doc));
  }

  /** A session has joined that brought what was waiting, or had it handed back. */
  private forgetWaiting(): void {
    const waiting = this.items.filter((item) => item.waiting).map(({ id }) => id);
    if (waiting.length === 0) return;
    this.show(this.items.filter((item) => !item.waiting));
    this.store(() => dropWords(this.user, waiting));
  }

  private load(ask: () => Promise<readonly KeptWords[]>): void {
    this.store(async () => {
      const found = await ask();
      this.show([...found.filter(({ id }) => this.items.every((item) => item.id !== id)), ...this.items]);
      if (this.joined) this.forgetWaiting();
    });
  }

  private store(work: () => Promise<void>): void {
    work().catch(() => {
      this.kept = false;
      this.show([...this.items]);
    });
  }

  private show(items: readonly KeptWords[]): void {
    this.items = items;
    for (const listener of this.listeners) listener();
  }

  private readonly warn = (event: BeforeUnloadEvent): void => { if (!this.kept && this.items.length > 0) event.preventDefault(); };
}

/** What is in the tray now. */
export const useTray = (tray: Tray): readonly KeptWords[] => useSyncExternalStore(tray.subscribe, tray.read);
