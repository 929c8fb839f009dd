import { describe, expect, it } from 'vitest';
import { RulesFixture, provision } from '../test-support/rules-fixture.ts';
import { type Action, type Actor, isLocked, may, type RoomName, SETTLEMENTS, STAGES, step } from './index.ts';

const t = RulesFixture.negotiating(provision('p1', 'Words.'), provision('p2', 'More words.'));
t.agree(t.azHead, 'p1');
t.agree(t.ocHead, 'p1');
const drafting = RulesFixture.seated();
drafting.must(drafting.chair, { t: 'openDocument', title: 'T', template: 'understanding', provisions: [provision('p1', 'Words.')] });

const everybody: readonly [string, Actor][] = [
  ['azHead', t.azHead], ['az', t.az], ['ocHead', t.ocHead], ['oc', t.oc], ['chair', t.chair], ['auditor', t.auditor], ['observer', t.observer], ['admin', t.admin],
];
const allowed = (action: Action, on: Partial<Parameters<typeof may>[2]> = {}, table = t): string =>
  everybody.filter(([, actor]) => may(actor, action, { group: table.group, document: table.document, ...on }).ok).map(([name]) => name).join(' ');

describe('who may', () => {
  it('[P1] [P3] [P5] every action by role', () => {
    expect(allowed('read')).toBe('azHead az ocHead oc chair auditor observer');
    expect(allowed('readGroup')).toBe('azHead az ocHead oc chair auditor observer admin');
    expect(allowed('invite')).toBe('azHead ocHead admin');
    expect(allowed('resetAccount')).toBe('admin');
    for (const act of ['appoint', 'takeSeat', 'renewAccount', 'recoverAccount', 'wakeSeat'] as const) expect(allowed(act)).toBe('');
    expect(allowed('openDocument', { document: { ...t.document, stage: 'absent' } })).toBe('chair');
    for (const act of ['accept', 'agree', 'takeBackConsent', 'askReopening', 'grantReopening', 'declineReopening', 'takeBackReopening', 'assentToClosing', 'declineClosing'] as const) expect(allowed(act)).toBe('azHead ocHead');
    expect(allowed('decline', { party: 'az' })).toBe('ocHead');
    expect(allowed('withdraw', { party: 'oc' })).toBe('ocHead oc');
    expect(allowed('withdraw', { party: 'chair' })).toBe('chair');
    expect(allowed('table')).toBe('azHead az ocHead oc chair');
    expect(allowed('table', {}, drafting)).toBe('');
    for (const act of ['approve', 'proposeClosing', 'takeBackClosing'] as const) expect(allowed(act)).toBe('chair');
    expect(allowed('closePaper', {}, drafting)).toBe('chair');
    for (const act of ['lapse', 'lapseParts'] as const) expect(allowed(act)).toBe('');
    expect(allowed('acceptAsBasis', {}, drafting)).toBe('azHead ocHead');
    expect(allowed('establish')).toBe('');
  });

  it('[P2] writing, by room and stage', () => {
    const write = (room: RoomName, table = t, id = 'p2') => allowed('write', { room, provision: id }, table);
    expect(write('working', drafting)).toBe('azHead az ocHead oc chair');
    expect(write('working')).toBe('');
    expect(write('common')).toBe('');
    expect(write('position:az')).toBe('azHead az');
    expect(write('position:oc')).toBe('ocHead oc');
    expect(write('position:chair')).toBe('chair');
    expect(write('position:az', drafting)).toBe('');
    expect(isLocked(t.document, 'p1')).toBe(true);
    expect(write('position:az', t, 'p1')).toBe('');
  });

  it('[P4] inviting and removing', () => {
    const reason = (actor: Actor, action: 'invite' | 'remove', on: object) => { const v = may(actor, action, { group: t.group, ...on }); return v.ok ? 'ok' : v.reason; };
    expect(reason(t.admin, 'invite', { role: 'head', delegation: 'az' })).toBe('delegation-has-head');
    expect(reason(t.admin, 'invite', { role: 'negotiator', delegation: 'az' })).toBe('delegation-has-head');
    expect(reason(t.admin, 'invite', { role: 'observer' })).toBe('ok');
    expect(reason(t.admin, 'invite', { role: 'observer', delegation: 'az' })).toBe('role-forbids');
    expect(reason(t.azHead, 'invite', { role: 'observer' })).toBe('role-forbids');
    expect(reason(t.azHead, 'invite', { role: 'negotiator', delegation: 'az' })).toBe('ok');
    expect(reason(t.azHead, 'invite', { role: 'negotiator', delegation: 'oc' })).toBe('other-delegation');
    expect(reason(t.az, 'invite', { role: 'negotiator', delegation: 'az' })).toBe('role-forbids');
    expect(reason(t.azHead, 'remove', { user: 'oc1' })).toBe('other-delegation');
    expect(reason(t.azHead, 'remove', { user: 'az1' })).toBe('ok');
    expect(reason(t.azHead, 'remove', { user: 'azHead' })).toBe('last-head');
    for (const inherited of ['constructor', '__proto__', 'toString']) expect(reason(t.admin, 'remove', { user: inherited })).toBe('not-seated');
    expect(reason(t.admin, 'remove', { user: 'az1' })).toBe('role-forbids');
    expect(reason(t.admin, 'remove', { user: 'admin' })).toBe('last-administrator');
    expect(reason(t.admin, 'remove', { user: 'auditor1' })).toBe('ok');
    for (const own of [t.az, t.chair, t.auditor, t.observer]) expect(reason(own, 'remove', { user: own.user })).toBe('ok');
    const empty = { ...t.group, seats: {} };
    expect(may(t.admin, 'invite', { group: empty, role: 'negotiator', delegation: 'az' })).toEqual({ ok: false, reason: 'delegation-needs-head' });
    expect(may(t.admin, 'invite', { group: empty, role: 'head', delegation: 'az' }).ok).toBe(true);
  });
});

describe('[NS6] life cycles', () => {
  const grid = (cycle: Readonly<Record<string, object>>, moves: readonly string[]) =>
    Object.fromEntries(Object.keys(cycle).map((from) => [from, moves.flatMap((move) => { const v = step(cycle as Parameters<typeof step>[0], from, move); return v.ok ? [`${move}→${String(v.value)}`] : []; }).join(' ')]));

  it('stages: every pair of stage and move', () => {
    expect(grid(STAGES, ['open', 'acceptFirst', 'release', 'acceptSecond', 'close'])).toEqual({
      absent: 'open→drafting', drafting: 'acceptFirst→frozen close→closed', frozen: 'release→drafting acceptSecond→negotiation close→closed', negotiation: 'close→closed', closed: '',
    });
  });

  it('settlements: every pair of state and move', () => {
    expect(grid(SETTLEMENTS, ['consentFirst', 'consentSecond', 'takeBack', 'lapse', 'approve', 'askReopening', 'endReopening', 'grantReopening'])).toEqual({
      unsettled: 'consentFirst→consented', consented: 'consentSecond→agreed takeBack→unsettled lapse→unsettled', agreed: 'approve→approved askReopening→agreed-asked',
      approved: 'askReopening→approved-asked',
      'agreed-asked': 'askReopening→agreed-both-asked endReopening→agreed grantReopening→unsettled', 'agreed-both-asked': 'endReopening→agreed-asked grantReopening→unsettled',
      'approved-asked': 'askReopening→approved-both-asked endReopening→approved grantReopening→unsettled', 'approved-both-asked': 'endReopening→approved-asked grantReopening→unsettled',
    });
  });
});
