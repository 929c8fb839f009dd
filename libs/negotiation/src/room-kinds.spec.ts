import { describe, expect, it } from 'vitest';
import { SECRET_ROOMS } from '../test-support/secret-rooms.ts';
import { RulesFixture, provision } from '../test-support/rules-fixture.ts';
import { type Actor, audienceIn, audiencesOf, draftRoom, isWriter, may, ROOM_KINDS, RoomCatalogue, type RoomName, ROOMS } from './index.ts';

const rooms = SECRET_ROOMS;
const t = RulesFixture.negotiating(provision('p1', 'Words.'));
t.agree(t.azHead, 'p1');
t.agree(t.ocHead, 'p1');

const everybody: readonly [string, Actor][] = [
  ['azHead', t.azHead], ['az', t.az], ['ocHead', t.ocHead], ['oc', t.oc], ['chair', t.chair], ['auditor', t.auditor], ['observer', t.observer], ['admin', t.admin],
];
const those = (may: (actor: Actor) => boolean): string => everybody.filter(([, actor]) => may(actor)).map(([name]) => name).join(' ');
const READERS = 'azHead az ocHead oc chair auditor observer';

describe('the kinds of rooms', () => {
  it('[P13] who reads a room, and who writes it in some stage', () => {
    const reads = (room: RoomName) => those((actor) => may(actor, 'read', { group: t.group, room, rooms }).ok), writes = (room: RoomName) => those((actor) => isWriter(actor, room, t.group, rooms));
    for (const room of ['working', 'common', 'position:az', 'position:chair'] as const) expect(reads(room)).toBe(READERS);
    expect([reads('secret:az'), reads('secret:oc'), reads('secret:chair')]).toEqual(['azHead az', 'ocHead oc', 'chair']);
    expect([writes('working'), writes('common'), writes('position:az'), writes('secret:az')]).toEqual(['azHead az ocHead oc chair', '', 'azHead az', 'azHead az']);
  });

  it('[P13] the logs that somebody reads: the shared one, and that of the own party where something is kept there', () => {
    const logs = (actor: Actor, of = rooms) => audiencesOf(actor, t.group, of).map(({ log }) => log);
    expect(everybody.map(([, actor]) => logs(actor))).toEqual([
      ['shared', 'private:az'], ['shared', 'private:az'], ['shared', 'private:oc'], ['shared', 'private:oc'], ['shared', 'private:chair'], ['shared'], ['shared'], [],
    ]);
    expect(everybody.map(([, actor]) => logs(actor, ROOMS))).toEqual(everybody.map(([, actor]) => logs(actor)));
    const sharedAlone = new RoomCatalogue(ROOM_KINDS.filter(({ log }) => log === 'shared'));
    expect(everybody.flatMap(([, actor]) => logs(actor, sharedAlone)).filter((log) => log !== 'shared')).toEqual([]);
    const asleep = { ...t.group, asleep: { [t.az.user]: { since: 0, by: 'ada', link: '', renewed: null, wakesAt: null, confirmed: {} } } };
    expect(audiencesOf(t.az, asleep, rooms)).toEqual([]);
    expect([audienceIn('private:az', t.oc, t.group, rooms), audienceIn('private:nobody', t.oc, t.group, rooms)]).toEqual([null, null]);
  });

  it('[P12] a room that one may not read is refused as one that does not exist', () => {
    const none = ['secret:nobody', 'thing', 'thing:az', 'secret', 'secret:az:1', 'position', 'position:nobody', 'constructor'] as const;
    for (const [, actor] of everybody) {
      const hidden = (['secret:az', 'secret:oc', 'secret:chair'] as const).filter((room) => !rooms.readersOf(room, t.group)!.holds(actor));
      for (const action of ['read', 'write'] as const) {
        const answers = [...hidden, ...none].map((room) => may(actor, action, { group: t.group, document: t.document, room: room as RoomName, rooms }));
        expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
        expect(answers[0]!.ok).toBe(false);
      }
    }
  });

  it('[P13] what both have agreed is closed in a position, and in no room that has nothing to do with it', () => {
    const write = (room: RoomName) => { const verdict = may(t.az, 'write', { group: t.group, document: t.document, room, provision: 'p1', rooms }); return verdict.ok ? 'ok' : verdict.reason; };
    expect([write('position:az'), write('secret:az')]).toEqual(['provision-locked', 'ok']);
  });

  it('[P13] the room that somebody writes, in each log and stage', () => {
    const stages = ['absent', 'drafting', 'negotiation', 'closed'] as const;
    expect(stages.map((stage) => rooms.writtenBy(t.az, stage))).toEqual([null, 'working', 'position:az', null]);
    expect(stages.map((stage) => rooms.writtenBy(t.az, stage, 'private:az'))).toEqual([null, 'secret:az', 'secret:az', null]);
    expect([rooms.writtenBy(t.az, 'drafting', 'private:oc'), rooms.writtenBy(t.auditor, 'drafting')]).toEqual([null, null]);
    expect([rooms.begunIn(rooms.shared), ...audiencesOf(t.az, t.group, rooms).slice(1).map((own) => rooms.begunIn(own))]).toEqual([[], ['secret:az']]);
  });

  it('[P13] drafts are read and written by their party alone; what they have followed is written by nobody', () => {
    const reads = (room: RoomName) => those((actor) => may(actor, 'read', { group: t.group, room }).ok), writes = (room: RoomName) => those((actor) => isWriter(actor, room, t.group));
    expect([reads('draft:az:working'), reads('base:az:working'), reads('draft:chair:two')]).toEqual(['azHead az', 'azHead az', 'chair']);
    expect([writes('draft:az:working'), writes('base:az:working'), writes('draft:chair:two')]).toEqual(['azHead az', '', 'chair']);
    expect([ROOMS.writtenBy(t.az, 'drafting', 'private:az'), ROOMS.writtenBy(t.az, 'negotiation', 'private:az'), ROOMS.writtenBy(t.az, 'negotiation')]).toEqual([null, draftRoom('az'), 'position:az']);
    const none = ['draft', 'draft:az', 'draft:az:', 'draft:az:working:x', 'draft:nobody:working', 'base:az'] as const;
    for (const room of none) expect([room, reads(room as RoomName), writes(room as RoomName)]).toEqual([room, '', '']);
  });

  it('[P13] no kind can be kept where others read', () => {
    const SECRET = rooms.kindOf('secret:az')!;
    expect(() => new RoomCatalogue([{ ...SECRET, log: 'shared' }])).toThrow(RangeError);
    expect(() => new RoomCatalogue([{ ...SECRET, readers: 'group' }])).toThrow(RangeError);
    expect(() => new RoomCatalogue([{ ...SECRET, of: 'document' }])).toThrow(RangeError);
    expect(() => new RoomCatalogue([SECRET, SECRET])).toThrow(RangeError);
  });
});
