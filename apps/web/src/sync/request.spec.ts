import { RoomRefusedError } from '@parley/sync';
import { expect, it } from 'vitest';
import { RefusedError, sentenceOfError, UnreachableError } from './request.ts';

it('a refusal reaches the reader with its own sentence, from HTTP and from the connection of a document', () => {
  expect([
    sentenceOfError(new RefusedError({ refusal: 'text-moved', sentence: 'The text has changed.' })), sentenceOfError(new RoomRefusedError('access-changed')), sentenceOfError(new UnreachableError()),
    sentenceOfError(new Error('x is undefined')),
  ]).toEqual([
    'The text has changed.', new RoomRefusedError('access-changed').message, 'The server cannot be reached. Check the connection; nothing was lost.',
    'Something went wrong on this page. Reload it and try again.',
  ]);
  expect(new RoomRefusedError('access-changed').message).not.toContain('Something went wrong');
});
