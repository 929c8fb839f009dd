import type { Actor, RoomName, SharedState } from '@parley/negotiation';
import type { DocumentClient } from '@parley/sync';
import type { Edit, Text } from '@parley/text';
import type { SignedIn } from '../person.ts';
import type { DemoAct } from './acting.ts';
import type { CastKey } from './cast.ts';
import type { DemoParticipants } from './play.ts';

export type People = ReadonlyMap<CastKey, SignedIn>;

const WRITERS: readonly CastKey[] = ['moderator', 'azureHead', 'azureFirst', 'azureSecond', 'ochreHead', 'ochreFirst', 'ochreSecond'];

/** A document on the server, with everybody who writes in it joined. */
export class NetworkParticipants implements DemoParticipants {
  private constructor(private readonly doc: string, private readonly people: People, private readonly clients: ReadonlyMap<CastKey, DocumentClient>, readonly rest: () => Promise<void>) {}

  /** `rest`: lets the server's time pass. */
  static async at(doc: string, people: People, rest: () => Promise<void>): Promise<NetworkParticipants> {
    const joined = WRITERS.map(async (who): Promise<[CastKey, DocumentClient]> => [who, await people.get(who)!.enter(doc)]);
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

  async act(who: CastKey, act: DemoAct): Promise<void> {
    await this.everybodySees(await this.people.get(who)!.act(`documents/${this.doc}/acts`, { ...act, doc: this.doc }));
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
    await Promise.all([...this.clients.values()].map((client) => seen(client, entry)));
  }
}

function seen(client: DocumentClient, entry: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const offs: (() => void)[] = [];
    const end = (then: () => void): void => {
      for (const off of offs) off();
      then();
    };
    const look = (): void => {
      if (client.entry >= entry) end(resolve);
    };
    offs.push(client.on('commit', look), client.on('joined', look), client.on('closed', () => end(() => reject(new Error('a connection was closed')))));
    look();
  });
}
