import { describe, expect, it } from 'vitest';
import { buttonsOf, useBrowserFixture } from '../support/browser-fixture.ts';
import { provision } from '../support/rules-fixture.ts';
import { confirms, performs } from '../support/two-steps.ts';

const fixture = useBrowserFixture('closing');
const text = () => [provision('reply', 'Each side replies.', 'paragraph', '1')];

describe('a document that came to nothing', () => {
  it('[B3] in negotiation is closed by the assent of both heads to what a moderator proposes, and can still be read', async () => {
    const doc = await fixture().group.negotiate(text());
    const [chair, az, oc] = [await fixture().at('chair', doc), await fixture().at('azHead', doc), await fixture().at('ocHead', doc)];
    await chair.page.getByRole('button', { name: 'Propose to close…' }).click();
    await chair.page.getByLabel('Reason').fill('Overtaken by events.');
    await confirms(chair);
    const bar = az.page.getByRole('region', { name: 'Proposal to close' });
    await bar.getByText('Overtaken by events.').waitFor();
    expect(await buttonsOf(bar)).toEqual(['Assent', 'Decline']);
    await az.shot('closing');
    await performs(bar.getByRole('button', { name: 'Assent' }));
    await bar.getByRole('button', { name: 'Take back our assent' }).waitFor();
    await performs(oc.page.getByRole('button', { name: 'Assent' }));
    for (const window of [chair, az, oc]) await window.page.getByText('This document is closed').waitFor();
    await az.page.locator('.ProseMirror').getByText('Each side replies.').waitFor();
    expect(await az.page.locator('.ProseMirror[contenteditable="true"]').count()).toBe(0);
    await az.shot('closed');
  });

  it('[B3] as a working paper is closed by the moderator alone, and can still be read', async () => {
    const doc = await fixture().group.draft(text());
    const chair = await fixture().at('chair', doc), az = await fixture().at('az', doc);
    await chair.page.getByRole('button', { name: 'Close this paper…' }).click();
    await chair.page.getByLabel('Reason').fill('A double.');
    await confirms(chair);
    await az.page.getByText('This document is closed').waitFor();
    await az.page.locator('.ProseMirror').getByText('Each side replies.').waitFor();
    await az.shot('closed-paper');
  });
});
