import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { DocumentClient } from '@parley/sync';
import type { Window } from '../support/browser.ts';
import { becomes, buttonsOf, card, provisionsIn, stepOf, useBrowserFixture, wordsOf } from '../support/browser-fixture.ts';
import { HeldMessages } from '../support/held-messages.ts';
import { accepting, agreeing, proposals, retype, until, wordsIn } from '../support/person.ts';
import { provision } from '../support/rules-fixture.ts';
import { confirms, performs } from '../support/two-steps.ts';

const fixture = useBrowserFixture('proposals');

const REPLY = 'Each side shall acknowledge a request within 24 hours after receipt.';
const GROUNDS = 'A refusal shall state its grounds.';
const MOVED = 'The text has changed since you looked. Read what stands there now and decide again.';
const reply = () => provision('reply', REPLY, 'paragraph', '1');
const grounds = () => provision('grounds', GROUNDS, 'paragraph', '2');
const review = () => provision('review', 'The two sides review this Understanding every year.', 'paragraph', '3');

interface Negotiation { readonly doc: string; readonly az: DocumentClient; readonly oc: DocumentClient; readonly chair: DocumentClient }

/** A document in negotiation, with both heads and the chair as clients without a browser. */
async function negotiation(provisions = [reply(), grounds(), review()]): Promise<Negotiation> {
  const { group } = fixture();
  const doc = await group.negotiate(provisions, 'Understanding on Requests');
  const [az, oc, chair] = await Promise.all([group.azHead.open(doc), group.ocHead.open(doc), group.chair.open(doc)]);
  return { doc, az, oc, chair };
}

/** Somebody types without a browser, the record has it, and the words have rested. */
async function types(client: DocumentClient, id: string, found: string, words: string): Promise<void> {
  retype(client, id, found, words);
  await client.saved();
  await fixture().group.parley.later();
}

const dialog = (window: Window): Locator => window.page.getByRole('dialog');
const button = (part: Locator, name: string | RegExp): Locator => part.getByRole('button', { name });
const bracket = (window: Window, id: string, words: string | RegExp): Locator => window.provision(id).locator('.br', { hasText: words });
const common = (client: DocumentClient, id: string): string => wordsIn(client, 'common', id);
const refusal = (window: Window): Locator => window.page.getByRole('alert');

/** What a provision shows with everything drawn on it, as one line. */
const line = async (window: Window, id: string): Promise<string> => (await window.provision(id).innerText()).replace(/\s+/g, ' ').trim();

describe('accepting', () => {
  it('[N1] what stands against nothing of ours enters the text after a look at how it then reads; both sides see it', async () => {
    const { doc, oc } = await negotiation();
    await types(oc, 'reply', 'acknowledge', 'acknowledge in writing');
    const az = await fixture().at('azHead', doc);
    await button(card(az, /insert “ in writing”/), 'Accept').click();
    expect(await stepOf(az)).toContain('If you accept, the text reads 1 Each side shall acknowledge in writing a request within 24 hours after receipt.');
    expect(common(oc, 'reply')).toBe(REPLY);
    await confirms(az);
    await card(az, /in writing/).waitFor({ state: 'detached' });
    await becomes(() => wordsOf(az, 'reply'), [REPLY.replace('acknowledge', 'acknowledge in writing')]);
    await becomes(() => az.provision('reply').locator('.br').count(), 0);
    await until(oc, () => common(oc, 'reply').includes('acknowledge in writing'), 'the common text has it');
  });

  it('what stands against ours first shows what is dropped and how the text then reads; cancelling drops nothing', async () => {
    const { doc, az: ours, oc } = await negotiation();
    await types(ours, 'reply', '24', '72');
    await types(oc, 'reply', '24', '12');
    const az = await fixture().at('azHead', doc);
    const theirs = card(az, /replace “24” by “12”/);
    await theirs.getByText('Contested: other words are proposed here too.').waitFor();
    await button(theirs, 'Accept').click();
    const step = await stepOf(az);
    expect(step).toContain('If you accept, the text reads 1 Each side shall acknowledge a request within 12 hours after receipt.');
    expect(step).toContain('You give up our “72”.');
    await az.shot('accept-and-drop');
    await az.page.keyboard.press('Escape');
    await becomes(() => az.page.evaluate(() => document.activeElement!.textContent), 'Accept 1');
    expect(await wordsOf(az, 'reply')).toEqual([REPLY.replace('24', '72')]);
    await performs(button(theirs, 'Accept'), 'Accept and give ours up');
    await becomes(() => wordsOf(az, 'reply'), [REPLY.replace('24', '12')]);
    await becomes(() => az.page.locator('article[data-proposal]').count(), 0);
    expect(common(oc, 'reply')).toBe(REPLY.replace('24', '12'));
  });

  it('all that one party proposes in one field is accepted by one act, by keys alone, after a look at what the text then reads', async () => {
    const { doc, oc } = await negotiation();
    await types(oc, 'reply', 'acknowledge', 'confirm');
    await types(oc, 'reply', '24', '48');
    const before = oc.entry, wanted = REPLY.replace('acknowledge', 'confirm').replace('24', '48');
    const az = await fixture().at('azHead', doc);
    await az.caretAfter('reply', 'Each side');
    await button(az.page.getByRole('region', { name: 'Proposals here · 2' }), 'Accept all 2 of Ochre here').focus();
    await az.page.keyboard.press('Enter');
    await becomes(async () => (await stepOf(az)).includes(wanted), true);
    await az.shot('accept-field');
    await az.page.locator('[data-confirm][data-armed="true"]:focus').waitFor();
    await az.page.keyboard.press('Enter');
    await becomes(() => wordsOf(az, 'reply'), [wanted]);
    await until(oc, () => common(oc, 'reply') === wanted, 'the common text has both');
    expect(oc.entry).toBe(before + 1);
  });

  it('two insertions at one point: ours may stay beside theirs, as our proposal', async () => {
    const { doc, az: ours, oc } = await negotiation();
    await types(ours, 'reply', 'a request', 'a written request');
    await types(oc, 'reply', 'a request', 'a complete request');
    const az = await fixture().at('azHead', doc);
    await performs(button(card(az, /insert “complete ?”|insert “ ?complete”/), 'Accept'), 'Accept, keep ours beside it');
    await until(oc, () => common(oc, 'reply').includes('a complete request'), 'theirs is in the common text');
    await button(card(az, /insert “ ?written ?”/), 'Withdraw').waitFor();
    await becomes(async () => /\bwritten\b.*\bcomplete\b|\bcomplete\b.*\bwritten\b/.test((await wordsOf(az, 'reply'))![0]!), true);
  });

  it('the same words of both sides are one bracket with both codes, and either head enters them', async () => {
    const { doc, az: ours, oc } = await negotiation();
    await types(ours, 'reply', '24', '48');
    await types(oc, 'reply', '24', '48');
    const az = await fixture().at('azHead', doc);
    await bracket(az, 'reply', '48').first().waitFor();
    expect(await line(az, 'reply')).toMatch(/AZ, ?OC/);
    const both = card(az, /replace “24” by “48”/);
    expect(await both.count()).toBe(1);
    await both.getByText('We and Ochre propose this. Either head’s acceptance enters it in the text.').waitFor();
    await az.shot('convergent');
    await performs(button(both, 'Accept'));
    await until(oc, () => common(oc, 'reply').includes('48 hours'), 'one acceptance was enough');
    await becomes(() => az.page.locator('article[data-proposal]').count(), 0);
  });

  it('the chair’s bridging text enters when both heads have accepted it, one by one', async () => {
    const { doc, az: ours, chair } = await negotiation();
    await types(chair, 'grounds', 'its grounds', 'its grounds in general terms');
    const [az, oc] = [await fixture().at('azHead', doc), await fixture().at('ocHead', doc)];
    const proposed = (window: Window) => card(window, /insert “ in general terms”/);
    await proposed(az).getByText('Bridging text of the chair').waitFor();
    await performs(button(proposed(az), 'Accept for Azure'));
    await proposed(oc).getByText(/✓ Azure accepted · Ada Azure/).waitFor();
    await proposed(az).getByText('Waiting for Ochre').waitFor();
    expect((await buttonsOf(proposed(az))).filter((name) => name.startsWith('Accept'))).toEqual([]);
    expect(common(ours, 'grounds')).toBe(GROUNDS);
    await oc.shot('chair-one-consent');
    await performs(button(proposed(az), 'Take back our acceptance'));
    await proposed(oc).getByText(/✓ Azure accepted/).waitFor({ state: 'detached' });
    await performs(button(proposed(az), 'Accept for Azure'));
    await proposed(oc).getByText(/✓ Azure accepted · Ada Azure/).waitFor();
    await performs(button(proposed(oc), 'Accept for Ochre'));
    for (const window of [az, oc]) await becomes(() => wordsOf(window, 'grounds'), ['A refusal shall state its grounds in general terms.']);
  });

  it('[N3] when the words change while a head makes up the mind, the question goes, and says why', async () => {
    const { doc, az: ours, oc } = await negotiation();
    await types(ours, 'reply', '24', '72');
    await types(oc, 'reply', '24', '12');
    const az = await fixture().at('azHead', doc);
    await button(card(az, /replace “24” by “12”/), 'Accept').click();
    await az.page.locator('.step').waitFor();
    await types(oc, 'reply', '12', '6');
    await refusal(az).getByText(MOVED).waitFor();
    await az.page.locator('.step').waitFor({ state: 'detached' });
    await card(az, /replace “24” by “6”/).waitFor();
    await az.shot('text-moved');
    expect(common(ours, 'reply')).toBe(REPLY);
    expect(await wordsOf(az, 'reply')).toEqual([REPLY.replace('24', '72')]);
  });

  it('accepting words that have changed on the way to the server is answered so, and drops nothing', async () => {
    const { doc, az: ours, oc } = await negotiation();
    await types(ours, 'reply', '24', '72');
    await types(oc, 'reply', '24', '12');
    const az = await fixture().at('azHead', doc), held = await HeldMessages.of(az);
    await button(card(az, /replace “24” by “12”/), 'Accept').click();
    await az.page.locator('.step').waitFor();
    await held.hold();
    await types(oc, 'reply', '12', '6');
    await held.some();
    await confirms(az, 'Accept and give ours up');
    await refusal(az).getByText(MOVED).waitFor();
    await held.pass();
    await card(az, /replace “24” by “6”/).waitFor();
    expect(common(ours, 'reply')).toBe(REPLY);
    expect(await wordsOf(az, 'reply')).toEqual([REPLY.replace('24', '72')]);
  });

  it('[N2] by keyboard: to the next and the previous bracket, and accepting where the caret is, by two keys', async () => {
    const { doc, oc } = await negotiation();
    await types(oc, 'reply', 'acknowledge', 'acknowledge in writing');
    await types(oc, 'grounds', 'its grounds', 'its full grounds');
    await types(oc, 'review', 'every year', 'every six months');
    const az = await fixture().at('azHead', doc);
    await az.caretAfter('reply', 'Each');
    const aloud = az.page.locator('.parley-text .aloud[role="status"]');
    const step = async (key: string, says: string): Promise<void> => {
      await az.page.keyboard.press(key);
      await aloud.getByText(says).waitFor({ state: 'attached' });
    };
    const acceptsByKeys = async (): Promise<void> => {
      await az.page.keyboard.press('Control+Enter');
      await az.page.locator('[data-confirm][data-armed="true"]:focus').waitFor();
      await az.page.keyboard.press('Enter');
      // A key that comes while the dialog is going belongs to nobody.
      await az.page.locator('[data-confirm]').waitFor({ state: 'detached' });
    };
    await step('Alt+ArrowDown', 'Place 1 of 3: 1. Ochre: insert “ in writing”.');
    await step('Alt+ArrowDown', 'Place 2 of 3: 2. Ochre: insert “ full”.');
    await step('Alt+ArrowDown', 'Place 3 of 3: 3. Ochre: replace “year” by “six months”.');
    await step('Alt+ArrowDown', 'Place 1 of 3: 1.');
    await step('Alt+ArrowUp', 'Place 3 of 3: 3.');
    await step('Alt+ArrowUp', 'Place 2 of 3: 2.');
    await az.page.getByRole('region', { name: 'Provision 2', exact: true }).waitFor();
    await acceptsByKeys();
    await becomes(() => wordsOf(az, 'grounds'), ['A refusal shall state its full grounds.']);
    await step('Alt+ArrowDown', 'Place 2 of 2: 3. Ochre: replace “year” by “six months”.');
    await acceptsByKeys();
    await becomes(() => wordsOf(az, 'review'), ['The two sides review this Understanding every six months.']);
    await az.page.keyboard.press('Control+Enter');
    await refusal(az).getByText('There is no proposal of another party at the caret.').waitFor();
  });
});

describe('answering otherwise', () => {
  it('[N8] a counter-proposal is written in the card over their words; they become part of our text only once they differ', async () => {
    const { doc, oc } = await negotiation();
    await types(oc, 'reply', 'within 24 hours', 'within 12 working hours');
    const az = await fixture().at('az', doc), theirs = card(az, /replace “24” by “12 working”/);
    await button(theirs, 'Counter-propose').click();
    const words = theirs.getByRole('textbox', { name: 'Instead of “24”' });
    expect(await words.inputValue()).toBe('12 working');
    await button(theirs, 'Put it in our text').click({ force: true });
    await words.press('Control+Enter');
    await az.shot('counter-propose');
    expect(await wordsOf(az, 'reply')).toEqual([REPLY]);
    await words.fill('12 working or calendar');
    await button(theirs, 'Put it in our text').click();
    await az.saved();
    await becomes(() => wordsOf(az, 'reply'), ['Each side shall acknowledge a request within 12 working or calendar hours after receipt.']);
    await card(az, /replace “24” by “12 working or calendar”/).getByText('Azure · ours').waitFor();
    await az.type(' and more');
    await becomes(() => wordsOf(az, 'reply'), ['Each side shall acknowledge a request within 12 working or calendar and more hours after receipt.']);
    expect(common(oc, 'reply')).toBe(REPLY);
  });

  it('[N8] words typed over a proposal that goes away meanwhile are kept for their author', async () => {
    const { doc, oc } = await negotiation();
    await types(oc, 'reply', 'within 24 hours', 'within 12 hours');
    const az = await fixture().at('az', doc), theirs = card(az, /replace “24” by “12”/);
    await button(theirs, 'Counter-propose').click();
    await theirs.getByRole('textbox', { name: 'Instead of “24”' }).fill('eighteen');
    await types(oc, 'reply', 'within 12 hours', 'within 24 hours');
    await button(az.page.locator('header'), /^Not delivered/).click();
    await dialog(az).getByText('“eighteen”').waitFor();
    await button(dialog(az), 'Dismiss').click();
    await dialog(az).waitFor({ state: 'detached' });
  });

  it('without a network answers wait and say so; a counter-proposal, which is writing, is open and goes out on return', async () => {
    const { doc, oc, az: head } = await negotiation();
    await types(oc, 'reply', 'within 24 hours', 'within 12 working hours');
    const az = await fixture().at('azHead', doc), theirs = card(az, /replace “24” by “12 working”/);
    await theirs.waitFor();
    await az.context.setOffline(true);
    await az.page.locator('.save-status[data-state="offline"]').waitFor();
    await becomes(() => buttonsOf(theirs), ['1', '(Accept)', '(Decline)', 'Counter-propose']);
    await button(theirs, 'Counter-propose').click();
    await theirs.getByRole('textbox', { name: 'Instead of “24”' }).fill('18 working');
    await button(theirs, 'Put it in our text').click();
    await becomes(() => wordsOf(az, 'reply'), ['Each side shall acknowledge a request within 18 working hours after receipt.']);
    await az.context.setOffline(false);
    await until(head, () => wordsIn(head, head.ownRoom!, 'reply').includes('18 working'), 'the counter-proposal is delivered');
  });

  it('[N9] each line of what awaits us leads to the first such thing and on to the next, and counts as the buttons do', async () => {
    const { doc, oc } = await negotiation();
    await types(oc, 'reply', '24', '12');
    await types(oc, 'review', 'every year', 'every six months');
    const az = await fixture().at('azHead', doc), line = button(az.page.getByRole('region', { name: 'Awaiting Azure' }), /2 proposals to answer/);
    for (const at of ['Provision 1', 'Provision 3', 'Provision 1']) {
      await line.focus();
      await az.page.keyboard.press('Enter');
      await az.page.getByRole('region', { name: at, exact: true }).waitFor();
    }
    await az.page.getByRole('region', { name: 'Awaiting Azure' }).getByText('1 clean provision to agree').waitFor();
    // Home names the first few documents; this page all of them.
    await az.page.goto(`${fixture().url}/g/${fixture().group.id}/awaiting`);
    await az.page.locator(`a[href$="${doc}#awaiting-proposals"]`).click();
    await az.page.getByRole('region', { name: 'Provision 1', exact: true }).waitFor();
    await az.shot('awaiting');
  });

  it('withdrawing restores the common words in our text; words typed beside them stay', async () => {
    const { doc, az: ours, oc } = await negotiation();
    await types(ours, 'reply', '24', '72');
    await types(ours, 'reply', 'Each side', 'Each of the sides');
    const az = await fixture().at('az', doc);
    await button(card(az, /replace “24” by “72”/), 'Withdraw').click();
    expect(await stepOf(az)).toContain('If you withdraw it, our text reads 1 Each of the sides shall acknowledge a request within 24 hours after receipt.');
    await confirms(az);
    await becomes(async () => (await wordsOf(az, 'reply'))![0], 'Each of the sides shall acknowledge a request within 24 hours after receipt.');
    await card(az, /“72”/).waitFor({ state: 'detached' });
    await until(oc, () => wordsIn(oc, `position:${fixture().group.delegations[0]}`, 'reply') === 'Each of the sides shall acknowledge a request within 24 hours after receipt.', 'it is gone for the other side');
  });

  it('several clean provisions are agreed at once, each by an act of its own, and approved at once', async () => {
    const { doc, oc } = await negotiation();
    await types(oc, 'reply', '24', '12');
    const [az, ochre, chair] = [await fixture().at('azHead', doc), await fixture().at('ocHead', doc), await fixture().at('chair', doc)];
    await button(az.page.getByRole('complementary'), /^Agree all clean… \(2\)/).click();
    expect(await dialog(az).getByRole('checkbox', { checked: true }).count()).toBe(0);
    expect(await dialog(az).getByRole('listitem').first().innerText()).toContain(GROUNDS);
    for (const box of await dialog(az).getByRole('checkbox').all()) await box.check();
    await az.shot('agree-several');
    await confirms(az, 'Agree 2 provisions');
    await dialog(az).waitFor({ state: 'detached' });
    await becomes(() => az.page.locator('.seal').allInnerTexts().then((all) => all.filter((t) => t.startsWith('ready to agree')).length), 2);
    await button(ochre.page.getByRole('complementary'), /^Agree all clean… \(2\)/).click();
    await dialog(ochre).getByRole('checkbox', { name: /^2/ }).check();
    await confirms(ochre, 'Agree 1 provision');
    await chair.provision('grounds').getByText(/agreed ad ref\..*AZ.*OC/).waitFor();
    await ochre.provision('review').click();
    await performs(button(ochre.page.getByRole('complementary'), /^Agree ad referendum/));
    await button(chair.page.getByRole('complementary'), /^Approve all agreed… \(2\)/).click();
    for (const box of await dialog(chair).getByRole('checkbox').all()) await box.check();
    await confirms(chair, 'Approve 2 provisions');
    for (const id of ['grounds', 'review']) await az.provision(id).getByText('✓ approved').waitFor();
    await az.page.getByText('2 approved').first().waitFor();
  });
});

describe('whole provisions', () => {
  const menu = async (window: Window, id: string, item: string | RegExp): Promise<void> => {
    await window.provision(id).locator('.words').first().click({ position: { x: 4, y: 8 } });
    await button(window.page.getByRole('region', { name: /^Provision/ }), /^Provision/).click();
    await window.page.getByRole('menuitem', { name: item }).click();
  };

  it('an added provision is a proposal, called bis, and accepted with its words', async () => {
    const { doc } = await negotiation();
    const [az, oc] = [await fixture().at('az', doc), await fixture().at('ocHead', doc)];
    await az.provision('reply').locator('.words').first().click({ position: { x: 4, y: 8 } });
    await button(az.page.getByRole('region', { name: 'Provision 1', exact: true }), /^Add after/).click();
    await az.page.getByRole('menuitem', { name: 'paragraph' }).click();
    await az.type('A reply is free of charge.');
    await az.saved();
    const block = oc.page.locator('.ProseMirror .block.added, .ProseMirror [data-block]').filter({ hasText: 'A reply is free of charge.' });
    await block.waitFor();
    expect((await block.innerText()).replace(/\s+/g, ' ')).toMatch(/AZ.*add paragraph 1 bis after 1/);
    await fixture().group.parley.later();
    await oc.shot('added');
    await performs(button(card(oc, /add paragraph 1 bis after 1: “A reply is free of charge.”/), 'Accept'));
    await becomes(async () => (await provisionsIn(oc)).length, 4);
    const [, added] = await provisionsIn(oc);
    expect(await wordsOf(oc, added!)).toEqual(['A reply is free of charge.']);
    await becomes(() => az.page.locator('article[data-proposal]').count(), 0);
  });

  it('a removal, a move and a label are proposals, seen beside the provision, and answered', async () => {
    const { doc, oc: ochre } = await negotiation();
    const [az, oc] = [await fixture().at('az', doc), await fixture().at('ocHead', doc)];
    await menu(az, 'grounds', 'Propose to remove');
    await becomes(() => provisionsIn(az), ['reply', 'review']);
    await az.page.locator('[data-block="grounds"]').getByText(GROUNDS).waitFor();
    await oc.provision('grounds').getByText('delete 2').waitFor();
    await menu(az, 'review', 'Label…');
    await dialog(az).getByLabel('What the room calls this provision').fill('9');
    await button(dialog(az), 'Set the label').click();
    await card(oc, /relabel “3” as “9”/).waitFor();
    await menu(az, 'review', 'Move up');
    await becomes(() => provisionsIn(az), ['review', 'reply']);
    await card(oc, /move (3|1) (to the beginning|after)/).waitFor();
    await oc.shot('items-theirs');
    await az.shot('items-ours');
    await fixture().group.parley.later();
    await performs(button(card(oc, /delete 2 “/), 'Accept'));
    await becomes(async () => [...(await provisionsIn(oc))].sort(), ['reply', 'review']);
    await performs(button(card(oc, /relabel/), 'Accept'));
    await until(ochre, () => ochre.text('common').by.get('review')?.label === '9', 'the label is in the common text');
    await card(oc, /relabel/).waitFor({ state: 'detached' });
    await performs(button(card(oc, /move/), 'Accept'));
    await becomes(() => provisionsIn(oc), ['review', 'reply']);
    await becomes(() => oc.page.locator('article[data-proposal]').count(), 0);
  });

  it('words are agreed without their place: the card and the list to agree from say that a move is still open', async () => {
    const { doc, az: ours } = await negotiation();
    ours.edit([{ do: 'move', id: 'review', after: 'reply' }]);
    await ours.saved();
    const oc = await fixture().at('ocHead', doc);
    await oc.caretAfter('review', 'The two');
    await oc.page.getByRole('region', { name: 'Provision 3' }).getByText('Still open: Azure proposes to move 3 after 1. Agreeing settles the words alone.').waitFor();
    await button(oc.page.getByRole('complementary'), /^Agree all clean/).click();
    await dialog(oc).getByRole('listitem').filter({ hasText: 'The two sides review' }).getByText('Still open: Azure proposes to move 3 after 1.').waitFor();
    expect(await dialog(oc).getByText(/^Still open/).count()).toBe(1);
    await oc.page.keyboard.press('Escape');
    await dialog(oc).waitFor({ state: 'detached' });
  });

  it('a card names the party, and who edited last only as that', async () => {
    const { doc, oc } = await negotiation();
    await types(oc, 'reply', '24', '12');
    const az = await fixture().at('azHead', doc);
    expect((await card(az, /“12”/).getByRole('heading', { level: 3 }).innerText()).replace(/\s+/g, ' ')).toMatch(/^Ochre Go to 1 last edited by Olu Ochre · /);
  });

  it('without a network provisions can still be added as a whole; on return they are there', async () => {
    const { doc, az: head } = await negotiation();
    const az = await fixture().at('az', doc);
    await az.caretAfter('grounds', 'A refusal');
    await az.context.setOffline(true);
    await az.page.locator('.save-status[data-state="offline"]').waitFor();
    const card2 = az.page.getByRole('region', { name: 'Provision 2' });
    expect(await buttonsOf(card2)).toEqual(['Add after▾', 'Provision▾']);
    await button(card2, /^Add after/).click();
    await az.page.getByRole('menuitem', { name: 'paragraph' }).click();
    await az.type('Typed offline.');
    await az.context.setOffline(false);
    await until(head, () => head.text(head.ownRoom!).list.length === 4, 'the provision is delivered');
    await until(head, () => wordsIn(head, head.ownRoom!, head.text(head.ownRoom!).list[2]!) === 'Typed offline.', 'with its words');
  });

  it('over plain http, where the browser has no randomUUID, a document is opened and acts are performed all the same', async () => {
    const { doc, oc } = await negotiation();
    await types(oc, 'reply', '24', '12');
    const az = await fixture().further('azHead');
    await az.page.addInitScript(() => { Reflect.deleteProperty(Crypto.prototype, 'randomUUID'); });
    await az.openDocument(doc);
    await performs(button(card(az, /replace “24” by “12”/), 'Accept'));
    await until(oc, () => common(oc, 'reply') === REPLY.replace('24', '12'), 'the words are in the common text');
  });

  it('a click on a seal takes the provision in hand', async () => {
    const { doc, az: ours } = await negotiation();
    const { group } = fixture();
    await group.azHead.mustAct(doc, agreeing(ours, 'grounds'));
    await group.ocHead.mustAct(doc, agreeing(ours, 'grounds'));
    const az = await fixture().at('azHead', doc);
    await az.caretAfter('reply', 'Each side');
    await az.provision('grounds').locator('.seal').first().click();
    await az.page.getByRole('region', { name: 'Provision 2', exact: true }).waitFor();
  });

  it('a removal that stands against words of ours says that they are dropped; put back, a removal is gone', async () => {
    const { doc, az: ours } = await negotiation();
    ours.edit([{ do: 'remove', id: 'grounds' }]);
    await ours.saved();
    const [az, oc] = [await fixture().at('az', doc), await fixture().at('ocHead', doc)];
    await oc.caretAfter('grounds', 'state');
    await oc.type(' all');
    await oc.saved();
    await fixture().group.parley.later();
    await button(card(oc, /delete 2 “/), 'Accept').click();
    expect(await stepOf(oc)).toContain('You give up our “ all”.');
    await button(oc.page.locator('.step'), 'Not now').click();
    await az.page.locator('nav').getByRole('button', { name: /2 A refusal/ }).click();
    await button(az.page.getByRole('region', { name: 'Provision 2', exact: true }), 'Put back').click();
    await becomes(() => provisionsIn(az), ['reply', 'grounds', 'review']);
    await card(oc, /delete 2 “/).waitFor({ state: 'detached' });
  });
});

describe('reading', () => {
  async function bothSides(): Promise<Negotiation> {
    const m = await negotiation();
    await types(m.az, 'reply', '24', '72');
    await types(m.oc, 'reply', 'acknowledge', 'confirm');
    await types(m.oc, 'grounds', ' its grounds', '');
    m.az.edit([{ do: 'remove', id: 'review' }]);
    await m.az.saved();
    return m;
  }

  it('the views show each party’s text, and the common text alone; only the own ones can be written in', async () => {
    const { doc } = await bothSides();
    const az = await fixture().at('az', doc);
    const view = (name: string) => button(az.page.getByRole('group', { name: 'How to read the text' }), name).click();
    const shows = async (reads: string, second: string, ids: string[], writes: boolean): Promise<void> => {
      await becomes(() => wordsOf(az, 'reply'), [reads]);
      await becomes(() => wordsOf(az, 'grounds'), [second]);
      await becomes(() => provisionsIn(az), ids);
      await becomes(() => az.page.locator('.ProseMirror[contenteditable="true"]').count(), writes ? 1 : 0);
    };
    await view('As we propose');
    await shows(REPLY.replace('24', '72'), GROUNDS, ['reply', 'grounds'], true);
    await becomes(() => az.page.locator('.ProseMirror .br').count(), 0);
    await view('As they propose');
    await shows(REPLY.replace('acknowledge', 'confirm'), 'A refusal shall state.', ['reply', 'grounds', 'review'], false);
    await view('Common text');
    await shows(REPLY, GROUNDS, ['reply', 'grounds', 'review'], false);
    await view('Agreed only');
    await becomes(() => provisionsIn(az), []);
    await az.page.getByText('No provision is agreed yet.').waitFor();
    await view('Bracketed');
    await shows(REPLY.replace('24', '72'), GROUNDS, ['reply', 'grounds'], true);
    await bracket(az, 'reply', 'confirm').waitFor();
  });

  it('the sign of a struck bracket is never parted from its first word, nor the other from its last, at any width', async () => {
    const { doc, oc } = await negotiation([provision('reply', REPLY.repeat(3), 'paragraph', '1'), provision('chinese', '任何一方不得通过网络窃取知识产权，以获得竞争优势，并应当在二十四小时内予以书面确认。', 'paragraph', '2'), provision('spaces', REPLY, 'paragraph', '3')]);
    await types(oc, 'reply', 'acknowledge a request within 24 hours', 'act');
    await types(oc, 'chinese', '以获得竞争优势，并应当', '');
    await types(oc, 'spaces', 'acknowledge a request ', '');
    await types(oc, 'spaces', ' hours after', '');
    const az = await fixture().at('azHead', doc);
    for (const id of ['reply', 'chinese', 'spaces']) await az.provision(id).locator('.br.struck').first().waitFor();
    const parted = await az.page.evaluate(() => {
      const text = document.querySelector<HTMLElement>('.ProseMirror')!, found: string[] = [];
      for (let width = 260; width < 700; width += 5) {
        text.style.width = `${width}px`;
        const pieces = [...text.querySelectorAll('.br.struck')], rectsOf = (piece: Element): DOMRect[] => {
          const range = document.createRange(), texts = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
          range.setStart(texts.nextNode()!, 0);
          while (texts.nextNode()) { /* to the last one */ }
          range.setEnd(texts.currentNode, texts.currentNode.textContent!.length);
          return [...range.getClientRects()];
        };
        for (const [i, end] of pieces.entries()) {
          const sign = [...end.getClientRects()], isWord = (piece: Element) => piece.classList.contains('struck-word');
          const next = pieces.slice(i).find(isWord)!, before = pieces.slice(0, i + 1).findLast(isWord)!;
          if (end.classList.contains('first') && sign[0]!.top < rectsOf(next)[0]!.top - 8) found.push(`${width}: ${end.textContent}${next.textContent}`);
          if (end.classList.contains('last') && sign.at(-1)!.bottom > rectsOf(before).at(-1)!.bottom + 8) found.push(`${width}: ${before.textContent}${end.textContent}`);
        }
      }
      text.style.width = '';
      return found;
    });
    expect(parted).toEqual([]);
  });

  it('Copy as bracketed text takes everything with attribution; ordinary copy takes the own words alone', async () => {
    const { doc } = await bothSides();
    const az = await fixture().at('az', doc);
    const clipboard = () => az.page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const html = item!.types.includes('text/html') ? await (await item!.getType('text/html')).text() : '';
      return { text: await navigator.clipboard.readText(), html };
    });
    await button(az.page.getByRole('main'), 'Copy as bracketed text').click();
    await az.page.getByRole('status').getByText('Copied with brackets and attribution.').waitFor();
    expect((await clipboard()).text.split('\n')).toEqual([
      '1 Each side shall [acknowledge / confirm - OC] a request within [24 / 72 - AZ] hours after receipt.',
      '2 A refusal shall state [its grounds - OC delete].',
      '[3 The two sides review this Understanding every year. - AZ delete]',
    ]);
    await az.provision('reply').locator('.words').first().click({ position: { x: 4, y: 8 } });
    await az.page.keyboard.press('Control+a');
    await az.page.keyboard.press('Control+c');
    const { text, html } = await clipboard();
    expect(text.split('\n').filter(Boolean)).toEqual([REPLY.replace('24', '72'), GROUNDS]);
    expect(html).not.toMatch(/confirm|deletes|AZ|OC|data-bracket|class=/);
  });

  it('[X3] on paper there is the text with its brackets, and nothing of the page around it', async () => {
    const { doc } = await bothSides();
    const az = await fixture().at('az', doc);
    await az.page.emulateMedia({ media: 'print' });
    const seen = az.page.locator('header, nav, aside, .side, .paper-actions, .document-bar, button').filter({ visible: true });
    expect(await seen.evaluateAll((all) => all.map((e) => e.outerHTML.slice(0, 80)))).toEqual([]);
    expect(await line(az, 'reply')).toMatch(/72.*|confirm/);
    await bracket(az, 'reply', 'confirm').waitFor();
    await az.page.getByRole('heading', { name: 'Understanding on Requests' }).waitFor();
    await az.page.evaluate(() => window.addEventListener('beforeprint', () => { document.title = getComputedStyle(document.documentElement).getPropertyValue('--print-line'); }));
    const pdf = await az.page.pdf({ format: 'A4', path: new URL('../test-results/print.pdf', import.meta.url).pathname });
    expect(pdf.length).toBeGreaterThan(5_000);
    expect(readFileSync(new URL('../test-results/print.pdf', import.meta.url)).toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBe(1);
    expect(await az.page.title()).toMatch(/^"Understanding on Requests · Bracketed · entry \d+ · printed \d+ \w+ \d{4} at \d\d:\d\d:\d\d UTC"$/);
    expect(await az.page.evaluate(() => document.documentElement.style.getPropertyValue('--print-line'))).toBe('');
    await az.shot('print');
    await az.page.emulateMedia({ media: null });
  });

  it('the history steps to any entry and reads the text of that instant; Changes since shows what came in between', async () => {
    const { doc, az: ours, oc } = await bothSides();
    await fixture().group.azHead.mustAct(doc, accepting(ours, proposals(ours, 'reply').find((p) => p.parties.includes(fixture().group.delegations[1]))!));
    await until(oc, () => common(oc, 'reply').includes('confirm'), 'accepted');
    const auditor = await fixture().at('auditor', doc);
    await auditor.page.getByRole('link', { name: 'History' }).click();
    const sheet = auditor.page.getByRole('article', { name: /as it was after entry/ });
    const rows = auditor.page.getByRole('complementary', { name: 'Acts and edits' }).locator('ol.entries > li');
    await rows.first().getByText(/accepted Ochre’s proposal in 1: replace “acknowledge” by “confirm” — entered the common text/).waitFor();
    await sheet.getByText(/Each side shall confirm a request/).waitFor();
    const read = async (): Promise<string> => (await sheet.innerText()).replace(/\s+/g, ' ');
    await auditor.shot('history-now');
    const back = auditor.page.getByRole('button', { name: 'Entry: previous entry' });
    const before = await auditor.page.locator('.timeline-head b').innerText();
    await back.click();
    await becomes(async () => (await auditor.page.locator('.timeline-head b').innerText()) !== before, true);
    await becomes(async () => /acknowledge/.test(await read()), true);
    await rows.filter({ hasText: 'negotiation began' }).getByRole('button').first().click();
    await becomes(async () => /\[|confirm|72/.test(await read()), false);
    await becomes(async () => (await read()).includes(REPLY), true);
    await auditor.page.getByRole('button', { name: 'Changes since…' }).click();
    await auditor.page.getByText(/The texts of both instants are the same|provisions? changed/).first().waitFor();
    await rows.first().getByRole('button').first().click();
    await rows.filter({ hasText: 'negotiation began' }).getByRole('button', { name: 'from here' }).click();
    const change = auditor.page.getByRole('article', { name: 'Provision 1' });
    await change.locator('.room-change', { hasText: 'Common text' }).locator('ins', { hasText: 'confirm' }).waitFor();
    await change.locator('.room-change', { hasText: 'Azure' }).locator('ins', { hasText: '72' }).waitFor();
    await auditor.shot('history-changes');
    await auditor.page.reload();
    await change.locator('.room-change', { hasText: 'Common text' }).locator('del', { hasText: 'acknowledge' }).waitFor();
  });
});
