import { type GroupHistoryView, linkOf } from '@parley/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { databaseSettings, type Parley, startParley } from '../support/parley.ts';
import { newSecret, Person } from '../support/person.ts';
import { TEST_KEY } from '../support/state-mac.ts';
import { OTHER_PASSWORD, PASSWORD } from '../support/cast.ts';
import { type WorkingGroup, workingGroup } from '../support/working-group.ts';

const HOUR = 60 * 60_000;

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => { for (const close of closing.splice(0).reverse()) await close(); });

/** A working group over a database of its own, in which no one but their head sits for Ochre, and a server that can end in the middle of something. */
class Place {
  private constructor(readonly w: WorkingGroup, readonly database: TestDatabase, private readonly env: Readonly<Record<string, string>>, private now: Parley) {}

  static async open(settings: Readonly<Record<string, string>> = {}): Promise<Place> {
    const database = await testDatabase();
    closing.push(() => database.drop());
    const env = { ...databaseSettings(database.connection), SESSION_KEY: TEST_KEY, ...settings };
    const w = await workingGroup({ env });
    closing.push(() => w.end());
    const place = new Place(w, database, env, w.parley);
    closing.push(() => place.now.stop());
    // The time of the database stays: without this every session would have run out in the server's.
    await database.dataSource.query('CREATE FUNCTION stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.expire = now() + interval \'30 days\'; RETURN NEW; END $$');
    await database.dataSource.query('CREATE TRIGGER stays BEFORE INSERT OR UPDATE ON session FOR EACH ROW EXECUTE FUNCTION stays()');
    await database.dataSource.query('UPDATE session SET sid = sid');
    await w.ocHead.mustOnGroup({ t: 'remove', user: w.oc.user });
    return place;
  }

  get parley(): Parley { return this.now; }

  /** The server is killed and started again; `between` happens to the database meanwhile. */
  async interrupted(between: () => Promise<unknown> = async () => undefined): Promise<void> {
    const { port, data } = this.now;
    await this.now.kill();
    await between();
    this.now = await startParley({ env: this.env, port, data });
  }

  /** Somebody in a browser of their own. */
  browser = (name: string): Person => new Person(this.now.url, name, this.w.id);

  /** The account of the head of Ochre is reset; the secret of the link. */
  async reset(): Promise<string> {
    const secret = newSecret();
    expect((await this.w.admin.resets(this.w.ocHead.user, linkOf(secret))).status).toBe(204);
    return secret;
  }

  async account(): Promise<Readonly<Record<string, unknown>>> {
    const [row] = await this.database.dataSource.query<Record<string, unknown>[]>('SELECT password_hash, recovery_hash, next_recovery_hash FROM account WHERE id = $1', [this.w.ocHead.user]);
    return row!;
  }

  async set(columns: Readonly<Record<string, unknown>>): Promise<void> {
    for (const [column, value] of Object.entries(columns)) await this.database.dataSource.query(`UPDATE account SET ${column} = $2 WHERE id = $1`, [this.w.ocHead.user, value]);
  }

  async signsIn(password: string): Promise<string> {
    const { status, body } = await this.browser('ocHead').request('POST', '/api/session', { userName: this.w.ocHead.keys.userName, password });
    return status === 200 ? 'in' : body.refusal!;
  }
}

const actorOf = async (person: Person) => (await person.seat()).actor;
const refusal = async (asking: Promise<{ readonly body: { readonly refusal?: string } }>): Promise<string | undefined> => (await asking).body.refusal;
/** What was done to the seat, and when. */
const done = async (reader: Person) => (await reader.must<GroupHistoryView>('GET', 'history')).entries.filter(({ act }) => ['resetAccount', 'renewAccount', 'recoverAccount', 'wakeSeat', 'confirmSeat'].includes(act.t));

describe('a seat that nobody can confirm', () => {
  /** Nobody stays signed in for a day. */
  const signedIn = (place: Place, who: 'azHead' | 'auditor'): Promise<Person> => place.browser(who).signIn(place.w[who].keys.userName, PASSWORD);

  it.each([['as it comes', {}, 24], ['as it is configured', { WAKE_AFTER_HOURS: '3' }, 3]] as const)('[P9] wakes by the clock and never before, told to both sides: %s', async (_case, settings, hours) => {
    const place = await Place.open(settings), { w } = place;
    const owner = await place.browser('ocHead').opens(await place.reset(), OTHER_PASSWORD);
    const { asleep } = (await w.azHead.group()).group, { since, wakesAt } = asleep[owner.user]!;
    expect(wakesAt).toBe(since + hours * HOUR);
    expect((await owner.seat()).waiting).toMatchObject({ for: 'confirmation', delegation: 'Ochre', wakesAt });
    await place.parley.later((hours - 1) * HOUR);
    // Nobody is asked to confirm it who could be the administrator's: neither the other side nor a neutral seat.
    const [ada, aud] = [await signedIn(place, 'azHead'), await signedIn(place, 'auditor')];
    for (const one of [ada, aud]) expect(['other-delegation', 'role-forbids']).toContain(await refusal(one.actOnGroup({ t: 'confirmSeat', user: owner.user, link: asleep[owner.user]!.link })));
    const early = await place.browser('ocHead').signIn(w.ocHead.keys.userName, OTHER_PASSWORD);
    expect(await actorOf(early)).toBeNull();
    // A new start does not begin the wait anew.
    await place.interrupted();
    await place.parley.later(HOUR);
    await expect.poll(() => actorOf(early), { timeout: 45_000, interval: 250 }).toMatchObject({ role: 'head' });
    for (const one of [ada, aud, early]) {
      const woken = (await done(one)).at(-1)!;
      expect([woken.by, woken.act.t]).toEqual(['server', 'wakeSeat']);
      expect(woken.at).toBeGreaterThanOrEqual(wakesAt!);
    }
    expect((await ada.group()).group.asleep).toEqual({});
  });

  it('[P9] does not wake before its link was opened, however long that takes', async () => {
    const place = await Place.open({ WAKE_AFTER_HOURS: '1' });
    const secret = await place.reset();
    await place.parley.later(2 * HOUR);
    await place.interrupted();
    expect((await done(await signedIn(place, 'auditor'))).map(({ act }) => act.t)).toEqual(['resetAccount']);
    const owner = await place.browser('ocHead').opens(secret, OTHER_PASSWORD);
    await expect.poll(() => actorOf(owner), { timeout: 45_000, interval: 250 }).toMatchObject({ role: 'head' });
    expect((await done(owner)).map(({ act }) => act.t)).toEqual(['resetAccount', 'renewAccount', 'wakeSeat']);
  });
});

describe('a reset that was interrupted', () => {
  it('[Z21] after its entry and before the account was touched, is carried out at the next start', async () => {
    const place = await Place.open(), { ocHead } = place.w;
    const [before, sessions] = [await place.account(), await place.database.dataSource.query<{ sid: string }[]>('SELECT * FROM session WHERE sess->>\'user\' = $1', [ocHead.user])];
    expect(sessions).not.toEqual([]);
    const secret = await place.reset();
    await expect.poll(async () => (await place.account())['password_hash'], { timeout: 20_000 }).toBeNull();
    await place.interrupted(async () => {
      await place.set(before);
      await place.database.dataSource.query('INSERT INTO session SELECT * FROM jsonb_populate_recordset(NULL::session, $1)', [JSON.stringify(sessions)]);
    });
    expect(await refusal(ocHead.request('GET', ''))).toBe('signed-out');
    expect(await place.signsIn(PASSWORD)).toBe('wrong-password');
    const owner = await place.browser('ocHead').opens(secret, OTHER_PASSWORD);
    expect((await owner.seat()).waiting).toMatchObject({ for: 'confirmation' });
  });

  it('[Z21] after a password was chosen and before its entry, begins anew: that password opens nothing, the link still does', async () => {
    const place = await Place.open();
    const secret = await place.reset();
    await expect.poll(async () => (await place.account())['password_hash'], { timeout: 20_000 }).toBeNull();
    const [{ hash }] = await place.database.dataSource.query<{ hash: string }[]>('SELECT password_hash AS hash FROM account WHERE id = $1', [place.w.azHead.user]) as [{ hash: string }];
    const former = (await place.account())['recovery_hash'];
    await place.interrupted(() => place.set({ password_hash: hash, next_recovery_hash: 'f'.repeat(64) }));
    expect(await place.signsIn(PASSWORD)).toBe('wrong-password');
    expect(await place.account()).toEqual({ password_hash: null, recovery_hash: former, next_recovery_hash: null });
    const owner = await place.browser('ocHead').opens(secret, OTHER_PASSWORD);
    expect(await place.signsIn(OTHER_PASSWORD)).toBe('in');
    expect(await actorOf(owner)).toBeNull();
  });

  it('[P8] before its entry, is none: a link of which the record has nothing opens nothing, and the account is as it was', async () => {
    const place = await Place.open();
    const secret = newSecret();
    await place.interrupted();
    expect(await refusal(place.browser('finder').request('POST', 'links/open', { secret, password: OTHER_PASSWORD }))).toBe('link-spent');
    expect(await place.signsIn(PASSWORD)).toBe('in');
    expect((await place.w.azHead.group()).group.asleep).toEqual({});
  });

  it('[Z22] by its owner, who recovered the account and was never shown the new code, leaves the former code and nobody else’s', async () => {
    const place = await Place.open(), { ocHead, azHead } = place.w, { userName, recoveryCode } = ocHead.keys;
    const secret = await place.reset();
    // The administrator opens the link himself, and keeps the code that it shows.
    const thief = await place.browser('thief').opens(secret, OTHER_PASSWORD);
    const mine = await place.account();
    const owner = place.browser('ocHead');
    await owner.must('POST', '/api/recovery', { userName, code: recoveryCode, password: PASSWORD });
    owner.user = ocHead.user;
    // The server ended between the entry and the new code: the account has the password, and of the codes what it had then.
    await place.interrupted(() => place.set({ recovery_hash: mine['recovery_hash'], next_recovery_hash: null }));
    expect(await refusal(place.browser('thief').request('POST', '/api/recovery', { userName, code: thief.keys.recoveryCode, password: OTHER_PASSWORD }))).toBe('wrong-recovery');
    expect((await place.browser('ocHead').request('POST', '/api/recovery', { userName, code: recoveryCode, password: PASSWORD })).status).toBe(200);
    expect((await done(azHead)).map(({ act }) => act.t)).toEqual(['resetAccount', 'renewAccount', 'recoverAccount', 'recoverAccount']);
  });
});

describe('a link and the clock', () => {
  it('[P6] [Z20] opens what it is for until a day after it was made, by the times of the record, and nothing from then on, also after a restart; a look at it tells no more', async () => {
    const place = await Place.open(), { azHead, admin, delegations: [azure], az } = place.w;
    const links = async () => {
      const reset = newSecret();
      const made = [await azHead.invites('negotiator', azure), await admin.invites('observer')];
      expect((await admin.resets(az.user, linkOf(reset))).status).toBe(204);
      return [...made, reset];
    };
    const look = (secrets: readonly string[]) => Promise.all(secrets.map(async (secret) => { const { status, body } = await place.browser('finder').request('POST', 'links/look', { secret }); return status < 300 ? 'open' : body.refusal; }));
    const open = (secrets: readonly string[]) => Promise.all(secrets.map(async (secret, i) => {
      const person = i === 2 ? {} : { person: { userName: `late${i}`, displayName: `Late Comer ${'ab'[i]}` } };
      const { status, body } = await place.browser('late').request('POST', 'links/open', { secret, password: OTHER_PASSWORD, ...person });
      return status < 300 ? 'open' : body.refusal;
    }));
    const spent = ['link-spent', 'link-spent', 'link-spent'], first = await links();
    await place.parley.later(24 * HOUR - 60_000);
    expect(await look(first)).toEqual(['open', 'open', 'open']);
    await place.parley.later(60_000);
    expect([await look(first), await open(first)]).toEqual([spent, spent]);
    await place.interrupted();
    expect([await look(first), await open(first)]).toEqual([spent, spent]);
    const again = await links();
    expect(await open(again)).toEqual(['open', 'open', 'open']);
    expect(await open(again)).toEqual(spent);
  });
});
