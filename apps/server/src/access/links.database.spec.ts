import { linkOf, type SeatView, type SessionView } from '@parley/protocol';
import { isAsleep } from '@parley/negotiation';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { OTHER_PASSWORD, PASSWORD } from '../../../../test/support/cast.ts';
import { PageLike } from '../../../../test/support/browser-like.ts';
import { GROUP } from '../../../../test/support/group.ts';
import { beginning, invitation, onGroup } from '../../../../test/support/linking.ts';
import { outerServer } from '../../../../test/support/outer-server.ts';
import { newSecret } from '../../../../test/support/person.ts';
import { Passwords } from './passwords.ts';
import { PostgresAccountStore } from '../storage/postgres-account.store.ts';
import { lookAlike } from './lookalikes.ts';

type Server = Awaited<ReturnType<typeof outerServer>>;
type Begun = Awaited<ReturnType<typeof beginning>>;

const SPENT = { status: 410, body: { refusal: 'link-spent' } };

let server: Server;
let admin: PageLike;
let head: Begun, member: Begun, otherHead: Begun;
beforeAll(async () => {
  server = await outerServer();
  admin = new PageLike(server.url);
  const group = { name: 'Working group', delegations: [{ code: 'A', name: 'Azure' }, { code: 'O', name: 'Ochre' }] };
  await admin.request('POST', '/api/setup', { token: server.setUpToken, userName: 'root', displayName: 'Rita Root', password: PASSWORD, group });
  admin.user = ((await admin.request('GET', '/api/session')).body as unknown as SessionView).person!.user;
  head = await beginning(server, await invitation(server, admin.user, 'head', 'a'), 'Ada Hill');
  otherHead = await beginning(server, await invitation(server, admin.user, 'head', 'o'), 'Olu Vale');
  member = await beginning(server, await invitation(server, head.user, 'negotiator', 'a'), 'Aki Brook');
}, 60_000);
afterAll(() => server.close());

const anybody = (): PageLike => new PageLike(server.url);
const look = (secret: string, page = anybody()) => page.request('POST', `/api/groups/${GROUP}/links/look`, { secret });
const open = (secret: string, wish: object = {}, page = anybody()) => page.request('POST', `/api/groups/${GROUP}/links/open`, { secret, password: PASSWORD, ...wish });
const sessionOf = async (page: PageLike): Promise<SessionView> => (await page.request('GET', '/api/session')).body as unknown as SessionView;
async function seatOf(page: PageLike): Promise<SeatView> {
  page.user ||= (await sessionOf(page)).person?.user ?? '';
  return (await page.request('GET', `/api/groups/${GROUP}/seat`)).body as unknown as SeatView;
}

const signIn = async ({ keys }: Begun, password: string): Promise<number> => (await anybody().request('POST', '/api/session', { userName: keys.userName, password })).status;
const recover = (userName: string, code: string, password = OTHER_PASSWORD, page = anybody()) => page.request('POST', '/api/recovery', { userName, code, password });

/** The administrator resets somebody; the secret of the link. */
async function reset({ user }: Begun): Promise<string> {
  const secret = newSecret();
  expect((await admin.request('POST', `/api/accounts/${user}/reset`, { link: linkOf(secret) })).status).toBe(204);
  return secret;
}

describe('[Z20] [W32] a link to a seat', () => {
  it('says what it is for to whoever holds it, and to nobody else that there is anything', async () => {
    const secret = await invitation(server, head.user, 'negotiator', 'a');
    expect(await look(secret)).toMatchObject({ status: 200, body: { opens: 'seat', group: 'Working group', role: 'negotiator', delegation: 'Azure', by: 'Ada Hill' } });
    const unknown = await look(newSecret());
    expect(unknown).toMatchObject(SPENT);
    await onGroup(server, head.user, { t: 'revokeInvitation', link: linkOf(secret) });
    for (const answer of [await look(secret), await open(secret, { person: { userName: 'eve', displayName: 'Eve Stone' } }), await open(newSecret())]) expect([answer.status, answer.body]).toEqual([unknown.status, unknown.body]);
    // The hash stands in the record, and opens nothing.
    const hash = linkOf(await invitation(server, head.user, 'negotiator', 'a'));
    expect((await look(hash)).body['refusal']).toBe('bad-request');
    expect(server.rooms.state.invitations[hash]).toBeDefined();
  });

  it('works once: of many who open it at the same time one gets the seat', async () => {
    const secret = await invitation(server, head.user, 'negotiator', 'a');
    const names = ['Bea Moor', 'Cid Marsh', 'Dot Field'];
    const answers = await Promise.all(names.map((displayName) => open(secret, { person: { userName: 'same', displayName } })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410, 410]);
    expect(Object.values(server.rooms.state.seats).filter(({ delegation }) => delegation === 'a')).toHaveLength(3);
    await onGroup(server, head.user, { t: 'remove', user: Object.keys(server.rooms.state.seats).at(-1)! });
  });

  it('begins an account whose password its owner alone chooses, under a user name that says nothing of others', async () => {
    const [one, two] = [await beginning(server, await invitation(server, head.user, 'negotiator', 'a'), 'Eli Ford'), await beginning(server, await invitation(server, otherHead.user, 'negotiator', 'o'), 'Eli Fjord')];
    for (const { keys } of [one, two]) {
      expect(keys.userName).toMatch(/^eli\.f\w+-[0-9a-z]{4}$/);
      expect(keys.recoveryCode).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$/);
    }
    // The very name that somebody signs in with is no less free than any other.
    const secret = await invitation(server, head.user, 'negotiator', 'a');
    const answer = await open(secret, { person: { userName: one.keys.userName, displayName: 'Fay Pool' } });
    expect([answer.status, String(answer.body['userName']).startsWith(`${one.keys.userName}-`)]).toEqual([200, true]);
    expect(await signIn(one, PASSWORD)).toBe(200);
  });

  it('is taken by somebody who has an account and no seat; whoever has one keeps the link whole', async () => {
    const gone = await beginning(server, await invitation(server, head.user, 'negotiator', 'a'), 'Gus Heath');
    await onGroup(server, head.user, { t: 'remove', user: gone.user });
    const secret = await invitation(server, otherHead.user, 'negotiator', 'o');
    expect((await member.page.request('POST', `/api/groups/${GROUP}/links/take`, { secret })).body['refusal']).toBe('already-seated');
    expect((await anybody().request('POST', `/api/groups/${GROUP}/links/take`, { secret })).body['refusal']).toBe('signed-out');
    expect((await gone.page.request('POST', `/api/groups/${GROUP}/links/take`, { secret })).status).toBe(204);
    expect(server.rooms.state.seats[gone.user]).toMatchObject({ role: 'negotiator', delegation: 'o' });
  });

  it('of two who open one link at once one begins an account, and the other’s is closed again', async () => {
    const secret = await invitation(server, head.user, 'negotiator', 'a'), names = ['Rae Moss', 'Tim Reed'];
    const answers = await Promise.all(names.map((displayName) => open(secret, { person: { userName: 'either', displayName } })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410]);
    expect(answers.find(({ status }) => status === 410)).toMatchObject(SPENT);
    expect(await server.beside.query('SELECT display_name FROM account WHERE display_name = ANY($1) AND disabled_at IS NULL', [names])).toEqual([{ display_name: names[answers[0]!.status === 200 ? 0 : 1] }]);
  });

  it('who comes second learns nothing of who came first: with the same name, with an account, with a new one', async () => {
    const { status, body } = await look(newSecret());
    const winners = (answers: readonly { readonly status: number; readonly body: object }[]): number => {
      const lost = answers.filter((answer) => answer.status >= 300);
      for (const answer of lost) expect([answer.status, answer.body]).toEqual([status, body]);
      return answers.length - lost.length;
    };
    const namesakes = await invitation(server, head.user, 'negotiator', 'a');
    expect(winners(await Promise.all(['one', 'two', 'three'].map((userName) => open(namesakes, { person: { userName, displayName: 'Una Lake' } }))))).toBe(1);
    const [one, other] = [await beginning(server, await invitation(server, head.user, 'negotiator', 'a'), 'Van Dale'), await beginning(server, await invitation(server, head.user, 'negotiator', 'a'), 'Wim Kale')];
    for (const { user } of [one, other]) await onGroup(server, head.user, { t: 'remove', user });
    const both = await invitation(server, otherHead.user, 'negotiator', 'o');
    expect(winners(await Promise.all([...[one, other].map(({ page }) => page.request('POST', `/api/groups/${GROUP}/links/take`, { secret: both })), open(both, { person: { userName: 'four', displayName: 'Van Dale' } })]))).toBe(1);
  });

  it('that opens nothing is answered so also to whoever has a name that somebody else has here by now', async () => {
    const one = await beginning(server, await invitation(server, head.user, 'negotiator', 'a'), 'Ida Nest'), other = await beginning(server, await invitation(server, admin.user, 'observer'), 'Ida West');
    await onGroup(server, head.user, { t: 'declineSeat', user: other.user });
    await server.beside.query(`UPDATE account SET display_name = 'Ida West' WHERE id = $1`, [one.user]);
    expect((await other.page.request('POST', 'links/take', { secret: await invitation(server, otherHead.user, 'negotiator', 'o') })).body['refusal']).toBe('looks-alike');
    expect(await other.page.request('POST', 'links/take', { secret: newSecret() })).toMatchObject(SPENT);
    expect(await other.page.request('POST', 'links/take', { secret: await reset(one) })).toMatchObject(SPENT);
  });

  it('tells whoever is proposed by whom the seat waits to be accepted', async () => {
    const auditor = await beginning(server, await invitation(server, admin.user, 'auditor'), 'Ivo Glen');
    expect(await seatOf(auditor.page)).toMatchObject({ actor: null, waiting: { for: 'acceptance', role: 'auditor', accepted: [], missing: ['Azure', 'Ochre'] } });
    await onGroup(server, head.user, { t: 'acceptSeat', user: auditor.user, role: 'auditor' });
    expect((await seatOf(auditor.page)).waiting).toMatchObject({ accepted: ['Azure'], missing: ['Ochre'] });
    await onGroup(server, otherHead.user, { t: 'acceptSeat', user: auditor.user, role: 'auditor' });
    expect(await seatOf(auditor.page)).toMatchObject({ actor: { role: 'auditor' }, waiting: null });
  });
});

describe('[Z21] the administrator', () => {
  it('sets nobody’s password and sees none: there is no way but the owner’s', async () => {
    for (const { user } of [head, otherHead, member]) {
      expect((await admin.request('PATCH', `/api/accounts/${user}/password`, { password: OTHER_PASSWORD, current: PASSWORD })).body['refusal']).toBe('role-forbids');
      expect((await admin.request('POST', `/api/accounts/${user}/recovery`, { password: PASSWORD })).body['refusal']).toBe('role-forbids');
      expect((await admin.request('POST', `/api/accounts/${user}/close`, { password: PASSWORD })).body['refusal']).toBe('role-forbids');
    }
    expect((await admin.request('POST', '/api/accounts', { userName: 'planted', displayName: 'Planted', password: PASSWORD })).status).toBe(404);
    expect((await admin.request('GET', '/api/accounts')).status).toBe(404);
    expect(await signIn(head, PASSWORD)).toBe(200);
  });

  it('who resets an account and opens the link himself sits in a seat that does nothing', async () => {
    const secret = await reset(member);
    await expect.poll(() => signIn(member, PASSWORD)).toBe(401);
    expect((await member.page.request('POST', '/api/session/here')).body['refusal']).toBe('signed-out');
    expect(await look(secret)).toMatchObject({ body: { opens: 'account', userName: member.keys.userName, name: 'Aki Brook' } });
    const thief = anybody();
    const opened = await open(secret, { password: OTHER_PASSWORD }, thief);
    expect(opened.status).toBe(200);
    const view = await sessionOf(thief);
    thief.user = view.person!.user;
    expect(view.places).toMatchObject([{ state: 'asleep' }]);
    expect(await seatOf(thief)).toMatchObject({ actor: null, waiting: { for: 'confirmation', delegation: 'Azure', by: 'Rita Root', wakesAt: null } });
    expect((await thief.request('POST', `/api/accounts/${member.user}/recovery`, { password: OTHER_PASSWORD })).body['refusal']).toBe('seat-sleeps');
    expect((await thief.request('POST', `/api/accounts/${member.user}/close`, { password: OTHER_PASSWORD })).body['refusal']).toBe('seat-sleeps');
    expect(await look(secret)).toMatchObject(SPENT);
    // The recovery code that the link has shown is worth nothing yet; the owner's, from when the account began, is.
    expect((await recover(member.keys.userName, String(opened.body['recoveryCode']))).body['refusal']).toBe('wrong-recovery');
    const owner = anybody();
    const recovered = await recover(member.keys.userName, member.keys.recoveryCode.toLowerCase().replaceAll('-', ' '), PASSWORD, owner);
    expect(recovered.status).toBe(200);
    expect(await seatOf(owner)).toMatchObject({ actor: { role: 'negotiator', delegation: 'a' }, waiting: null });
    expect((await thief.request('POST', '/api/session/here')).body['refusal']).toBe('signed-out');
    expect(await signIn(member, OTHER_PASSWORD)).toBe(401);
    expect((await recover(member.keys.userName, member.keys.recoveryCode)).body['refusal']).toBe('wrong-recovery');
    owner.user = member.user;
    member = { page: owner, user: member.user, keys: { userName: member.keys.userName, recoveryCode: String(recovered.body['recoveryCode']) } };
  });

  it('a second link voids the first, and ends whatever was begun with it', async () => {
    const [first, second] = [await reset(member), await reset(member)];
    expect(await open(first)).toMatchObject(SPENT);
    const owner = anybody();
    const opened = await open(second, { password: OTHER_PASSWORD }, owner);
    expect(opened.status).toBe(200);
    expect(await onGroup(server, head.user, { t: 'confirmSeat', user: member.user, link: linkOf(second) })).toBe('done');
    expect(await seatOf(owner)).toMatchObject({ actor: { role: 'negotiator' } });
    // Now the code that the link has shown holds, and the one before it no longer: whoever had stolen it is out.
    expect((await recover(member.keys.userName, member.keys.recoveryCode)).body['refusal']).toBe('wrong-recovery');
    const recovered = await recover(member.keys.userName, String(opened.body['recoveryCode']), PASSWORD, owner);
    expect(recovered.status).toBe(200);
    owner.user = member.user;
    member = { page: owner, user: member.user, keys: { userName: member.keys.userName, recoveryCode: String(recovered.body['recoveryCode']) } };
  });
});

describe('[Z22] a recovery code', () => {
  it('of nobody, a wrong one and a closed account’s get one answer, slower and slower', async () => {
    const wrong = await Promise.all([recover(member.keys.userName, '00000-00000-00000-00000'), recover('nobody-1234', member.keys.recoveryCode), recover('', '')]);
    expect(new Set(wrong.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    expect(wrong[0]).toMatchObject({ status: 401, body: { refusal: 'wrong-recovery' } });
    for (let n = 0; n < 2; n++) await recover('nobody-1234', '');
    const began = performance.now();
    expect(await recover('nobody-1234', '')).toMatchObject({ status: 401, body: { refusal: 'wrong-recovery' } });
    expect(performance.now() - began).toBeGreaterThan(900);
  });

  it('is made anew by its owner, with the password', async () => {
    expect((await member.page.request('POST', `/api/accounts/${member.user}/recovery`, { password: 'a wrong password' })).body['refusal']).toBe('wrong-password');
    const { status, body } = await member.page.request('POST', `/api/accounts/${member.user}/recovery`, { password: PASSWORD });
    expect([status, body['userName']]).toEqual([200, member.keys.userName]);
    expect(body['recoveryCode']).not.toBe(member.keys.recoveryCode);
  });

  it('holds until its successor is there, wherever recovering breaks off; the one that a reset’s link has shown never does then', async () => {
    const one = await beginning(server, await invitation(server, head.user, 'negotiator', 'a'), 'Ivo Ford'), { userName, recoveryCode } = one.keys;
    const stolen = String((await open(await reset(one))).body['recoveryCode']);
    const { setRecovery } = PostgresAccountStore.prototype, set = vi.spyOn(PostgresAccountStore.prototype, 'setRecovery');
    set.mockImplementation(async function onlyFirst(this: PostgresAccountStore, ...values) {
      set.mockImplementation(async () => { throw new Error('broken off'); });
      await setRecovery.call(this, ...values);
    });
    expect((await recover(userName, recoveryCode)).status).toBe(500);
    set.mockRestore();
    expect(isAsleep(server.rooms.state, one.user)).toBe(false);
    // Whatever else happens in the group: what was to hold later holds now, and that is nothing.
    await reset(member);
    expect((await recover(userName, stolen)).body['refusal']).toBe('wrong-recovery');
    expect((await recover(userName, recoveryCode)).status).toBe(200);
  });
});

describe('[Z25] what was asked with a password that is no more', () => {
  /** Somebody’s requests whose password is compared, and found right, before it changes, and answered after that. */
  async function overtaken(asks: (one: Begun) => readonly (() => Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> }>)[], displayName: string) {
    const one = await beginning(server, await invitation(server, head.user, 'negotiator', 'a'), displayName);
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => { release = resolve; });
    const original = Passwords.prototype.matches, requests = asks(one);
    let compared = 0;
    vi.spyOn(Passwords.prototype, 'matches').mockImplementation(async function held(this: Passwords, ...values) {
      const right = await original.call(this, ...values);
      compared += 1;
      await released;
      return right;
    });
    const asked = requests.map((ask) => ask());
    await vi.waitFor(() => expect(compared).toBe(requests.length), { timeout: 20_000 });
    vi.restoreAllMocks();
    const opened = await open(await reset(one), { password: OTHER_PASSWORD }, one.page);
    expect(opened.status).toBe(200);
    release();
    return { one, answers: await Promise.all(asked) };
  }

  it('begins no session, and changes no password, no code and no account of whoever has chosen another', async () => {
    const signingIn = anybody(), finder = anybody();
    const { one, answers } = await overtaken(({ user, keys, page }) => {
      Object.assign(finder, { cookie: page.cookie, user: page.user });
      return [
        () => signingIn.request('POST', '/api/session', { userName: keys.userName, password: PASSWORD }),
        () => finder.request('PATCH', `/api/accounts/${user}/password`, { current: PASSWORD, password: `${PASSWORD} anew` }),
        () => finder.request('POST', `/api/accounts/${user}/recovery`, { password: PASSWORD }),
        () => finder.request('POST', `/api/accounts/${user}/close`, { password: PASSWORD }),
      ];
    }, 'Una Glen');
    expect(answers.map(({ body }) => body['refusal'])).toEqual(['wrong-password', 'signed-out', 'signed-out', 'signed-out']);
    expect(await sessionOf(signingIn)).toMatchObject({ person: null });
    expect([await signIn(one, `${PASSWORD} anew`), await signIn(one, PASSWORD), await signIn(one, OTHER_PASSWORD)]).toEqual([401, 401, 200]);
    expect(server.rooms.state.seats[one.user]).toBeDefined();
    // The owner’s own page goes on, and its seat waits.
    expect(await seatOf(one.page)).toMatchObject({ waiting: { for: 'confirmation' } });
  });
});

describe('[Z23] an account', () => {
  it('is closed by its owner: the seat ends, nobody signs in or recovers, and open links to it die', async () => {
    const one = await beginning(server, await invitation(server, head.user, 'negotiator', 'a'), 'Kai Dell');
    expect((await one.page.request('POST', `/api/accounts/${one.user}/close`, { password: 'a wrong password' })).body['refusal']).toBe('wrong-password');
    expect((await one.page.request('POST', `/api/accounts/${one.user}/close`, { password: PASSWORD })).status).toBe(204);
    expect(server.rooms.state.seats[one.user]).toBeUndefined();
    expect(await signIn(one, PASSWORD)).toBe(401);
    expect((await one.page.request('POST', '/api/session/here')).body['refusal']).toBe('signed-out');
    expect((await admin.request('POST', `/api/accounts/${one.user}/reset`, { link: linkOf(newSecret()) })).body['refusal']).toBe('not-seated');
  });

  it('of somebody who is proposed is closed with the proposal; until then nobody has a name like it', async () => {
    const one = await beginning(server, await invitation(server, admin.user, 'observer'), 'Lea Frost');
    expect((await open(await invitation(server, otherHead.user, 'negotiator', 'o'), { person: { userName: 'lea', displayName: 'LEA-FROST' } })).body['refusal']).toBe('looks-alike');
    expect(await onGroup(server, head.user, { t: 'acceptSeat', user: one.user, role: 'observer' })).toBe('done');
    expect((await one.page.request('POST', `/api/accounts/${one.user}/close`, { password: PASSWORD })).status).toBe(204);
    expect(await onGroup(server, otherHead.user, { t: 'acceptSeat', user: one.user, role: 'observer' })).toBe('nothing-pending');
    expect([await signIn(one, PASSWORD), server.rooms.state.seats[one.user]]).toEqual([401, undefined]);
  });

  it('of the last head and of the last administrator stays open', async () => {
    expect((await head.page.request('POST', `/api/accounts/${head.user}/close`, { password: PASSWORD })).body['refusal']).toBe('last-head');
    expect((await admin.request('POST', `/api/accounts/${admin.user}/close`, { password: PASSWORD })).body['refusal']).toBe('last-administrator');
    expect(await signIn(head, PASSWORD)).toBe(200);
  });
});

describe('[Z24] names', () => {
  it.each([
    ['Ada Hill', 'Аdа Hill'], ['Ada Hill', 'ADA HILL'], ['Ada Hill', 'Ａｄａ Ｈｉｌｌ'], ['Ada Hill', 'Áda Hìll'], ['Ada Hill', 'ada-hill'], ['Ada Hill', 'AdaHi11'], ['Olu', 'OIu'], ['Olu', '0lu'],
    ['Søren', 'Soren'], ['Ada Hill', 'ᴀda Hill'], ['Nora', 'ɴora'], ['Maria', 'ᴍᴀʀɪᴀ'], ['maria', 'rnaria'], ['Ali Ñandú', 'ALI NANDU'], ['Zoë', 'Zoe\u0308'], ['Iris', 'İris'], ['李明', '李 明'], ['Ωmega', 'Ωmega'],
    ['Dan', 'Ꭰan'], ['Dan', 'ꭰan'], ['Lee', 'Ꮮee'], ['Lee', 'ꓡee'], ['Maria', 'МАRIA'], ['Maria', 'ΜΑRIΑ'], ['Irina', 'ІRINА'], ['Straße', 'STRASSE'], ['Weiß', 'Weiss'], ['Willi', 'VVilli'], ['محمد', 'محمـد'], ['علی', 'علي'], ['Ada Hill', 'Ada—Hill'], ['Ada Hill', 'Ada–Hill'], ['Ada Hill', 'Ada\u00A0Hill'],
    ['Ida', 'ıda'], ['Ida', 'İda'], ['IV', 'Ⅳ'], ['Ada', '𝐀𝐝𝐚'], ['Ada', 'Ⓐⓓⓐ'], ['Ada', 'A\u0332da'], ['Ada', 'A\u20DDda'], ['Kim', '\u212Aim'], ['Iris', '|ris'], ['口田', 'ロ田'], ['工力', 'エカ'], ['ナ', 'ﾅ'], ['Łukasz', 'Lukasz'], ['Ada', '(Ada)'], ['fine', 'ﬁne'], ['Omar', '０mar'],
  ])('%s and %s look the same', (one, other) => expect([lookAlike(one, other), lookAlike(other, one)]).toEqual([true, true]));

  it.each([['Ada Hill', 'Ada Hall'], ['Ada', 'Adam'], ['李明', '李朋'], ['Ann', 'Anna'], ['Bo', 'Bob'], ['محمد', 'محمود'], ['Anna', 'Ama'], ['Cleo', 'Deo'], ['Ива', 'Ева'], ['张伟', '张炜'], ['Iva', 'Eva'], ['Li', 'Le'], ['Wei', 'Vei'], ['スー', 'ス']])('%s and %s do not', (one, other) => expect(lookAlike(one, other)).toBe(false));

  it('of two people of a group do not look the same, also of one who has left, or is the group’s own', async () => {
    for (const displayName of ['Аda Hill', 'OLU VALE', 'Kai DeII', 'Azure', 'ochre', 'Parley', 'Moderator', 'HEAD of delegation', 'Аuditor', 'Rita  Root'.replace('  ', '-')]) {
      const answer = await open(await invitation(server, otherHead.user, 'negotiator', 'o'), { person: { userName: 'double', displayName } });
      expect([displayName, answer.body['refusal']]).toEqual([displayName, 'looks-alike']);
    }
  });
});
