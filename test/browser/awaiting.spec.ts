import { expect, it } from 'vitest';
import { becomes, useBrowserFixture } from '../support/browser-fixture.ts';
import type { Window } from '../support/browser.ts';
import { basisOf, type Person, retype } from '../support/person.ts';
import { provision } from '../support/rules-fixture.ts';

const fixture = useBrowserFixture('awaiting');

const types = async (who: Person, doc: string, id: string, found: string, words: string): Promise<void> => {
  const client = await who.open(doc);
  retype(client, id, found, words);
  await client.saved();
  await client.stop();
};
const bar = (window: Window) => window.page.locator('.awaiting-bar');
const at = (window: Window): Promise<string> => bar(window).getByRole('status').innerText();
const onKey = (window: Window): Promise<void> => window.page.keyboard.press('Alt+n');

it('[N18] what waits in all documents is one list, and from the first thing one key leads through all of it', async () => {
  const { group } = fixture();
  const paragraphs = [provision('reply', 'Each side shall reply within 24 hours.', 'paragraph', '1'), provision('grounds', 'A refusal shall state its grounds.', 'paragraph', '2')];
  const first = await group.negotiate(paragraphs, 'First Understanding'), second = await group.negotiate(paragraphs.slice(0, 1), 'Second Understanding'), third = await group.draft(paragraphs, 'Third Understanding');
  await types(group.oc, first, 'reply', '24', '12');
  await types(group.oc, second, 'reply', '24', '48');
  const paper = await group.ocHead.open(third);
  await group.ocHead.mustAct(third, basisOf(paper));
  await paper.stop();
  await group.chair.mustAct(second, { t: 'proposeClosing', reason: 'a double' });
  await group.unseated('Nora Neutral').then((person) => group.admin.invites('observer').then((secret) => person.takesSeat(secret)));

  const az = await fixture().at('azHead');
  await az.page.goto(`${fixture().url}/g/${group.id}`);
  await az.page.getByRole('link', { name: 'All that waits (6)' }).click();
  await az.page.getByText('6 answers are missing.').waitFor();
  const lines = az.page.locator('.awaiting .waiting-line');
  expect(await lines.allTextContents()).toEqual(['accept or decline the seat of Nora Neutral', '1 proposal to answer', '1 clean provision to agree', 'a proposal to close the document', '1 proposal to answer', 'the working paper waits for your head’s answer as basis']);
  await az.shot('awaiting-page');

  await lines.nth(1).click();
  await becomes(() => at(az), '1 proposal to answer · 1 of 1');
  await az.page.getByRole('region', { name: 'Provision 1', exact: true }).waitFor();
  await az.shot('awaiting-bar');
  await onKey(az);
  await becomes(() => at(az), '1 clean provision to agree · 1 of 1');
  await az.page.getByRole('region', { name: 'Provision 2', exact: true }).waitFor();
  // From the last of a document into the next, also with the caret in the text.
  await az.editor.focus();
  await onKey(az);
  await becomes(() => at(az), 'a proposal to close the document · 1 of 1');
  expect(await az.page.title()).toContain('Second Understanding');
  await becomes(() => az.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? ''), await az.page.locator('#closing-bar').getAttribute('aria-label') ?? '?');
  await bar(az).getByRole('button', { name: 'Next' }).click();
  await becomes(() => at(az), '1 proposal to answer · 1 of 1');
  await bar(az).getByText('Third Understanding').waitFor();
  await bar(az).getByRole('button', { name: 'Next document' }).click();
  await becomes(() => at(az), 'the working paper waits for your head’s answer as basis · 1 of 1');
  await becomes(() => az.page.evaluate(() => document.activeElement?.id ?? ''), 'basis-bar');
  // What was answered is gone from the list and from every count, and the way goes on.
  const client = await group.azHead.open(third);
  await group.azHead.mustAct(third, basisOf(client));
  await client.stop();
  await becomes(() => at(az), 'This one has been answered.');
  await bar(az).getByRole('link', { name: 'All that waits' }).click();
  await becomes(() => az.page.locator('.awaiting .waiting-line').allTextContents(), ['accept or decline the seat of Nora Neutral', '1 proposal to answer', '1 clean provision to agree', 'a proposal to close the document', '1 proposal to answer', '2 clean provisions to agree']);
  await az.page.getByRole('link', { name: 'accept or decline the seat of Nora Neutral' }).click();
  await az.page.getByRole('button', { name: 'Accept Nora Neutral' }).waitFor();
  await becomes(() => az.page.evaluate(() => document.activeElement?.id ?? ''), `seat-${(await group.admin.group()).people.find(({ name }) => name === 'Nora Neutral')!.user}`);

  // A negotiator of the other side answers for its own side, and an observer answers nothing.
  const oc = await fixture().at('oc');
  await oc.page.goto(`${fixture().url}/g/${group.id}/awaiting`);
  await becomes(() => oc.page.locator('.awaiting .waiting-line').allTextContents(), ['1 clean provision to agree', 'a proposal to close the document', '2 clean provisions to agree']);
  const observer = await fixture().at('observer');
  await observer.page.goto(`${fixture().url}/g/${group.id}/awaiting`);
  await observer.page.getByText('Your seat reads; it answers nothing.').waitFor();
});

it('[N18] the way is there on a phone too', async () => {
  const { group } = fixture(), doc = await group.negotiate([provision('reply', 'Each side shall reply within 24 hours.', 'paragraph', '1')], 'Small Understanding');
  const az = await fixture().further('az');
  await az.page.setViewportSize({ width: 360, height: 740 });
  await az.page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await az.page.goto(`${fixture().url}/g/${group.id}/awaiting`);
  await az.page.locator(`a[href$="${doc}#awaiting-toAgree"]`).click();
  await becomes(() => at(az), '1 clean provision to agree · 1 of 1');
  expect(await az.page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await az.shot('awaiting-phone');
  await bar(az).getByRole('button', { name: 'Close this bar' }).click();
  await bar(az).waitFor({ state: 'detached' });
});
