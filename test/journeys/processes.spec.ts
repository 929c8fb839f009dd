import type { GroupView, Joined } from '@parley/protocol';
import type { DocumentClient } from '@parley/sync';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BALANCERS } from '../support/balancer.ts';
import { append, asked, Person, until, wordsIn } from '../support/person.ts';
import { type OneOf, Several } from '../support/several.ts';
import { provision } from '../support/rules-fixture.ts';
import { type WorkingGroup, workingGroup } from '../support/working-group.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

/** Far above what it takes; what it takes the campaign says. */
const SOON_MS = 20_000;

/** Somebody who types word after word, whatever becomes of the servers. */
class Typist {
  readonly words: string[] = [];
  private going = true;
  private readonly ended: Promise<void>;

  constructor(readonly client: DocumentClient, private readonly name: string, private readonly at: string) {
    this.ended = this.typeOn();
  }

  /** Until something that is typed from now on is acknowledged. */
  async savesAgain(): Promise<void> {
    const { entry } = this.client.status;
    await until(this.client, () => this.client.joined && this.client.status.entry > entry, `${this.name} has its commits again`, SOON_MS).catch((error: unknown) => {
      throw new Error(`${String(error)}: was ${entry}, is ${JSON.stringify({ ...this.client.status, joined: this.client.joined })}`);
    });
  }

  async end(): Promise<void> {
    this.going = false;
    await this.ended;
    await this.client.saved();
    await this.client.stop();
  }

  private async typeOn(): Promise<void> {
    for (; this.going; await new Promise((resolve) => setTimeout(resolve, 15))) {
      const word = `${this.name}${this.words.length}.`;
      this.words.push(word);
      append(this.client, this.at, ` ${word}`);
    }
  }
}

/** Words of a text that stand in it not once. */
const wrong = (text: string, words: readonly string[]): string[] => words.filter((word) => text.split(` ${word}`).length !== 2);

describe.each(BALANCERS.map((kind, i) => [kind.name, kind, i === 0 ? 3 : 2] as const))('behind a balancer, %s', (_name, kind, count) => {
  let several: Several, w: WorkingGroup;
  beforeAll(async () => {
    several = await Several.start(kind, count);
    w = await workingGroup({}, several.parley);
  });
  afterAll(async () => {
    await w.leave();
    await several.end();
  });

  /** Two people type in a document while something happens; afterwards everything that they typed stands there once. */
  async function whileTyping(work: (typists: readonly Typist[], doc: string) => Promise<void>): Promise<void> {
    const doc = await w.draft([provision('first', 'Begun:'), provision('second', 'Begun:')]);
    const typists = [new Typist(await w.az.open(doc), 'a', 'first'), new Typist(await w.oc.open(doc), 'o', 'second')];
    const refused: unknown[] = [];
    for (const { client } of typists) client.on('refused', (back) => refused.push(back));
    await Promise.all(typists.map((typist) => typist.savesAgain()));
    await work(typists, doc);
    for (const typist of typists) await typist.end();
    const reader = await w.observer.open(doc);
    expect([wrong(wordsIn(reader, 'working', 'first'), typists[0]!.words), wrong(wordsIn(reader, 'working', 'second'), typists[1]!.words), refused]).toEqual([[], [], []]);
    expect(wordsIn(reader, 'working', 'first').split(' ').length).toBe(typists[0]!.words.length + 1);
    await reader.stop();
  }

  const holder = async (): Promise<OneOf> => (await vi.waitUntil(() => several.holder(), { timeout: SOON_MS, interval: 20 }))!;
  /** Until another process has the group, and both who type have their commits from there. */
  const goesOn = async (typists: readonly Typist[], without: OneOf): Promise<void> => {
    await vi.waitUntil(async () => ![null, without].includes(await several.holder()), { timeout: SOON_MS, interval: 20 });
    await Promise.all(typists.map((typist) => typist.savesAgain()));
  };

  /** Until the process that the balancer sends a request to has the group. */
  async function asksFor(home: OneOf): Promise<void> {
    await vi.waitUntil(async () => (await w.chair.request<GroupView>('GET', '')).status === 200 && (await several.holder()) === home, { timeout: 2 * SOON_MS, interval: 100 });
  }

  it('[H60] the group is in one process, and a request that comes to another is refused as long as that one has just got it', async () => {
    const home = await holder();
    const count = (one: OneOf, line: RegExp): number => one.parley!.output().match(line)?.length ?? 0;
    for (const one of several.processes) expect(count(one, /group taken/g) - count(one, /group handed over|group lost/g)).toBe(one === home ? 1 : 0);
    expect((await w.auditor.group()).group.name).toBe('Test Dialogue');
  });

  it('[H61] [H63] a process is killed: another one has the group, nothing is lost, and the group goes home when its process is back', async () => {
    const home = await holder();
    await whileTyping(async (typists) => {
      await home.parley!.kill();
      home.parley = null;
      await goesOn(typists, home);
      await several.begin(home);
      await asksFor(home);
      await Promise.all(typists.map((typist) => typist.savesAgain()));
    });
    expect(await holder()).toBe(home);
  });

  it('[H60] [H63] a process is stopped and goes on later: nothing that it had is served by it, nothing is lost', async () => {
    const home = await holder(), direct = Object.assign(new Person(home.url, 'direct', w.id), { user: w.auditor.user, cookie: w.auditor.cookie });
    await whileTyping(async (typists, doc) => {
      const socket = await direct.connected({ origin: several.url });
      expect(await asked<Joined>(socket, 'join', { doc, have: {} })).toMatchObject({ ok: true });
      process.kill(home.parley!.pid, 'SIGSTOP');
      const join = Promise.race([asked<Joined>(socket, 'join', { doc, have: {} }).catch(() => null), new Promise<string>((resolve) => socket.once('disconnect', resolve))]);
      const read = direct.request<GroupView>('GET', '');
      await goesOn(typists, home).finally(() => process.kill(home.parley!.pid, 'SIGCONT'));
      expect(await join).not.toMatchObject({ ok: true });
      expect(await read).toMatchObject({ status: 503, body: { refusal: 'elsewhere' } });
      await home.parley!.printed(/group lost/);
      socket.disconnect();
      await Promise.all(typists.map((typist) => typist.savesAgain()));
    });
    await direct.leave();
  });

  it('[H62] a process is stopped in good order: it hands over, and nobody is kept from working', async () => {
    const before = await holder();
    await whileTyping(async (typists) => {
      await before.parley!.stop({ keep: true });
      expect(before.parley!.output()).toMatch(/group handed over/);
      before.parley = null;
      await goesOn(typists, before);
    });
  });
});

describe('the balancers', () => {
  it('that were tried are said', () => {
    expect(BALANCERS.map(({ name }) => name)).toContain('the test’s own');
  });
});
