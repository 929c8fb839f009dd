import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { type DataSource } from 'typeorm';
import { openDatabase } from './database.ts';
import { PostgresNews } from './postgres-news.ts';

let db: TestDatabase;
const opened: { close(): Promise<void> }[] = [];
beforeAll(async () => { db = await testDatabase(); });
afterAll(async () => {
  for (const one of opened.reverse()) await one.close();
  await db.drop();
});

/** What one process receives. */
async function listening(): Promise<{ news: PostgresNews; source: DataSource; received: string[] }> {
  const source = await openDatabase({ connection: db.connection }, { poolSize: 2 }), news = new PostgresNews(source, ['parley_a', 'parley_b']), received: string[] = [];
  opened.push({ close: async () => { await news.close(); await source.destroy(); } });
  news.on('parley_a', (payload) => received.push(payload));
  news.onMissed(() => received.push('missed'));
  await news.start();
  return { news, source, received };
}

it('[Q12] what one process tells every process receives that listens to it, itself too', async () => {
  const one = await listening(), other = await listening();
  expect([one.received, other.received]).toEqual([['missed'], ['missed']]);
  await one.news.tell('parley_b', 'for nobody');
  await one.news.tell('parley_a', 'for both');
  await vi.waitUntil(() => one.received.length === 2 && other.received.length === 2);
  expect([one.received, other.received]).toEqual([['missed', 'for both'], ['missed', 'for both']]);
});

it('[Q12] after a lost connection it listens again by itself, and says that something may have been missed', async () => {
  const one = await listening();
  await db.dataSource.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()`);
  await vi.waitUntil(() => one.received.length === 2, { timeout: 10_000 });
  expect(one.received).toEqual(['missed', 'missed']);
  await one.news.tell('parley_a', 'again');
  await vi.waitUntil(() => one.received.length === 3);
  expect(one.received).toEqual(['missed', 'missed', 'again']);
});
