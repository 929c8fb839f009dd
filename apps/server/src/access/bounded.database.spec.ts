import type { Request, Response } from 'express';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PageLike } from '../../../../test/support/browser-like.ts';
import { GROUP } from '../../../../test/support/group.ts';
import { accountsOf, outerServer } from '../../../../test/support/outer-server.ts';
import { bounded } from './bounded.ts';
import { ClientAddresses } from './client-address.ts';

let server: Awaited<ReturnType<typeof outerServer>>;
let ids: { readonly bo: string };
beforeAll(async () => {
  server = await outerServer({ PARLEY_DEMO: 'on' });
  ids = await accountsOf(server, ['bo']);
});
afterAll(() => server.close());

const entered = async (user: string): Promise<PageLike> => {
  const page = new PageLike(server.url);
  await page.enter(user);
  return page;
};

describe('what one user asks over HTTP', () => {
  it('is bounded in number: busy for that user alone, who is told when to ask again', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const handler = bounded(new ClientAddresses());
      /** The status with which it is refused, or null when it goes on. */
      const ask = (user: string | undefined, from = '192.0.2.1'): unknown => {
        let answer: unknown = null;
        const sent: Record<string, unknown> = {}, response = { headersSent: false, setHeader: (name: string, value: string) => { sent[name] = value; }, status(code: number) { sent['status'] = code; return this; }, json: (body: object) => { answer = { ...sent, ...body }; } };
        void handler({ headers: {}, session: { user }, socket: { remoteAddress: from } } as unknown as Request, response as unknown as Response, () => undefined);
        return answer;
      };
      const many = (count: number, user?: string) => Array.from({ length: count }, () => ask(user)).filter((answer) => answer === null).length;
      expect([many(1_500, 'ana'), many(1_500)]).toEqual([1_000, 1_000]);
      expect(ask('ana')).toMatchObject({ status: 503, refusal: 'busy', 'Retry-After': '1' });
      expect([ask('bo'), ask(undefined, '192.0.2.2')]).toEqual([null, null]);
      vi.setSystemTime(Date.now() + 1_000);
      expect([many(500, 'ana'), many(500)]).toEqual([200, 200]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is bounded in bytes, before they are read', async () => {
    // Who may open a document may send the most at once. There are no documents here: what is read answers 404.
    server.rooms.establish({ user: ids.bo, role: 'moderator' });
    const bo = await entered(ids.bo), answers: (string | number)[] = [], words = 'x'.repeat(4_800_000);
    for (let i = 0; i < 12; i++) answers.push((await bo.request('POST', `/api/groups/${GROUP}/documents/d/acts`, { words })).status);
    expect(answers.slice(0, 6)).toEqual(Array(6).fill(404));
    expect(answers).toContain(503);
    expect((await bo.request('GET', '/api/session')).status).toBe(200);
  });
});
