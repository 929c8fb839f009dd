import { type DocumentAct, type GroupAct, positionRoom, type Proposal, requestDigest, type Role, type RoomName, type WordsProposal } from '@parley/negotiation';
import { type ClientEvents, type GroupHistoryView, type HistoryView, type InstantView, type Joined, linkOf, writeAct } from '@parley/protocol';
import { applyEdits, digestOf, plainSlot, type Provision, readText, textDigest, textFrom, writeEdits } from '@parley/text';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { asked, newSecret, Person, proposals, retype } from '../support/person.ts';
import { routes } from '../support/routes.ts';
import { provision } from '../support/rules-fixture.ts';
import { NAMES, PASSWORD } from '../support/cast.ts';
import { type WorkingGroup, workingGroup } from '../support/working-group.ts';

/** What everybody may do, in one place: no line of it is computed by the rules it is compared with. */

const SEATED = [...NAMES, 'admin'] as const;
/** `unseated` has an account and no seat, `stranger` is not signed in. */
const EVERYBODY = [...SEATED, 'unseated', 'stranger'] as const;
type Who = (typeof EVERYBODY)[number];

/**
 * `frozen`: Azure's head has accepted the paper. `consented`: Azure's head has agreed *first*. `agreed`: both heads have. `reopening`: Azure's head has asked for it back.
 * `closing`: the moderator has proposed it, and Azure's head has assented. `closed`: Ochre's has, too.
 */
const STAGES = ['drafting', 'frozen', 'negotiation', 'agreed', 'reopening', 'consented', 'closing', 'closed'] as const;
type Stage = (typeof STAGES)[number];

/** Whoever is not named in a line of an act or a room is answered this, at every stage. */
const OTHERWISE: Readonly<Record<Who, string>> = {
  azHead: 'role-forbids', az: 'role-forbids', ocHead: 'role-forbids', oc: 'role-forbids', chair: 'role-forbids', auditor: 'role-forbids', observer: 'role-forbids',
  admin: 'not-found', unseated: 'not-found', stranger: 'signed-out',
};

/** Azure has proposed a change of *second*; it is this proposal that is answered. */
const ACTS = `
                                      drafting         frozen             negotiation       agreed            reopening          consented         closing           closed
  openDocument       chair            document-exists  document-exists    document-exists   document-exists   document-exists    document-exists   document-exists   document-exists
  acceptAsBasis      azHead           done             already-consented  stage-forbids     stage-forbids     stage-forbids      stage-forbids     stage-forbids     document-closed
  acceptAsBasis      ocHead           done             done               stage-forbids     stage-forbids     stage-forbids      stage-forbids     stage-forbids     document-closed
  declineBasis       azHead           nothing-pending  own-proposal       stage-forbids     stage-forbids     stage-forbids      stage-forbids     stage-forbids     document-closed
  declineBasis       ocHead           nothing-pending  done               stage-forbids     stage-forbids     stage-forbids      stage-forbids     stage-forbids     document-closed
  takeBackBasis      azHead           nothing-pending  done               stage-forbids     stage-forbids     stage-forbids      stage-forbids     stage-forbids     document-closed
  takeBackBasis      ocHead           nothing-pending  other-delegation   stage-forbids     stage-forbids     stage-forbids      stage-forbids     stage-forbids     document-closed
  accept             azHead           stage-forbids    stage-forbids      own-proposal      own-proposal      own-proposal       own-proposal      own-proposal      document-closed
  accept             ocHead           stage-forbids    stage-forbids      done              done              done               done              done              document-closed
  decline            azHead           stage-forbids    stage-forbids      own-proposal      own-proposal      own-proposal       own-proposal      own-proposal      document-closed
  decline            ocHead           stage-forbids    stage-forbids      done              done              done               done              done              document-closed
  withdraw           azHead,az        stage-forbids    stage-forbids      done              done              done               done              done              document-closed
  withdraw           ocHead,oc,chair  stage-forbids    stage-forbids      other-delegation  other-delegation  other-delegation   other-delegation  other-delegation  document-closed
  table              azHead,az        stage-forbids    stage-forbids      done              done              done               done              done              document-closed
  table              ocHead,oc,chair  stage-forbids    stage-forbids      done              done              done               done              done              document-closed
  makeDraft          azHead,az,chair  stage-forbids    stage-forbids      done              done              done               done              done              document-closed
  makeDraft          ocHead,oc        stage-forbids    stage-forbids      done              done              done               done              done              document-closed
  putDraftAway       azHead,az,chair  stage-forbids    stage-forbids      not-found         not-found         not-found          not-found         not-found         document-closed
  putDraftAway       ocHead,oc        stage-forbids    stage-forbids      not-found         not-found         not-found          not-found         not-found         document-closed
  takeDraftUp        azHead,az,chair  stage-forbids    stage-forbids      not-found         not-found         not-found          not-found         not-found         document-closed
  takeDraftUp        ocHead,oc        stage-forbids    stage-forbids      not-found         not-found         not-found          not-found         not-found         document-closed
  lookAtPlaces       azHead,az,chair  stage-forbids    stage-forbids      nothing-pending   nothing-pending   nothing-pending    nothing-pending   nothing-pending   document-closed
  lookAtPlaces       ocHead,oc        stage-forbids    stage-forbids      nothing-pending   nothing-pending   nothing-pending    nothing-pending   nothing-pending   document-closed
  writeNote          azHead,az,chair  done             done               done              done              done               done              done              document-closed
  writeNote          ocHead,oc        done             done               done              done              done               done              done              document-closed
  removeNote         azHead,az,chair  not-found        not-found          not-found         not-found         not-found          not-found         not-found         document-closed
  removeNote         ocHead,oc        not-found        not-found          not-found         not-found         not-found          not-found         not-found         document-closed
  agree              azHead           stage-forbids    stage-forbids      done              already-agreed    already-agreed     already-agreed    done              document-closed
  agree              ocHead           stage-forbids    stage-forbids      done              already-agreed    already-agreed     done              done              document-closed
  takeBackConsent    azHead           stage-forbids    stage-forbids      nothing-pending   provision-locked  provision-locked   done              nothing-pending   document-closed
  takeBackConsent    ocHead           stage-forbids    stage-forbids      nothing-pending   provision-locked  provision-locked   nothing-pending   nothing-pending   document-closed
  approve            chair            stage-forbids    stage-forbids      not-agreed        done              reopening-asked    not-agreed        not-agreed        document-closed
  askReopening       azHead           stage-forbids    stage-forbids      not-agreed        done              reopening-pending  not-agreed        not-agreed        document-closed
  askReopening       ocHead           stage-forbids    stage-forbids      not-agreed        done              done               not-agreed        not-agreed        document-closed
  grantReopening     azHead           stage-forbids    stage-forbids      nothing-pending   nothing-pending   own-request        nothing-pending   nothing-pending   document-closed
  grantReopening     ocHead           stage-forbids    stage-forbids      nothing-pending   nothing-pending   done               nothing-pending   nothing-pending   document-closed
  declineReopening   azHead           stage-forbids    stage-forbids      nothing-pending   nothing-pending   own-request        nothing-pending   nothing-pending   document-closed
  declineReopening   ocHead           stage-forbids    stage-forbids      nothing-pending   nothing-pending   done               nothing-pending   nothing-pending   document-closed
  takeBackReopening  azHead           stage-forbids    stage-forbids      nothing-pending   nothing-pending   done               nothing-pending   nothing-pending   document-closed
  takeBackReopening  ocHead           stage-forbids    stage-forbids      nothing-pending   nothing-pending   other-delegation   nothing-pending   nothing-pending   document-closed
  closePaper         chair            done             done               stage-forbids     stage-forbids     stage-forbids      stage-forbids     stage-forbids     document-closed
  proposeClosing     chair            stage-forbids    stage-forbids      done              done              done               done              closing-pending   document-closed
  assentToClosing    azHead           stage-forbids    stage-forbids      nothing-pending   nothing-pending   nothing-pending    nothing-pending   already-assented  document-closed
  assentToClosing    ocHead           stage-forbids    stage-forbids      nothing-pending   nothing-pending   nothing-pending    nothing-pending   done              document-closed
  declineClosing     azHead,ocHead    stage-forbids    stage-forbids      nothing-pending   nothing-pending   nothing-pending    nothing-pending   done              document-closed
  takeBackClosing    chair            stage-forbids    stage-forbids      nothing-pending   nothing-pending   nothing-pending    nothing-pending   done              document-closed
`;

const ROOMS = `
                                              drafting       frozen         negotiation       agreed            reopening         consented         closing           closed
  working          azHead,az,ocHead,oc,chair  done           paper-frozen   stage-forbids     stage-forbids     stage-forbids     stage-forbids     stage-forbids     document-closed
  common           azHead,az,ocHead,oc,chair  stage-forbids  stage-forbids  role-forbids      role-forbids      role-forbids      role-forbids      role-forbids      document-closed
  position:az      azHead,az                  stage-forbids  stage-forbids  done              done              done              done              done              document-closed
  position:az      ocHead,oc,chair            stage-forbids  stage-forbids  other-delegation  other-delegation  other-delegation  other-delegation  other-delegation  document-closed
  position:oc      ocHead,oc                  stage-forbids  stage-forbids  done              done              done              done              done              document-closed
  position:oc      azHead,az,chair            stage-forbids  stage-forbids  other-delegation  other-delegation  other-delegation  other-delegation  other-delegation  document-closed
  position:chair   chair                      stage-forbids  stage-forbids  done              done              done              done              done              document-closed
  position:chair   azHead,az,ocHead,oc        stage-forbids  stage-forbids  other-delegation  other-delegation  other-delegation  other-delegation  other-delegation  document-closed
  position:nobody  azHead,az,ocHead,oc,chair  not-found      not-found      not-found         not-found         not-found         not-found         not-found         not-found
  secret:az        azHead,az,ocHead,oc,chair  not-found      not-found      not-found         not-found         not-found         not-found         not-found         not-found
`;

/**
 * Acts on the working group: on whom, and about which seat. *Somebody* has an account and, before a removal or a reset, that seat; `u_nobody` has not even an account.
 * All others: role-forbids (of whom there is no seat, everybody is told so), and signed-out.
 */
const SEATS = `
                                                  admin                azHead              ocHead
  invite        -            head:az              delegation-has-head  done                other-delegation
  invite        -            negotiator:az        delegation-has-head  done                other-delegation
  invite        -            negotiator:nowhere   not-found            not-found           not-found
  invite        -            negotiator           not-found            not-found           not-found
  invite        -            moderator            done                 role-forbids        role-forbids
  invite        -            auditor              done                 role-forbids        role-forbids
  invite        -            observer             done                 role-forbids        role-forbids
  invite        -            administrator        done                 role-forbids        role-forbids
  invite        -            moderator:az         role-forbids         role-forbids        role-forbids
  acceptSeat    somebody     observer             role-forbids         nothing-pending     nothing-pending
  declineSeat   somebody     observer             nothing-pending      nothing-pending     nothing-pending
  keepSeat      somebody     observer             role-forbids         nothing-pending     nothing-pending
  remove        somebody     negotiator:az        role-forbids         done                other-delegation
  remove        somebody     head:az              role-forbids         done                other-delegation
  remove        somebody     auditor              done                 done                done
  remove        somebody     administrator        done                 done                done
  remove        somebody     -                    not-seated           not-seated          not-seated
  remove        azHead       -                    role-forbids         last-head           other-delegation
  remove        admin        -                    last-administrator   last-administrator  last-administrator
  remove        u_nobody     -                    not-seated           not-seated          not-seated
  resetAccount  somebody     negotiator:az        done                 role-forbids        role-forbids
  resetAccount  somebody     auditor              done                 role-forbids        role-forbids
  resetAccount  somebody     -                    not-seated           role-forbids        role-forbids
  resetAccount  admin        -                    own-seat             role-forbids        role-forbids
`;

/** Every route, what it asks for first. Where a body is needed it is a well-formed one of which nothing comes. */
const ROUTES = `
                                                          stranger        unseated        member          head            admin
GET     /api/health                                     200             200             200             200             200
  GET     /api/health/differences                         signed-out      role-forbids    role-forbids    role-forbids    200
  GET     /api/session                                    200             200             200             200             200
  POST    /api/session                                    wrong-password  wrong-password  wrong-password  wrong-password  wrong-password
  POST    /api/session/demo                               not-found       not-found       not-found       not-found       not-found
  POST    /api/session/here                               signed-out      204             204             204             204
  GET     /api/sessions                                   signed-out      200             200             200             200
  DELETE  /api/sessions/:id                               signed-out      not-found       not-found       not-found       not-found
  POST    /api/setup                                      set-up-done     set-up-done     set-up-done     set-up-done     set-up-done
  POST    /api/demo/accounts                              not-found       not-found       not-found       not-found       not-found
  POST    /api/demo/rest                                  not-found       not-found       not-found       not-found       not-found
  GET     /api/installation                               signed-out      role-forbids    role-forbids    role-forbids    200
  POST    /api/groups                                     signed-out      role-forbids    role-forbids    role-forbids    bad-request
  PATCH   /api/accounts/:user/password                    signed-out      role-forbids    role-forbids    role-forbids    role-forbids
  POST    /api/accounts/:user/recovery                    signed-out      role-forbids    role-forbids    role-forbids    role-forbids
  POST    /api/accounts/:user/close                       signed-out      role-forbids    role-forbids    role-forbids    role-forbids
  POST    /api/accounts/:user/reset                       signed-out      role-forbids    role-forbids    role-forbids    not-seated
  POST    /api/links/group                                link-spent      link-spent      link-spent      link-spent      link-spent
  POST    /api/groups/:group/links/look                   link-spent      link-spent      link-spent      link-spent      link-spent
  POST    /api/groups/:group/links/open                   link-spent      link-spent      link-spent      link-spent      link-spent
  POST    /api/groups/:group/links/take                   signed-out      link-spent      link-spent      link-spent      link-spent
  POST    /api/recovery                                   bad-request     bad-request     bad-request     bad-request     bad-request
  GET     /api/groups/:group                              signed-out      not-found       200             200             200
  GET     /api/groups/:group/seat                         signed-out      not-found       200             200             200
  GET     /api/groups/:group/history                      signed-out      not-found       200             200             200
  POST    /api/groups/:group/acts                         signed-out      not-found       bad-request     bad-request     bad-request
  GET     /api/groups/:group/documents/:id/history        signed-out      not-found       200             200             not-found
  GET     /api/groups/:group/documents/:id/at/:index      signed-out      not-found       200             200             not-found
  GET     /api/groups/:group/documents/:id/unread         signed-out      not-found       200             200             not-found
  POST    /api/groups/:group/documents/:id/read           signed-out      not-found       204             204             not-found
  POST    /api/groups/:group/documents/:id/acts           signed-out      not-found       bad-request     bad-request     bad-request
  DELETE  /api/session                                    signed-out      204             204             204             204
`;

/** The lines of a table: the cells of each, and the names of its columns. */
function linesOf(table: string): { readonly columns: readonly string[]; readonly lines: readonly (readonly string[])[] } {
  const [columns, ...lines] = table.trim().split('\n').map((line) => line.trim().split(/\s+/));
  return { columns: columns!, lines };
}

/** One answer for each act or room, person and stage. */
function expectations(table: string, stage: Stage): Map<string, string> {
  const { columns, lines } = linesOf(table);
  const answers = new Map<string, string>();
  for (const [what] of lines) for (const who of EVERYBODY) answers.set(`${what} by ${who}`, OTHERWISE[who]);
  for (const [what, names, ...cells] of lines) for (const who of names!.split(',')) answers.set(`${what} by ${who}`, cells[columns.indexOf(stage)]!);
  return answers;
}

let w: WorkingGroup;
let people: Record<Who, Person>;
let anybody: Person;
let somebody: string;
let proposal: Proposal;
const sockets = new Map<Who, Socket>();
let az: string;
let oc: string;

const first = provision('first', 'Each side shall acknowledge a request within 24 hours.');
const second = provision('second', 'A refusal shall state its grounds.');
const PROVISIONS: readonly Provision[] = [first, second];

beforeAll(async () => {
  w = await workingGroup();
  [az, oc] = w.delegations;
  const unseated = await w.unseated('Una Seated');
  anybody = await w.unseated('Some Body');
  somebody = anybody.user;
  people = { ...Object.fromEntries(NAMES.map((name) => [name, w[name]])), admin: w.admin, unseated, stranger: new Person(w.parley.url, 'stranger', w.id) } as Record<Who, Person>;
  for (const who of SEATED) sockets.set(who, await people[who].connected());
  proposal = (await paperIn('negotiation')).proposal!;
});
afterAll(async () => {
  await people.unseated.leave();
  await w.end();
});

/** A new document at a stage. Everything before the stage is done by those whose it is. */
async function paperIn(stage: Stage): Promise<{ readonly doc: string; readonly proposal?: Proposal }> {
  const doc = await w.draft(PROVISIONS);
  const digest = textDigest(textFrom(PROVISIONS));
  if (stage === 'drafting') return { doc };
  await w.azHead.mustAct(doc, { t: 'acceptAsBasis', digest });
  if (stage === 'frozen') return { doc };
  await w.ocHead.mustAct(doc, { t: 'acceptAsBasis', digest });
  const client = await w.az.open(doc, { socket: sockets.get('az')! });
  retype(client, 'second', 'its grounds', 'the grounds on which it rests');
  await client.saved();
  const made = proposals(client)[0]!.proposal;
  await client.stop();
  await w.parley.later();
  await settle(doc, stage);
  return { doc, proposal: made };
}

async function settle(doc: string, stage: Stage): Promise<void> {
  const agreeing: readonly Stage[] = ['agreed', 'reopening'];
  if (stage === 'consented' || agreeing.includes(stage)) await w.azHead.mustAct(doc, SENT.agree(doc));
  if (agreeing.includes(stage)) await w.ocHead.mustAct(doc, SENT.agree(doc));
  if (stage === 'reopening') {
    const entry = await w.azHead.mustAct(doc, { t: 'askReopening', provision: 'first', digest: digestOf(first), reason: 'instructions' });
    const { document } = await w.chair.must<InstantView>('GET', `documents/${doc}/at/${entry}`);
    requests.set(doc, requestDigest(document, 'first', az)!);
  }
  if (stage !== 'closing' && stage !== 'closed') return;
  const closing = closingOf(doc);
  expect((await w.chair.act(doc, { t: 'proposeClosing', reason: 'no use' }, closing)).status).toBe(200);
  await w.azHead.mustAct(doc, { t: 'assentToClosing', closing });
  if (stage === 'closed') await w.ocHead.mustAct(doc, { t: 'assentToClosing', closing });
}

/** What tells the request of a document in the stage `reopening`. */
const requests = new Map<string, string>();
const requestIn = (doc: string): string => requests.get(doc) ?? '0'.repeat(64);

/** The id of the act that proposes to close a document. */
const closingOf = (doc: string): string => `closing-${doc}`.slice(0, 64);

type Loose<T> = T extends unknown ? Omit<T, 'v' | 'id' | 'doc'> : never;
type OfDocument = Exclude<DocumentAct['t'], 'lapse' | 'lapseParts' | 'followPosition'>;

/** What accepting the proposal is shown to bring about. */
const accepting = (): Loose<DocumentAct> => {
  const { key, hunks } = proposal as WordsProposal;
  const own = applyEdits(textFrom(PROVISIONS), hunks.map((h) => ({ do: 'splice', id: 'second', key, from: h.from, to: h.to, insert: h.inserted })));
  return { t: 'accept', parts: [proposal], own: 'withdrawn', givesUp: [], result: { provisions: [{ provision: 'second', digest: digestOf(own.by.get('second')!) }], order: null } };
};

/** Each act as one would send it who could. */
const SENT: Readonly<Record<OfDocument, (doc: string) => Loose<DocumentAct>>> = {
  openDocument: () => ({ t: 'openDocument', title: 'Another', template: 'understanding', provisions: [] }),
  acceptAsBasis: () => ({ t: 'acceptAsBasis', digest: textDigest(textFrom(PROVISIONS)) }),
  declineBasis: () => ({ t: 'declineBasis', digest: textDigest(textFrom(PROVISIONS)), reason: 'not yet' }),
  takeBackBasis: () => ({ t: 'takeBackBasis' }),
  accept: accepting,
  decline: () => ({ t: 'decline', parts: [proposal], reason: 'too long' }),
  withdraw: () => ({ t: 'withdraw', parts: [proposal] }),
  table: () => ({ t: 'table', parts: [{ on: 'item', provision: 'second', item: { type: 'field', field: 'level', from: 0, to: 1 } }] }),
  makeDraft: () => ({ t: 'makeDraft', draft: 'fallback', name: 'Fallback', from: 'working', copied: 'draft' }),
  putDraftAway: () => ({ t: 'putDraftAway', draft: 'fallback' }),
  takeDraftUp: () => ({ t: 'takeDraftUp', draft: 'fallback' }),
  lookAtPlaces: () => ({ t: 'lookAtPlaces', draft: 'working', places: [{ provision: 'first' }] }),
  writeNote: () => ({ t: 'writeNote', note: 'red-line', provision: 'first', level: 'must', text: 'Never more than 24 hours.', before: null }),
  removeNote: () => ({ t: 'removeNote', note: 'red-line' }),
  agree: () => ({ t: 'agree', provision: 'first', digest: digestOf(first) }),
  takeBackConsent: () => ({ t: 'takeBackConsent', consent: { on: 'provision', provision: 'first', digest: digestOf(first) } }),
  approve: () => ({ t: 'approve', provision: 'first', digest: digestOf(first) }),
  askReopening: () => ({ t: 'askReopening', provision: 'first', digest: digestOf(first), reason: 'instructions' }),
  grantReopening: (doc) => ({ t: 'grantReopening', provision: 'first', digest: digestOf(first), request: requestIn(doc) }),
  declineReopening: (doc) => ({ t: 'declineReopening', provision: 'first', digest: digestOf(first), request: requestIn(doc) }),
  takeBackReopening: (doc) => ({ t: 'takeBackReopening', provision: 'first', digest: digestOf(first), request: requestIn(doc) }),
  closePaper: () => ({ t: 'closePaper', reason: 'no use' }),
  proposeClosing: () => ({ t: 'proposeClosing', reason: 'no use' }),
  assentToClosing: (doc) => ({ t: 'assentToClosing', closing: closingOf(doc) }),
  declineClosing: (doc) => ({ t: 'declineClosing', closing: closingOf(doc), reason: 'it goes on' }),
  takeBackClosing: (doc) => ({ t: 'takeBackClosing', closing: closingOf(doc) }),
};

const outcomeOf = ({ status, body }: { readonly status: number; readonly body: { readonly refusal?: string } }): string => body.refusal ?? (status === 200 ? 'done' : String(status));
const lastEntry = async (doc: string): Promise<number> => (await w.chair.must<HistoryView>('GET', `documents/${doc}/history`)).entries.at(-1)!.index;

/** All lines that nobody comes through with go to one document, which they must leave as it is; each of the others gets a document of its own. */
async function answers(stage: Stage, expected: Map<string, string>, ask: (who: Who, what: string, doc: string) => Promise<string>): Promise<Map<string, string>> {
  const { doc } = await paperIn(stage);
  const before = await lastEntry(doc);
  const answers = new Map<string, string>();
  const refused = EVERYBODY.map((who) => [...expected].filter(([name, answer]) => name.endsWith(` by ${who}`) && answer !== 'done').map(([name]) => name));
  await Promise.all(refused.map(async (names) => {
    for (const name of names) answers.set(name, await ask(whoIn(name), whatIn(name), doc));
  }));
  expect(await lastEntry(doc), 'a refused request leaves nothing behind').toBe(before);
  for (const [name, answer] of expected) if (answer === 'done') answers.set(name, await ask(whoIn(name), whatIn(name), (await paperIn(stage)).doc));
  return new Map([...expected.keys()].map((name) => [name, answers.get(name)!]));
}
const whoIn = (name: string): Who => name.split(' by ')[1] as Who;
const whatIn = (name: string): string => name.split(' by ')[0]!;

describe.each(STAGES)('at the stage %s', (stage) => {
  it('every act is answered to everybody as the table says', async () => {
    const expected = expectations(ACTS, stage);
    expect([...new Set([...expected.keys()].map(whatIn))].sort()).toEqual(Object.keys(SENT).sort());
    expect(await answers(stage, expected, async (who, what, doc) => outcomeOf(await people[who].act(doc, SENT[what as OfDocument](doc))))).toEqual(expected);
  });

  it('every room takes what is written in it from those of whom the table says so', async () => {
    const expected = expectations(ROOMS, stage);
    for (const name of [...expected.keys()]) if (!sockets.has(whoIn(name))) expected.delete(name);
    const paper = await paperIn(stage);
    const updates = new Map<RoomName, Uint8Array>();
    expect(await answers(stage, expected, async (who, what, doc) => {
      const room = roomNamed(what);
      const update = expected.get(`${what} by ${who}`) === 'done' ? await typing(who, doc, room) : (updates.get(room) ?? await typing('chair', paper.doc, room));
      updates.set(room, update);
      const answer = await asked(sockets.get(who)!, 'update', { doc, room, update });
      return answer.ok ? 'done' : answer.reason!;
    })).toEqual(expected);
  });

  it('the text and its history are there for those who may read, and do not exist for the others', async () => {
    const { doc } = await paperIn(stage);
    const readers: readonly Who[] = ['azHead', 'az', 'ocHead', 'oc', 'chair', 'auditor', 'observer'];
    for (const who of EVERYBODY) {
      const reads = readers.includes(who);
      const read = (id: string) => Promise.all([people[who].request('GET', `documents/${id}/history`), people[who].request('GET', `documents/${id}/at/999999`)]);
      const [there, missing] = [await read(doc), await read('no-such-document')];
      expect([who, ...there.map(outcomeOf)]).toEqual([who, ...(reads ? ['done', 'done'] : [OTHERWISE[who], OTHERWISE[who]])]);
      if (!reads) expect(there.map(({ body }) => body)).toEqual(missing.map(({ body }) => body));
      else expect(missing.map(outcomeOf)).toEqual(['not-found', 'not-found']);
      const socket = sockets.get(who);
      if (!socket) continue;
      const joined = await asked(socket, 'join', { doc, have: {} });
      expect([who, joined.ok, joined.reason]).toEqual([who, reads, reads ? undefined : 'not-found']);
      if (!reads) expect(joined).toEqual(await asked(socket, 'join', { doc: 'no-such-document', have: {} }));
      const listed = await people[who].request<{ documents: { id: string }[] }>('GET', '');
      expect(listed.body.documents?.some(({ id }) => id === doc) ?? false).toBe(reads);
    }
    // Being there is seen, and only of those who read.
    const { documents } = await w.chair.group();
    const named = new Map(EVERYBODY.map((who) => [people[who].user, who]));
    expect(documents.find(({ id }) => id === doc)!.here.map((user) => named.get(user)).sort()).toEqual([...readers].sort());
    for (const socket of sockets.values()) await asked(socket, 'leave', { doc });
  });
});

const roomNamed = (what: string): RoomName => (what === 'position:az' ? positionRoom(az) : what === 'position:oc' ? positionRoom(oc) : (what as RoomName));

/** An honest update of somebody, who joins, types and leaves; where the room is not there, one that was typed elsewhere. */
async function typing(who: Who, doc: string, room: RoomName): Promise<Uint8Array> {
  const socket = sockets.get(who)!;
  const { rooms } = await asked<Joined>(socket, 'join', { doc, have: {} });
  await asked(socket, 'leave', { doc });
  const ydoc = new Y.Doc();
  const state = rooms[room] ?? Object.values(rooms)[0]!;
  for (const update of state.updates) Y.applyUpdate(ydoc, update);
  const [id] = readText(ydoc).list.slice(-1);
  writeEdits(ydoc, [{ do: 'splice', id: id!, key: 'en:text', from: 0, to: 0, insert: plainSlot('Promptly: ') }], Math.random);
  return Y.encodeStateAsUpdate(ydoc, state.vector);
}

describe('seats', () => {
  const userOf = (name: string): string => (name === 'somebody' ? somebody : (people[name as Who]?.user ?? name));
  const seatNamed = (name: string): { readonly role: Role; readonly delegation?: string } => {
    const [role, delegation] = name.split(':') as [Role, string?];
    return { role, ...(delegation && { delegation: delegation === 'az' ? az : delegation }) };
  };
  const sent = (act: string, whom: string, seat: string): Loose<GroupAct> => {
    if (act === 'invite') return { t: 'invite', link: linkOf(newSecret()), ...seatNamed(seat) };
    const user = userOf(whom);
    if (act === 'acceptSeat') return { t: 'acceptSeat', user, role: seatNamed(seat).role };
    return { t: act as 'remove' | 'declineSeat' | 'keepSeat', user };
  };
  const asks = async (who: Who, act: string, whom: string, seat: string): Promise<string> => {
    if (act !== 'resetAccount') return outcomeOf(await people[who].actOnGroup(sent(act, whom, seat)));
    const { status, body } = await people[who].resets(userOf(whom), linkOf(newSecret()));
    return status === 204 ? 'done' : body.refusal!;
  };
  /** Brings somebody to a seat, or to none, by those whose it is. */
  const bring = async (seat: string): Promise<void> => {
    const now = (await w.admin.group()).group.seats[somebody];
    const by = (delegation: string | undefined) => (delegation ? w.azHead : w.admin);
    if (now) expect(outcomeOf(await by(now.delegation).actOnGroup({ t: 'remove', user: somebody }))).toBe('done');
    if (seat === '-') return;
    await w.seat(anybody, seatNamed(seat).role, seatNamed(seat).delegation);
  };

  it('are given and taken by those of whom the table says so', async () => {
    const { columns, lines } = linesOf(SEATS);
    const answers: string[][] = [];
    for (const [act, whom, seat, ...cells] of lines as [string, string, string, ...string[]][]) {
      const before = act === 'remove' || act === 'resetAccount' ? seat : '-';
      const row = [act, whom, seat];
      await bring(before);
      for (const [i, who] of columns.entries()) {
        row.push(await asks(who as Who, act, whom, seat));
        // Whose account was reset comes back with the recovery code.
        if (cells[i] === 'done' && act === 'resetAccount') anybody.keys = await anybody.must('POST', '/api/recovery', { userName: anybody.keys.userName, code: anybody.keys.recoveryCode, password: PASSWORD });
        if (cells[i] === 'done') await bring(before);
      }
      for (const who of EVERYBODY) {
        if (columns.includes(who)) continue;
        const answer = await asks(who, act, whom, seat);
        const otherwise = who === 'stranger' ? 'signed-out' : who === 'unseated' && act !== 'resetAccount' ? 'not-found' : act === 'remove' && cells[0] === 'not-seated' ? 'not-seated' : 'role-forbids';
        if (answer !== otherwise) row.push(`${who}: ${answer}`);
      }
      answers.push(row);
    }
    await bring('-');
    expect(answers).toEqual(lines);
    // Whoever was seated at first sits there still.
    const { seats } = (await w.admin.group()).group;
    expect(Object.keys(seats).sort()).toEqual(SEATED.map((who) => people[who].user).sort());
  });
});

describe('ids', () => {
  /** Names that every object of JavaScript has. */
  const INHERITED = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'];

  it('of documents that are not there are answered alike to everybody: not found', async () => {
    for (const doc of ['no-such-document', ...INHERITED]) {
      for (const who of SEATED) {
        const socket = sockets.get(who)!;
        const answers = [
          outcomeOf(await people[who].request('GET', `documents/${doc}/history`)), outcomeOf(await people[who].request('GET', `documents/${doc}/at/5`)),
          outcomeOf(await people[who].act(doc, SENT.agree(doc))), outcomeOf(await people[who].act(doc, SENT.takeBackBasis(''))),
          (await asked(socket, 'join', { doc, have: {} })).reason, (await asked(socket, 'update', { doc, room: 'working', update: new Uint8Array([0, 0]) })).reason,
        ];
        expect([doc, who, ...answers]).toEqual([doc, who, ...answers.map(() => 'not-found')]);
      }
    }
  });

  it('[Q21] of the log’s own parts open nothing, and no id is kept from documents', async () => {
    for (const who of SEATED) {
      for (const id of ['@', 'group']) {
        const named = id === '@' ? 'bad-request' : 'not-found';
        expect(outcomeOf(await people[who].request('GET', `documents/${encodeURIComponent(id)}/history`))).toBe(named);
        expect(outcomeOf(await people[who].request('GET', `documents/${encodeURIComponent(id)}/at/0`))).toBe(named);
        expect((await asked(sockets.get(who)!, 'join', { doc: id, have: {} })).reason).toBe(named);
      }
      expect(outcomeOf(await people[who].act('@', SENT.openDocument('')))).toBe('bad-request');
    }
  });

  it('two in one request are refused when they differ: an act is on the document that it names', async () => {
    const [one, two] = [(await paperIn('drafting')).doc, (await paperIn('drafting')).doc];
    const body = writeAct({ v: 1, id: 'two-ids', doc: one, ...SENT.acceptAsBasis('') } as DocumentAct, 'ab'.repeat(16));
    expect(outcomeOf(await w.azHead.request('POST', `documents/${two}/acts`, body))).toBe('bad-request');
    expect(outcomeOf(await w.azHead.request('POST', 'acts', body))).toBe('bad-request');
    expect(outcomeOf(await w.azHead.request('POST', `documents/${one}/acts`, body))).toBe('done');
  });

  it('of entries show the document they are asked of, and nothing of another', async () => {
    const { doc } = await paperIn('drafting');
    const later = (await paperIn('drafting')).doc;
    const before = await lastEntry(doc);
    const shown = await w.auditor.must<{ index: number; document: { id: string } }>('GET', `documents/${doc}/at/${await lastEntry(later)}`);
    expect([shown.index, shown.document.id]).toEqual([before, doc]);
    expect(outcomeOf(await w.auditor.request('GET', `documents/${later}/at/${before}`))).toBe('not-found');
  });

  it('of provisions that are not there are not found', async () => {
    const { doc } = await paperIn('agreed');
    for (const id of ['no-such-provision', ...INHERITED]) {
      for (const act of [SENT.agree(doc), SENT.askReopening(doc)]) expect([id, outcomeOf(await w.azHead.act(doc, { ...act, provision: id } as Loose<DocumentAct>))]).toEqual([id, 'not-found']);
      for (const act of [SENT.grantReopening(doc), SENT.declineReopening(doc), SENT.takeBackReopening(doc)]) expect([id, outcomeOf(await w.azHead.act(doc, { ...act, provision: id } as Loose<DocumentAct>))]).toEqual([id, 'nothing-pending']);
      expect([id, outcomeOf(await w.azHead.act(doc, { t: 'takeBackConsent', consent: { on: 'provision', provision: id, digest: digestOf(first) } }))]).toEqual([id, 'nothing-pending']);
      expect([id, outcomeOf(await w.chair.act(doc, { ...SENT.approve(doc), provision: id } as Loose<DocumentAct>))]).toEqual([id, 'not-found']);
    }
  });

  it('of people who are not there seat and unseat nobody', async () => {
    const { entries } = await w.admin.must<GroupHistoryView>('GET', 'history');
    for (const user of ['u_nobody', 'server', ...INHERITED]) {
      expect([user, outcomeOf(await w.admin.resets(user, linkOf(newSecret())))]).toEqual([user, 'not-seated']);
      for (const act of [{ t: 'resetAccount', user, link: linkOf(newSecret()) }, { t: 'appoint', user, role: 'observer' }, { t: 'establish', name: 'Another', delegations: [] }] as const) expect([user, outcomeOf(await w.admin.actOnGroup(act))]).toEqual([user, 'bad-request']);
      for (const act of [{ t: 'acceptSeat', user, role: 'observer' }, { t: 'confirmSeat', user, link: '0'.repeat(64) }, { t: 'declineSeat', user }] as const) expect([user, outcomeOf(await w.azHead.actOnGroup(act))]).toEqual([user, 'nothing-pending']);
      for (const act of [{ t: 'takeSeat', user, link: '0'.repeat(64) }, { t: 'renewAccount', user, link: '0'.repeat(64) }, { t: 'recoverAccount', user }, { t: 'wakeSeat', user }] as const) expect([user, outcomeOf(await w.admin.actOnGroup(act))]).toEqual([user, 'bad-request']);
      for (const by of [w.admin, w.azHead]) expect([user, outcomeOf(await by.actOnGroup({ t: 'remove', user }))]).toEqual([user, 'not-seated']);
    }
    expect((await w.admin.must<GroupHistoryView>('GET', 'history')).entries).toHaveLength(entries.length);
  });

  it('that no room takes for a provision open no document', async () => {
    const provisions = [provision('__proto__', 'Each side shall reply.')];
    expect(outcomeOf(await w.chair.act('strange', { t: 'openDocument', title: 'Strange', template: 'understanding', provisions }))).toMatch(/^bad-/);
  });

  it('that every object has are as good as others for a provision', async () => {
    const words = INHERITED.filter((id) => id !== '__proto__').map((id) => provision(id, 'Each side shall reply.'));
    const doc = await w.negotiate(words);
    for (const { id } of words) {
      const act = { t: 'agree', provision: id, digest: digestOf(words.find((p) => p.id === id)!) } as const;
      expect([id, outcomeOf(await w.azHead.act(doc, act)), outcomeOf(await w.ocHead.act(doc, act)), outcomeOf(await w.chair.act(doc, { ...act, t: 'approve' }))]).toEqual([id, 'done', 'done', 'done']);
    }
    const row = (await w.auditor.group()).documents.find(({ id }) => id === doc)!;
    expect(row.progress).toEqual({ approved: words.length, agreed: 0, clean: 0, bracketed: 0, open: 0 });
  });
});

describe('the server’s own act', () => {
  it('is taken from nobody', async () => {
    const { doc } = await paperIn('negotiation');
    await w.azHead.mustAct(doc, SENT.agree(doc));
    for (const who of SEATED) for (const act of [{ t: 'lapse', provision: 'first' }, { t: 'lapseParts', key: `chair|${'0'.repeat(24)}` }] as const) expect(outcomeOf(await people[who].act(doc, act))).toBe('bad-request');
  });
});

describe('a socket', () => {
  const events: Readonly<Record<keyof ClientEvents, (doc: string) => unknown>> = {
    join: (doc) => ({ doc, have: {} }), leave: (doc) => ({ doc }), update: (doc) => ({ doc, room: 'working', update: new Uint8Array([0, 0]) }),
    compare: (doc) => ({ doc, entry: 0, rooms: {} }),
    presence: (doc) => ({ doc, caret: { room: 'working', provision: 'first', key: 'en:text', anchor: 0, head: 0 } }),
  };

  it('is opened by nobody who has not signed in', async () => {
    await expect(people.stranger.connected({ seat: w.az.user })).rejects.toMatchObject({ data: { refusal: 'signed-out' } });
  });

  it('asks for nothing but the events there are, and for those with the words there are', async () => {
    const { doc } = await paperIn('drafting');
    for (const who of SEATED) {
      const socket = sockets.get(who)!;
      for (const event of ['perform', 'constructor', 'commit', 'closing']) expect((await asked(socket, event, { doc })).reason).toBe('bad-request');
      for (const [event, request] of Object.entries(events)) {
        expect((await asked(socket, event, { ...(request(doc) as object), user: w.azHead.user })).reason, event).toBe('bad-request');
        expect((await asked(socket, event, null)).reason, event).toBe('bad-request');
      }
    }
  });

  it('puts nobody into a document that has not joined it, whatever it says of a caret', async () => {
    const { doc } = await paperIn('drafting');
    for (const who of SEATED) await asked(sockets.get(who)!, 'presence', events.presence(doc));
    expect((await w.chair.group()).documents.find(({ id }) => id === doc)!.here).toEqual([]);
  });
});

describe('every route', () => {
  /** A well-formed body, so that only the seat is checked. */
  const BODIES: Readonly<Record<string, (who: Who) => unknown>> = {
    'POST /api/session': (who) => ({ userName: `nobody.${who}`, password: PASSWORD }),
    'POST /api/session/demo': () => ({ user: w.az.user }),
    'POST /api/setup': (who) => ({
      token: 'guess', userName: `again.${who}`, displayName: 'Again', password: PASSWORD, group: { name: 'Again', delegations: [{ code: 'A', name: 'A' }, { code: 'B', name: 'B' }] },
    }),
    'POST /api/demo/rest': () => ({ key: 'guess' }),
    'POST /api/demo/accounts': () => ({ key: 'guess', accounts: [{ userName: 'guest', displayName: 'Guest' }] }),
    'POST /api/accounts/:user/recovery': () => ({ password: PASSWORD }), 'POST /api/accounts/:user/close': () => ({ password: PASSWORD }),
    'POST /api/links/group': () => ({ secret: newSecret() }), 'POST /api/accounts/:user/reset': () => ({ link: linkOf(newSecret()) }), 'POST /api/groups': () => ({ name: 'Group' }),
    'POST /api/groups/:group/links/look': () => ({ secret: newSecret() }), 'POST /api/groups/:group/links/take': () => ({ secret: newSecret() }), 'POST /api/groups/:group/links/open': () => ({ secret: newSecret(), password: PASSWORD }),
    'POST /api/recovery': () => ({}),
    'PATCH /api/accounts/:user/password': () => ({ password: PASSWORD }),
    'POST /api/groups/:group/acts': () => ({ op: '{}', words: '{}' }),
    'POST /api/groups/:group/documents/:id/read': () => ({ entry: 0 }),
    'POST /api/groups/:group/documents/:id/acts': () => ({ op: '{}', words: '{}' }),
  };
  const columnOf = (who: Who): string => ({ stranger: 'stranger', unseated: 'unseated', admin: 'admin', azHead: 'head', ocHead: 'head' } as Partial<Record<Who, string>>)[who] ?? 'member';

  it('stands in the table', () => {
    expect(linesOf(ROUTES).lines.map(([method, route]) => `${method} ${route}`).sort()).toEqual(routes().map((route) => `${route.method} ${route.path}`).sort());
  });

  it('answers everybody as the table says', async () => {
    const { columns, lines } = linesOf(ROUTES);
    const { doc } = await paperIn('drafting');
    for (const [method, route, ...cells] of lines) {
      const at = route!.replace(':group', w.id).replace(':id', doc).replace(':index', '999999').replace(':user', somebody);
      for (const who of EVERYBODY) {
        const { status, body } = await people[who].request(method!, at, BODIES[`${method} ${route}`]?.(who));
        expect([method, route, who, body.refusal ?? String(status)]).toEqual([method, route, who, cells[columns.indexOf(columnOf(who))]]);
      }
    }
  });
});
