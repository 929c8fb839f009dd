import type { UpdateAnswer } from '@parley/protocol';
import { textAt } from '@parley/text';
import * as Y from 'yjs';
import { COMPACTION, type CompactionRule } from '../../apps/server/src/documents/compactions.ts';
import { RoomsFixture, type Client } from '../support/rooms-fixture.ts';
import { bytes, items } from '../../libs/text/test-support/forge.ts';
import type { Findings, Options, Size } from './row.ts';

export const DOC = 'd', ROOM = 'working', SCATTERED_IN = 'p1';
/** Each of the others types in a text of his own, in which there is place for as long as it goes on. */
export const typedIn = (n: number): string => `p${40 + n}`;
const HEAVY = 'ann', OTHERS = ['bo', 'ben', 'anna'] as const;
/** What becomes of a text of twenty thousand characters: fifty of them, which is all that a room takes. */
const FIELDS = Array.from({ length: 52 }, () => '');
/** What one member puts into one text before, each letter in front of the last. With more, the room is compacted at once (HD42), and there is nothing any more to look through. */
const SCATTERED: Readonly<Record<Size, number>> = { small: 4_000, usual: 33_000, long: 33_000 };
/** Others type all the time: the room is never left in peace. */
const NEVER_QUIET: CompactionRule = { ...COMPACTION, quietMs: 2 ** 31 - 1 };
/** What one member may have waiting. */
const WAITING = 900;
/** Where two insert at one place the smaller of the names of their pages decides: what is forged here has a larger one than any page, so that it costs the same in every run. */
const FIRST_PAGE = 1_000, FORGED = 3_000_000_000;

/** The kinds of what is asked, in the first of those that wait. */
export const KINDS = 6;

/** The real rooms of a server; one member who does his worst in a document, within what the validator and the queue allow; and others who type in it. */
export class Workshop {
  private pages = 0;

  private constructor(readonly fixture: RoomsFixture, private readonly findings: Findings, private readonly options: Options) {}

  static async open(findings: Findings, options: Options, rooms: ConstructorParameters<typeof RoomsFixture>[1]): Promise<Workshop> {
    const fixture = new RoomsFixture(undefined, { compaction: NEVER_QUIET, ...rooms });
    await fixture.established();
    await fixture.opened(DOC, ...FIELDS);
    return new Workshop(fixture, findings, options);
  }

  /** The member who has filled what a room lets him: scattered letters in one text, and as many words in the others as the validator takes of one. */
  async heavy(): Promise<Client> {
    const heavy = await this.page(HEAVY);
    await this.scatter(heavy);
    let filled = 0, last: UpdateAnswer | null = null;
    for (; filled < FIELDS.length - 2; filled++) {
      last = await heavy.type(ROOM, `p${filled + 3}`, 0, 'w'.repeat(20_000));
      if (!last.ok) break;
    }
    this.findings.tried += 1;
    this.findings.check(last !== null && !last.ok && last.reason === 'room-full', () => `one member filled ${filled} texts and was told ${JSON.stringify(last)}`);
    return heavy;
  }

  others(): Promise<Client[]> {
    return Promise.all(OTHERS.map((user) => this.page(this.options.sabotage === 'leave-room-to-others' ? HEAVY : user)));
  }

  /** Requests that cost most for what they weigh, as many as may wait. Those that are refused cost again every time. */
  worst(heavy: Client): (() => Promise<unknown>)[] {
    const doc = heavy.room(ROOM), text = textAt(doc, SCATTERED_IN, 'en:text')!, parent = text._item!.id, ends = { origin: text._start!.id, right: null }, send = (update: Uint8Array) => () => heavy.send(ROOM, update);
    const passing = bytes(items([{ client: FORGED, ...ends }])), known = bytes(items([{ client: FORGED, parent }]));
    const struck = bytes(items([{ client: FORGED, parent: Y.createID(1, 1) }]), [[parent.client, parent.clock + 1, 1], [doc.clientID, 0, Y.getState(doc.store, doc.clientID)]]);
    const large = bytes(items(Array.from({ length: 2_500 }, (_, i) => ({ client: FORGED, ...(i === 0 ? { parent } : { origin: Y.createID(FORGED, i - 1) }) }))));
    const join = () => this.fixture.rooms.join(HEAVY, { doc: DOC, have: {} }), later = () => this.fixture.rooms.join(HEAVY, { doc: DOC, have: { [ROOM]: Y.encodeStateVector(new Y.Doc()) } });
    const asks = [send(passing), send(known), send(struck), join, later];
    return Array.from({ length: WAITING }, (_, i) => (i % 60 === 0 ? send(large) : asks[i % asks.length]!));
  }

  private async page(user: string): Promise<Client> {
    const client = await this.fixture.client(user, DOC);
    client.room(ROOM).clientID = FIRST_PAGE + this.pages++;
    return client;
  }

  private async scatter(heavy: Client): Promise<void> {
    for (let left = SCATTERED[this.options.size]; left > 0; left -= 2_000) {
      const update = heavy.edit(ROOM, (doc) => {
          const text = textAt(doc, SCATTERED_IN, 'en:text')!;
          for (let i = 0; i < Math.min(2_000, left); i++) text.insert(0, 'f');
          if (left > 19_000) text.delete(0, 2_000);
        }), answer = await heavy.send(ROOM, update);
      this.findings.check(answer.ok, () => `the heavy member could not scatter: ${JSON.stringify(answer)}`);
    }
  }
}
