import { DocumentClient } from '@parley/sync';
import { textDigest } from '@parley/text';
import type { Entry } from '../../apps/server/src/record/entry.ts';
import type { Rules } from '../../apps/server/src/commit/rules.ts';
import { seeded } from '../../libs/text/test-support/seeded.ts';
import { RoomsFixture } from '../support/rooms-fixture.ts';
import { joinedCopy } from './copies.ts';
import { Network } from './network.ts';
import { Timeline } from './timeline.ts';
import { TypedWords } from './words.ts';

export const DOC = 'd';

/** One document in negotiation, on rooms of the harness with the rules given, and a client of everybody who is named; all in simulated time. */
export class Negotiated<User extends string> {
  protected readonly random: () => number;
  protected readonly time = new Timeline();
  protected readonly fixture: RoomsFixture;
  protected readonly typed = new TypedWords();
  protected readonly clients: Record<User, DocumentClient> & Record<string, DocumentClient>;
  private readonly network: Network;
  private nextClient = 1;

  constructor(protected readonly seed: number, users: readonly User[], rules: Rules) {
    this.random = seeded(seed);
    this.fixture = new RoomsFixture(undefined, { pace: { intervalMs: 0, workMs: Infinity, spare: 0, countMs: 0, retryMs: [1, 2] }, rules });
    this.network = new Network(this.fixture.rooms, this.time, this.random);
    this.clients = Object.fromEntries(users.map((user) => [user, this.open(user)])) as Record<User, DocumentClient> & Record<string, DocumentClient>;
  }

  /** Opens the paper, which both heads accept as basis; then everybody joins. */
  protected async begin(...paper: readonly string[]): Promise<void> {
    const { fixture, time } = this;
    await fixture.established();
    await fixture.opened(DOC, ...paper);
    const joined = await fixture.rooms.join('udo', { doc: DOC, have: {} });
    if (!joined.ok) throw new Error(joined.reason);
    for (const user of ['anna', 'bo']) await fixture.perform(user, { doc: DOC, t: 'acceptAsBasis', digest: textDigest(joinedCopy('', joined.rooms).texts.working!) });
    for (const client of Object.values<DocumentClient>(this.clients)) void client.start();
    await time.until(3_000);
  }

  /** One more client joins, which has nothing yet. */
  protected async joinAfresh(): Promise<void> {
    const fresh = this.open('udo');
    Object.assign(this.clients, { 'a fresh client': fresh });
    void fresh.start();
    await this.time.until(this.time.now + 3_000);
  }

  /** All that the record has of the document. */
  protected async entries(): Promise<Entry[]> {
    const entries: Entry[] = [];
    for await (const page of this.fixture.log.read(DOC)) entries.push(...page);
    return entries;
  }

  private open(user: string): DocumentClient {
    const wire = this.network.wire(user);
    wire.connect();
    return new DocumentClient({ doc: DOC, user, wire, timers: this.time, random: this.random, clientId: () => (this.nextClient += 1 + Math.floor(this.random() * 9)), strict: true });
  }
}
