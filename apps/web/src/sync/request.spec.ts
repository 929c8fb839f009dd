import { RoomRefused } from '@parley/sync';
import { afterEach, expect, it, vi } from 'vitest';
import { refusalSentence } from '../ui/messages.ts';
import { HttpRefused, request, sentenceOfError, UnreachableError } from './request.ts';

it('[M6] a refusal reaches the reader with its own sentence, from HTTP and from the connection of a document', () => {
  expect([
    sentenceOfError(new HttpRefused({ refusal: 'text-moved', sentence: 'Another sentence.' })), sentenceOfError(new HttpRefused({ refusal: 'of-a-later-version' as 'busy', sentence: 'Wait until Monday.' })), sentenceOfError(new RoomRefused('access-changed')), sentenceOfError(new UnreachableError()),
    sentenceOfError(new Error('x is undefined')),
  ]).toEqual([
    refusalSentence('text-moved'), 'Wait until Monday.', refusalSentence('access-changed'), 'The server cannot be reached. Check the connection; nothing was lost.',
    'Something went wrong on this page. Reload it and try again.',
  ]);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('[H61] what another process is taking over is asked again, in the same words, until it is answered; nothing else is', async () => {
  vi.useFakeTimers();
  const asked: unknown[] = [], answers = ['elsewhere', 'elsewhere', null, 'busy'];
  vi.stubGlobal('fetch', async (path: string, { method, body }: RequestInit) => {
    asked.push([method, path, body]);
    const refusal = answers.shift();
    return new Response(JSON.stringify(refusal ? { refusal, sentence: refusal } : { entry: 7 }), { status: refusal ? 503 : 200 });
  });
  const answer = request('POST', '/api/documents/d/acts', { op: 'x' });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await answer).toEqual({ entry: 7 });
  expect(asked).toEqual(Array.from({ length: 3 }, () => ['POST', '/api/documents/d/acts', '{"op":"x"}']));
  await expect(request('GET', '/api/group')).rejects.toMatchObject({ refusal: 'busy' });
  expect(asked).toHaveLength(4);
});
