import { expect, it } from 'vitest';
import { CLIENTS_OF_ONE, ClientIdOwners } from './client-id-owners.ts';

it('[HD4] an id belongs to the first who wrote under it, and who has 10,000 gets no more', () => {
  const owners = new ClientIdOwners();
  owners.bind(1, 'az');
  owners.bind(1, 'oc');
  expect([owners.mayWriteAs(1, 'az'), owners.mayWriteAs(1, 'oc')]).toEqual([true, false]);
  for (let client = 2; client <= CLIENTS_OF_ONE; client++) {
    expect(owners.mayWriteAs(client, 'az')).toBe(true);
    owners.bind(client, 'az');
  }
  expect(owners.mayWriteAs(CLIENTS_OF_ONE + 1, 'az')).toBe(false);
  expect(owners.mayWriteAs(1, 'az')).toBe(true);
  expect(owners.mayWriteAs(CLIENTS_OF_ONE + 1, 'oc')).toBe(true);
});
