import { expect, it } from 'vitest';
import { CLIENTS_OF_ONE, Registry } from './registry.ts';

it('[H4] an id belongs to the first who wrote under it, and who has 10,000 gets no more', () => {
  const registry = new Registry();
  registry.bind(1, 'az');
  registry.bind(1, 'oc');
  expect([registry.mayWriteAs(1, 'az'), registry.mayWriteAs(1, 'oc')]).toEqual([true, false]);
  for (let client = 2; client <= CLIENTS_OF_ONE; client++) {
    expect(registry.mayWriteAs(client, 'az')).toBe(true);
    registry.bind(client, 'az');
  }
  expect(registry.mayWriteAs(CLIENTS_OF_ONE + 1, 'az')).toBe(false);
  expect(registry.mayWriteAs(1, 'az')).toBe(true);
  expect(registry.mayWriteAs(CLIENTS_OF_ONE + 1, 'oc')).toBe(true);
});
