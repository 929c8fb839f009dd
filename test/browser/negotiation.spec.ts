import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launch, Window } from '../support/browser.ts';
import { provision } from '../support/rules-fixture.ts';
import { confirms, performs } from '../support/two-steps.ts';
import { type CastName, PASSWORD } from '../support/cast.ts';
import { type WorkingGroup, workingGroup } from '../support/working-group.ts';

let w: WorkingGroup;
let browser: Browser;
const windows: Window[] = [];
beforeAll(async () => { [w, browser] = await Promise.all([workingGroup(), launch()]); });
afterAll(async () => {
  await browser?.close();
  await w?.end();
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await Window.shots(windows, 'negotiation');
});

/** A window of a person who signs in by password and opens the document. */
async function at(name: CastName, doc: string): Promise<Window> {
  const window = await Window.open(browser, w.parley.url);
  windows.push(window);
  await window.signIn(w[name].keys.userName, PASSWORD);
  await window.openDocument(doc);
  return window;
}

const reply = () => provision('reply', 'Each side shall acknowledge a request within 24 hours after receipt.', 'paragraph', '1');
const grounds = () => provision('grounds', 'A refusal shall state its grounds.', 'paragraph', '2');
const card = (window: Window, words: string | RegExp) => window.page.locator('article[data-proposal]').filter({ hasText: words });

describe('two delegations negotiate to approval', () => {
  it('from the working paper to an approved provision and its history, in five windows', async () => {
    const doc = await w.draft([reply(), grounds()], 'Understanding on Requests');
    const az = await at('azHead', doc);
    const oc = await at('ocHead', doc);

    // Drafting: both type in one paper; each sees the other's words and caret.
    await az.caretAfter('reply', 'acknowledge');
    await az.type(' promptly');
    await oc.reads('reply', 'acknowledge promptly a request');
    await oc.caretAfter('grounds', 'A refusal');
    await oc.type(' in writing');
    await az.reads('grounds', 'A refusal in writing shall');
    await az.page.locator('.ProseMirror').getByText('Olu Ochre').waitFor();

    // Basis: one head accepts, the paper freezes, the other accepts.
    await performs(az.page.getByRole('button', { name: 'Accept as basis' }));
    await oc.page.getByText('Azure accepted this paper as basis').waitFor();
    await performs(oc.page.getByRole('button', { name: 'Accept as basis' }));
    for (const window of [az, oc]) await window.page.getByText('In negotiation').waitFor();
    await az.page.getByText('The other side sees this as you type').waitFor();

    // Each writes in the own position; the other's words appear as brackets in the same paragraph.
    await az.caretAfter('reply', 'within 24');
    for (let i = 0; i < 2; i++) await az.page.keyboard.press('Backspace');
    await az.type('12');
    await az.saved();
    await oc.provision('reply').locator('[data-bracket]').filter({ hasText: '12' }).waitFor();
    await oc.caretAfter('reply', 'after receipt');
    await oc.type(' of a complete request');
    await az.provision('reply').locator('[data-bracket]').filter({ hasText: 'of a complete request' }).waitFor();

    await w.parley.later();
    // Decline with a reason, then accept; the other head's window follows.
    await oc.caretAfter('reply', 'Each');
    await card(oc, /replace.*24.*by.*12/s).getByRole('button', { name: 'Decline' }).click();
    await oc.page.getByRole('dialog').getByLabel(/Reason/).fill('Too short for us.');
    await confirms(oc);
    await card(az, /replace.*24.*by.*12/s).getByText('Too short for us.').waitFor();
    await performs(card(oc, /replace.*24.*by.*12/s).getByRole('button', { name: 'Accept' }));
    await oc.reads('reply', 'within 12 hours');
    await card(az, /replace.*24.*by.*12/s).waitFor({ state: 'detached' });
    await az.caretAfter('reply', 'Each');
    await performs(card(az, /insert.*of a complete request/s).getByRole('button', { name: 'Accept' }));
    await az.reads('reply', 'after receipt of a complete request');

    // Agree ad referendum by both heads, approve by the moderator; then nobody writes there.
    const agree = (window: Window) => performs(window.page.getByRole('button', { name: /^Agree ad referendum/ }).first());
    await az.caretAfter('reply', 'Each');
    await agree(az);
    await oc.caretAfter('reply', 'Each');
    await agree(oc);
    await az.provision('reply').getByText(/agreed ad ref/).waitFor();
    const chair = await at('chair', doc);
    await chair.provision('reply').click();
    await performs(chair.page.getByRole('button', { name: /^Approve/ }).first());
    await az.provision('reply').getByText(/approved/).waitFor();
    await az.provision('reply').click();
    await az.type('nobody may write this');
    expect(await az.provision('reply').innerText()).not.toContain('nobody may write this');
    await az.shot('approved');

    // Reopening falls back visibly.
    await az.page.getByRole('button', { name: /^Ask to reopen/ }).first().click();
    await az.page.getByRole('dialog').getByLabel('Reason').fill('New instructions.');
    await confirms(az);
    await oc.provision('reply').click();
    await performs(oc.page.getByRole('button', { name: /^Grant reopening/ }).first());
    await az.provision('reply').getByText(/approved/).waitFor({ state: 'detached' });

    // The auditor steps through the history and changes nothing.
    const auditor = await at('auditor', doc);
    expect(await auditor.page.locator('.ProseMirror[contenteditable="true"]').count()).toBe(0);
    await auditor.page.getByRole('link', { name: /^History/ }).first().click();
    await auditor.page.getByText('approved 1').first().waitFor();
    await auditor.page.getByText(/Too short for us/).waitFor();
    await auditor.shot('history');
    expect(windows.flatMap((window) => window.errors)).toEqual([]);
  });
});
