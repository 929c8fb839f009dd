import { request as rawRequest, type IncomingHttpHeaders } from 'node:http';
import { positionRoom, type Proposal } from '@parley/negotiation';
import { type HistoryView, type Presence, SEAT_HEADER, SOCKET_PATH, writeAct } from '@parley/protocol';
import { digestOf, plainSlot } from '@parley/text';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PageLike } from '../support/browser-like.ts';
import { accepting, append, asked, Person, proposals } from '../support/person.ts';
import { provision } from '../support/rules-fixture.ts';
import { PASSWORD } from '../support/cast.ts';
import { type WorkingGroup, workingGroup } from '../support/working-group.ts';

/** What every answer carries, what is taken from where, and what words and ids are let in: tried from outside. */

let w: WorkingGroup;
let page: PageLike;
beforeAll(async () => {
  w = await workingGroup();
  page = new PageLike(w.parley.url);
  await page.signIn(w.azHead.keys.userName, PASSWORD);
});
afterAll(() => w.end());

interface Raw { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }

/** A request with exactly these header lines; `upgraded` when the server took it for a websocket. */
function raw(method: string, path: string, lines: readonly (readonly [string, string])[], body = ''): Promise<Raw & { readonly upgraded: boolean }> {
  return new Promise((resolve, reject) => {
    const { hostname, port, host } = new URL(w.parley.url);
    const headers = [['Host', host], ...lines, ...(method === 'GET' ? [] : [['Content-Length', String(Buffer.byteLength(body))]])].flat();
    const sent = rawRequest({ hostname, port, method, path, headers, agent: false });
    sent.once('error', reject);
    sent.once('upgrade', (answer, socket) => { socket.destroy(); resolve({ status: 101, headers: answer.headers, body: '', upgraded: true }); });
    sent.once('response', (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => { text += chunk.toString(); });
      answer.once('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, body: text, upgraded: false }));
    });
    sent.end(body);
  });
}

const UPGRADE = [['Connection', 'Upgrade'], ['Upgrade', 'websocket'], ['Sec-WebSocket-Version', '13'], ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ==']] as const;
const handshake = (origins: readonly string[], query = 'EIO=4&transport=websocket') =>
  raw('GET', `${SOCKET_PATH}/?${query}`, [...UPGRADE, ['Cookie', page.cookie!], ...origins.map((origin) => ['Origin', origin] as const)]);
const posting = (origins: readonly string[], more: readonly (readonly [string, string])[] = []) =>
  raw('POST', '/api/session/here', [['Cookie', page.cookie!], [SEAT_HEADER, page.user], ...origins.map((origin) => ['Origin', origin] as const), ...more]);

describe('the origin', () => {
  const own = () => w.parley.url;
  const FOREIGN: readonly (readonly [string, () => readonly string[]])[] = [
    ['missing', () => []], ['null', () => ['null']], ['empty', () => ['']], ['another site', () => ['https://evil.example']], ['another scheme', () => [own().replace('http:', 'https:')]], ['another port', () => [own().replace(/\d+$/, '1')]],
    ['no port', () => [own().replace(/:\d+$/, '')]], ['upper case', () => [own().toUpperCase()]], ['a slash behind it', () => [`${own()}/`]], ['something behind it', () => [`${own()}.evil.example`]], ['user information in it', () => [own().replace('//', '//evil@')]],
    ['two, the own first', () => [own(), 'https://evil.example']], ['two, the own last', () => ['https://evil.example', own()]], ['the own twice', () => [own(), own()]], ['two in one line', () => [`${own()}, ${own()}`]],
  ];

  it('is the own one for whatever writes, and for a socket', async () => {
    expect((await posting([own()])).status).toBe(204);
    expect((await handshake([own()])).upgraded).toBe(true);
  });

  it.each(FOREIGN)('is not: %s', async (_case, origins) => {
    expect(await posting(origins())).toMatchObject({ status: 403, body: expect.stringContaining('"bad-origin"') as string });
    const { upgraded, status } = await handshake(origins());
    expect([upgraded, status >= 400]).toEqual([false, true]);
  });

  it('may be left out by a page that the browser calls our own, under our own name, and by no other', async () => {
    const { host } = new URL(own());
    expect((await posting([], [['Sec-Fetch-Site', 'same-origin']])).status).toBe(204);
    for (const site of ['same-site', 'cross-site', 'none', '']) expect((await posting([], [['Sec-Fetch-Site', site]])).status).toBe(403);
    const renamed = await fetch(`${own()}/api/health`).then(() => raw('POST', '/api/session/here', [['Cookie', page.cookie!], [SEAT_HEADER, page.user], ['Sec-Fetch-Site', 'same-origin'], ['X-Forwarded-Host', host]]));
    expect(renamed.status).toBe(204);
  });
});

describe('every answer', () => {
  const POLICY: Readonly<Record<string, RegExp>> = {
    'content-security-policy': /^default-src 'none';/, 'x-content-type-options': /^nosniff$/, 'referrer-policy': /^no-referrer$/, 'cross-origin-opener-policy': /^same-origin$/,
    'cross-origin-resource-policy': /^same-origin$/, 'permissions-policy': /camera=\(\)/, 'x-frame-options': /^DENY$/,
  };
  const DIRECTIVES = ["default-src 'none'", "base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'", "form-action 'self'", "img-src 'self' blob: data:", "font-src 'self'", "worker-src 'self'"];

  it.each<[string, string, string, number]>([
    ['the page', 'GET', '/', 200], ['a route of the page', 'GET', '/documents/x', 200], ['a file that is not there', 'GET', '/assets/none.js', 404], ['a path that cannot be read', 'GET', '/%E0%A4%A', 200],
    ['the health', 'GET', '/api/health', 200], ['what needs a session', 'GET', '/api/groups/any', 401], ['no route', 'GET', '/api/none', 404], ['a path of it that cannot be read', 'GET', '/api/groups/any/documents/%E0%A4%A/history', 400],
    ['a foreign write', 'POST', '/api/session', 403], ['a strange method', 'PUT', '/api/groups/any', 403],
  ])('keeps itself to itself: %s', async (_what, method, path, status) => {
    const answer = await raw(method, path, []);
    expect(answer.status).toBe(status);
    for (const [name, pattern] of Object.entries(POLICY)) expect([name, answer.headers[name]]).toEqual([name, expect.stringMatching(pattern)]);
    const policy = String(answer.headers['content-security-policy']);
    for (const directive of DIRECTIVES) expect(policy.split(';')).toContain(directive);
    expect(policy).not.toMatch(/unsafe|\*|http:|upgrade-insecure/);
    expect(answer.headers['x-powered-by']).toBeUndefined();
    if (path.startsWith('/api')) expect(answer.headers['cache-control']).toBe('no-store');
    if (path === '/') expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body).not.toMatch(/node_modules|\.ts:\d|at \w+ \(/);
  });

  it('of a script, which may be kept, has them too', async () => {
    const { body } = await raw('GET', '/', []);
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(body)![1]!;
    const answer = await raw('GET', script, []);
    expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': expect.stringContaining('immutable') as string, 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' } });
    expect(answer.headers['content-type']).toMatch(/javascript/);
  });

  it('of a script is the same, compressed or not', async () => {
    const { body } = await raw('GET', '/', []), scripts = [...body.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g)].map(([, path]) => path!);
    expect(scripts.length).toBeGreaterThan(1);
    for (const script of scripts) {
      const read = async (encoding: string) => {
        const answer = await fetch(new URL(script, w.parley.url), { headers: { 'accept-encoding': encoding } });
        return [answer.headers.get('content-encoding'), await answer.text()];
      };
      const [, plain] = await read('identity');
      for (const encoding of ['br', 'gzip']) expect(await read(encoding)).toEqual([encoding, plain]);
    }
  });

  it('is a new nonce each time, and the one of all that the page loads', async () => {
    const pages = await Promise.all([raw('GET', '/', []), raw('GET', '/', [])]);
    const nonces = pages.map(({ headers }) => /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))![1]!);
    expect(new Set(nonces).size).toBe(2);
    pages.forEach(({ headers, body }, i) => {
      const policy = String(headers['content-security-policy']).split(';');
      expect(policy).toContain(`script-src 'nonce-${nonces[i]}' 'strict-dynamic'`);
      expect(policy).toContain(`style-src 'self' 'nonce-${nonces[i]}'`);
      const loading = body.match(/<(?:script|link rel="(?:modulepreload|stylesheet)")[^>]*>/g)!;
      expect(loading.filter((tag) => !tag.includes(`nonce="${nonces[i]}"`))).toEqual([]);
      expect(loading.length).toBeGreaterThan(1);
    });
  });

  it('to a socket that is not let in says nothing of what it was asked', async () => {
    for (const query of ['EIO=4&transport=%3Cscript%3Ealert(1)%3C/script%3E', 'EIO=3&transport=websocket', 'EIO=4&transport=polling', 'EIO=4&transport=websocket&sid=%3Cimg%3E']) {
      const answers = [await handshake(['https://evil.example'], query), await raw('GET', `${SOCKET_PATH}/?${query}`, [['Origin', 'https://evil.example']])];
      for (const { status, body, upgraded, headers } of answers) {
        expect([status >= 400, upgraded]).toEqual([true, false]);
        expect(body).not.toMatch(/script|img|<|polling/);
        expect(headers['access-control-allow-origin']).toBeUndefined();
      }
    }
  });
});

describe('words', () => {
  const HONEST = ['مذكرة تفاهم (1)', 'מזכר הבנות', '关于网络犯罪调查的谅解备忘录', '覚書 👩‍⚖️', 'Mémorandum'];
  const HOSTILE = ['a\u202Eb', 'a\u200Bb', '\ufffd', 'a\u0007b', 'a\u2066b', '\u3164', 'a\u{E0061}'];

  it('of a title and a reason stand in every script, and not with what nobody sees', async () => {
    for (const title of HONEST) {
      const doc = await w.draft([provision('p', title)], title);
      expect((await w.auditor.group()).documents.find(({ id }) => id === doc)!.title).toBe(title);
    }
    const doc = await w.negotiate([provision('p', 'Each side shall reply.')]);
    const client = await w.az.open(doc);
    append(client, 'p', ' Promptly.');
    await client.saved();
    const { proposal } = proposals(client)[0]!;
    for (const bad of HOSTILE) {
      const opened = w.chair.act(`bad-${HOSTILE.indexOf(bad)}`, { t: 'openDocument', title: `x${bad}x`, template: 'understanding', provisions: [] });
      const declined = w.ocHead.act(doc, { t: 'decline', parts: [proposal], reason: `x${bad}x` });
      for (const act of [opened, declined]) expect([bad, (await act).body.refusal]).toEqual([bad, 'bad-text']);
    }
    expect((await w.ocHead.act(doc, { t: 'decline', parts: [proposal], reason: HONEST.join('\n') })).status).toBe(200);
    await client.stop();
  });

  it('of a half character have no canonical form, and are not smuggled in as an escape, in an act or a name', async () => {
    expect(() => writeAct({ v: 1, id: 'half', doc: 'half', t: 'openDocument', title: '\ud83d', template: 'understanding', provisions: [] }, 'ab'.repeat(16))).toThrow();
    const op = writeAct({ v: 1, id: 'half', doc: 'half', t: 'openDocument', title: 'x', template: 'understanding', provisions: [] }, 'ab'.repeat(16));
    const body = JSON.stringify({ ...op, words: op.words.replace('"title":"x"', '"title":"\\ud83d"') });
    expect((await w.chair.request('POST', 'documents/half/acts', JSON.parse(body))).body.refusal).toBe('bad-request');
    const { status, body: answer } = await new PageLike(w.parley.url).request('POST', '/api/setup', '{"displayName":"\\ud83d"}');
    expect([status, answer['refusal']]).toEqual([400, 'bad-request']);
  });

  it('of a name cannot look like another’s', async () => {
    const secret = await w.ocHead.invites('negotiator', w.delegations[1]), link = (await w.ocHead.group()).group.invitations;
    const begins = (displayName: string) => new Person(w.parley.url, 'new', w.id).request('POST', 'links/open', { secret, password: PASSWORD, person: { userName: 'double', displayName } });
    for (const displayName of ['Ada\u200B Azure', '\u202EeruzA adA', 'Ada\u200D Azure', 'Ada\u00AD Azure', '\u3164', 'Ada  Azure', 'Ada\u00A0Azure', 'a\ud83d']) {
      expect([displayName, (await begins(displayName)).body.refusal]).toEqual([displayName, 'bad-text']);
    }
    for (const displayName of ['Аdа Аzurе', 'ADA AZURE', 'Áda Ażure', 'Ａｄａ Ａｚｕｒｅ', 'Ada-Azure', 'Azure', 'Parley', 'Chair', 'Оlu Ochre', 'OIu Ochre', 'o1u ochre']) {
      expect([displayName, (await begins(displayName)).body.refusal]).toEqual([displayName, 'looks-alike']);
    }
    expect((await w.ocHead.group()).group.invitations).toEqual(link);
    for (const [i, displayName] of ['محمد علي', 'דוד כהן', '李明', 'Zoë'].entries()) {
      const named = await new Person(w.parley.url, displayName, w.id).opens(await w.ocHead.invites('negotiator', w.delegations[1]), PASSWORD, { userName: `named${i}`, displayName });
      expect((await named.group()).people.find(({ user }) => user === named.user)?.name).toBe(displayName);
    }
  });
});

describe('an act', () => {
  it('[W22] happens once: again from the same person it has the same answer, from another, with other words or on another document it is refused', async () => {
    const [one, two] = [await w.draft([provision('p', 'One.')]), await w.draft([provision('p', 'One.')])];
    const salt = 'cd'.repeat(16);
    const act = { t: 'acceptAsBasis', digest: '0'.repeat(64) } as const;
    expect((await w.azHead.act(one, act, 'once', salt)).body.refusal).toBe('text-moved');
    const { body } = await w.chair.act('once-opened', { t: 'openDocument', title: 'Once', template: 'understanding', provisions: [] }, 'opening', salt);
    expect((await w.chair.act('once-opened', { t: 'openDocument', title: 'Once', template: 'understanding', provisions: [] }, 'opening', salt)).body).toEqual(body);
    expect((await w.chair.act('once-opened', { t: 'openDocument', title: 'Twice', template: 'understanding', provisions: [] }, 'opening', salt)).body.refusal).toBe('bad-request');
    expect((await w.chair.act('twice-opened', { t: 'openDocument', title: 'Once', template: 'understanding', provisions: [] }, 'opening', salt)).body.refusal).toBe('bad-request');
    expect((await w.azHead.act('once-opened', { t: 'openDocument', title: 'Once', template: 'understanding', provisions: [] }, 'opening', salt)).body.refusal).toBe('bad-request');
    for (const doc of [one, two]) expect((await w.auditor.must<HistoryView>('GET', `documents/${doc}/history`)).entries).toHaveLength(1);
  });

  it('is on what its ids name, and every one of them is looked at: parties, provisions, slots, places', async () => {
    const doc = await w.negotiate([provision('p', 'Each side shall reply.')]);
    const client = await w.az.open(doc);
    append(client, 'p', ' Promptly.');
    await client.saved();
    const { proposal } = proposals(client)[0]! as { proposal: Extract<Proposal, { on: 'words' }> };
    const before = (await w.auditor.must<HistoryView>('GET', `documents/${doc}/history`)).entries.length;
    const ocHead = await w.ocHead.open(doc), accept = accepting(ocHead, proposals(ocHead)[0]!);
    await w.parley.later();
    const strange = ['nobody', 'constructor', '__proto__', 'toString', 'common', 'server', w.delegations[1], 'chair'];
    const forged: Proposal[] = [
      ...strange.map((party) => ({ ...proposal, party })), ...strange.map((id) => ({ ...proposal, provision: id })),
      ...['en:term', 'fr:text', 'en:constructor'].map((key) => ({ ...proposal, key })),
      { ...proposal, digest: digestOf(provision('p', 'Other.')) }, { ...proposal, version: 999 }, { ...proposal, hunks: proposal.hunks.map((hunk) => ({ ...hunk, from: 20_000, to: 20_000 })) }, { ...proposal, hunks: proposal.hunks.map((hunk) => ({ ...hunk, inserted: plainSlot(' Never.') })) },
      ...strange.map((after): Proposal => ({ on: 'item', party: w.delegations[0], provision: 'q', version: proposal.version, item: { type: 'add', after, provision: provision('q', 'New.') } })),
      ...strange.map((after): Proposal => ({ on: 'item', party: w.delegations[0], provision: 'p', version: proposal.version, item: { type: 'move', after } })),
    ];
    for (const one of forged) {
      for (const act of [{ ...accept, parts: [one] }, { t: 'decline', parts: [one], reason: '' }] as const) {
        const { status, body } = await w.ocHead.act(doc, act);
        expect([JSON.stringify(one), act.t, status >= 400 && status < 500, body.refusal]).toEqual([JSON.stringify(one), act.t, true, expect.stringMatching(/^(text-moved|not-found|own-proposal|other-delegation|nothing-pending)$/)]);
      }
    }
    for (const one of forged) expect([JSON.stringify(one), (await w.ocHead.act(doc, { ...accept, givesUp: [one] })).body.refusal]).toEqual([JSON.stringify(one), 'text-moved']);
    const { provisions } = accept.result;
    for (const result of [{ provisions, order: provisions[0]!.digest }, { provisions: provisions.map((place) => ({ ...place, digest: null })), order: null }, { provisions: [...provisions, { provision: 'q', digest: null }], order: null }]) {
      expect((await w.ocHead.act(doc, { ...accept, result })).body.refusal).toBe('text-moved');
    }
    expect((await w.auditor.must<HistoryView>('GET', `documents/${doc}/history`)).entries).toHaveLength(before);
    await client.stop();
  });

  it('and its history are of those who may read: to others an index opens nothing', async () => {
    const doc = await w.draft([provision('p', 'One.')], 'Unreadable Title');
    for (const path of [`documents/${doc}/history`, `documents/${doc}/history?after=-1&limit=500`, `documents/${doc}/at/0`, `documents/${doc}/at/999999`]) {
      const answers = [await w.admin.request('GET', path), await w.admin.request('GET', path.replace(doc, 'no-such-document'))];
      expect(answers[0]!.body).toEqual(answers[1]!.body);
      expect(answers[0]!.status).toBe(404);
      expect(JSON.stringify(answers[0]!.body)).not.toContain('Unreadable');
    }
    for (const query of ['after=x', 'limit=0', 'limit=501', 'limit=-1', 'after=-2', 'after=1&after=2', 'limit[]=1', `after=${'9'.repeat(30)}`]) {
      expect([query, (await w.auditor.request('GET', `documents/${doc}/history?${query}`)).body.refusal]).toEqual([query, 'bad-request']);
    }
  });
});

describe('presence', () => {
  const caret = { room: 'working', provision: 'p', key: 'en:text', anchor: 1, head: 2 } as const;

  it('is what a client says of itself alone: no name, no party, no colour, no other’s socket', async () => {
    const doc = await w.draft([provision('p', 'One.')]);
    const [az, oc, sender] = await Promise.all([w.az.connected(), w.oc.connected(), w.az.connected()]);
    for (const socket of [az, oc, sender]) expect(await asked(socket, 'join', { doc, have: {} })).toMatchObject({ ok: true });
    const forged: readonly object[] = [
      { user: w.oc.user }, { name: 'Ona Ochre' }, { party: w.delegations[1] }, { colour: '#f00' }, { people: [{ user: w.oc.user, caret }] }, { caret: { ...caret, user: w.oc.user } }, { caret: { ...caret, name: 'Ona Ochre' } },
      { caret: { ...caret, colour: 'red' } }, { caret: { ...caret, anchor: -1 } }, { caret: { ...caret, anchor: 20_001 } }, { caret: { ...caret, head: 1.5 } }, { caret: { ...caret, head: Number.MAX_SAFE_INTEGER } },
      { caret: { ...caret, provision: 'p'.repeat(65) } }, { caret: { ...caret, provision: '<b>' } }, { caret: { ...caret, key: 'x'.repeat(1000) } }, { caret: { ...caret, room: 'private/x' } }, { caret: 'x'.repeat(500_000) }, { socket: oc.id }, { id: oc.id },
    ];
    for (const fields of forged) expect(await asked(sender, 'presence', { doc, caret, ...fields })).toEqual({ ok: false, reason: 'bad-request' });
    sender.disconnect();
    await asked(az, 'presence', { doc, caret });
    const { presence } = await asked<{ presence: Presence[] }>(oc, 'join', { doc, have: {} });
    expect(presence.filter(({ user }) => user === w.az.user)).toContainEqual({ user: w.az.user, caret });
    expect(presence.map((one) => Object.keys(one).sort())).toEqual(presence.map(() => ['caret', 'user']));
    expect(presence.find(({ user }) => user === w.oc.user)!.caret).toBeNull();
    expect((await w.auditor.must<HistoryView>('GET', `documents/${doc}/history`)).entries).toHaveLength(1);
    expect(w.parley.output()).not.toMatch(/"?(caret|anchor|presence)"?/);
    for (const socket of [az, oc]) socket.disconnect();
  });

  it('of a room that is not one’s own is not passed on', async () => {
    const doc = await w.negotiate([provision('p', 'One.')]);
    const [az, oc] = await Promise.all([w.az.connected(), w.oc.connected()]);
    for (const socket of [az, oc]) expect(await asked(socket, 'join', { doc, have: {} })).toMatchObject({ ok: true });
    await asked(az, 'presence', { doc, caret: { ...caret, room: positionRoom(w.delegations[1]) } });
    for (const room of ['common', 'position:nobody', 'secret:x']) await asked(az, 'presence', { doc, caret: { ...caret, room } });
    const carets = async (): Promise<unknown> => (await asked<{ presence: Presence[] }>(oc, 'join', { doc, have: {} })).presence.find(({ user }) => user === w.az.user)!.caret;
    expect(await carets()).toBeNull();
    await asked(az, 'presence', { doc, caret: { ...caret, room: positionRoom(w.delegations[0]) } });
    expect(await carets()).toEqual({ ...caret, room: positionRoom(w.delegations[0]) });
    for (const socket of [az, oc]) socket.disconnect();
  });
});
