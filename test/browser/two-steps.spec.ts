import type { DocumentClient } from '@parley/sync';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Window } from '../support/browser.ts';
import { becomes, card, stepOf, useBrowserFixture, wordsOf } from '../support/browser-fixture.ts';
import { basisOf, retype, until, wordsIn } from '../support/person.ts';
import { provision } from '../support/rules-fixture.ts';
import { confirms } from '../support/two-steps.ts';

const fixture = useBrowserFixture('two-steps');

const REPLY = 'Each side shall acknowledge a request within 24 hours after receipt.';
const GROUNDS = 'A refusal shall state its grounds.';
const reply = () => provision('reply', REPLY, 'paragraph', '1');
const grounds = () => provision('grounds', GROUNDS, 'paragraph', '2');

async function types(client: DocumentClient, id: string, found: string, words: string): Promise<void> {
  retype(client, id, found, words);
  await client.saved();
  await fixture().group.parley.later();
}

/** Ochre proposes a change in each of two provisions; Azure's head looks at them. */
async function negotiation(): Promise<{ doc: string; oc: DocumentClient; az: Window }> {
  const { group } = fixture();
  const doc = await group.negotiate([reply(), grounds()]);
  const oc = await group.ocHead.open(doc);
  await types(oc, 'reply', '24', '48');
  await types(oc, 'grounds', 'its grounds', 'its full grounds');
  const az = await fixture().at('azHead', doc);
  await card(az, /“48”/).waitFor();
  return { doc, oc, az };
}

const common = (client: DocumentClient, id: string): string => wordsIn(client, 'common', id);
const accept = (part: Locator): Locator => part.getByRole('button', { name: /^Accept/ });
const middle = async (part: Locator): Promise<[number, number]> => {
  const { x, y, width, height } = (await part.boundingBox())!;
  return [x + width / 2, y + height / 2];
};
const acts = (client: DocumentClient): number => ['reply', 'grounds'].filter((id) => common(client, id) !== { reply: REPLY, grounds: GROUNDS }[id]).length;

describe('two steps', () => {
  it('[N1][N2] clicks on one spot, 450 ms apart, never accept: what performs stands elsewhere, and never where something was pressed', async () => {
    const { az, oc } = await negotiation();
    const spot = await middle(accept(card(az, /“48”/)));
    for (let i = 0; i < 6; i++) {
      await az.page.mouse.click(...spot);
      await az.page.waitForTimeout(450);
    }
    expect([acts(oc), await az.page.locator('.step').count()]).toEqual([0, 1]);
    await az.shot('two-steps-accept');
    const perform = await middle(az.page.locator('[data-confirm][data-armed="true"]'));
    for (let i = 0; i < 6; i++) {
      await az.page.mouse.click(...perform, { delay: 120 });
      await az.page.waitForTimeout(450);
    }
    await az.page.getByText('✓ You accepted it.').waitFor();
    await az.shot('two-steps-receipt');
    expect([acts(oc), await card(az, /“ full”/).count()]).toEqual([1, 1]);
    await az.page.mouse.move(700, 300);
    await az.page.locator('.ProseMirror').first().click({ position: { x: 200, y: 10 } });
    await az.page.getByText('✓ You accepted it.').waitFor({ state: 'detached' });
  });

  it('[N2] a press within 400 ms, and the repetition of a key that is held, perform nothing', async () => {
    const { az, oc } = await negotiation();
    const box = accept(card(az, /“48”/));
    await box.focus();
    await az.page.keyboard.down('Enter');
    await az.page.locator('.step').waitFor();
    // What a held key sends: presses of the same key without a release.
    for (let i = 0; i < 12; i++) { await az.page.keyboard.down('Enter'); await az.page.waitForTimeout(60); }
    await az.page.locator('[data-confirm][data-armed="true"]:focus').waitFor();
    await az.page.keyboard.down('Enter');
    await az.page.keyboard.up('Enter');
    expect(acts(oc)).toBe(0);
    await az.page.keyboard.press('Escape');
    await becomes(() => az.page.evaluate(() => document.activeElement!.textContent?.startsWith('Accept')), true);
    await az.page.evaluate(async () => {
      (document.activeElement as HTMLElement).click();
      const frame = () => new Promise((resolve) => { requestAnimationFrame(resolve); });
      while (!document.querySelector('[data-confirm]')) await frame();
      (document.querySelector('[data-confirm]') as HTMLElement).click();
    });
    await az.page.locator('[data-confirm][data-armed="true"]').waitFor();
    expect(acts(oc)).toBe(0);
    await az.page.keyboard.press('Enter');
    await until(oc, () => common(oc, 'reply').includes('48'), 'a further key performs');
  });

  it('[N2] a button that has moved under the pointer is not pressed', async () => {
    const { az, oc } = await negotiation();
    await accept(card(az, /“48”/)).click();
    const confirm = az.page.locator('[data-confirm][data-armed="true"]');
    await confirm.waitFor();
    await az.page.evaluate(() => {
      const step = document.querySelector('.step') as HTMLElement;
      step.style.marginTop = '60px';
      const button = document.querySelector('[data-confirm]')!, { left, top, width, height } = button.getBoundingClientRect();
      button.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1, clientX: left + width / 2, clientY: top + height / 2 }));
    });
    await confirm.waitFor();
    expect(acts(oc)).toBe(0);
    await confirms(az);
    await until(oc, () => acts(oc) === 1, 'it is accepted once it stands still');
  });

  it('[N3] a change of the words that were shown disarms the step, which says so and can be shown anew', async () => {
    const { az, oc } = await negotiation();
    const { group } = fixture();
    const own = await group.az.open(az.page.url().split('/').at(-1)!);
    await accept(card(az, /“48”/)).click();
    expect(await stepOf(az)).toContain('within 48 hours');
    await types(own, 'reply', 'within 24', 'within 72');
    await az.page.locator('.step').getByRole('alert').getByText('The text changed while you read this.').waitFor();
    expect(await az.page.locator('[data-confirm]').count()).toBe(0);
    await az.shot('two-steps-moved');
    await az.page.getByRole('button', { name: 'Show what stands now' }).click();
    expect(await stepOf(az)).toContain('You give up our “72”.');
    await confirms(az);
    await until(oc, () => common(oc, 'reply').includes('48 hours'), 'what was shown anew is performed');
    await becomes(() => wordsOf(az, 'reply'), [REPLY.replace('24', '48')]);
  });

  it('[N4] by keys alone: into the step, out of it, and a screen reader is told all of it with the button', async () => {
    const { az } = await negotiation();
    await accept(card(az, /“48”/)).focus();
    await az.page.keyboard.press('Enter');
    await az.page.locator('[data-confirm]:focus').waitFor();
    const description = await az.page.evaluate(() => document.activeElement!.getAttribute('aria-describedby')!.split(' ').map((id) => document.getElementById(id)!.textContent).join(' '));
    expect(description).toContain('If you accept, the text reads 1Each side shall acknowledge a request within 48 hours after receipt.');
    await az.page.keyboard.press('Escape');
    await az.page.locator('.step').waitFor({ state: 'detached' });
    expect(await az.page.evaluate(() => document.activeElement!.textContent)).toMatch(/^Accept/);
  });

  it('[N5] a caret that is moved takes no open step away', async () => {
    const { az } = await negotiation();
    await accept(card(az, /“48”/)).click();
    await az.caretAfter('grounds', 'A refusal');
    await az.page.getByRole('region', { name: 'Provision 2', exact: true }).waitFor();
    expect([await az.page.locator('.step').count(), await az.page.getByRole('alert').count()]).toEqual([1, 0]);
  });
});

describe('a working paper', () => {
  it('[N6] that changes while it is read as basis shows what has changed, and is accepted only as it stands', async () => {
    const { group } = fixture();
    const doc = await group.draft([reply(), grounds()]);
    const oc = await group.oc.open(doc), az = await fixture().at('azHead', doc);
    await az.page.getByRole('button', { name: 'Accept as basis' }).click();
    await az.page.locator('[data-confirm]').waitFor();
    await types(oc, 'reply', '24', 'not 24');
    const alert = az.page.locator('.step').getByRole('alert');
    await alert.locator('ins', { hasText: 'not' }).waitFor();
    await az.shot('basis-changed');
    expect(oc.document.basis).toBeNull();
    await az.page.getByRole('button', { name: 'Show what stands now' }).click();
    await confirms(az);
    await until(oc, () => oc.document.basis !== null, 'the paper as it stands is accepted');
  });

  it('[E41] that freezes under a typist keeps every key, tells it at the caret, and lets nothing be lost', async () => {
    const { group } = fixture();
    const doc = await group.draft([reply(), grounds()]);
    const head = await group.ocHead.open(doc), az = await fixture().at('az', doc);
    await az.caretAfter('reply', 'receipt');
    let typed = '';
    // The digest is of the paper as the head has it: while somebody types it may be another one already.
    const accepts = async (): Promise<void> => { while ((await group.ocHead.act(doc, basisOf(head))).status >= 300) await head.saved(); };
    const type = async (words: string): Promise<void> => { for (const key of words) { await az.page.keyboard.press(key === ' ' ? 'Space' : key); typed += key; } };
    await type(' and then');
    await until(head, () => wordsIn(head, 'working', 'reply').includes('then'), 'the first words are in the paper');
    const freezing = accepts();
    await type(' not without prior');
    await freezing;
    await az.page.locator('.parley-text').getByRole('alert').getByText('The paper was frozen while you were typing.').waitFor();
    await az.shot('frozen-at-the-caret');
    await type(' consent');
    await az.page.getByRole('button', { name: /^Not delivered/ }).click();
    const kept = (await az.page.getByRole('list', { name: 'Words that were not delivered' }).locator('.passage').allInnerTexts()).map((passage) => passage.slice(1, -1));
    const paper = wordsIn(head, 'working', 'reply');
    const inPaper = paper.slice(paper.indexOf('receipt') + 'receipt'.length, -1);
    expect((inPaper + kept.join('')).replace(/\s/g, '')).toBe(typed.replace(/\s/g, ''));
    await az.shot('frozen-tray');
  });

  it('[E41] keeps what is typed into a provision that goes with the freezing, also when the editor is replaced under it', async () => {
    const { group } = fixture();
    const doc = await group.draft([reply(), grounds()]);
    const head = await group.ocHead.open(doc), az = await fixture().at('az', doc);
    await az.caretAfter('grounds', 'grounds.');
    await az.saved();
    await az.context.setOffline(true);
    await az.page.locator('.save-status[data-state="offline"]').waitFor();
    await az.page.keyboard.press('Enter');
    await az.page.keyboard.type('Each side');
    expect((await group.ocHead.act(doc, basisOf(head))).status).toBeLessThan(300);
    await az.context.setOffline(false);
    await az.page.locator('.parley-text').getByRole('alert').getByText('The paper was frozen while you were typing.').waitFor();
    await az.page.keyboard.type('agrees to it');
    await az.page.getByRole('button', { name: /^Not delivered/ }).click();
    const kept = (await az.page.getByRole('list', { name: 'Words that were not delivered' }).locator('.passage').allInnerTexts()).map((passage) => passage.slice(1, -1));
    expect(kept).toEqual(['Each side', 'agrees to it']);
  });
});
