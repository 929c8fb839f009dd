import { describe, expect, it } from 'vitest';
import type { Window } from '../support/browser.ts';
import { useBrowserFixture } from '../support/browser-fixture.ts';
import type { Seat } from '../support/cast.ts';
import { agreeing, retype } from '../support/person.ts';
import { provision } from '../support/rules-fixture.ts';

const fixture = useBrowserFixture('languages');

/** The pseudo-locale: every message in ⟦…⟧, its letters accented, three tenths longer. */
const PSEUDO = 'en-XA';

/** Words of the document in another script, so that what is left over in Latin letters is Parley's own. */
const REPLY = '每一方应当在收到请求后24小时内予以确认。';
const TITLE = '关于请求的谅解';

/** What people of the test have written or are called: it is in no message. Times are written by the browser. */
const DATA = ['Test Dialogue', TITLE, 'Adil Admin', 'Ada Azure', 'Aki Azure', 'Olu Ochre', 'Ona Ochre', 'Cleo Chair', 'Aud Auditor', 'Obi Observer', 'Azure', 'Ochre', 'Chair'];

/** Words on the page that come from no message: visible text and the names that screen readers say, without what somebody wrote. */
function leftOut(window: Window, data: readonly string[]): Promise<string[]> {
  return window.page.evaluate((known) => {
    const found: string[] = [], see = (text: string | null | undefined): void => {
      let rest = text ?? '';
      for (const one of known) rest = rest.replaceAll(one, ' ');
      // Times with their zones, keys of the keyboard, ids in addresses.
      rest = rest.replace(/\b(UTC|GMT|Ctrl|Alt|Shift|Enter|Tab|Backspace|Esc|F1)\b|\b(January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b|\b(at|and)\b|https?:\S+/g, ' ');
      if (/[A-Za-z]{3,}/.test(rest)) found.push((text ?? '').trim());
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement!;
      if (parent.closest('script, style, .words, .said, bdi, time, code, .ProseMirror [data-bracket] .says, input, textarea') || parent.getClientRects().length === 0) continue;
      see(node.textContent);
    }
    for (const element of document.querySelectorAll<HTMLElement>('[aria-label], [title], [placeholder], [alt]')) {
      if (element.getClientRects().length === 0 || element.closest('time, [aria-hidden="true"]')) continue;
      for (const name of ['aria-label', 'placeholder', 'alt', ...(element.tagName === 'TIME' ? [] : ['title'])]) see(element.getAttribute(name));
    }
    return [...new Set(found)];
  }, [...data].sort((a, b) => b.length - a.length));
}

/** What has no room: a page that scrolls sideways, a button whose words are cut off. */
const cutOff = (window: Window): Promise<string[]> => window.page.evaluate(() => [
  ...(document.documentElement.scrollWidth > innerWidth + 1 ? [`the page is ${document.documentElement.scrollWidth} wide in ${innerWidth}`] : []),
  ...[...document.querySelectorAll<HTMLElement>('button, a, h1, h2, h3, label, th')].filter((e) => e.getClientRects().length > 0 && !e.closest('.header-row, .hidden-words, .skip-link, .crumbs, .outline, .side-opener') && e.scrollWidth > e.clientWidth + 2 && getComputedStyle(e).display !== 'inline' && getComputedStyle(e).overflow !== 'visible').map((e) => e.textContent ?? ''),
]);

/** Lines that the header takes, and whether who one is stays whole in it. */
const header = (window: Window): Promise<{ height: number; seat: boolean }> => window.page.evaluate(() => {
  const row = document.querySelector('.header-row')!, me = row.querySelector('.me')!.getBoundingClientRect(), seat = row.querySelector('.my-seat')!.getBoundingClientRect();
  return { height: Math.round(row.getBoundingClientRect().height), seat: seat.width > 20 && me.right <= innerWidth && [...row.children].filter((child) => child.getBoundingClientRect().width > 1).every((child, i, all) => i === 0 || child.getBoundingClientRect().left >= all[i - 1]!.getBoundingClientRect().right - 1) };
});

const SEATS: readonly Seat[] = ['admin', 'azHead', 'az', 'ocHead', 'oc', 'chair', 'auditor', 'observer'];

let everything: Promise<string> | undefined;
const negotiation = (): Promise<string> => (everything ??= (async () => {
  const { group } = fixture();
  const doc = await group.negotiate([
    provision('head', '请求', 'heading', '1'), provision('reply', REPLY, 'paragraph', '1.1'), provision('grounds', '拒绝应当说明理由。', 'paragraph', '1.2'),
    provision('term', ['请求', '书面请求'], 'definition', '2'), provision('metric', ['中位时间', '小时', '264', '24', '每月', '登记册', ''], 'metric', '3'), provision('costs', '各方自行承担费用。', 'paragraph', '4'),
  ], TITLE);
  const [az, oc, chair] = await Promise.all([group.azHead.open(doc), group.ocHead.open(doc), group.chair.open(doc)]);
  for (const [who, hours, side] of [[az, '72', '各方'], [oc, '12', '双方'], [chair, '36', '一方']] as const) { retype(who, 'reply', '24', hours); retype(who, 'reply', '每一方', side); }
  az.edit([{ do: 'remove', id: 'grounds' }, { do: 'add', after: 'reply', provision: provision('more', '答复免费。', 'paragraph', '1.1.2') }]);
  oc.edit([{ do: 'set', id: 'metric', label: '3.1' }]);
  await Promise.all([az.saved(), oc.saved(), chair.saved()]);
  for (const id of ['costs']) { await group.azHead.mustAct(doc, agreeing(az, id)); await group.ocHead.mustAct(doc, agreeing(oc, id)); }
  return doc;
})());

async function whole(window: Window, where: string): Promise<void> {
  const userNames = SEATS.map((seat) => fixture().group[seat].keys.userName);
  expect([where, await leftOut(window, [...DATA, ...userNames])]).toEqual([where, []]);
  expect([where, await cutOff(window)]).toEqual([where, []]);
}

describe('[M5] every sentence comes from the messages, and has room to be longer', () => {
  it('signing in and recovering', async () => {
    const window = await fixture().anybody(PSEUDO);
    await window.page.goto(fixture().url);
    await window.page.locator('input[autocomplete="username"]').waitFor();
    await whole(window, 'signing in');
    await window.page.locator('input[autocomplete="username"]').fill('nobody');
    await window.page.locator('input[type="password"]').fill('wrong');
    await window.page.keyboard.press('Enter');
    await window.page.getByRole('alert').waitFor();
    await whole(window, 'refused');
  });

  it('a document, from a head’s seat and from one who only reads, with its menus, steps and dialogs', async () => {
    const doc = await negotiation();
    for (const seat of ['azHead', 'chair', 'auditor'] as const) {
      const window = await fixture().further(seat, doc, PSEUDO), { page } = window;
      await whole(window, seat);
      if (seat === 'auditor') continue;
      await window.caretAfter('reply', '方应当');
      await whole(window, `${seat} in a provision`);
      const step = page.locator('article[data-proposal] button[data-act], article[data-proposal] .row button').first();
      await step.click();
      await whole(window, `${seat} at a step`);
      await page.keyboard.press('Escape');
      await page.locator('.me').click();
      await page.getByRole('menuitem').first().waitFor();
      await whole(window, `${seat}, the menu`);
      await page.keyboard.press('Escape');
    }
  });

  it('what waits, the way through it, and what happened since one left', async () => {
    const doc = await negotiation(), window = await fixture().further('azHead', undefined, PSEUDO), { page } = window, group = `${fixture().url}/g/${fixture().group.id}`;
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`${group}/awaiting`);
      await page.locator(`a[href$="${doc}#awaiting-proposals"]`).waitFor();
      await whole(window, `what waits at ${width}`);
      await page.locator(`a[href$="${doc}#awaiting-proposals"]`).click();
      await page.locator('.awaiting-bar').waitFor();
      await whole(window, `the way at ${width}`);
      await page.goto(`${group}/documents/${doc}#since-you-left`);
      await page.locator('.unread-end').waitFor();
      await whole(window, `since one left at ${width}`);
      await page.goto('about:blank');
    }
  });

  it('[X1] the header takes one line from 720 px up and says on which side one sits, in any language, with many who are here', async () => {
    const doc = await negotiation(), others = [];
    for (const seat of ['ocHead', 'oc', 'chair', 'auditor', 'observer'] as const) others.push(await fixture().at(seat, doc));
    for (const locale of ['en-GB', PSEUDO]) {
      const window = await fixture().further('azHead', doc, locale);
      for (const width of [720, 800, 1000, 1100, 1240, 1440]) {
        await window.page.setViewportSize({ width, height: 800 });
        expect([locale, width, await header(window)]).toEqual([locale, width, { height: 48, seat: true }]);
      }
      await window.page.setViewportSize({ width: 390, height: 800 });
      expect((await header(window)).seat || (await window.page.locator('.my-seat').isVisible())).toBe(true);
    }
  });

  it('the pages around the documents: the group, people, history, opening a document', async () => {
    const doc = await negotiation(), window = await fixture().further('chair', undefined, PSEUDO), { page } = window;
    for (const [path, ready] of [['/', 'h1, h2'], [`/g/${fixture().group.id}/people`, 'h1'], [`/documents/${doc}/history`, '.paper'], [`/g/${fixture().group.id}/open`, 'textarea, h1']] as const) {
      await page.goto(`${fixture().url}${path}`);
      await page.locator(ready).first().waitFor();
      await whole(window, path);
    }
    const admin = await fixture().further('admin', undefined, PSEUDO);
    for (const path of ['/installation', `/g/${fixture().group.id}/people`]) {
      await admin.page.goto(`${fixture().url}${path}`);
      await admin.page.locator('h1').first().waitFor();
      await whole(admin, `administrator at ${path}`);
    }
  });
});
