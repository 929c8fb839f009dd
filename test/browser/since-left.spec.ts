import { expect, it } from 'vitest';
import type { Locator } from 'playwright-core';
import { becomes, useBrowserFixture } from '../support/browser-fixture.ts';
import type { Window } from '../support/browser.ts';
import { agreeing, append, basisOf, type Person, proposals } from '../support/person.ts';
import { provision } from '../support/rules-fixture.ts';

const fixture = useBrowserFixture('since-left');

const list = (window: Window): Locator => window.page.getByRole('dialog', { name: 'Since you left' });
const told = (window: Window): Promise<string[]> => list(window).locator('.entry-go').allInnerTexts();
const headings = (window: Window): Promise<string[]> => list(window).getByRole('heading', { level: 3 }).allTextContents();
const home = async (window: Window): Promise<void> => void await window.page.goto(`${fixture().url}/g/${fixture().group.id}`);
const agrees = async (who: Person, doc: string, id: string): Promise<void> => {
  const client = await who.open(doc);
  await who.mustAct(doc, agreeing(client, id));
  await client.stop();
};

it('[X5] [X6] a member who was away is told what others did, reads it, and finds nothing the next time', async () => {
  const { group } = fixture(), title = 'Since Understanding', doc = await group.draft([provision('reply', 'Each side shall reply within 24 hours.', 'paragraph', '1'), provision('grounds', 'A refusal shall state its grounds.', 'paragraph', '2')], title);
  const az = await fixture().at('az');
  const paper = await group.azHead.open(doc);
  await group.azHead.mustAct(doc, basisOf(paper));
  await group.ocHead.mustAct(doc, basisOf(paper));
  await paper.stop();
  await agrees(group.ocHead, doc, 'reply');
  const chair = await group.chair.open(doc);
  append(chair, 'grounds', ' It is in writing.');
  await chair.saved();
  await group.ocHead.mustAct(doc, { t: 'decline', parts: [proposals(chair, 'grounds')[0]!.proposal], reason: 'too long' });
  await chair.stop();
  await agrees(group.azHead, doc, 'reply');

  await home(az);
  const row = az.page.getByRole('article', { name: title });
  await row.getByText('6 acts since you left').waitFor();
  await az.shot('since-left-home');
  await row.getByText('6 acts since you left').click();
  await list(az).getByRole('button', { name: 'Mark as read' }).waitFor();
  expect(await headings(az)).toEqual(['The document as a whole', '1', '2']);
  expect((await told(az)).map((line) => line.replace(/ (Azure|Ochre|Chair) /, ' '))).toEqual([
    'Cleo Chair opened the document as a working paper', 'Ada Azure accepted the working paper as basis; it is frozen until the other head answers', 'Olu Ochre accepted the working paper as basis; negotiation began',
    'Olu Ochre agreed 1 ad referendum', 'Ada Azure agreed 1 ad referendum', 'Olu Ochre declined Chair’s proposal in 2: insert “ It is in writing.” — “too long”',
  ]);
  await az.shot('since-left');

  // A line leads to the instant, and marks nothing; the way back leads to the list.
  await list(az).getByText('agreed 1 ad referendum').first().click();
  await az.page.getByText('As it stood after entry').waitFor();
  await az.page.goBack();
  await list(az).getByRole('button', { name: 'Mark as read' }).waitFor();
  expect((await told(az)).length).toBe(6);
  await az.page.keyboard.press('Escape');
  await list(az).waitFor({ state: 'detached' });

  // What happens while he reads stays unread.
  await az.page.getByRole('button', { name: '6 acts of others since you left' }).click();
  await list(az).getByRole('button', { name: 'Mark as read' }).waitFor();
  await group.chair.mustAct(doc, { t: 'approve', provision: 'reply', digest: agreeing(await group.chair.open(doc), 'reply').digest });
  await list(az).getByRole('button', { name: 'Mark as read' }).press('Enter');
  await list(az).waitFor({ state: 'detached' });
  await az.page.getByRole('button', { name: '1 act of others since you left' }).press('Enter');
  await becomes(() => told(az), ['Cleo Chair Chair approved 1']);

  // Another page of his has the same list; marked there, it is empty in both, and the next time too.
  const other = await az.another();
  await home(other);
  await other.page.getByRole('article', { name: title }).getByText('1 act since you left').click();
  await list(other).getByRole('button', { name: 'Mark as read' }).click();
  await list(other).waitFor({ state: 'detached' });
  await az.openDocument(doc);
  expect(await az.page.getByText('since you left').count()).toBe(0);
  await az.page.goto(`${fixture().url}/g/${group.id}/documents/${doc}#since-you-left`);
  await list(az).getByText('Nobody else has acted on this document').waitFor();
  await home(other);
  await other.page.getByRole('article', { name: title }).waitFor();
  expect(await other.page.getByRole('article', { name: title }).getByText('since you left').count()).toBe(0);
  // Of a colleague’s reading nothing is changed by it.
  const head = await fixture().at('azHead');
  await home(head);
  await head.page.getByRole('article', { name: title }).getByText('5 acts since you left').waitFor();
});

it('[X5] is read on a phone, in the dark and with the keyboard alone', async () => {
  const { group } = fixture(), doc = await group.negotiate([provision('reply', 'Each side shall reply within 24 hours.', 'paragraph', '1')], 'Small Understanding');
  const oc = await fixture().further('oc');
  await oc.page.setViewportSize({ width: 360, height: 740 });
  await oc.page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await oc.openDocument(doc);
  const button = oc.page.getByRole('button', { name: '3 acts of others since you left' });
  await button.waitFor();
  await oc.shot('since-left-phone-button');
  await button.focus();
  await oc.page.keyboard.press('Enter');
  await list(oc).getByRole('button', { name: 'Mark as read' }).waitFor();
  expect(await oc.page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await oc.shot('since-left-phone');
  for (let i = 0; i < 12 && !await list(oc).getByRole('button', { name: 'Mark as read' }).evaluate((b) => b === document.activeElement); i++) await oc.page.keyboard.press('Tab');
  await oc.page.keyboard.press('Enter');
  await button.waitFor({ state: 'detached' });
  await becomes(() => oc.page.evaluate(() => document.activeElement?.id), 'text');
});
