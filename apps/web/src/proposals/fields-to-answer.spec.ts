import type { OpenProposal, ProposalGroup, WordsProposal } from '@parley/negotiation';
import { plainSlot } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { fieldsToAnswer } from './fields-to-answer.ts';

const TEXT = 'The two sides meet every year in the capital.';

function change(found: string, inserted: string, more: Partial<OpenProposal> = {}): ProposalGroup {
  const from = TEXT.indexOf(found);
  const proposal: WordsProposal = { on: 'words', party: 'b', provision: 'p', key: 'en:text', digest: 'd', version: 1, hunks: [{ from, to: from + found.length, removed: plainSlot(found), inserted: plainSlot(inserted) }] };
  const open: OpenProposal = { name: found, proposal, provision: 'p', parties: ['b'], outstanding: ['a'], either: false, contested: false, consents: {}, within: [], declines: [], ...more };
  return { ...open, members: [open], parts: [proposal], provisions: ['p'] };
}

describe('the proposals of one field', () => {
  it('[N9] are offered together, but what we have declined, where one other party makes several that wait for the reader', () => {
    const [first, second] = [change('two', 'three'), change('year', 'month')];
    expect(fieldsToAnswer([first, second], 'a')).toEqual([[first, second]]);
    expect(fieldsToAnswer([first, change('year', 'month', { parties: ['c'] })], 'a')).toEqual([]);
    expect(fieldsToAnswer([first, change('year', 'month', { parties: ['a', 'b'], either: true })], 'a')).toEqual([]);
    expect(fieldsToAnswer([first, change('year', 'month', { outstanding: [] })], 'a')).toEqual([]);
    expect(fieldsToAnswer([first, change('year', 'month', { declines: [{ user: 'u', at: 1, party: 'a', reason: '' }] as unknown as OpenProposal['declines'] })], 'a')).toEqual([]);
    const declined = change('capital', 'port', { declines: [{ user: 'u', at: 1, party: 'a', reason: '', version: 2 }] }), others = change('sides', 'delegations', { declines: [{ user: 'u', at: 1, party: 'c', reason: '', version: 2 }] });
    expect(fieldsToAnswer([first, declined, second, others], 'a')).toEqual([[first, second, others]]);
    expect(fieldsToAnswer([first, second], null)).toEqual([]);
  });
});
