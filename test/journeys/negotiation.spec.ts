import { DocumentClient } from '@parley/sync';
import { positionRoom, standingOf, tabling } from '@parley/negotiation';
import type { HistoryView, InstantView } from '@parley/protocol';
import { applyEdits, type Edit, plainSlot } from '@parley/text';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LooseAct } from '../../apps/cli/src/person.ts';
import { accepting, agreeing, answering, basisOf, proposals, retype, until, wordsIn } from '../support/person.ts';
import { provision } from '../support/rules-fixture.ts';
import { type WorkingGroup, workingGroup } from '../support/working-group.ts';

let w: WorkingGroup;
beforeAll(async () => { w = await workingGroup(); });
afterAll(async () => { await w.end(); });

const reply = () => provision('reply', 'Each side shall acknowledge a request within 24 hours after receipt.', 'paragraph', '1');
const grounds = () => provision('grounds', 'A refusal shall state its grounds.', 'paragraph', '2');
const standing = (c: DocumentClient, id: string) => standingOf({ document: c.document, rooms: c.texts(), group: c.group }, id);

describe('two delegations and one text', () => {
  it('type in a working paper at the same time, saved before seen', async () => {
    const doc = await w.draft([reply()]);
    const [az, oc] = [await w.az.open(doc), await w.oc.open(doc)];
    retype(az, 'reply', '24 hours', 'two days');
    retype(oc, 'reply', 'Each side', 'Either side');
    const saved = await Promise.all([az.saved(), oc.saved()]);
    // In one commit or two: each has an entry of its own, which is there when its author is told that it is saved.
    const { entries } = await w.auditor.must<HistoryView>('GET', `documents/${doc}/history`);
    const own = [w.az, w.oc].map(({ user }) => entries.filter(({ by }) => by === user).map(({ index }) => index));
    expect(own.map((indices) => indices.length)).toEqual([1, 1]);
    expect(saved.map((entry, i) => entry >= own[i]![0]!)).toEqual([true, true]);
    const both = 'Either side shall acknowledge a request within two days after receipt.';
    await until(az, () => wordsIn(az, 'working', 'reply') === both, 'Azure reads both');
    await until(oc, () => wordsIn(oc, 'working', 'reply') === both, 'Ochre reads both');
    const { documents } = await w.auditor.group();
    expect(documents.find((d) => d.id === doc)).toMatchObject({ stage: 'drafting', provisions: 1, awaiting: null });
  });

  it('negotiate it to approval, and reopen it', async () => {
    const doc = await w.draft([reply(), grounds()]);
    const [azHead, az, ocHead, chair] = [await w.azHead.open(doc), await w.az.open(doc), await w.ocHead.open(doc), await w.chair.open(doc)];
    await w.azHead.mustAct(doc, basisOf(azHead));
    await until(az, () => az.document.basis !== null, 'the paper is frozen');
    expect((await w.az.act(doc, { t: 'acceptAsBasis', digest: '0'.repeat(64) })).body.refusal).toBe('role-forbids');
    await w.ocHead.mustAct(doc, basisOf(ocHead));
    await until(az, () => az.ownRoom === positionRoom(w.delegations[0]), 'Azure writes in its position');

    retype(az, 'reply', '24', '12');
    await az.saved();
    await until(ocHead, () => proposals(ocHead).length === 1, 'Ochre sees the proposal');
    expect((await w.oc.act(doc, accepting(ocHead, proposals(ocHead)[0]!))).body.refusal).toBe('role-forbids');
    const entry = await w.ocHead.mustAct(doc, accepting(ocHead, proposals(ocHead)[0]!));
    await until(az, () => wordsIn(az, 'common', 'reply').includes('12 hours'), 'the words are common text');
    expect(az.document.stage).toBe('negotiation');
    expect(proposals(az)).toEqual([]);

    await until(azHead, () => standing(azHead, 'reply') === 'clean', 'clean');
    await w.azHead.mustAct(doc, agreeing(azHead, 'reply'));
    await w.ocHead.mustAct(doc, agreeing(ocHead, 'reply'));
    await until(chair, () => standing(chair, 'reply') === 'agreed', 'agreed');
    await w.chair.mustAct(doc, { ...agreeing(chair, 'reply'), t: 'approve' });
    await until(az, () => standing(az, 'reply') === 'approved', 'approved');

    await w.azHead.mustAct(doc, { ...agreeing(azHead, 'reply'), t: 'askReopening', reason: 'instructions' });
    expect((await w.azHead.act(doc, { ...agreeing(azHead, 'reply'), t: 'askReopening', reason: '' })).body.refusal).toBe('reopening-pending');
    await until(ocHead, () => Object.keys(ocHead.document.settled['reply']?.reopenings ?? {}).length > 0, 'the other head knows of the request');
    await w.ocHead.mustAct(doc, answering(ocHead, 'reply', 'grantReopening'));
    await until(az, () => standing(az, 'reply') === 'clean', 'reopened');

    const history = await w.auditor.must<HistoryView>('GET', `documents/${doc}/history?after=-1&limit=500`);
    const acts = history.entries.flatMap((e) => (e.kind === 'act' ? [e.act.t] : []));
    expect(acts).toEqual(['openDocument', 'acceptAsBasis', 'acceptAsBasis', 'accept', 'agree', 'agree', 'approve', 'askReopening', 'grantReopening']);
    const at = await w.auditor.must<InstantView>('GET', `documents/${doc}/at/${entry - 1}`);
    expect(at.rooms.common!.map((p) => p.slots['en:text']![0]!.t)[0]).toContain('24 hours');
    expect(at.rooms[positionRoom(w.delegations[0])]!.map((p) => p.slots['en:text']![0]!.t)[0]).toContain('12 hours');
    expect((await w.auditor.act(doc, agreeing(azHead, 'grounds'))).body.refusal).toBe('role-forbids');
  });

  it('an act sent twice is one entry; the same id with another act is refused', async () => {
    const doc = await w.negotiate([reply()]);
    const azHead = await w.azHead.open(doc);
    const act = agreeing(azHead, 'reply');
    const salt = 'ab'.repeat(16);
    const first = await w.azHead.act(doc, act, 'same-id', salt);
    const again = await w.azHead.act(doc, act, 'same-id', salt);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.body.entry).toBe(first.body.entry);
    expect((await w.azHead.act(doc, { ...act, t: 'askReopening', reason: '' }, 'same-id')).body.refusal).toBe('bad-request');
    expect((await w.ocHead.act(doc, act, 'same-id', salt)).body.refusal).toBe('bad-request');
  });

  it('[NT1] [NT3] [NT6] a member tables changes of two provisions by one act; one made of an earlier text is refused and changes nothing', async () => {
    const doc = await w.negotiate([reply(), grounds()]), own = positionRoom(w.delegations[0]);
    const [az, oc] = [await w.az.open(doc), await w.oc.open(doc)];
    const wanted = (...changes: readonly [id: string, found: string, words: string][]): LooseAct => {
      const text = az.text(own), edits = changes.map(([id, found, words]): Edit => {
        const from = wordsIn(az, own, id).indexOf(found);
        return { do: 'splice', id, key: 'en:text', from, to: from + found.length, insert: plainSlot(words) };
      });
      return { t: 'table', parts: tabling(text, applyEdits(text, edits)) };
    };
    const first = wanted(['reply', '24 hours', 'two days'], ['grounds', 'its', 'all']), stale = wanted(['reply', 'Each side', 'Either side'], ['grounds', 'shall', 'must']);
    const seen: string[][] = [];
    oc.on('commit', () => seen.push(proposals(oc).map(({ provision: id, parties }) => `${id} ${parties.join()}`)));
    expect((await w.auditor.act(doc, first)).body.refusal).toBe('role-forbids');
    const entry = await w.az.mustAct(doc, first);
    await until(oc, () => oc.entry >= entry, 'Ochre has what was tabled');
    expect(seen).toEqual([['reply', 'grounds'].map((id) => `${id} ${w.delegations[0]}`)]);
    expect(oc.lastEdits[own]).toMatchObject({ reply: { by: w.az.user }, grounds: { by: w.az.user } });
    await until(az, () => az.entry >= entry, 'Azure has it too');
    expect((await w.azHead.act(doc, stale)).body.refusal).toBe('text-moved');
    expect(['reply', 'grounds'].map((id) => wordsIn(az, own, id))).toEqual(['Each side shall acknowledge a request within two days after receipt.', 'A refusal shall state all grounds.']);
    const { entries } = await w.auditor.must<HistoryView>('GET', `documents/${doc}/history?after=-1&limit=500`);
    expect(entries.at(-1)).toMatchObject({ kind: 'act', index: entry, by: w.az.user, act: { t: 'table' }, events: [{ e: 'tabled', party: w.delegations[0], provisions: ['reply', 'grounds'] }] });
    expect(entries.filter((one) => one.kind === 'act' && one.act.t === 'table')).toHaveLength(1);
  });

  it('typing a bracket lets a single consent lapse in the same commit', async () => {
    const doc = await w.negotiate([reply()]);
    const [azHead, oc] = [await w.azHead.open(doc), await w.oc.open(doc)];
    await w.azHead.mustAct(doc, agreeing(azHead, 'reply'));
    await until(oc, () => oc.document.settled['reply'] !== undefined, 'Ochre sees the consent');
    retype(oc, 'reply', '24', '72');
    await until(azHead, () => azHead.document.settled['reply'] === undefined, 'the consent lapsed');
    expect(wordsIn(azHead, positionRoom(w.delegations[1]), 'reply')).toContain('72');
  });

  it('words typed into a provision that was agreed meanwhile come back to their author, the rest stands', async () => {
    const doc = await w.negotiate([reply(), grounds()]);
    const [azHead, az] = [await w.azHead.open(doc), await w.az.open(doc)];
    await w.azHead.mustAct(doc, agreeing(azHead, 'reply'));
    await w.ocHead.mustAct(doc, agreeing(azHead, 'reply'));
    const returned = new Promise<string>((resolve) => az.on('returned', ({ returned: words }) => resolve(words.map((r) => r.words.map((run) => run.t).join('')).join())));
    az.edit([
      { do: 'splice', id: 'reply', key: 'en:text', from: 0, to: 0, insert: [{ t: 'Promptly, ' }] },
      { do: 'splice', id: 'grounds', key: 'en:text', from: 0, to: 0, insert: [{ t: 'However, ' }] },
    ]);
    expect(await returned).toContain('Promptly');
    await az.saved();
    const own = positionRoom(w.delegations[0]);
    await until(azHead, () => wordsIn(azHead, own, 'grounds').startsWith('However, '), 'the other words stand');
    await until(az, () => wordsIn(az, own, 'reply').startsWith('Each side'), 'the agreed text is as agreed');
    expect(wordsIn(azHead, own, 'reply')).toBe(wordsIn(azHead, 'common', 'reply'));
  });
});
