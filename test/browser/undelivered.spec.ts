import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Joined, linkOf } from '@parley/protocol';
import { describe, expect, it } from 'vitest';
import { OwnBrowser, Window } from '../support/browser.ts';
import { becomes, buttonsOf, reasonOf, useBrowserFixture, wordsOf } from '../support/browser-fixture.ts';
import { agreeing, asked, basisOf, newSecret, Person, until, wordsIn } from '../support/person.ts';
import { provision } from '../support/rules-fixture.ts';
import { PASSWORD } from '../support/cast.ts';

const fixture = useBrowserFixture('undelivered');

const REPLY = 'Each side shall acknowledge a request within 24 hours after receipt.';
const GROUNDS = 'A refusal shall state its grounds.';
const paper = () => [provision('reply', REPLY, 'paragraph', '1'), provision('grounds', GROUNDS, 'paragraph', '2')];
const azure = () => `position:${fixture().group.delegations[0]}` as const;

const status = (window: Window) => window.page.locator('.save-status');
const cut = async (window: Window): Promise<void> => {
  await window.context.setOffline(true);
  await window.page.locator('.save-status[data-state="offline"]').waitFor();
};
const goOnline = (window: Window) => window.context.setOffline(false);
const acceptDialogs = (window: Window) => window.page.on('dialog', (dialog) => void dialog.accept());
const withoutStorage = (window: Window) => window.page.addInitScript(() => { IDBFactory.prototype.open = () => { throw new DOMException('no storage', 'InvalidStateError'); }; });
const reload = async (window: Window): Promise<void> => {
  await window.page.reload();
  await window.saved();
};

const pill = (window: Window) => window.page.getByRole('button', { name: /^Not delivered/ });
const passages = (window: Window) => window.page.getByRole('list', { name: 'Words that were not delivered' }).getByRole('listitem');
const passage = (window: Window, words: string) => passages(window).filter({ hasText: `“${words}”` });

/** A window of Azure's negotiator, without a network, who has written some words behind others. */
async function writesOffline(doc: string, id: string, behind: string, words: string): Promise<Window> {
  const az = await fixture().further('az', doc);
  acceptDialogs(az);
  await cut(az);
  await az.caretAfter(id, behind);
  await az.type(words);
  await status(az).getByText('kept on this device').waitFor();
  return az;
}

/** What the server has, as the other side reads it. */
async function delivered(doc: string, room: ReturnType<typeof azure> | 'working', id: string, words: string): Promise<void> {
  const other = await fixture().group.oc.open(doc);
  await until(other, () => wordsIn(other, room, id).includes(words), `“${words}” is delivered`);
  await other.stop();
}

/** Closes a window without a network; the next one of that browser, with one, and no page of Parley in it yet. */
async function closedOffline(window: Window): Promise<Window> {
  await window.page.close();
  await goOnline(window);
  const next = await window.another();
  await next.page.goto(`${fixture().url}/api/session`);
  return next;
}

interface KeptRow { readonly doc: string; readonly room: string; readonly epoch?: string; readonly update: Uint8Array }

/** Runs in the page: the changes that the device keeps of somebody. */
const keptChanges = (user: string): Promise<KeptRow[]> => new Promise((resolve, reject) => {
  const opening = indexedDB.open(`parley-${user}`);
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const asking = opening.result.transaction('changes').objectStore('changes').getAll();
    asking.onsuccess = () => { opening.result.close(); resolve(asking.result as KeptRow[]); };
  };
});

/** Runs in the page: makes the device's database anew, as version 3 with all changes under another epoch, or as version 2 was, which knew of one group, with a passage in the tray. */
async function keepInstead({ user, version, epoch, passage }: { user: string; version: number; epoch?: string; passage?: { doc: string; words: string } }): Promise<void> {
  const name = `parley-${user}`;
  const done = <T>(asked: IDBRequest<T>) => new Promise<T>((resolve, reject) => { asked.onsuccess = () => resolve(asked.result); asked.onerror = () => reject(asked.error); });
  const before = await done(indexedDB.open(name)), changes = before.transaction('changes').objectStore('changes');
  const [keys, rows] = await Promise.all([done(changes.getAllKeys()), done(changes.getAll() as IDBRequest<KeptRow[]>)]);
  before.close();
  await done(indexedDB.deleteDatabase(name));
  const opening = indexedDB.open(name, version);
  opening.onupgradeneeded = () => {
    const store = opening.result.createObjectStore('changes', { autoIncrement: true });
    store.createIndex('place', epoch === undefined ? ['doc', 'room'] : ['doc', 'room', 'epoch']);
    store.createIndex('doc', 'doc');
    rows.forEach(({ doc, room, update }, i) => store.add({ doc: epoch === undefined ? doc.slice(doc.indexOf('/') + 1) : doc, room, update, ...(epoch !== undefined && { epoch }) }, keys[i]!));
    const tray = opening.result.createObjectStore('undelivered', { keyPath: 'id' });
    tray.createIndex('doc', 'doc');
    if (passage) tray.add({ id: 'before', doc: passage.doc, room: 'working', provision: '', name: '', slot: '', words: passage.words, why: '', waiting: false });
  };
  (await done(opening)).close();
}

async function signsIn(window: Window, name: string, password: string): Promise<void> {
  await window.page.getByLabel('User name').fill(name);
  await window.page.getByLabel('Password', { exact: true }).fill(password);
  await window.page.getByRole('button', { name: 'Sign in' }).click();
}

/** A working paper by the chair alone, a negotiation with both heads' assent. */
async function closes(doc: string): Promise<void> {
  const { group } = fixture(), chair = await group.chair.open(doc);
  if (chair.document.stage === 'drafting') return void await group.chair.mustAct(doc, { t: 'closePaper', reason: 'superseded' });
  const closing = randomUUID();
  expect((await group.chair.act(doc, { t: 'proposeClosing', reason: 'superseded' }, closing)).status).toBe(200);
  for (const head of [group.azHead, group.ocHead]) await head.mustAct(doc, { t: 'assentToClosing', closing });
}

describe('what can no longer be applied', () => {
  it('a provision agreed meanwhile: the words stay in the tray over a reload, are copied, and are proposed as a provision of their own', async () => {
    const { group } = fixture();
    const doc = await group.negotiate(paper());
    const az = await writesOffline(doc, 'grounds', 'state', ' fully and in writing');
    const [azHead, ocHead] = await Promise.all([group.azHead.open(doc), group.ocHead.open(doc)]);
    await group.azHead.mustAct(doc, agreeing(azHead, 'grounds'));
    await group.ocHead.mustAct(doc, agreeing(ocHead, 'grounds'));
    await goOnline(az);
    await pill(az).waitFor();
    await reload(az);
    await reload(az);
    await pill(az).click();
    await passage(az, ' fully and in writing').getByText('Meant for 2. The provision was agreed or removed while you were writing.').waitFor();
    expect(await buttonsOf(passages(az))).toEqual(['Propose it as a new provision', 'Copy', 'Dismiss']);
    await az.shot('undelivered-agreed');
    await passages(az).getByRole('button', { name: 'Copy' }).click();
    await becomes(() => az.page.evaluate(() => navigator.clipboard.readText()), ' fully and in writing');
    await passages(az).getByRole('button', { name: 'Propose it as a new provision' }).click();
    await pill(az).waitFor({ state: 'detached' });
    await az.type('.');
    await until(azHead, () => azHead.text(azure()).list.length === 3, 'the provision is there');
    const [, , added] = azHead.text(azure()).list;
    await delivered(doc, azure(), added!, 'fully and in writing.');
    expect([azHead.text(azure()).by.get(added!)?.label, await wordsOf(az, 'grounds')]).toEqual(['2 bis', [GROUNDS]]);
    await reload(az);
    expect(await pill(az).count()).toBe(0);
  });

  it('[E43] a document closed meanwhile: the words are in the tray with who closed it and when, over a reload, and can be copied', async () => {
    const { group } = fixture();
    for (const doc of [await group.draft(paper()), await group.negotiate(paper())]) {
      const az = await writesOffline(doc, 'grounds', 'state', ' fully and in writing');
      await closes(doc);
      await goOnline(az);
      await pill(az).waitFor();
      for (let loaded = 0; loaded < 2; loaded++) {
        await pill(az).click();
        await passage(az, ' fully and in writing').getByText(/^Meant for 2\. The document was closed by (Cleo Chair|Olu Ochre), \d+ \w+, [\d:]+ UTC, before they had reached it\./).waitFor();
        if (loaded === 0) await reload(az);
      }
      expect((await buttonsOf(passages(az))).slice(1)).toEqual(['Copy', 'Dismiss']);
      expect(await wordsOf(az, 'grounds')).toEqual([GROUNDS]);
      await az.shot('undelivered-closed');
    }
  });

  it('a document gone to negotiation: the words are proposed again where they were meant to go', async () => {
    const { group } = fixture();
    const doc = await group.draft(paper());
    const az = await writesOffline(doc, 'grounds', 'its grounds', ' in full');
    const head = await group.azHead.open(doc);
    await group.azHead.mustAct(doc, basisOf(head));
    await group.ocHead.mustAct(doc, basisOf(head));
    await goOnline(az);
    await pill(az).click();
    await passage(az, ' in full').getByText('Meant for 2.').waitFor();
    await passages(az).getByRole('button', { name: 'Propose it again' }).click();
    await pill(az).waitFor({ state: 'detached' });
    await az.type('!');
    await delivered(doc, azure(), 'grounds', `${GROUNDS} in full!`);
    await becomes(() => wordsOf(az, 'grounds'), [`${GROUNDS} in full!`]);
  });

  it('a provision that a colleague removed meanwhile: the words come back, and stay until dismissed', async () => {
    const { group } = fixture();
    const doc = await group.negotiate(paper());
    const az = await writesOffline(doc, 'reply', 'acknowledge', ' in writing');
    const head = await group.azHead.open(doc);
    head.edit([{ do: 'remove', id: 'reply' }]);
    await head.saved();
    await goOnline(az);
    await pill(az).click();
    await passage(az, ' in writing').getByText('Meant for 1.').waitFor();
    await passages(az).getByRole('button', { name: 'Dismiss' }).click();
    await pill(az).waitFor({ state: 'detached' });
    await reload(az);
    expect(await pill(az).count()).toBe(0);
  });
});

describe('access withdrawn while words are unsent', () => {
  it('a seat taken away: the words are shown where the text was, on the page without a seat, and go out when there is a seat again', async () => {
    const { group } = fixture();
    const doc = await group.negotiate(paper());
    const az = await writesOffline(doc, 'grounds', 'A refusal', ' of assistance');
    await group.azHead.actOnGroup({ t: 'remove', user: group.az.user });
    await goOnline(az);
    await az.page.getByRole('heading', { name: 'This document is closed to you' }).waitFor();
    await passage(az, ' of assistance').getByText('Meant for 2.').waitFor();
    await az.shot('undelivered-closed');
    await az.page.reload();
    // To whoever has no place in it any more there is no such group: only his own words are, from this device.
    await az.page.getByRole('heading', { name: 'Nothing here' }).waitFor();
    await passage(az, ' of assistance').waitFor();
    expect(await az.page.locator('body').innerText()).not.toMatch(/acknowledge|grounds/);
    await az.page.getByRole('button', { name: 'Home' }).click();
    await az.page.getByRole('heading', { name: 'Welcome, Aki Azure' }).waitFor();
    await passage(az, ' of assistance').waitFor();
    await group.seat(group.az, 'negotiator', group.delegations[0]);
    await az.openDocument(doc);
    await delivered(doc, azure(), 'grounds', 'A refusal of assistance shall');
    await az.saved();
    expect(await pill(az).count()).toBe(0);
  });

  it('a seat taken away on a device that keeps nothing: the page says that the words are gone with it, and promises nothing', async () => {
    const { group } = fixture();
    const doc = await group.negotiate(paper());
    const az = await fixture().further('az');
    acceptDialogs(az);
    await withoutStorage(az);
    await az.openDocument(doc);
    await cut(az);
    await az.caretAfter('grounds', 'A refusal');
    await az.type(' of assistance');
    await az.reads('grounds', 'A refusal of assistance');
    await group.azHead.actOnGroup({ t: 'remove', user: group.az.user });
    await goOnline(az);
    await az.page.getByRole('heading', { name: 'This document is closed to you' }).waitFor();
    await passage(az, ' of assistance').getByText('Meant for 2.').waitFor();
    await az.page.getByText('This device could not keep them: they are gone with this page.').waitFor();
    expect(await az.page.locator('body').innerText()).not.toMatch(/kept on this device|go out by themselves/);
    await group.seat(group.az, 'negotiator', group.delegations[0]);
  });

  it('a seat that no longer writes: the words are in the tray, and the button says why they cannot be proposed', async () => {
    const { group } = fixture();
    const doc = await group.negotiate(paper());
    const az = await writesOffline(doc, 'grounds', 'A refusal', ' of assistance');
    await group.azHead.actOnGroup({ t: 'remove', user: group.az.user });
    await group.seat(group.az, 'observer');
    await goOnline(az);
    await pill(az).click();
    const again = passage(az, ' of assistance').getByRole('button', { name: /^Propose it/ });
    expect([await again.getAttribute('aria-disabled'), await reasonOf(again)]).toEqual(['true', 'You do not write in this document now.']);
    await az.page.keyboard.press('Escape');
    expect(await status(az).innerText()).toMatch(/^Read-only · entry \d+$/);
    await reload(az);
    await pill(az).waitFor();
    await group.admin.actOnGroup({ t: 'remove', user: group.az.user });
    await group.seat(group.az, 'negotiator', group.delegations[0]);
  });

  it('signed out in another page: the words go out after signing in again', async () => {
    const doc = await fixture().group.draft(paper());
    const az = await writesOffline(doc, 'reply', 'Each side', ' also');
    await fixture().signOut(az, 'az');
    await goOnline(az);
    await az.page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await az.page.getByRole('button', { name: 'Sign in' }).click();
    await signsIn(az, fixture().group.az.keys.userName, PASSWORD);
    await az.saved();
    await delivered(doc, 'working', 'reply', 'Each side also shall');
  });

  it('a password reset: the words go out after signing in with the new one', async () => {
    const { group } = fixture();
    const doc = await group.draft(paper());
    const az = await writesOffline(doc, 'reply', 'Each side', ' too');
    const secret = newSecret(), owner = new Person(fixture().url, 'az', group.id);
    expect((await group.admin.resets(group.az.user, linkOf(secret))).status).toBe(204);
    await owner.opens(secret, `${PASSWORD} anew`);
    await group.azHead.mustOnGroup({ t: 'confirmSeat', user: group.az.user, link: linkOf(secret) });
    await goOnline(az);
    await az.page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await az.page.getByRole('button', { name: 'Sign in' }).click();
    await signsIn(az, fixture().group.az.keys.userName, `${PASSWORD} anew`);
    await az.saved();
    await delivered(doc, 'working', 'reply', 'Each side too shall');
    await group.az.signIn(group.az.keys.userName, `${PASSWORD} anew`);
    await group.az.must('PATCH', `/api/accounts/${group.az.user}/password`, { current: `${PASSWORD} anew`, password: PASSWORD });
  });
});

describe('nothing typed is lost', () => {
  it('kill -9 of the browser: what was kept on the device goes out when it is started again', async () => {
    const doc = await fixture().group.draft(paper()), profile = await mkdtemp(path.join(tmpdir(), 'parley-browser-'));
    const first = await OwnBrowser.start(profile);
    const before = await Window.of(first.context, fixture().url);
    await fixture().seat(before, 'az');
    await before.openDocument(doc);
    await cut(before);
    await before.caretAfter('reply', 'Each side');
    await before.type(' that was killed');
    await status(before).getByText('kept on this device').waitFor();
    await before.reads('reply', 'Each side that was killed shall');
    await first.kill();
    const second = await OwnBrowser.start(profile);
    const after = await Window.of(second.context, fixture().url);
    await fixture().seat(after, 'az');
    await after.openDocument(doc);
    await delivered(doc, 'working', 'reply', 'Each side that was killed shall');
    expect(after.errors).toEqual([]);
    await second.kill();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  it('[W27] what the device kept of another history lies in the tray as words, never goes out, and leaves the changes', async () => {
    const doc = await fixture().group.draft(paper()), socket = await fixture().group.oc.connected();
    const { epoch } = await asked<Joined>(socket, 'join', { doc, have: {} });
    const next = await closedOffline(await writesOffline(doc, 'reply', 'Each side', ' of old'));
    expect(new Set((await next.page.evaluate(keptChanges, fixture().group.az.user)).map((row) => row.epoch))).toEqual(new Set([epoch]));
    await next.page.evaluate(keepInstead, { user: fixture().group.az.user, version: 3, epoch: 'f'.repeat(64) });
    await next.openDocument(doc);
    await pill(next).click();
    await passage(next, ' of old').getByText('The record was begun anew after this was written').waitFor();
    await next.shot('undelivered-begun-anew');
    await becomes(async () => (await next.page.evaluate(keptChanges, fixture().group.az.user)).length, 0);
    await reload(next);
    expect(await wordsOf(next, 'reply')).toEqual([REPLY]);
    await next.caretAfter('reply', 'Each side');
    await next.type(' anew');
    await delivered(doc, 'working', 'reply', 'Each side anew shall');
    await pill(next).click();
    await passage(next, ' of old').waitFor();
    socket.disconnect();
  });

  it('what a Parley kept on this device that knew of no epochs goes out too, and its tray is still there', async () => {
    const doc = await fixture().group.draft(paper());
    const next = await closedOffline(await writesOffline(doc, 'reply', 'Each side', ' as ever'));
    await next.page.evaluate(keepInstead, { user: fixture().group.az.user, version: 2, passage: { doc, words: 'From before.' } });
    await next.openDocument(doc);
    await delivered(doc, 'working', 'reply', 'Each side as ever shall');
    await pill(next).click();
    await passage(next, 'From before.').waitFor();
    await becomes(async () => (await next.page.evaluate(keptChanges, fixture().group.az.user)).length, 0);
    expect(next.errors).toEqual([]);
  });

  it('a day without a network, hundreds of changes, the tab closed and the session over: all of it goes out after signing in', async () => {
    const doc = await fixture().group.draft(paper());
    const words = ' and every office of it, by whatever name it is known, acting for it or on its behalf, '.repeat(4);
    const az = await writesOffline(doc, 'reply', 'Each side', words);
    await az.page.close();
    await az.context.clearCookies();
    await goOnline(az);
    const next = await az.another();
    await next.page.goto(`${fixture().url}/documents/${doc}`);
    await signsIn(next, fixture().group.az.keys.userName, PASSWORD);
    await next.saved();
    await delivered(doc, 'working', 'reply', `Each side${words} shall`);
  });

  it('a second tab closed without a network: the next page of that person brings its words, and the first tab keeps its own', async () => {
    const doc = await fixture().group.draft(paper());
    const first = await fixture().further('az', doc);
    const second = await first.another(doc);
    for (const window of [first, second]) acceptDialogs(window);
    for (const window of [first, second]) await cut(window);
    await second.caretAfter('grounds', 'A refusal');
    await second.type(' of the second tab');
    await first.caretAfter('reply', 'Each side');
    await first.type(' of the first tab');
    for (const window of [first, second]) await status(window).getByText('kept on this device').waitFor();
    await second.page.close();
    await goOnline(first);
    await delivered(doc, 'working', 'reply', 'Each side of the first tab shall');
    await first.another(doc);
    await delivered(doc, 'working', 'grounds', 'A refusal of the second tab shall');
  });

  it('going to another page before everything is delivered: it goes out all the same, and closing the tab asks until it has', async () => {
    const doc = await fixture().group.draft(paper());
    const az = await fixture().further('az', doc);
    const asked: string[] = [];
    az.page.on('dialog', (dialog) => { asked.push(dialog.type()); void dialog.dismiss(); });
    await cut(az);
    await az.caretAfter('reply', 'Each side');
    await az.type(' on leaving');
    await az.page.getByRole('link', { name: 'Test Dialogue' }).click();
    await az.page.getByRole('heading', { name: 'Test Dialogue' }).waitFor();
    await az.page.close({ runBeforeUnload: true });
    await becomes(() => asked, ['beforeunload']);
    await goOnline(az);
    await delivered(doc, 'working', 'reply', 'Each side on leaving shall');
    await az.page.goBack();
    await az.saved();
    await az.reads('reply', 'Each side on leaving shall');
    const closed = az.page.waitForEvent('close');
    await az.page.close({ runBeforeUnload: true });
    await closed;
    expect(asked).toEqual(['beforeunload']);
  });
});

describe('the status line', () => {
  it('says when this device keeps nothing, and what lives in this page only', async () => {
    const doc = await fixture().group.draft(paper());
    const az = await fixture().further('az');
    await withoutStorage(az);
    await az.openDocument(doc);
    await becomes(async () => /^✓Saved · entry \d+; this device keeps nothing typed offline$/.test((await status(az).textContent())!), true);
    await cut(az);
    await az.caretAfter('reply', 'Each side');
    await az.type('!');
    await becomes(() => status(az).textContent(), 'Offline, 1 change kept in this page only');
    const asked = az.page.waitForEvent('dialog');
    await az.page.close({ runBeforeUnload: true });
    await (await asked).dismiss();
    await goOnline(az);
    await delivered(doc, 'working', 'reply', 'Each side! shall');
    await az.saved();
  });

  it('says saved with the entry, and read-only to whoever may not write now', async () => {
    const { group } = fixture();
    const doc = await group.draft(paper());
    const [az, auditor] = [await fixture().at('az', doc), await fixture().at('auditor', doc)];
    const head = await group.azHead.open(doc);
    const says = (window: Window, words: string) => becomes(() => status(window).textContent(), words);
    await says(auditor, `Read-only · entry ${head.entry}`);
    await says(az, `✓Saved · entry ${head.entry}`);
    await group.azHead.mustAct(doc, basisOf(head));
    await says(az, `Read-only · entry ${head.entry}`);
    await group.azHead.mustAct(doc, { t: 'takeBackBasis' });
    await says(az, `✓Saved · entry ${head.entry}`);
    await az.caretAfter('reply', 'Each side');
    await az.type('!');
    await until(head, () => wordsIn(head, 'working', 'reply').startsWith('Each side!'), 'the change is there');
    await says(az, `✓Saved · entry ${head.entry}`);
    await says(auditor, `Read-only · entry ${head.entry}`);
  });
});
