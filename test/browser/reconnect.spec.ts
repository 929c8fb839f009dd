import { afterAll, describe, expect, it } from 'vitest';
import type { Window } from '../support/browser.ts';
import { becomes, useBrowserFixture, wordsOf } from '../support/browser-fixture.ts';
import { type Parley, startParley } from '../support/parley.ts';
import { agreeing, retype, until } from '../support/person.ts';
import { provision } from '../support/rules-fixture.ts';

const fixture = useBrowserFixture('reconnect');
let restarted: Parley | undefined;
afterAll(() => restarted?.stop());

const reply = () => provision('reply', 'Each side shall acknowledge a request within 24 hours after receipt.', 'paragraph', '1');
const grounds = () => provision('grounds', 'A refusal shall state its grounds.', 'paragraph', '2');
const GROUNDS = 'A refusal shall state its grounds.';

const status = (window: Window) => window.page.locator('.save-status');
const cut = (window: Window) => window.context.setOffline(true);
const goOnline = (window: Window) => window.context.setOffline(false);
const offline = (window: Window) => window.page.locator('.save-status[data-state="offline"]').waitFor();

/** Leaves or reloads the page although it asks. */
const acceptDialogs = (window: Window) => window.page.on('dialog', (dialog) => void dialog.accept());

describe('nothing typed is lost', () => {
  it('reloading in mid-typing loses no character, seen or not yet seen by the server', async () => {
    const doc = await fixture().group.draft([reply(), grounds()]);
    const az = await fixture().further('az', doc);
    acceptDialogs(az);
    await az.caretAfter('reply', 'acknowledge');
    await az.page.keyboard.type(' in writing and without delay', { delay: 3 });
    await az.page.reload();
    await az.saved();
    expect(await wordsOf(az, 'reply')).toEqual(['Each side shall acknowledge in writing and without delay a request within 24 hours after receipt.']);
    await cut(az);
    await offline(az);
    await az.caretAfter('grounds', GROUNDS.slice(0, -1));
    await az.page.keyboard.type(', if asked', { delay: 3 });
    await goOnline(az);
    await az.page.reload();
    await az.saved();
    const other = await fixture().group.oc.open(doc);
    await until(other, () => JSON.stringify(other.text('working').by.get('grounds')).includes('grounds, if asked.'), 'the words typed offline are delivered');
  });

  it('with the network cut, the status line counts what is kept on this device; then both sides’ words merge', async () => {
    const doc = await fixture().group.negotiate([reply(), grounds()]);
    const [az, oc] = [await fixture().further('az', doc), await fixture().further('oc', doc)];
    await cut(az);
    await offline(az);
    await az.caretAfter('reply', 'Each side');
    await az.type(', by its competent authority,');
    const before = await status(az).innerText();
    expect(before).toMatch(/^Offline, \d+ changes? kept on this device$/);
    await az.shot('offline');
    await az.type(' also');
    await becomes(async () => Number(/\d+/.exec(await status(az).innerText())?.[0]) > Number(/\d+/.exec(before)?.[0]), true);
    expect(await wordsOf(oc, 'reply')).toEqual(['Each side shall acknowledge a request within 24 hours after receipt.']);
    await oc.caretAfter('reply', 'within 24');
    await oc.type(' working');
    await oc.saved();
    expect(await az.provision('reply').innerText()).not.toContain('working');
    await goOnline(az);
    await az.saved();
    await oc.provision('reply').locator('[data-bracket]', { hasText: ', by its competent authority, also' }).waitFor();
    await az.provision('reply').locator('[data-bracket]', { hasText: 'working' }).waitFor();
    expect(await wordsOf(az, 'reply')).toEqual(['Each side, by its competent authority, also shall acknowledge a request within 24 hours after receipt.']);
    expect(await wordsOf(oc, 'reply')).toEqual(['Each side shall acknowledge a request within 24 working hours after receipt.']);
  });

  it('two members of one delegation who write in the same sentence without a network keep every word', async () => {
    const doc = await fixture().group.negotiate([reply(), grounds()]);
    const [az, head] = [await fixture().further('az', doc), await fixture().further('azHead', doc)];
    for (const window of [az, head]) { await cut(window); await offline(window); }
    await az.caretAfter('grounds', 'A refusal');
    await az.type(' to assist');
    await head.caretAfter('grounds', 'state');
    await head.type(' in writing');
    for (const window of [az, head]) await goOnline(window);
    for (const window of [az, head]) await becomes(() => wordsOf(window, 'grounds'), ['A refusal to assist shall state in writing its grounds.']);
    for (const window of [az, head]) await window.saved();
  });

  it('a page closed without a network delivers what it kept when it is opened again', async () => {
    const doc = await fixture().group.negotiate([reply(), grounds()]);
    const az = await fixture().further('az', doc);
    await cut(az);
    await offline(az);
    await az.caretAfter('grounds', 'A refusal');
    await az.type(' of assistance');
    await status(az).getByText('kept on this device').waitFor();
    await az.page.close();
    await goOnline(az);
    const again = await az.context.newPage();
    az.listen(again);
    await again.goto(`${fixture().url}/documents/${doc}`);
    await again.locator('.save-status[data-state="saved"]').waitFor();
    await again.getByText('A refusal of assistance shall state its grounds.').first().waitFor();
    const other = await fixture().group.oc.open(doc);
    const seen = () => JSON.stringify(other.text(`position:${fixture().group.delegations[0]}`).by.get('grounds'));
    await until(other, () => seen().includes('A refusal of assistance shall'), 'the other side sees what was kept');
    expect(await again.evaluate(() => indexedDB.databases().then((all) => all.length))).toBe(1);
  });

  it('kill -9 of the server in mid-typing: what was typed meanwhile is delivered to the one that comes back', async () => {
    const { group } = fixture();
    const doc = await group.draft([reply(), grounds()]);
    const [az, oc] = [await fixture().further('az', doc), await fixture().further('oc', doc)];
    await az.caretAfter('reply', 'Each side');
    await az.type(' of the');
    const { data, port } = restarted ?? group.parley;
    await (restarted ?? group.parley).kill();
    await az.type(' two');
    await offline(az);
    await offline(oc);
    await oc.caretAfter('grounds', 'A refusal');
    await oc.type(' to act');
    expect(await status(oc).innerText()).toMatch(/^Offline, \d+ changes? kept on this device$/);
    restarted = await startParley({ data, port });
    for (const window of [az, oc]) {
      await becomes(() => wordsOf(window, 'reply'), ['Each side of the two shall acknowledge a request within 24 hours after receipt.']);
      await becomes(() => wordsOf(window, 'grounds'), ['A refusal to act shall state its grounds.']);
      await window.saved();
    }
  });

  it('leaving with undelivered words asks first; with everything saved it does not', async () => {
    const doc = await fixture().group.draft([reply()]);
    const az = await fixture().further('az', doc);
    const asked: string[] = [];
    az.page.on('dialog', (dialog) => { asked.push(dialog.type()); void dialog.dismiss(); });
    await cut(az);
    await offline(az);
    await az.caretAfter('reply', 'Each side');
    await az.type(' here');
    await az.page.close({ runBeforeUnload: true });
    await becomes(() => asked, ['beforeunload']);
    expect(await wordsOf(az, 'reply')).toEqual(['Each side here shall acknowledge a request within 24 hours after receipt.']);
    await goOnline(az);
    await az.saved();
    const closed = az.page.waitForEvent('close');
    await az.page.close({ runBeforeUnload: true });
    await closed;
    expect(asked).toEqual(['beforeunload']);
  });

  it('words written without a network into a provision that was agreed meanwhile come back to their author', async () => {
    const { group } = fixture();
    const doc = await group.negotiate([reply(), grounds()]);
    const az = await fixture().further('az', doc);
    await cut(az);
    await offline(az);
    await az.caretAfter('grounds', 'state');
    await az.type(' fully');
    await az.caretAfter('reply', 'Each side');
    await az.type(' also');
    const [azHead, ocHead] = await Promise.all([group.azHead.open(doc), group.ocHead.open(doc)]);
    await group.azHead.mustAct(doc, agreeing(azHead, 'grounds'));
    await group.ocHead.mustAct(doc, agreeing(ocHead, 'grounds'));
    await goOnline(az);
    await az.page.getByRole('button', { name: 'Not delivered: 1 passage' }).click();
    const tray = az.page.getByRole('dialog', { name: 'Not delivered' });
    await tray.getByText('“ fully”').waitFor();
    await tray.getByText('Meant for 2. The provision was agreed or removed while you were writing.').waitFor();
    await az.shot('not-delivered');
    await becomes(() => wordsOf(az, 'grounds'), [GROUNDS]);
    await becomes(() => wordsOf(az, 'reply'), ['Each side also shall acknowledge a request within 24 hours after receipt.']);
    await tray.getByRole('button', { name: 'Dismiss' }).click();
    await az.page.getByRole('button', { name: /^Not delivered/ }).waitFor({ state: 'detached' });
  });
});

describe('one browser', () => {
  it('two pages of one person both write, and each shows the other’s words', async () => {
    const doc = await fixture().group.draft([reply(), grounds()]);
    const first = await fixture().further('az', doc);
    const second = await first.another(doc);
    await first.caretAfter('reply', 'Each side');
    await first.type(' here');
    await second.reads('reply', 'Each side here shall');
    await second.caretAfter('grounds', 'A refusal');
    await second.type(' there');
    await first.reads('grounds', 'A refusal there shall');
    await cut(first);
    for (const window of [first, second]) await offline(window);
    await first.caretAfter('grounds', 'state');
    await first.type(' one');
    await second.caretAfter('grounds', 'its');
    await second.type(' two');
    await goOnline(first);
    for (const window of [first, second]) await becomes(() => wordsOf(window, 'grounds'), ['A refusal there shall state one its two grounds.']);
    for (const window of [first, second]) await window.saved();
    const stores = await first.page.evaluate(async () => Promise.all((await indexedDB.databases()).map((found) => new Promise<number>((resolve) => {
      const opening = indexedDB.open(found.name!);
      opening.onsuccess = () => { const counting = opening.result.transaction('changes').objectStore('changes').count(); counting.onsuccess = () => resolve(counting.result); };
    }))));
    expect(stores).toEqual([0]);
  });

  it('another seat signed in: the older page is cleared, says who is signed in now, and shows no word of the other side', async () => {
    const { group } = fixture();
    const doc = await group.negotiate([reply(), grounds()]);
    const az = await fixture().further('az', doc);
    await az.caretAfter('reply', 'Each side');
    await az.type(' of Azure');
    await az.saved();
    const ochre = await group.oc.open(doc);
    await fixture().seat(az, 'oc');
    const newer = await az.another(doc);
    await az.page.getByRole('heading', { name: /^You are now signed in as/ }).waitFor();
    await az.shot('seat-changed');
    retype(ochre, 'grounds', 'state', 'secretly consider');
    await newer.reads('grounds', 'A refusal shall secretly consider its grounds.');
    expect(await az.page.locator('body').innerText()).not.toMatch(/secretly|Each side|refusal/);
    expect(await az.page.getByRole('heading', { level: 1 }).innerText()).toBe('You are now signed in as Ona Ochre');
    await az.page.getByRole('button', { name: 'Reload' }).click();
    await az.page.getByRole('button', { name: /Ona Ochre/ }).waitFor();
  });

  it('another seat in the cookie, without another page: the connection’s end is said in that person’s name, not as being signed out', async () => {
    const doc = await fixture().group.negotiate([reply(), grounds()]);
    const az = await fixture().further('azHead', doc);
    await fixture().seat(az, 'ocHead');
    await az.page.getByRole('heading', { name: 'You are now signed in as Olu Ochre' }).waitFor();
    expect(await az.page.locator('.ProseMirror').count()).toBe(0);
  });

  it('signing out in one page ends the other; signing in again goes on', async () => {
    const doc = await fixture().group.draft([reply(), grounds()]);
    const az = await fixture().further('az', doc);
    const second = await az.another(doc);
    await second.page.getByRole('button', { name: /Aki Azure/ }).click();
    await second.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await az.page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    expect(await az.page.locator('.ProseMirror').count()).toBe(0);
    await fixture().seat(az, 'az');
    await az.openDocument(doc);
    expect(await wordsOf(az, 'grounds')).toEqual([GROUNDS]);
  });
});
