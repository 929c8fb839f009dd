import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import type { Window } from '../support/browser.ts';
import { becomes, card, useBrowserFixture, wordsOf } from '../support/browser-fixture.ts';
import { agreeing, retype } from '../support/person.ts';
import { provision } from '../support/rules-fixture.ts';

const fixture = useBrowserFixture('accessibility');

const REPLY = 'Each side shall acknowledge a request within 24 hours after receipt.';
const TITLE = 'Understanding on Requests';

interface AxeResult { readonly violations: readonly { readonly id: string; readonly impact: string | null; readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[] }[] }

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds that keeps somebody out, by WCAG 2.2 AA. */
async function barriers(window: Window): Promise<string[]> {
  const { page } = window;
  if (!await page.evaluate(() => 'axe' in globalThis)) {
    // Through the debugger, because the page's content security policy rightly takes no foreign script.
    const session = await window.context.newCDPSession(page);
    await session.send('Runtime.evaluate', { expression: AXE });
  }
  const { violations } = await page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: { run(on: Document, options: object): Promise<AxeResult> } };
    return checker.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] });
  });
  return violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')} ${n.failureSummary?.replace(/\s+/g, ' ') ?? ''}`));
}

/** Buttons, links and fields that a screen reader would announce without a name. */
const nameless = (window: Window): Promise<string[]> => window.page.evaluate(() => [...document.querySelectorAll('button, a[href], input, select, textarea, [role="textbox"], [role="button"]')]
  .filter((e) => e.getClientRects().length > 0)
  .filter((e) => ![e.textContent, e.getAttribute('aria-label'), e.getAttribute('title'), (e as HTMLInputElement).labels?.[0]?.textContent,
    document.getElementById(e.getAttribute('aria-labelledby') ?? '')?.textContent].some((name) => name?.trim()))
  .map((e) => e.outerHTML.slice(0, 120)));

/** In the light and in the dark. */
async function clear(window: Window): Promise<void> {
  for (const scheme of ['dark', 'light'] as const) {
    await window.page.emulateMedia({ colorScheme: scheme });
    await window.page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor();
    expect([scheme, await barriers(window)]).toEqual([scheme, []]);
  }
  expect(await nameless(window)).toEqual([]);
}

/** A negotiation with something of everything: brackets of three parties, an agreed and an approved provision, fields. */
let everything: Promise<string> | undefined;
const negotiation = (): Promise<string> => (everything ??= (async () => {
  const { group } = fixture();
  const doc = await group.negotiate([
    provision('head', 'Requests', 'heading', '1'), provision('reply', REPLY, 'paragraph', '1.1'), provision('grounds', 'A refusal shall state its grounds.', 'paragraph', '1.2'),
    provision('term', ['Request', 'a written request'], 'definition', '2'), provision('metric', ['Median time', 'hours', '264', '24', 'monthly', 'register', ''], 'metric', '3'),
    provision('costs', 'Each side bears its own costs.', 'paragraph', '4'),
  ], TITLE);
  const [az, oc, chair] = await Promise.all([group.azHead.open(doc), group.ocHead.open(doc), group.chair.open(doc)]);
  retype(az, 'reply', '24', '72');
  retype(oc, 'reply', '24', '12');
  retype(oc, 'reply', 'acknowledge', 'acknowledge in writing');
  retype(chair, 'reply', 'after receipt', 'after receipt of it');
  az.edit([{ do: 'remove', id: 'grounds' }, { do: 'add', after: 'reply', provision: provision('more', 'A reply is free of charge.', 'paragraph', '1.1 bis') }]);
  oc.edit([{ do: 'set', id: 'metric', label: '3.1' }]);
  await Promise.all([az.saved(), oc.saved(), chair.saved()]);
  for (const id of ['costs', 'term']) { await group.azHead.mustAct(doc, agreeing(az, id)); await group.ocHead.mustAct(doc, agreeing(oc, id)); }
  await group.chair.mustAct(doc, { ...agreeing(az, 'costs'), t: 'approve' });
  return doc;
})());

describe('[X2] nobody is kept out (WCAG 2.2 AA)', () => {
  it('signing in, and being refused', async () => {
    const window = await fixture().anybody();
    await window.page.goto(fixture().url);
    await window.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await clear(window);
    await window.page.getByLabel('User name').fill('nobody');
    await window.page.getByLabel('Password', { exact: true }).fill('wrong');
    await window.page.keyboard.press('Enter');
    await window.page.getByRole('alert').waitFor();
    await clear(window);
  });

  it('home, the people, and opening a document', async () => {
    await negotiation();
    for (const [name, path, ready] of [['azHead', '/', TITLE], ['admin', '/', 'People'], ['azHead', '/people', 'People'], ['chair', '/open', 'Open a document']] as const) {
      const window = await fixture().at(name);
      await window.page.goto(`${fixture().url}${path}`);
      await window.page.getByRole('heading', { name: ready }).first().waitFor();
      await clear(window);
    }
    const home = await fixture().at('azHead');
    await home.page.goto(fixture().url);
    await home.page.getByRole('article', { name: TITLE }).waitFor();
    await home.shot('a11y-home');
    await home.page.getByRole('button', { name: /Ada Azure/ }).click();
    await home.page.getByRole('menuitem', { name: 'Keys' }).waitFor();
    await clear(home);
    await home.page.keyboard.press('ArrowDown');
    await home.page.keyboard.press('Enter');
    await home.page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await clear(home);
  });

  it('the document, from both sides, the chair’s and a reader’s; its dialogs', async () => {
    for (const name of ['azHead', 'ocHead', 'chair', 'auditor'] as const) {
      const window = await fixture().at(name, await negotiation());
      await card(window, /“12”/).waitFor();
      await clear(window);
      if (name !== 'auditor') {
        await window.page.getByRole('textbox', { name: TITLE }).waitFor();
        await window.caretAfter('reply', 'Each');
        await window.page.getByRole('region', { name: 'Provision 1.1', exact: true }).waitFor();
        await clear(window);
      }
    }
    const az = await fixture().at('azHead', await negotiation());
    await card(az, /“12”/).getByRole('button', { name: 'Accept' }).click();
    await az.page.getByRole('group', { name: 'If you accept, the text reads' }).waitFor();
    await clear(az);
    await az.page.keyboard.press('Escape');
    await card(az, /“12”/).getByRole('button', { name: 'Decline' }).click();
    await az.page.getByRole('dialog', { name: 'Decline the proposal' }).waitFor();
    await clear(az);
    await az.page.keyboard.press('Escape');
    await az.page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('what happened since one left, and what waits', async () => {
    const doc = await negotiation(), az = await fixture().at('azHead'), group = `${fixture().url}/g/${fixture().group.id}`;
    await az.page.goto(`${group}/awaiting`);
    await az.page.locator(`a[href$="${doc}#awaiting-proposals"]`).waitFor();
    await clear(az);
    await az.page.locator(`a[href$="${doc}#awaiting-proposals"]`).click();
    await az.page.locator('.awaiting-bar').waitFor();
    await clear(az);
    await az.page.goto(`${group}/documents/${doc}#since-you-left`);
    await az.page.getByRole('dialog', { name: 'Since you left' }).getByRole('button', { name: 'Mark as read' }).waitFor();
    await clear(az);
  });

  it('a working paper and the history', async () => {
    const { group } = fixture();
    const az = await fixture().at('azHead', await group.draft([provision('a', 'First.', 'paragraph', '1')]));
    await clear(az);
    const auditor = await fixture().at('auditor');
    await auditor.page.goto(`${fixture().url}/documents/${await negotiation()}/history`);
    await auditor.page.getByRole('article', { name: /as it was after entry/ }).getByText('free of charge').waitFor();
    await clear(auditor);
    await auditor.page.getByRole('button', { name: 'Changes since…' }).click();
    await auditor.page.getByText(/provisions? changed/).waitFor();
    await clear(auditor);
    await auditor.shot('a11y-history');
  });
});

describe('without a mouse', () => {
  it('the keyboard reaches the text, the views and every answer, in reading order, and the focus is seen', async () => {
    const az = await fixture().at('azHead', await negotiation());
    await card(az, /“12”/).waitFor();
    const stops: string[] = [];
    await az.page.locator('body').press('Tab');
    for (let i = 0; i < 80; i++) {
      const stop = await az.page.evaluate(() => {
        const at = document.activeElement as HTMLElement, style = getComputedStyle(at);
        const seen = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || at.matches('.ProseMirror');
        return at === document.body ? '' : `${at.getAttribute('aria-label') ?? at.textContent?.trim().slice(0, 60)}${seen ? '' : ' (unseen)'}`;
      });
      if (stop === '' || stops.includes(stop) && stop.startsWith('To the text')) break;
      stops.push(stop);
      if (await az.page.evaluate(() => document.activeElement!.matches('.ProseMirror'))) await az.page.keyboard.press('Escape');
      await az.page.keyboard.press('Tab');
    }
    expect(stops.filter((stop) => stop.endsWith('(unseen)'))).toEqual([]);
    expect(stops[0]).toBe('To the text');
    const place = (name: RegExp) => stops.findIndex((stop) => name.test(stop));
    const order = [/^To the text/, /1 Requests/, /^Bracketed/, new RegExp(`^${TITLE}$`), /^Accept/, /^Decline/, /^Counter-propose/].map(place);
    expect([order.every((at) => at >= 0), [...order].sort((a, b) => a - b)]).toEqual([true, order]);
  });

  it('the focus is seen on a text that can only be read, too', async () => {
    const auditor = await fixture().at('auditor', await negotiation());
    await auditor.page.getByRole('button', { name: 'of others since you left' }).focus();
    await auditor.page.keyboard.press('Tab');
    expect(await auditor.page.evaluate(() => [document.activeElement!.className, getComputedStyle(document.activeElement!).outlineStyle])).toEqual([expect.stringContaining('ProseMirror'), 'solid']);
  });

  it('a proposal is answered by keys alone, and to a screen reader it says whose it is and what it asks for', async () => {
    const { group } = fixture();
    const doc = await group.negotiate([provision('reply', REPLY, 'paragraph', '1')]);
    const client = await group.ocHead.open(doc);
    retype(client, 'reply', '24', '12');
    await client.saved();
    await group.parley.later();
    const az = await fixture().at('azHead', doc);
    await az.page.getByRole('article', { name: 'Ochre: replace “24” by “12”' }).waitFor();
    expect(await az.provision('reply').locator('.point').ariaSnapshot()).toMatch(/Ochre proposes/);
    const accept = card(az, /“12”/).getByRole('button', { name: 'Accept' });
    await accept.focus();
    await az.page.keyboard.press('Enter');
    await az.page.locator('[data-confirm][data-armed="true"]:focus').waitFor();
    await az.page.keyboard.press('Enter');
    await becomes(() => wordsOf(az, 'reply'), [REPLY.replace('24', '12')]);
  });
});

describe('a long text', () => {
  it('the outline scrolls by itself: progress and what awaits an answer stay in sight', async () => {
    const az = await fixture().at('azHead', await fixture().group.negotiate(Array.from({ length: 60 }, (_, i) => provision(`p${i}`, REPLY, 'paragraph', `${i + 1}`))));
    const side = az.page.getByRole('navigation', { name: 'Outline and progress' });
    await side.getByRole('button', { name: '60 clean provisions to agree' }).waitFor();
    expect(await side.evaluate((e) => [e.scrollHeight - e.clientHeight, ...[...e.querySelectorAll('h2')].map((h) => h.getBoundingClientRect().bottom < innerHeight)])).toEqual([0, true, true, true]);
    await side.getByRole('button', { name: /^60 (?!clean)/ }).click();
    await az.page.getByRole('region', { name: 'Provision 60', exact: true }).waitFor();
    await clear(az);
  });
});

describe('narrow windows', () => {
  it.each([900, 600, 400])('[X4] at %i pixels nothing is cut off sideways, on a phone the words have the width, and proposals and outline are a button away', async (width) => {
    const az = await fixture().at('azHead', await negotiation());
    await az.page.setViewportSize({ width, height: 800 });
    await az.page.getByRole('button', { name: 'Proposals' }).waitFor();
    expect(await az.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    const cut = await az.page.evaluate(() => [...document.querySelectorAll('header *, .document-bar *, .provision, .paper h1')].filter((e) => {
      const box = e.getBoundingClientRect();
      return box.width > 0 && !e.closest('.segments') && getComputedStyle(e).clipPath === 'none' && !e.closest('.hidden-words, .aloud, .skip-link') && (box.right > innerWidth + 1 || box.left < -1);
    }).map((e) => e.outerHTML.slice(0, 90)));
    expect(cut).toEqual([]);
    if (width === 400) {
      expect(await az.provision('reply').evaluate((e) => getComputedStyle(e, '::before').width)).toBe('28px');
      expect(await az.provision('reply').locator('.words').first().evaluate((e) => e.getBoundingClientRect().width)).toBeGreaterThan(320);
    }
    await az.shot(`narrow-${width}`);
    await az.page.getByRole('button', { name: 'Proposals' }).click();
    await az.page.getByRole('dialog', { name: 'Proposals' }).getByRole('article', { name: /“12”/ }).waitFor();
    await az.shot(`narrow-${width}-proposals`);
    await clear(az);
    await az.page.keyboard.press('Escape');
    await az.page.getByRole('dialog').waitFor({ state: 'detached' });
    await az.page.getByRole('button', { name: 'Outline and progress' }).click();
    await az.page.getByRole('dialog').getByRole('button', { name: /^2 Request/ }).click();
    await az.page.keyboard.press('Escape');
    await az.page.getByRole('dialog').waitFor({ state: 'detached' });
    await az.caretAfter('reply', 'Each');
    for (const path of ['/', '/people', `/documents/${await negotiation()}/history`]) {
      await az.page.goto(`${fixture().url}${path}`);
      await az.page.getByRole('heading').first().waitFor();
      expect([path, await az.page.evaluate(() => document.documentElement.scrollWidth - innerWidth) <= 0]).toEqual([path, true]);
      await az.shot(`narrow-${width}${path.startsWith('/d') ? '-history' : path.replace('/', '-')}`);
    }
    await az.page.setViewportSize({ width: 1440, height: 900 });
  });
});
