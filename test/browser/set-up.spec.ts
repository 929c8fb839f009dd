import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { OTHER_PASSWORD, PASSWORD } from '../support/cast.ts';
import { launch, Window } from '../support/browser.ts';
import { becomes, provisionsIn, wordsOf } from '../support/browser-fixture.ts';
import { type Parley, startParley } from '../support/parley.ts';
import { confirms } from '../support/two-steps.ts';

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

/** The window of somebody who is in the group. */
async function at(who: string): Promise<Window> {
  const window = kept.get(who);
  if (!window) throw new Error(`${who} has not come yet`);
  return window;
}

const fill = async (window: Window, fields: Readonly<Record<string, string>>): Promise<void> => {
  for (const [name, value] of Object.entries(fields)) await window.page.locator(`input[name="${name}"]`).fill(value);
};
const form = (window: Window, name: string) => window.page.getByRole('form', { name });
const statusShown = (window: Window, words: string | RegExp) => window.page.getByRole('status').filter({ hasText: words }).first().waitFor();

/** Somebody makes a link to a seat on the page People, and copies it. */
async function invites(by: Window, seat: string): Promise<string> {
  await form(by, 'Invite a person').getByLabel('Seat').selectOption({ label: seat });
  await form(by, 'Invite a person').getByRole('button', { name: 'Make a link' }).click();
  return copies(by);
}

/** Copies the link of the dialog that is open, and closes it. */
async function copies(by: Window): Promise<string> {
  const dialog = by.page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await dialog.getByText('Copied.').waitFor();
  const link = await dialog.getByLabel('Link').inputValue();
  expect(await by.page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  await dialog.getByRole('button', { name: 'I have it' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(link).toMatch(new RegExp(`^${parley.url}/g/[0-9a-f]{12}/link#[A-Za-z0-9_-]{43}$`));
  return link;
}

interface Keys { readonly userName: string; readonly code: string }

/** What an account shows once, put away by its owner. */
async function keeps(window: Window): Promise<Keys> {
  await window.page.getByRole('heading', { name: 'Keep this' }).waitFor();
  const [userName, code] = await window.page.locator('.keys-list code').allInnerTexts();
  await window.page.getByRole('button', { name: 'I have kept both' }).click();
  return { userName: userName!, code: code! };
}

/** Somebody opens a link in a browser of their own and begins an account. */
async function begins(who: string, link: string, displayName: string): Promise<Keys> {
  const window = await anybody();
  kept.set(who, window);
  await window.page.goto(link);
  await window.page.getByRole('heading', { name: 'Joint Dialogue' }).waitFor();
  await fill(window, { displayName, userName: who, password: PASSWORD });
  await window.page.getByRole('button', { name: 'Begin the account' }).click();
  return keeps(window);
}

const keys = new Map<string, Keys>();

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
    keys.set('root', await keeps(admin));
    expect(keys.get('root')).toMatchObject({ userName: 'root', code: expect.stringMatching(/^(\w{5}-){3}\w{5}$/) });
    await admin.page.getByRole('heading', { name: 'People' }).waitFor();
    for (const part of ['Azure (AZ)', 'Ochre (OC)', 'Chair', 'Neither side']) await admin.page.getByRole('region', { name: part }).waitFor();
    await admin.page.getByText('Rita Root').first().waitFor();
    const late = await anybody();
    await late.page.goto(parley.url);
    await late.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await late.page.getByText('demonstration').count()).toBe(0);
  });

  it('the administrator invites the first heads by links, and each chooses the own password and keeps a recovery code', async () => {
    const admin = await at('root');
    const offered = () => form(admin, 'Invite a person').getByLabel('Seat').locator('option').allInnerTexts();
    expect(await offered()).toEqual(['Choose a seat', 'Head of delegation, Azure', 'Head of delegation, Ochre', 'Moderator', 'Auditor', 'Observer', 'Administrator']);
    const ada = await invites(admin, 'Head of delegation, Azure');
    const window = await anybody();
    kept.set('ada', window);
    await window.page.goto(ada);
    await window.page.getByText('Rita Root invites you').waitFor();
    await window.shot('link-page');
    await fill(window, { displayName: 'Ada Azure', userName: 'ada', password: 'too short' });
    await window.page.getByRole('button', { name: 'Begin the account' }).click();
    await window.page.getByRole('alert').getByText('at least 15 characters').waitFor();
    await fill(window, { password: PASSWORD, displayName: 'Azure' });
    await window.page.getByRole('button', { name: 'Begin the account' }).click();
    await window.page.getByRole('alert').getByText('a name that looks the same').waitFor();
    await fill(window, { displayName: 'Ada Azure' });
    await window.page.getByRole('button', { name: 'Begin the account' }).click();
    await window.page.getByRole('heading', { name: 'Keep this' }).waitFor();
    await window.shot('keys-shown');
    keys.set('ada', await keeps(window));
    expect(keys.get('ada')).toMatchObject({ userName: expect.stringMatching(/^ada-[0-9a-z]{4}$/), code: expect.stringMatching(/^(\w{5}-){3}\w{5}$/) });
    await window.page.getByText('No document is open yet. A moderator opens documents.').waitFor();
    await becomes(offered, ['Choose a seat', 'Head of delegation, Ochre', 'Moderator', 'Auditor', 'Observer', 'Administrator']);
    const again = await anybody();
    await again.page.goto(ada);
    await again.page.getByRole('heading', { name: 'This link opens nothing' }).waitFor();
    keys.set('olu', await begins('olu', await invites(admin, 'Head of delegation, Ochre'), 'Olu Ochre'));
    await becomes(offered, ['Choose a seat', 'Moderator', 'Auditor', 'Observer', 'Administrator']);
  });

  it('each head invites the own members, and can revoke a link', async () => {
    for (const [head, who, name, delegation] of [['ada', 'aki', 'Aki Azure', 'Azure'], ['olu', 'ona', 'Ona Ochre', 'Ochre']] as const) {
      const window = await at(head);
      await window.page.goto(`${parley.url}/people`);
      const seat = form(window, 'Invite a person').getByLabel('Seat');
      await seat.waitFor();
      expect(await seat.locator('option').allInnerTexts()).toEqual(['Choose a seat', `Negotiator, ${delegation}`, `Head of delegation, ${delegation}`]);
      keys.set(who, await begins(who, await invites(window, `Negotiator, ${delegation}`), name));
      await window.page.getByRole('region', { name: new RegExp(delegation) }).getByText(name).first().waitFor();
    }
    const [ada, olu] = [await at('ada'), await at('olu')];
    // Both sides read who has begun by a link of the administrator, who could have opened it.
    for (const window of [ada, olu]) {
      for (const [head, delegation] of [['Ada Azure', 'Azure'], ['Olu Ochre', 'Ochre']] as const) {
        await window.page.getByRole('status').getByText(`${head} is the first head of ${delegation}: the account began from a link made by the administrator, Rita Root`).waitFor();
        await window.page.getByRole('region', { name: new RegExp(`^${delegation}`) }).getByText('The account began from a link made by the administrator').waitFor();
      }
      await window.shot('first-heads');
      await window.page.getByRole('button', { name: 'I have read this' }).click();
    }
    const link = await invites(ada, 'Negotiator, Azure');
    await ada.page.getByRole('button', { name: 'Revoke the invitation: Negotiator, Azure' }).click();
    await statusShown(ada, 'The link no longer opens anything.');
    const late = await anybody();
    await late.page.goto(link);
    await late.page.getByRole('heading', { name: 'This link opens nothing' }).waitFor();
  });

  it('a neutral seat begins when both heads have accepted it, and whoever waits reads for whom', async () => {
    const admin = await at('root');
    keys.set('cleo', await begins('cleo', await invites(admin, 'Moderator'), 'Cleo Chair'));
    const cleo = await at('cleo');
    await cleo.page.getByRole('heading', { name: 'Welcome, Cleo Chair' }).waitFor();
    await cleo.page.getByText('Azure and Ochre has not answered yet.').waitFor();
    await cleo.shot('waiting');
    for (const head of ['ada', 'olu']) {
      const window = await at(head);
      await window.page.goto(`${parley.url}/people`);
      const proposed = window.page.getByRole('region', { name: 'Proposed seats' });
      await proposed.getByText('Cleo Chair').first().waitFor();
      await window.shot(`proposed-${head}`);
      await proposed.getByRole('button', { name: 'Accept Cleo Chair' }).click();
      const step = proposed.getByRole('group', { name: 'Accept Cleo Chair as Moderator?' });
      await step.getByText('make sure by another way').waitFor();
      await step.getByText(head === 'ada' ? 'The seat begins when the other head has accepted too' : 'Azure has accepted: the seat begins when you do').waitFor();
      await window.shot(`accepting-${head}`);
      await confirms(window, 'Accept Cleo Chair');
      await step.waitFor({ state: 'detached' });
    }
    await cleo.page.getByRole('link', { name: 'Open a document' }).waitFor();
    await admin.page.goto(`${parley.url}/people`);
    const chair = admin.page.getByRole('region', { name: 'Chair' });
    await chair.getByText('History').click();
    await chair.getByText('was accepted by Ada Azure, for Azure').waitFor();
    await chair.getByText('was accepted by Olu Ochre, for Ochre').waitFor();
    await chair.getByText('is seated: Moderator').waitFor();
    await admin.shot('set-up-people');
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

  it('a password is changed by its owner; every other page of the account is signed out', async () => {
    const ona = await at('ona');
    await ona.page.goto(parley.url);
    await ona.page.getByRole('button', { name: /Ona Ochre/ }).click();
    await ona.page.getByRole('menuitem', { name: /Change password/ }).click();
    const dialog = ona.page.getByRole('dialog');
    await dialog.getByLabel('Present password').fill(PASSWORD);
    await dialog.getByLabel('New password').fill(OTHER_PASSWORD);
    await dialog.getByRole('button', { name: 'Change' }).click();
    await statusShown(ona, 'Your password is changed.');
  });

  it('a reset account sleeps, both sides read so, and another member confirms it', async () => {
    const [admin, ona, olu, ada] = [await at('root'), await at('ona'), await at('olu'), await at('ada')];
    await admin.page.goto(`${parley.url}/installation`);
    await admin.page.getByRole('button', { name: 'Reset account of Ona Ochre' }).click();
    await admin.shot('resetting');
    await confirms(admin, 'Reset the account');
    const link = await copies(admin);
    await ona.page.getByRole('heading', { name: /You are signed out|Your seat has changed/ }).waitFor();
    for (const window of [ada, olu, admin]) {
      await window.page.goto(`${parley.url}/people`);
      await window.page.getByRole('status').getByText('The link has not been opened yet.').waitFor();
    }
    await ona.page.goto(link);
    await ona.page.getByRole('heading', { name: 'A new password for Ona Ochre' }).waitFor();
    await ona.shot('account-reset');
    await fill(ona, { password: PASSWORD });
    await ona.page.getByRole('button', { name: 'Set the password' }).click();
    const again = await keeps(ona);
    await ona.page.getByRole('heading', { name: 'Your seat waits to be confirmed' }).waitFor();
    await ona.page.getByText('Another member of Ochre confirms it').waitFor();
    await ona.shot('asleep');
    expect(await ada.page.getByRole('button', { name: /^Confirm/ }).count()).toBe(0);
    await ada.shot('seat-notice');
    await olu.page.goto(`${parley.url}/people`);
    await olu.page.getByRole('button', { name: 'Confirm Ona Ochre' }).click();
    await olu.page.getByRole('group', { name: 'Confirm Ona Ochre?' }).getByText('Somebody opened the link and chose a password').waitFor();
    await olu.shot('confirming');
    await confirms(olu, 'It is Ona Ochre');
    await ona.page.getByRole('article', { name: 'Understanding on Requests' }).waitFor();
    // Told to both sides until each has read it.
    for (const window of [ada, olu]) {
      await window.page.getByRole('status').getByText('The seat of Ona Ochre (Negotiator, Ochre) works again, after its account was reset: Olu Ochre has confirmed that it is the right person.').waitFor();
      await window.shot('seat-news');
      await window.page.getByRole('button', { name: 'I have read this' }).click();
      await window.page.getByRole('status').getByText('Ona Ochre').waitFor({ state: 'detached' });
      await window.page.reload();
      await window.page.getByRole('region', { name: 'Ochre (OC)' }).waitFor();
      expect(await window.page.getByRole('status').getByText('works again').count()).toBe(0);
    }
    keys.set('ona', { userName: again.userName, code: again.code });
  });

  it('whoever has lost the password and has the recovery code needs nobody', async () => {
    const { userName, code } = keys.get('ona')!;
    const window = await anybody();
    await window.page.goto(parley.url);
    await window.page.getByRole('button', { name: 'Use a recovery code' }).click();
    await fill(window, { userName, code: code.toLowerCase(), password: OTHER_PASSWORD });
    await window.page.getByRole('button', { name: 'Recover the account' }).click();
    expect((await keeps(window)).code).not.toBe(code);
    await window.page.getByRole('article', { name: 'Understanding on Requests' }).waitFor();
    await (await at('ona')).page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    const back = await anybody();
    await back.signIn(userName, OTHER_PASSWORD);
    await back.page.getByRole('button', { name: /Ona Ochre/ }).click();
    await back.page.getByRole('menuitem', { name: /Close account/ }).click();
    await back.page.getByRole('dialog').getByLabel('Present password').fill(OTHER_PASSWORD);
    await back.page.getByRole('dialog').getByRole('button', { name: 'Close it for good' }).click();
    await back.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });
});
