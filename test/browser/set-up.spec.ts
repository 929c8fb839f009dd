import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launch, Window } from '../support/browser.ts';
import { becomes, buttonsOf, provisionsIn, wordsOf } from '../support/hall.ts';
import { type Parley, startParley } from '../support/parley.ts';

const PASSWORD = 'a short sentence is a good one';
const PASTED = `1. Requests
1.1 Each side shall acknowledge a request within 24 hours.
1.2 “Request” means a written request for assistance.
(a) It names the office that sends it.

2 bis. The two sides
review this every year.`;

let parley: Parley;
let browser: Browser;
const windows: Window[] = [];
const kept = new Map<string, Window>();
beforeAll(async () => { [parley, browser] = await Promise.all([startParley(), launch()]); });
afterAll(async () => {
  await browser?.close();
  await parley?.stop();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await Window.shots(windows, 'set-up');
  expect(windows.flatMap((window) => window.errors.splice(0))).toEqual([]);
});

async function anybody(): Promise<Window> {
  const window = await Window.open(browser, parley.url);
  windows.push(window);
  return window;
}

/** The window of somebody who has signed in through the form. */
async function at(userName: string): Promise<Window> {
  const window = kept.get(userName) ?? await anybody();
  if (!kept.has(userName)) await window.signIn(userName, PASSWORD);
  kept.set(userName, window);
  return window;
}

const fill = async (window: Window, fields: Readonly<Record<string, string>>): Promise<void> => {
  for (const [name, value] of Object.entries(fields)) await window.page.locator(`input[name="${name}"]`).fill(value);
};
const form = (window: Window, name: string) => window.page.getByRole('form', { name });
const said = (window: Window, words: string | RegExp) => window.page.getByRole('status').filter({ hasText: words }).first().waitFor();

async function seats(window: Window, name: string, seat: string): Promise<void> {
  await form(window, 'Seat a person').getByLabel('Person').selectOption({ label: name });
  await form(window, 'Seat a person').getByLabel('Seat', { exact: true }).selectOption({ label: seat });
  await form(window, 'Seat a person').getByRole('button', { name: 'Seat' }).click();
  await said(window, `${name.replace(/ \(.*/, '')} is seated: ${seat}.`);
}

const ROSTER = [['Ada Azure', 'ada'], ['Aki Azure', 'aki'], ['Olu Ochre', 'olu'], ['Ona Ochre', 'ona'], ['Cleo Chair', 'cleo'], ['Aud Itor', 'aud']] as const;

describe('a new server, without the demonstration', () => {
  it('the first page takes the token of the console and makes the administrator and the group', async () => {
    const admin = await anybody();
    kept.set('root', admin);
    const [, token] = await parley.printed(/token[^\n]*?:\s*(\S+)/i);
    await admin.page.goto(parley.url);
    await admin.page.getByRole('heading', { name: 'Set up this server' }).waitFor();
    await admin.shot('set-up');
    const fields = { token: 'not-the-token', displayName: 'Rita Root', userName: 'root', password: 'short', group: 'Joint Dialogue', name1: 'Azure', code1: 'az', name2: 'Ochre', code2: 'AZ' };
    await fill(admin, fields);
    const go = () => admin.page.getByRole('button', { name: 'Set up' }).click();
    await go();
    await admin.page.getByRole('alert').getByText('at least 15 characters').waitFor();
    await fill(admin, { password: PASSWORD });
    await go();
    await admin.page.getByRole('alert').getByText('different codes').waitFor();
    await fill(admin, { code2: 'oc' });
    await go();
    await admin.page.getByRole('alert').getByText('The token is not the one printed on the server’s console.').waitFor();
    await fill(admin, { token: token! });
    await go();
    await admin.page.getByRole('heading', { name: 'People' }).waitFor();
    for (const part of ['Azure (AZ)', 'Ochre (OC)', 'Chair', 'Neither side']) await admin.page.getByRole('region', { name: part }).waitFor();
    await admin.page.getByText('Rita Root').first().waitFor();
    const late = await anybody();
    await late.page.goto(parley.url);
    await late.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await late.page.getByText('demonstration').count()).toBe(0);
  });

  it('the administrator makes accounts and seats the first heads, the moderator and the auditor', async () => {
    const admin = await at('root');
    const account = form(admin, 'New account');
    await fill(admin, { displayName: 'Ada Azure', userName: 'ada' });
    await account.locator('input[name="password"]').fill('too short');
    await account.getByRole('button', { name: 'Make the account' }).click();
    await account.getByRole('alert').getByText('at least 15 characters').waitFor();
    for (const [displayName, userName] of ROSTER) {
      await fill(admin, { displayName, userName });
      await account.locator('input[name="password"]').fill(PASSWORD);
      await account.getByRole('button', { name: 'Make the account' }).click();
      await said(admin, `${displayName} can sign in now and waits for a seat.`);
    }
    await fill(admin, { displayName: 'Ada Again', userName: 'ada' });
    await account.locator('input[name="password"]').fill(PASSWORD);
    await account.getByRole('button', { name: 'Make the account' }).click();
    await account.getByRole('alert').getByText('This user name is taken.').waitFor();

    const waiting = await at('aki');
    await waiting.page.getByRole('heading', { name: 'Welcome, Aki Azure' }).waitFor();

    const offered = () => form(admin, 'Seat a person').getByLabel('Seat', { exact: true }).locator('option').allInnerTexts();
    expect(await offered()).toEqual(['Choose a seat', 'Head of delegation, Azure', 'Head of delegation, Ochre', 'Moderator', 'Auditor', 'Observer', 'Administrator']);
    await seats(admin, 'Ada Azure (ada)', 'Head of delegation, Azure');
    await becomes(offered, ['Choose a seat', 'Head of delegation, Ochre', 'Moderator', 'Auditor', 'Observer', 'Administrator']);
    await seats(admin, 'Olu Ochre (olu)', 'Head of delegation, Ochre');
    await seats(admin, 'Cleo Chair (cleo)', 'Moderator');
    await seats(admin, 'Aud Itor (aud)', 'Auditor');
    await becomes(offered, ['Choose a seat', 'Moderator', 'Auditor', 'Observer', 'Administrator']);
    await admin.shot('set-up-people');
  });

  it('each head appoints the own members, by password and on the People page', async () => {
    for (const [head, name, delegation] of [['ada', 'Aki Azure (aki)', 'Azure'], ['olu', 'Ona Ochre (ona)', 'Ochre']] as const) {
      const window = await at(head);
      await window.page.getByRole('link', { name: 'Parley, home' }).waitFor();
      await window.page.goto(`${parley.url}/people`);
      const seat = form(window, 'Seat a person').getByLabel('Seat', { exact: true });
      await seat.waitFor();
      expect(await seat.locator('option').allInnerTexts()).toEqual(['Choose a seat', `Negotiator, ${delegation}`, `Head of delegation, ${delegation}`]);
      await seats(window, name, `Negotiator, ${delegation}`);
    }
    await (await at('aki')).page.getByRole('button', { name: 'Look again' }).click();
    await (await at('aki')).page.getByText('No document is open yet. A moderator opens documents.').waitFor();
  });

  it('the moderator opens a document from pasted text: a provision for each paragraph, labels recognised', async () => {
    const chair = await at('cleo');
    await chair.page.getByRole('link', { name: 'Open a document' }).click();
    await chair.page.getByLabel('Title').fill('Understanding on Requests');
    await chair.page.getByLabel('Text', { exact: true }).fill(PASTED);
    await chair.page.getByRole('status').getByText('5 provisions').waitFor();
    const preview = chair.page.getByRole('list', { name: 'Provisions' });
    expect((await preview.getByRole('listitem').allInnerTexts()).map((line) => line.replace(/\s+/g, ' ').replace(/ ?Correct$/, '').trim())).toEqual([
      '1 Requests heading', '1.1 Each side shall acknowledge a request within 24 hours. paragraph', '1.2 Request — a written request for assistance. definition',
      '(a) It names the office that sends it. paragraph', '2 bis The two sides review this every year. paragraph',
    ]);
    await chair.shot('open-document');
    await chair.page.getByRole('button', { name: 'Open as working paper' }).click();
    await chair.saved();
    const ids = await provisionsIn(chair);
    expect(await Promise.all(ids.map((id) => wordsOf(chair, id)))).toEqual([
      ['Requests'], ['Each side shall acknowledge a request within 24 hours.'], ['Request', 'a written request for assistance.'],
      ['It names the office that sends it.'], ['The two sides review this every year.'],
    ]);
  });

  it.each([
    ['Metrics', 'a metric', 'Median time from receipt to acknowledgement', 7], ['Protocol', 'a protocol step', 'The competent authority', 7],
    ['Standard of evidence', 'an evidence standard', 'A claim of commercial espionage', 3], ['Definitions', 'a definition', '“Request” means a written request.', 2],
  ] as const)('by the template %s, pasted lines become provisions of the kind %s, and a blank paper begins with one', async (template, kind, words, slots) => {
    const chair = await at('cleo');
    await chair.page.goto(`${parley.url}/open`);
    await chair.page.getByLabel('Title').fill(`${template} of the group`);
    await chair.page.getByLabel('Template').selectOption({ label: template });
    await chair.page.getByLabel('Text', { exact: true }).fill(`${words}\n${words}`);
    await chair.page.getByRole('status').getByText('2 provisions').waitFor();
    await chair.page.getByLabel('Text', { exact: true }).fill('');
    await chair.page.getByText('A blank paper. Everybody').waitFor();
    await chair.page.getByRole('button', { name: 'Open as working paper' }).click();
    await chair.page.getByRole('button', { name: `Add ${kind}` }).click();
    await becomes(async () => (await provisionsIn(chair)).length, 1);
    const [id] = await provisionsIn(chair);
    expect((await wordsOf(chair, id!))?.length).toBe(slots);
    await chair.type('First');
    await chair.page.keyboard.press('Tab');
    await chair.type('second');
    await chair.saved();
    expect((await wordsOf(chair, id!))?.slice(0, 2)).toEqual(['First', 'second']);
    await chair.shot(`template-${kind.replace(/ /g, '-')}`);
  });

  it('both delegations, signed in by password, find the documents and type in one paper', async () => {
    const [aki, ona] = [await at('aki'), await at('ona')];
    for (const window of [aki, ona]) {
      await window.page.goto(parley.url);
      await window.page.getByRole('article', { name: 'Understanding on Requests' }).getByRole('link', { name: 'Open Understanding on Requests' }).click();
      await window.saved();
    }
    const ids = await provisionsIn(aki);
    await aki.caretAfter(ids[1]!, 'Each side');
    await aki.type(' promptly');
    await ona.reads(ids[1]!, 'Each side promptly shall');
    await ona.caretAfter(ids[4]!, 'every year');
    await ona.type(' or sooner');
    await aki.reads(ids[4]!, 'every year or sooner.');
    await aki.page.locator('.ProseMirror').getByText('Ona Ochre').waitFor();
    await aki.page.getByRole('link', { name: 'Joint Dialogue' }).click();
    await aki.page.getByRole('article', { name: 'Understanding on Requests' }).getByText('Ona Ochre is in it now').waitFor();
    await aki.shot('home');
  });

  it('a password is changed by its owner and, when lost, by the administrator; every other page of the account is signed out', async () => {
    const ona = await at('ona');
    await ona.page.goto(parley.url);
    await ona.page.getByRole('button', { name: /Ona Ochre/ }).click();
    await ona.page.getByRole('menuitem', { name: /Change password/ }).click();
    const dialog = ona.page.getByRole('dialog');
    await dialog.getByLabel('Present password').fill(PASSWORD);
    await dialog.getByLabel('New password').fill('another short sentence, also good');
    await dialog.getByRole('button', { name: 'Change' }).click();
    await said(ona, 'Your password is changed.');
    const admin = await at('root');
    await admin.page.goto(`${parley.url}/people`);
    const reset = form(admin, 'A new password for somebody');
    await reset.getByLabel('Account').selectOption({ label: 'Ona Ochre (ona)' });
    await reset.locator('input[name="password"]').fill(PASSWORD);
    await reset.getByRole('button', { name: 'Set the password' }).click();
    await said(admin, 'The new password holds from now on.');
    await ona.page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await ona.page.getByRole('button', { name: 'Sign in' }).click();
    await ona.page.getByLabel('User name').fill('ona');
    await ona.page.getByLabel('Password', { exact: true }).fill('another short sentence, also good');
    await ona.page.getByRole('button', { name: 'Sign in' }).click();
    await ona.page.getByRole('alert').getByText('User name or password is wrong.').waitFor();
    await ona.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await ona.page.getByRole('button', { name: 'Sign in' }).click();
    await ona.page.getByRole('button', { name: /Ona Ochre/ }).waitFor();
    expect(await buttonsOf(ona.page.getByRole('main'))).toEqual([]);
  });
});
