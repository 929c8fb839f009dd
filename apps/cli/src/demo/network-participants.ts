import type { Actor, RoomName, SharedState } from '@parley/negotiation';
import type { DocumentClient } from '@parley/sync';
import type { Edit, Text } from '@parley/text';
import { type LooseAct, type Person, until } from '../person.ts';
import { CAST, CAST_KEYS, type CastKey } from './cast.ts';
import type { DemoParticipants } from './play.ts';

export type People = Readonly<Record<CastKey, Person>>;

const WRITERS = CAST_KEYS.filter((who) => CAST[who].delegation !== undefined || CAST[who].role === 'moderator');

/** A document on the server, with everybody who writes in it joined. */
export class NetworkParticipants implements DemoParticipants {
  private constructor(private readonly doc: string, private readonly people: People, private readonly clients: ReadonlyMap<CastKey, DocumentClient>, readonly rest: () => Promise<void>) {}

  /** `rest`: lets the server's time pass. */
  static async at(doc: string, people: People, rest: () => Promise<void>): Promise<NetworkParticipants> {
    const joined = WRITERS.map(async (who): Promise<[CastKey, DocumentClient]> => [who, await people[who].open(doc, { socket: await people[who].connected({ reconnection: false }) })]);
    return new NetworkParticipants(doc, people, new Map(await Promise.all(joined)), rest);
  }

  shared(): SharedState {
    const client = this.client('moderator');
    return { document: client.document, rooms: client.texts() as Readonly<Partial<Record<RoomName, Text>>>, group: client.group };
  }

  actor(who: CastKey): Actor {
    return this.client(who).actor;
  }

  async type(who: CastKey, breaths: readonly (readonly Edit[])[]): Promise<void> {
    const client = this.client(who);
    for (const edits of breaths) client.edit(edits);
    await this.everybodySees(await client.saved());
  }

  async act(who: CastKey, act: LooseAct): Promise<void> {
    await this.everybodySees(await this.people[who].mustAct(this.doc, act));
  }

  async leave(): Promise<void> {
    await Promise.all([...this.clients.values()].map((client) => client.stop()));
  }

  private client(who: CastKey): DocumentClient {
    const client = this.clients.get(who);
    if (!client) throw new RangeError(`${who} does not write`);
    return client;
  }

  private async everybodySees(entry: number): Promise<void> {
    await Promise.all([...this.clients.values()].map((client) => until(client, () => client.entry >= entry, `entry ${entry} is known to all`)));
  }
}
