import { describe, expect, it } from 'vitest';
import { applyEdits, type Edit } from './edit.ts';
import { paragraph } from '../test-support/compare-cases.ts';
import { linkCases } from '../test-support/link-cases.ts';
import type { LinkPart } from './link-part.ts';
import { linksOf } from './linked-parts.ts';
import { type Text, textFrom } from './provision.ts';
import { itemInCommon } from './rebase.ts';
import { takenAlone } from './taken-alone.ts';

const written = (lines: string): Text => textFrom(lines.split('\n').map((line) => { const [id, words] = line.split('| ') as [string, string]; return paragraph(id, id, words); }));
const editOf = (part: LinkPart): Edit => (part.on === 'item' ? itemInCommon(part.item)
  : { do: 'splice', id: part.provision, key: part.key, from: part.hunk.from, to: part.hunk.to, insert: part.hunk.inserted });

/** What is said of each part of what `after` proposes, taken alone. */
function alone(before: string, after: string) {
  const common = written(before), position = written(after);
  return linksOf(common, position).flatMap((link) => link.parts).map((part) => takenAlone(common, position, applyEdits(common, [editOf(part)])));
}

describe('taken alone', () => {
  it('[J5] a condition that moves to the end: one half takes it away, the other lets it stand twice', () => {
    expect(alone('p| If the request is urgent, the requested side shall reply within 24 hours.', 'p| The requested side shall reply within 24 hours if the request is urgent.')).toEqual([
      { twice: [], gone: ['If the request is urgent'] }, { twice: ['If the request is urgent'], gone: [] },
    ]);
  });

  it('[J5] in Chinese', () => {
    expect(alone('p| 在紧急情况下，被请求方应当在二十四小时内答复，并说明理由。', 'p| 被请求方应当在二十四小时内答复，并在紧急情况下说明理由。')).toEqual([
      { twice: [], gone: ['在紧急情况下'] }, { twice: ['在紧急情况下'], gone: [] },
    ]);
  });

  it('[J5] across provisions, and where a provision is split or joined', () => {
    const far = alone('p| Data shall be preserved by the competent authority.\nq| Costs are borne by each side.', 'p| Data shall be preserved.\nq| Costs are borne by each side and by the competent authority.');
    expect(far).toEqual([{ twice: [], gone: ['by the competent authority'] }, { twice: ['by the competent authority'], gone: [] }]);
    const split = alone('p| They consult. They report on the results.', 'p| They consult.\nq| They report on the results.');
    expect(split).toEqual([{ twice: [], gone: ['They report on the results'] }, { twice: ['They report on the results'], gone: [] }]);
    expect(alone('p| They consult.\nq| They report on the results.', 'p| They consult. They report on the results.').map((t) => [t.twice.length, t.gone.length])).toEqual([[1, 0], [0, 1]]);
  });

  it('[J5] one word that follows itself, one that moves', () => {
    expect(alone('p| They meet in the capital of the host.', 'p| They meet in the the capital of the host.')).toEqual([{ twice: [], gone: [] }]); // as proposed
    const common = written('p| They shall reply.'), then = written('p| They shall shall reply.');
    expect(takenAlone(common, written('p| They shall surely reply.'), then)).toEqual({ twice: ['shall'], gone: [] });
    expect(alone('p| They promptly reply to the side that asked.', 'p| They reply to the side that asked promptly.').map((t) => [...t.twice, ...t.gone])).toEqual([['promptly'], ['promptly']]);
  });

  it.each(linkCases.apart)('[J5] says nothing of edits that have nothing to do with each other: %s', (before, after) =>
    expect(alone(before, after).flatMap((t) => [...t.twice, ...t.gone])).toEqual([]));

  it('[J5] says nothing of a whole proposal', () => {
    for (const [, before, after] of linkCases.one) {
      const common = written(before), position = written(after);
      expect(takenAlone(common, position, position)).toEqual({ twice: [], gone: [] });
    }
  });
});
