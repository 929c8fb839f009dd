import { createServer } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Balancer, BalancerKind } from './balancer.ts';
import { testDatabase, type TestDatabase } from './database.ts';
import { databaseSettings, movesOn, type Parley, startParley } from './parley.ts';
import { TEST_KEY } from './state-mac.ts';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as { port: number };
  await new Promise<void>((resolve) => { server.close(() => resolve()); });
  return port;
}

/** One server process of several, whether it runs or not. */
export interface OneOf { readonly port: number; readonly url: string; readonly data: string; parley: Parley | null }

/** Several server processes on one PostgreSQL behind a balancer: what people see is one address. */
export class Several {
  readonly database: TestDatabase;
  readonly url: string;

  private constructor(private readonly balancer: Balancer, readonly processes: readonly OneOf[], database: TestDatabase) {
    this.database = database;
    this.url = balancer.url;
  }

  /** `given`: where their rows are; on a PostgreSQL of the tests' without it. */
  static async start(kind: BalancerKind, count: number, given?: TestDatabase): Promise<Several> {
    const database = given ?? await testDatabase(), port = await freePort(), processes: OneOf[] = [];
    for (let i = 0; i < count; i++) {
      const own = await freePort();
      processes.push({ port: own, url: `http://localhost:${own}`, data: mkdtempSync(path.join(tmpdir(), 'parley-test-')), parley: null });
    }
    const several = new Several({ url: `http://localhost:${port}`, close: async () => undefined }, processes, database);
    for (const one of processes) await several.begin(one);
    Object.assign(several, { balancer: await kind.begin(port, processes.map((one) => one.port)) });
    movesOn(several.url, async (milliseconds) => { for (const { parley } of processes) await parley?.later(milliseconds); });
    return several;
  }

  /** As one server that people are told of; its process is that which printed first. */
  get parley(): Parley {
    return { ...this.processes[0]!.parley!, url: this.url };
  }

  async begin(one: OneOf): Promise<void> {
    const env = { ...databaseSettings(this.database.connection), SESSION_KEY: TEST_KEY, PUBLIC_URL: this.url, TRUSTED_PROXIES: 'loopback' };
    one.parley = await startParley({ data: one.data, port: one.port, env });
  }

  /** Which process has the group, by what it printed and by the number in the database. */
  async holder(): Promise<OneOf | null> {
    const [row] = await this.database.dataSource.query<{ fence: string }[]>('SELECT fence FROM lease WHERE expires > clock_timestamp()');
    return this.processes.find(({ parley }) => row && parley && new RegExp(`group taken.*"fence":${row.fence}\\b`).test(parley.output())) ?? null;
  }

  async end(): Promise<void> {
    for (const { parley, data } of this.processes) {
      if (parley) process.kill(parley.pid, 'SIGCONT');
      await parley?.stop();
      rmSync(data, { recursive: true, force: true });
    }
    await this.balancer.close();
    await this.database.drop();
  }
}
