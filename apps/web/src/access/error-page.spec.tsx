import { REFUSALS } from '@parley/protocol';
import { RoomRefused } from '@parley/sync';
import { afterEach, describe, expect, it } from 'vitest';
import { RulesFixture } from '../../../../libs/negotiation/test-support/rules-fixture.ts';
import { Seat } from '../../test-support/seat.tsx';
import { HttpRefused, UnreachableError } from '../sync/request.ts';
import { ErrorPage } from './error-page.tsx';
import { refusalSentence } from '../ui/messages.ts';

let seat: Seat;
afterEach(() => seat.leave());

async function read(error: unknown): Promise<string> {
  const table = RulesFixture.seated();
  seat = new Seat(table, table.az);
  await seat.show(<ErrorPage error={error} />);
  const { words } = seat;
  await seat.leave();
  return words;
}

describe('what a page says that cannot be shown', () => {
  it('is the sentence of the refusal, whichever end threw it, for every refusal there is', async () => {
    for (const refusal of REFUSALS) for (const error of [new RoomRefused(refusal), new HttpRefused({ refusal, sentence: refusalSentence(refusal) })]) {
      expect([refusal, await read(error)]).toEqual([refusal, `This page cannot be shown${refusalSentence(refusal)}Try againHome`]);
    }
  });

  it('is what to do where the server is not reached, and where a page itself fails', async () => {
    expect(await read(new UnreachableError())).toContain('Check the connection; nothing was lost.');
    expect(await read(new TypeError('x is undefined'))).toContain('Something went wrong on this page. Reload it and try again.');
  });
});
