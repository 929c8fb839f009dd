import { describe, expect, it } from 'vitest';
import { agreeing, basisOf, retype } from '../support/person.ts';
import { provision } from '../support/rules-fixture.ts';
import type { Window } from '../support/browser.ts';
import { becomes, buttonsOf, card, reasonOf, useBrowserFixture, wordsOf } from '../support/browser-fixture.ts';
import type { Seat } from '../support/cast.ts';

const fixture = useBrowserFixture('roles');

const reply = () => provision('reply', 'Each side shall acknowledge a request within 24 hours after receipt.', 'paragraph', '1');
const grounds = () => provision('grounds', 'A refusal shall state its grounds.', 'paragraph', '2');
const review = () => provision('review', 'The two sides review this Understanding every year.', 'paragraph', '3');
const costs = () => provision('costs', 'Each side bears its own costs.', 'paragraph', '4');

const ROLE = 'Your role does not include this.';

/** Every standing at once: 1 bracketed by all three parties, 2 clean, 3 agreed, 4 approved. */
let standing: Promise<string> | undefined;
const everyStanding = (): Promise<string> => (standing ??= (async () => {
  const { group } = fixture();
  const doc = await group.negotiate([reply(), grounds(), review(), costs()], 'Understanding on Requests');
  const [az, oc, chair] = await Promise.all([group.azHead.open(doc), group.ocHead.open(doc), group.chair.open(doc)]);
  retype(az, 'reply', 'acknowledge', 'confirm');
  retype(oc, 'reply', '24', '72');
  retype(chair, 'reply', 'receipt', 'receipt of the request');
  await Promise.all([az.saved(), oc.saved(), chair.saved()]);
  for (const id of ['review', 'costs']) {
    await group.azHead.mustAct(doc, agreeing(az, id));
    await group.ocHead.mustAct(doc, agreeing(oc, id));
  }
  await group.chair.mustAct(doc, { ...agreeing(az, 'costs'), t: 'approve' });
  return doc;
})());

const OURS = /replace “acknowledge” by “confirm”/, THEIRS = /replace “24” by “72”/, CHAIRS = /insert “ of the request”/;

const focus = (window: Window, label: string) => window.page.locator('nav .outline, .outline').getByRole('button', { name: new RegExp(`^${label} `) }).click();
const panel = (window: Window) => window.page.locator('.provision-card');
const several = (window: Window) => window.page.getByRole('button', { name: /all clean|all agreed/ });

async function opened(name: Seat): Promise<Window> {
  const window = await fixture().at(name, await everyStanding());
  await card(window, THEIRS).waitFor();
  return window;
}

/** What can be done with each provision as a whole, by its label. */
async function settling(window: Window): Promise<Record<string, string[]>> {
  const out: Record<string, string[]> = {};
  for (const label of ['1', '2', '3', '4']) {
    await focus(window, label);
    await window.page.getByRole('region', { name: `Provision ${label}`, exact: true }).waitFor();
    out[label] = (await buttonsOf(panel(window))).filter((name) => !/^\(?(Add after|Provision|Show as alternatives|Show in one text)/.test(name));
  }
  return out;
}

const tries = async (window: Window, id: string, words: string): Promise<boolean> => {
  const before = await wordsOf(window, id);
  await window.provision(id).locator('.words').first().click({ position: { x: 4, y: 8 } });
  await window.type(words);
  return JSON.stringify(await wordsOf(window, id)) !== JSON.stringify(before);
};

describe('each role on the screen', () => {
  it('a negotiator writes, withdraws and counter-proposes, but answers and agrees nothing', async () => {
    const az = await opened('az');
    expect(await buttonsOf(card(az, OURS))).toEqual(['1', 'Withdraw']);
    expect(await buttonsOf(card(az, THEIRS))).toEqual(['1', '(Accept)', '(Decline)', 'Counter-propose']);
    expect(await buttonsOf(card(az, CHAIRS))).toEqual(['1', '(Accept for Azure)', '(Decline)', 'Counter-propose']);
    expect(await reasonOf(card(az, THEIRS).getByRole('button', { name: 'Accept' }))).toBe(ROLE);
    await card(az, THEIRS).getByRole('button', { name: 'Accept' }).click({ force: true });
    expect(await card(az, THEIRS).count()).toBe(1);
    expect(await settling(az)).toEqual({ 1: [], 2: [], 3: [], 4: [] });
    expect(await several(az).count()).toBe(0);
    expect(await tries(az, 'grounds', 'x')).toBe(true);
    await az.page.keyboard.press('Backspace');
    await az.caretAfter('reply', '24');
    await az.page.keyboard.press('Control+Enter');
    await az.page.getByRole('alert').filter({ hasText: ROLE }).waitFor();
    await az.shot('negotiator');
  });

  it('a head answers the other side and the chair, never the own side, and agrees what is clean', async () => {
    const oc = await opened('ocHead');
    expect(await buttonsOf(card(oc, OURS))).toEqual(['1', 'Accept', 'Decline', 'Counter-propose']);
    expect(await buttonsOf(card(oc, THEIRS))).toEqual(['1', 'Withdraw']);
    expect(await buttonsOf(card(oc, CHAIRS))).toEqual(['1', 'Accept for Ochre', 'Decline', 'Counter-propose']);
    expect(await settling(oc)).toEqual({ 1: ['(Agree ad referendum)'], 2: ['Agree ad referendum'], 3: ['Ask to reopen'], 4: ['Ask to reopen'] });
    await focus(oc, '1');
    expect(await reasonOf(panel(oc).getByRole('button', { name: /^Agree/ }))).toBe('There are still brackets in this provision. Only clean text can be agreed.');
    await panel(oc).getByRole('button', { name: /^Agree/ }).hover();
    await oc.page.getByRole('tooltip').filter({ hasText: 'There are still brackets' }).waitFor();
    await oc.shot('head');
  });

  it('the moderator writes the chair’s text and approves what both heads agreed, but never accepts or agrees for a side', async () => {
    const chair = await opened('chair');
    expect(await buttonsOf(card(chair, OURS))).toEqual(['1', 'Counter-propose']);
    expect(await buttonsOf(card(chair, THEIRS))).toEqual(['1', 'Counter-propose']);
    expect(await buttonsOf(card(chair, CHAIRS))).toEqual(['1', 'Withdraw']);
    expect(await settling(chair)).toEqual({ 1: ['(Approve)'], 2: ['(Approve)'], 3: ['Approve'], 4: [] });
    await focus(chair, '2');
    expect(await reasonOf(panel(chair).getByRole('button', { name: /^Approve/ }))).toBe('Both heads have not agreed this text, so it cannot be approved.');
    expect(await tries(chair, 'grounds', 'y')).toBe(true);
    await chair.page.keyboard.press('Backspace');
    await chair.page.getByText('Both delegations see this as you type.').waitFor();
    await chair.shot('moderator');
  });

  it.each(['auditor', 'observer'] as const)('the %s reads everything shared and its history, and finds no button that writes', async (name) => {
    const reader = await opened(name);
    for (const words of [OURS, THEIRS, CHAIRS]) expect(await buttonsOf(card(reader, words))).toEqual(['1']);
    expect(await settling(reader)).toEqual({ 1: [], 2: [], 3: [], 4: [] });
    expect(await buttonsOf(panel(reader))).toEqual([]);
    expect(await tries(reader, 'grounds', 'z')).toBe(false);
    expect(await reader.page.locator('[contenteditable="true"]').count()).toBe(0);
    expect(await reader.page.getByText('sees this as you type').count()).toBe(0);
    await reader.shot(name);
    await reader.page.getByRole('link', { name: 'History' }).click();
    await reader.page.getByRole('button', { name: /Cleo Chair.*approved 4/ }).waitFor();
    await reader.page.getByRole('article', { name: /as it was after entry/ }).getByText('every year').waitFor();
  });

  it('an approved or agreed provision is locked for everybody, and says so', async () => {
    for (const name of ['az', 'ocHead', 'chair'] as const) {
      const window = await opened(name);
      expect(await tries(window, 'costs', 'q')).toBe(false);
      await window.page.getByRole('alert').filter({ hasText: /agreed/ }).first().waitFor();
      expect(await tries(window, 'review', 'q')).toBe(false);
    }
  });
});

describe('in a working paper', () => {
  it('heads accept it as basis, everybody else who writes only writes, auditor and observer read', async () => {
    const { group } = fixture();
    const doc = await group.draft([reply(), grounds()]);
    const bar = (window: Window) => buttonsOf(window.page.getByRole('region', { name: 'Basis for negotiation' }));
    for (const [name, buttons, writes] of [['azHead', ['Accept as basis'], true], ['az', [], true], ['chair', [], true], ['auditor', [], false], ['observer', [], false]] as const) {
      const window = await fixture().at(name, doc);
      expect(await bar(window)).toEqual(buttons);
      expect(await tries(window, 'grounds', 'w')).toBe(writes);
    }
    const client = await group.azHead.open(doc);
    await group.azHead.mustAct(doc, basisOf(client));
    for (const [name, buttons] of [['azHead', ['Take back']], ['az', []], ['ocHead', ['Accept as basis', 'Decline']], ['chair', []]] as const) {
      const window = await fixture().at(name, doc);
      await window.page.getByText('Azure accepted this paper as basis').waitFor();
      expect(await bar(window)).toEqual(buttons);
      expect(await tries(window, 'grounds', 'w')).toBe(false);
    }
  });
});

describe('what a seat may not see does not exist', () => {
  it('the administrator has the people only: no list, no document by its address, no history, no name of a provision', async () => {
    const doc = await everyStanding();
    const admin = await fixture().at('admin');
    await admin.page.goto(fixture().url);
    await admin.page.getByRole('heading', { name: 'People' }).waitFor();
    await admin.shot('administrator');
    for (const path of ['/', '/people', `/documents/${doc}`, `/documents/${doc}/history`, '/open', '/documents/d-none']) {
      await admin.page.goto(`${fixture().url}${path}`);
      await admin.page.getByRole('heading', { level: 1 }).waitFor();
      expect(await admin.page.locator('body').innerText()).not.toMatch(/Understanding|acknowledge|refusal shall|confirm|72|costs/);
    }
    await admin.page.goto(`${fixture().url}/documents/${doc}`);
    await admin.page.getByRole('heading', { name: 'This document is closed to you' }).waitFor();
    for (const path of [`documents/${doc}`, `documents/${doc}/history`, `documents/${doc}/instants/3`, '/api/documents']) {
      const answer = await fixture().group.admin.request('GET', path);
      expect([path, answer.status >= 400, JSON.stringify(answer.body).includes('acknowledge')]).toEqual([path, true, false]);
    }
  });

  it('addresses typed by hand lead nobody further than the buttons do', async () => {
    const az = await fixture().at('az');
    await az.page.goto(`${fixture().url}/open`);
    await az.page.getByRole('heading', { name: 'Only a moderator opens documents' }).waitFor();
    await az.page.goto(`${fixture().url}/documents/d-none`);
    await az.page.getByText('There is nothing here that you can see.').waitFor();
    await az.page.goto(`${fixture().url}/documents/d-none/history`);
    await az.page.getByRole('heading', { name: 'This history cannot be shown' }).waitFor();
    await az.page.goto(`${fixture().url}/nowhere`);
    await az.page.getByRole('heading', { name: 'Nothing here' }).waitFor();
    const nobody = await fixture().anybody();
    await nobody.page.goto(`${fixture().url}/documents/${await everyStanding()}`);
    await nobody.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await nobody.page.locator('body').innerText()).not.toContain('Understanding');
  });

  it('a seat that is taken away closes the open page at once; the account without a seat sees nothing', async () => {
    const { group } = fixture();
    const doc = await everyStanding();
    const az = await fixture().further('az', doc);
    await group.azHead.actOnGroup({ t: 'remove', user: group.az.user });
    await az.page.getByRole('heading', { name: 'This document is closed to you' }).waitFor();
    expect(await az.page.locator('.ProseMirror').count()).toBe(0);
    await az.page.getByRole('link', { name: 'Reload the page' }).click();
    await az.page.getByRole('heading', { name: 'Nothing here' }).waitFor();
    await az.page.getByRole('button', { name: 'Home' }).click();
    await az.page.getByRole('heading', { name: 'Welcome, Aki Azure' }).waitFor();
    await az.shot('no-seat');
    await group.seat(group.az, 'negotiator', group.delegations[0]);
    await az.page.getByRole('button', { name: 'Look again' }).click();
    await az.page.getByRole('link', { name: 'Understanding on Requests' }).first().click();
    await becomes(() => az.page.locator('.ProseMirror').count(), 1);
  });
});

describe('people', () => {
  it('only a head appoints and removes the own members; nobody leaves a delegation without a head', async () => {
    const head = await fixture().at('azHead');
    await head.page.goto(`${fixture().url}/people`);
    const azure = head.page.getByRole('region', { name: 'Azure (AZ)' }), ochre = head.page.getByRole('region', { name: 'Ochre (OC)' });
    await azure.waitFor();
    expect(await buttonsOf(azure)).toEqual(['(Give up)', 'Remove']);
    expect(await buttonsOf(ochre)).toEqual([]);
    expect(await reasonOf(azure.getByRole('button', { name: /Give up.*Ada Azure/ }))).toBe('A delegation cannot be left without a head. Appoint another head first.');
    await head.shot('people-head');
    const member = await fixture().at('az');
    await member.page.goto(`${fixture().url}/people`);
    await member.page.getByRole('region', { name: 'Azure (AZ)' }).waitFor();
    expect(await buttonsOf(member.page.getByRole('main'))).toEqual(['Give up']);
    const admin = await fixture().at('admin');
    await admin.page.goto(`${fixture().url}/people`);
    await admin.page.getByRole('region', { name: 'Azure (AZ)' }).waitFor();
    expect(await buttonsOf(admin.page.getByRole('region', { name: 'Azure (AZ)' }))).toEqual([]);
    expect(await buttonsOf(admin.page.getByRole('region', { name: 'Chair' }))).toEqual(['Remove']);
  });
});
