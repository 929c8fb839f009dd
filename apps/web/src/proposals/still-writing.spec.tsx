import { SERVER } from '@parley/negotiation';
import type { Presence } from '@parley/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { provision, RulesFixture } from '../../../../libs/negotiation/test-support/rules-fixture.ts';
import { writersIn } from './still-writing.tsx';

const REPLY = 'Each side replies within 24 hours of receipt.';
let t: RulesFixture;
beforeEach(() => {
  t = RulesFixture.negotiating(provision('p1', REPLY, 'paragraph', '1'), provision('p2', 'They meet.', 'paragraph', '2'));
  t.write(t.az, 'p1', REPLY.replace('24', 'forty-eight').replace(' of receipt', ''));
});

const at = (user: string, head: number, over: Partial<NonNullable<Presence['caret']>> = {}): Presence => ({ user, caret: { room: 'position:az', provision: 'p1', key: 'en:text', anchor: head, head, ...over } }) as Presence;
const writers = (found: string, ...present: Presence[]): string[] => writersIn(t.context(SERVER), t.proposals().find((p) => JSON.stringify(p.proposal).includes(found))!, present);

describe('who is still writing in a proposal', () => {
  it('[N15] is whoever of its party has the caret at or in its words, and nobody else', () => {
    const from = REPLY.indexOf('24'), to = from + 'forty-eight'.length;
    for (const head of [from, from + 4, to]) expect([head, writers('forty-eight', at('az1', head))]).toEqual([head, ['az1']]);
    for (const head of [0, from - 2, to + 2]) expect([head, writers('forty-eight', at('az1', head))]).toEqual([head, []]);
    expect(writers('forty-eight', at('oc1', from, { room: 'position:oc' }), at('az1', from, { provision: 'p2' }), { user: 'az1', caret: null } as Presence)).toEqual([]);
    expect(writers('forty-eight', at('az1', from), at('azHead', to), at('az1', from + 1))).toEqual(['az1', 'azHead']);
  });

  it('[N15] of words that are taken away is who stands where they were', () => {
    const where = REPLY.replace('24', 'forty-eight').indexOf(' of receipt');
    expect([writers(' of receipt', at('az1', where)), writers(' of receipt', at('az1', where - 3))]).toEqual([['az1'], []]);
  });
});
