import { expect, it } from 'vitest';
import { isAway, whenBack } from './when-back.ts';

const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

/** Fails so often, then answers; time passes by the second between two questions. */
function database(failures: number, error: Error) {
  let asked = 0, time = 0;
  const ask = async (): Promise<string> => { if (++asked <= failures) throw error; return 'there'; };
  return { ask, options: { now: () => time, apart: async () => void (time += 1_000) }, asked: () => asked };
}

it('[H12] asks again while the database is away, and answers when it is back', async () => {
  const { ask, options, asked } = database(30, refused);
  expect(await whenBack(ask, options)).toBe('there');
  expect(asked()).toBe(31);
});

it('[H12] gives up after three quarters of a minute', async () => {
  const { ask, options } = database(1_000, refused);
  await expect(whenBack(ask, options)).rejects.toBe(refused);
});

it('[H12] does not ask again what the database has refused', async () => {
  const error = Object.assign(new Error('no such column'), { code: '42703' }), { ask, options, asked } = database(1, error);
  await expect(whenBack(ask, options)).rejects.toBe(error);
  expect(asked()).toBe(1);
});

it.each([
  [true, Object.assign(new Error('x'), { code: '57P01' })], [true, new Error('Connection terminated unexpectedly')], [true, Object.assign(new Error('x'), { driverError: refused })],
  [true, new Error('wrapped', { cause: refused })], [false, new Error('x')], [false, null], [false, Object.assign(new Error('x'), { code: '23505' })],
])('[H12] is away: %j, %s', (away, error) => expect(isAway(error)).toBe(away));

it('[H12] lets 5,000 wait and tells one more at once; who has been answered waits no more', async () => {
  for (let round = 0; round < 2; round++) {
    const goOn: (() => void)[] = [], options = { now: () => 0, apart: () => new Promise<void>((resolve) => { goOn.push(resolve); }) };
    let away = true;
    const ask = async (): Promise<string> => { if (away) throw refused; return 'there'; };
    const all = Array.from({ length: 5_000 }, () => whenBack(ask, options));
    await expect(whenBack(ask, options)).rejects.toBe(refused);
    expect(goOn).toHaveLength(5_000);
    away = false;
    for (const one of goOn) one();
    expect(new Set(await Promise.all(all))).toEqual(new Set(['there']));
  }
});
