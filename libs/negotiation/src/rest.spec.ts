import { describe, expect, it } from 'vitest';
import { provision, RulesFixture } from '../test-support/rules-fixture.ts';
import { REST_MS, secondsOfRest, SERVER } from './index.ts';

const table = (): RulesFixture => RulesFixture.negotiating(...['p1', 'p2', 'p3', 'p4', 'p5'].map((id, n) => provision(id, `Words of ${id}.`, 'paragraph', `${n}`)));
const left = (t: RulesFixture): number[] => t.proposals().map(({ proposal }) => secondsOfRest(t.context(SERVER), [proposal], t.context(SERVER).typedAt, t.at));
const move = (t: RulesFixture, id: string, after: string | null): void => void t.edit(t.az, 'position:az', id, [{ do: 'move', id, after }]);

describe('[A10] what is moved has rested like what is typed', () => {
  it.each<[string, string | null]>([['p2', null], ['p1', 'p2'], ['p2', 'p3'], ['p3', 'p1'], ['p4', 'p5'], ['p5', 'p3'], ['p1', 'p5'], ['p5', null], ['p3', null], ['p1', 'p3']])('whichever of the two the proposal names: %s behind %s', (id, after) => {
    const t = table();
    move(t, id, after);
    expect(left(t)).toEqual([10]);
    expect(t.proposals().map(({ proposal }) => t.perform(t.ocHead, t.preview(t.ocHead, [proposal])))).toEqual([{ ok: false, reason: 'not-rested', seconds: 10 }]);
    t.at += REST_MS;
    expect(left(t)).toEqual([0]);
  });

  it('also two that go behind a third, which is found to have gone before them', () => {
    const t = table();
    for (const id of ['p2', 'p1']) move(t, id, 'p3');
    expect(t.proposals().map(({ provision: of }) => of)).toEqual(['p3']);
    expect(left(t)).toEqual([10]);
  });

  it('also a provision whose words were written long before', () => {
    const t = table();
    t.write(t.az, 'p2', 'Other words of p2.');
    t.at += REST_MS;
    move(t, 'p1', 'p2');
    expect(left(t).every((seconds, n) => seconds === (t.proposals()[n]!.proposal.on === 'item' ? 10 : 0))).toBe(true);
  });

  it('and nobody waits for what is typed where nothing was moved, nor in what a far move passes', () => {
    const t = table();
    move(t, 'p1', 'p4');
    t.at += REST_MS;
    for (const id of ['p3', 'p5']) t.write(t.az, id, `Typed in ${id}.`);
    expect(t.proposals().filter(({ proposal }) => proposal.on === 'item').map(({ proposal }) => secondsOfRest(t.context(SERVER), [proposal], t.context(SERVER).typedAt, t.at))).toEqual([0]);
  });
});
