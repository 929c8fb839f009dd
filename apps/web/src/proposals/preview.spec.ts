import { SERVER } from '@parley/negotiation';
import { plainSlot, type Provision } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { provision, RulesFixture } from '../../../../libs/negotiation/test-support/rules-fixture.ts';
import { acceptShown, readsAfter, wholeOf } from './preview.ts';

const heading = provision('h', 'Requests', 'heading', 'Article 6');
const REPLY = 'Each side shall acknowledge a request within 24 hours.';
const table = (): RulesFixture => RulesFixture.negotiating(heading, provision('p1', REPLY, 'paragraph', '1'), provision('p2', 'They meet every year.', 'paragraph', '2'), provision('d', ['supply', 'to make available'], 'definition', '3'));
const ofParty = (t: RulesFixture, party: string) => t.proposals().filter((p) => p.parties.includes(party)).map(({ proposal }) => proposal);

describe('what a head is shown before it accepts', () => {
  it('[N1] [TW2] every place is named with its article and its field, what stays open with its place, and so is what is given up where it is in several', () => {
    const t = table();
    t.write(t.az, 'p1', REPLY.replace('24', '12'));
    t.write(t.az, 'p2', 'They meet every month.');
    t.write(t.az, 'd', 'to make ready', 'en:meaning');
    t.write(t.oc, 'p1', REPLY.replace('24', '72'));
    t.write(t.oc, 'p2', 'They meet every week.');
    t.write(t.chair, 'p1', REPLY.replace('Each side', 'Each of them'));
    const shown = acceptShown(t.context(SERVER), ofParty(t, 'az'), 'oc')!;
    expect(shown.reads.map(({ name, stretches }) => [name, stretches.map(({ words }) => words).join('')])).toEqual([
      ['Article 6, 1', REPLY.replace('24', '12')], ['Article 6, 2', 'They meet every month.'], ['Article 6, 3 · Meaning', 'to make ready'],
    ]);
    expect(shown.drops).toEqual(['our “72” in Article 6, 1', 'our “week” in Article 6, 2']);
    expect(shown.staysOpen).toEqual(['Chair: in Article 6, 1: replace “side” by “of them”']);
    const one = acceptShown(t.context(SERVER), ofParty(t, 'az').slice(0, 1), 'oc')!;
    expect([one.drops, one.staysOpen]).toEqual([['our “72”'], ['Chair: replace “side” by “of them”']]);
  });

  it('[N1] [TW2] added, removed and moved provisions too, each where it is or was', () => {
    const t = table(), more: Provision = { id: 'n', kind: 'paragraph', label: '2 bis', level: 0, slots: { 'en:text': plainSlot('They report.') } };
    t.edit(t.az, 'position:az', 'n', [{ do: 'add', provision: more, after: 'p2' }]);
    t.edit(t.az, 'position:az', 'p1', [{ do: 'remove', id: 'p1' }]);
    t.edit(t.az, 'position:az', 'd', [{ do: 'move', id: 'd', after: 'h' }]);
    const reads = acceptShown(t.context(SERVER), ofParty(t, 'az'), 'oc')!.reads.map(({ name, stretches }) => `${name}: ${stretches.map(({ words }) => words).join('')}`);
    expect(reads).toContain('Article 6, 2 bis: 2 bis They report.');
    expect(reads).toContain(`Article 6, 1: ${REPLY}`);
    expect(reads.filter((line) => line.includes('stands behind'))).toEqual(['Article 6, 3, place: Article 6, 3 then stands behind Article 6.', 'Article 6, 2 bis, place: Article 6, 2 bis then stands behind Article 6, 2.']);
  });

  it.each([
    ['a soft hyphen', REPLY.replace('acknowledge', 'ac\u00ADknowledge'), /soft hyphen/], ['a letter of another script', REPLY.replace('request', 'r\u0435quest'), /Cyrillic/],
    ['a direction mark', REPLY.replace('24', '\u200F24\u200F'), /right-to-left mark/], ['strokes that imitate a deletion', REPLY.replace('shall', 's\u0336h\u0336a\u0336l\u0336l\u0336'), /overlay/],
    ['an attribution', `${REPLY} [They consult. - AZ]`, /bracket/],
  ])('[N1] [U3] before %s comes in, it is asked about', (_name, words, warning) => {
    const t = table();
    t.write(t.oc, 'p1', words);
    const { warnings } = acceptShown(t.context(SERVER), ofParty(t, 'oc'), 'az')!;
    expect(warnings.join(' ')).toMatch(warning);
    t.write(t.oc, 'p1', REPLY.replace('24', '72'));
    expect(acceptShown(t.context(SERVER), ofParty(t, 'oc'), 'az')!.warnings).toEqual([]);
  });

  it('[U3] the label of an added provision is asked about too', () => {
    const t = table();
    t.edit(t.oc, 'position:oc', 'n', [{ do: 'add', provision: { id: 'n', kind: 'paragraph', label: '\u0410 bis', level: 0, slots: { 'en:text': plainSlot('They r\u0435port.') } }, after: 'p2' }]);
    expect(acceptShown(t.context(SERVER), ofParty(t, 'oc'), 'az')!.warnings.join(' ')).toMatch(/Cyrillic/);
  });

  it('[TW2] so are a text as it stands, and one’s own after a withdrawal', () => {
    const t = table();
    expect(wholeOf(t.text('common'), 'd').map(({ name }) => name)).toEqual(['Article 6, 3 · Term', 'Article 6, 3 · Meaning']);
    t.write(t.az, 'p2', 'They meet every month.');
    expect(readsAfter(t.context(t.az), { t: 'withdraw', parts: ofParty(t, 'az') }, 'position:az').map(({ name }) => name)).toEqual(['Article 6, 2']);
  });
});
