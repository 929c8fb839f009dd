import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { factsOf, logger } from '../logger.ts';
import { poolOf } from './database.ts';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/**
 * What processes on one database tell each other, by LISTEN and NOTIFY: that a row has changed. Nothing is told twice or kept for who was away: after every new connection
 * whoever listens is told that something may have been missed, and reads the rows again.
 */
export class PostgresNews {
  private readonly listeners = new Map<string, ((payload: string) => void)[]>();
  private readonly missed: (() => void)[] = [];
  private client: pg.Client | null = null;
  private closed = false;

  /** `channels`: all there are; plain lower-case names. */
  constructor(private readonly source: DataSource, private readonly channels: readonly string[]) {}

  on(channel: string, listener: (payload: string) => void): void {
    this.listeners.set(channel, [...this.listeners.get(channel) ?? [], listener]);
  }

  onMissed(listener: () => void): void {
    this.missed.push(listener);
  }

  async tell(channel: string, payload: string): Promise<void> {
    await poolOf(this.source).query('SELECT pg_notify($1, $2)', [channel, payload]);
  }

  /** Listens from when this resolves, and again by itself whenever the connection was lost. Rejects when the database does not answer now. */
  async start(): Promise<void> {
    await this.connect();
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new pg.Client(poolOf(this.source).options);
    let over = false;
    const lost = (error?: Error): void => {
      if (over) return;
      over = true;
      if (this.closed) return;
      if (error) logger.warn('news connection lost', factsOf(error));
      void client.end().catch(() => undefined);
      void this.again();
    };
    client.on('error', lost);
    client.on('end', () => lost());
    client.on('notification', ({ channel, payload }) => this.listeners.get(channel)?.forEach((listener) => listener(payload ?? '')));
    try {
      await client.connect();
      for (const channel of this.channels) await client.query(`LISTEN ${channel}`);
    } catch (error) {
      over = true;
      await client.end().catch(() => undefined);
      throw error;
    }
    this.client = client;
    if (this.closed) await client.end().catch(() => undefined);
    else this.missed.forEach((listener) => listener());
  }

  private async again(): Promise<void> {
    for (let wait = FIRST_PAUSE_MS; !this.closed; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
      await pause(wait, undefined, { ref: false });
      try {
        return await this.connect();
      } catch (error) {
        if (wait >= LONGEST_PAUSE_MS) logger.warn('no news from the database', factsOf(error));
      }
    }
  }
}
