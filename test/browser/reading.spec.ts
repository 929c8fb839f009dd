import type { DocumentClient } from '@parley/sync';
import { slotOf } from '@parley/text';
import { describe, expect, it } from 'vitest';
import type { Window } from '../support/browser.ts';
import { becomes, card, provisionsIn, useBrowserFixture } from '../support/browser-fixture.ts';
import { agreeing, proposals, retype, until } from '../support/person.ts';
import { provision } from '../support/rules-fixture.ts';

const fixture = useBrowserFixture('reading');

const REPLY = 'Each side shall acknowledge a request within 24 hours after receipt.';

/** What stands on a screen, read from its top to its bottom as it is drawn: words, signs, codes, labels; carets and what is read aloud apart. Lines by provision. */
function readAloud(window: Window): Promise<string[]> {
  return window.page.locator('.paper .ProseMirror').evaluate((text) => {
    const generated = (element: Element, which: string): string => {
      const { content } = getComputedStyle(element, which);
      return content === 'none' || content === 'normal' ? '' : content.replace(/attr\(([\w-]+)\)/g, (_all, name: string) => JSON.stringify(element.getAttribute(name) ?? '')).replace(/"((?:[^"\\]|\\.)*)"\s*/g, '$1');
    };
    const read = (node: Node): string => {
      if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? '';
      if (!(node instanceof Element) || node.matches('.caret, br, img, .seals')) return '';
      const inside = [...node.childNodes].map(read).join('');
      const words = generated(node, '::before') + inside + generated(node, '::after');
      // The name of the row that is the text itself stands in the line of its words.
      return node.matches('div') && !node.matches('.alternative.stands') && !(node.matches('.alternatives') && node.lastElementChild?.matches('.stands')) ? `${words} ` : words;
    };
    return [...text.children].filter((e) => e.matches('[data-provision], [data-block]')).map((e) => read(e).replace(/[\u2060]/g, '').replace(/\s+/g, ' ').trim());
  });
}

/** The lines, with the words of the provisions that somebody moved apart: they stand where the reader's own side has them. */
const inOrder = (lines: readonly string[], moved: string): { lines: string[]; moved: string[] } => ({
  lines: lines.map((line) => line.replace(moved, '').replace(/\s+/g, ' ').replace(/^(\S+) \[/, '$1[').trim()), moved: lines.filter((line) => line.includes(moved)).map(() => moved),
});

async function everything(): Promise<{ doc: string; az: DocumentClient; oc: DocumentClient; chair: DocumentClient }> {
  const { group } = fixture();
  const doc = await group.negotiate([
    provision('head', 'Requests', 'heading', 'Article 6'), provision('reply', REPLY, 'paragraph', '1'), provision('grounds', 'A refusal shall state its grounds.', 'paragraph', '2'),
    provision('review', 'The two sides review this Understanding every year.', 'paragraph', '3'), provision('costs', 'Each side bears its own costs.', 'paragraph', '4'),
    provision('term', ['Request', 'a written request'], 'definition', '5'), provision('metric', ['Median time', 'hours', '264', '24', 'monthly', 'register', ''], 'metric', '6'),
  ], 'Understanding on Requests');
  const [az, oc, chair] = await Promise.all([group.azHead.open(doc), group.ocHead.open(doc), group.chair.open(doc)]);
  retype(az, 'reply', '24', '72');
  retype(oc, 'reply', '24', '12');
  retype(oc, 'reply', 'acknowledge', 'acknowledge in writing');
  retype(az, 'reply', ' after receipt', '');
  retype(oc, 'reply', 'after receipt', 'after full receipt');
  retype(chair, 'reply', 'Each side', 'Each  side');
  retype(az, 'term', 'written request', 'writtenrequest', 'meaning');
  retype(oc, 'metric', '24', '48', 'target');
  az.edit([{ do: 'remove', id: 'grounds' }, { do: 'add', after: 'review', provision: provision('more', 'A reply is free of charge.', 'paragraph', '3 bis') }, { do: 'set', id: 'metric', label: '9' }]);
  oc.edit([{ do: 'add', after: 'review', provision: provision('other', 'Costs are shared.', 'paragraph', '3 bis') }, { do: 'set', id: 'metric', level: 1 }]);
  retype(oc, 'grounds', 'its grounds', 'its full grounds');
  oc.edit([{ do: 'move', id: 'costs', after: 'head' }]);
  chair.edit([{ do: 'splice', id: 'review', key: 'en:text', from: 4, to: 7, insert: [{ t: 'two', m: 'strong' }] }]);
  await Promise.all([az.saved(), oc.saved(), chair.saved()]);
  return { doc, az, oc, chair };
}

describe('one reading for every seat', () => {
  it('[E10] [E48] two sides, the chair and the auditor read the same from their screens, word for word; a moved provision is named at both places', async () => {
    const { doc, az } = await everything();
    const { group } = fixture();
    const inWriting = () => proposals(az).find((p) => p.parties.includes(group.delegations[1]) && p.proposal.on === 'words' && p.proposal.hunks[0]!.inserted[0]?.t.includes('in writing'));
    await until(az, () => inWriting() !== undefined, 'the words of the other side are there');
    const declined = inWriting()!;
    await group.azHead.mustAct(doc, { t: 'decline', parts: [declined.proposal], reason: 'Not needed.' });
    const read: Record<string, ReturnType<typeof inOrder>> = {}, stacked: Record<string, ReturnType<typeof inOrder>> = {};
    for (const name of ['azHead', 'ocHead', 'chair', 'auditor'] as const) {
      const window = await fixture().at(name, doc);
      await becomes(async () => (await readAloud(window)).filter((line) => line.includes('Common text')).length, 1);
      stacked[name] = inOrder(await readAloud(window), 'Each side bears its own costs.');
      await window.page.getByRole('button', { name: 'Stacked where crowded' }).click();
      await becomes(async () => { const all = (await readAloud(window)).join('\n'); return ['AZ declined', 'OC48', 'relabel', 'strong', 'shared'].filter((words) => !all.includes(words)); }, []);
      read[name] = inOrder(await readAloud(window), 'Each side bears its own costs.');
      await window.shot(`reading-${name}`);
    }
    expect(read.azHead!.lines.join('\n')).toContain('move Article 6, 4 after Article 6');
    expect(read.azHead!.lines.filter((line) => line.includes('move Article 6, 4'))).toHaveLength(2);
    expect(read.azHead!.lines.join('\n')).toMatch(/\[AZ, ?OC ?24\]/);
    expect(stacked.azHead!.lines.join('\n')).toContain('declined');
    for (const name of ['ocHead', 'chair', 'auditor']) expect([name, read[name], stacked[name]]).toEqual([name, read.azHead, stacked.azHead]);
  });
});

describe('a rewritten sentence', () => {
  const OLD = 'The requested side shall preserve the data.', NEW = 'The data are to be preserved by the side that was asked.';
  const CHINESE = ['被请求方应当确认每项请求。', '每项请求应当由被请求方确认。'] as const;

  it('[E23] is one alternative on every screen, one card, and one replacement in its words; who wrote it goes on typing in it', async () => {
    const { group } = fixture();
    const doc = await group.negotiate([provision('data', `${OLD} Costs are shared.`, 'paragraph', '1'), provision('both', OLD, 'paragraph', '2'), provision('zh', CHINESE[0], 'paragraph', '3')]);
    const [az, oc] = await Promise.all([group.azHead.open(doc), group.ocHead.open(doc)]);
    retype(oc, 'data', OLD, NEW);
    retype(oc, 'both', OLD, NEW);
    retype(az, 'both', 'shall', 'will');
    retype(oc, 'zh', CHINESE[0], CHINESE[1]);
    await Promise.all([az.saved(), oc.saved()]);
    const read: Record<string, string[]> = {};
    const seen = async (window: Window): Promise<string[]> => (await readAloud(window)).map((line) => line.replace(/(?:Azure|Ochre)(?: and Ochre)? (?:delete|propose)s?: (?=\[)|(?<=\]) end of deletion /g, ''));
    for (const name of ['azHead', 'ocHead', 'chair', 'auditor'] as const) {
      const window = await fixture().at(name, doc);
      await becomes(async () => (await seen(window)).join('').split('[').length - 1, 7);
      read[name] = await seen(window);
      await window.shot(`rewritten-${name}`);
    }
    expect(read.azHead).toEqual([
      '1The [OCrequested side shall preserve the data][OCdata are to be preserved by the side that was asked]. Costs are shared.',
      '2The [AZ, OCrequested side shall preserve the data][AZrequested side will preserve the data][OCdata are to be preserved by the side that was asked].',
      `3[OC${CHINESE[0].slice(0, -1)}][OC${CHINESE[1].slice(0, -1)}]。`,
    ]);
    for (const name of ['ocHead', 'chair', 'auditor']) expect([name, read[name]]).toEqual([name, read.azHead]);
    const theirs = await fixture().at('ocHead', doc);
    await card(theirs, 'replace “requested side shall preserve the data” by “data are to be preserved by the side that was asked”').first().waitFor();
    await theirs.caretAfter('data', 'by the side');
    await theirs.page.keyboard.type(' duly');
    const window = await fixture().at('azHead', doc);
    await becomes(async () => (await seen(window))[0], '1The [OCrequested side shall preserve the data][OCdata are to be preserved by the side duly that was asked]. Costs are shared.');
    expect((await seen(theirs))[0]).toBe((await seen(window))[0]);
  });
});

describe('what cannot be seen', () => {
  it('[E21] direction marks of one side reorder nothing on the other’s screen, nor on its own', async () => {
    const { group } = fixture();
    const doc = await group.negotiate([provision('reply', 'The range is 12 - 24 in each case.', 'paragraph', '1'), provision('other', 'Hours are counted in full.', 'paragraph', '2')], '\u200FA title 12 - 24\u200F');
    const oc = await group.ocHead.open(doc);
    retype(oc, 'reply', '12 - 24', '\u200F12 - 24\u200F');
    retype(oc, 'other', 'full.', 'full, \u200F36 - 48\u200F.');
    await oc.saved();
    for (const name of ['azHead', 'ocHead', 'auditor'] as const) {
      const window = await fixture().at(name, doc);
      await window.page.locator('.paper .unseen').first().waitFor();
      await window.shot(`direction-${name}`);
      const order = await window.page.locator('.paper .ProseMirror').evaluate((text, found) => {
        const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT), at: Record<string, number> = {};
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          for (const word of found) {
            const from = node.textContent!.indexOf(word);
            if (from < 0 || word in at) continue;
            const range = document.createRange();
            range.setStart(node, from);
            range.setEnd(node, from + word.length);
            at[word] = range.getBoundingClientRect().left;
          }
        }
        return at;
      }, ['12', '24', '36', '48']);
      expect([name, order['12']! < order['24']!, order['36']! < order['48']!]).toEqual([name, true, true]);
      expect(await card(window, /right-to-left mark/).first().getByText(/nobody can see: right-to-left mark/).count()).toBe(1);
    }
  });

  it('[E21] words from right to left stand in the same order on both screens, and no sign is drawn twice', async () => {
    const { group } = fixture();
    const doc = await group.negotiate([provision('reply', 'Within 12 hours the two sides shall 34 confirm 56 it.', 'paragraph', '1')]);
    const oc = await group.ocHead.open(doc);
    retype(oc, 'reply', 'shall 34', 'shall \u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd 34');
    retype(oc, 'reply', 'two sides', 'two no\u00adn-sides');
    await oc.saved();
    const orders: Record<string, unknown> = {};
    for (const name of ['azHead', 'ocHead', 'auditor'] as const) {
      const window = await fixture().at(name, doc);
      await window.page.locator('.paper .unseen').first().waitFor();
      await window.shot(`right-to-left-${name}`);
      orders[name] = await window.page.locator('.paper [data-provision="reply"] .words').evaluate((words) => {
        const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT), at: [string, number][] = [], found = ['Within', '12', '34', '56', 'confirm', '\u05e9', '\u05e2'];
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          for (const word of found) {
            const from = node.textContent!.indexOf(word);
            if (from < 0 || at.some(([one]) => one === word)) continue;
            const range = document.createRange();
            range.setStart(node, from);
            range.setEnd(node, from + word.length);
            at.push([word, range.getBoundingClientRect().left + range.getBoundingClientRect().top * 10_000]);
          }
        }
        return at.sort(([, a], [, b]) => a - b).map(([word]) => word).join(' ');
      });
      if (name === 'ocHead') expect(await window.provision('reply').locator('.own.first').count()).toBe(2);
    }
    expect(orders).toEqual({ azHead: 'Within 12 \u05e2 \u05e9 34 confirm 56', ocHead: 'Within 12 \u05e2 \u05e9 34 confirm 56', auditor: 'Within 12 \u05e2 \u05e9 34 confirm 56' });
  });

  it('[E21] own words from right to left at the beginning turn nothing on their author’s screen either: every seat reads the same order', async () => {
    const { group } = fixture(), shalom = '\u05e9\u05dc\u05d5\u05dd';
    const doc = await group.negotiate([provision('reply', 'Within 12 hours, the sides confirm.', 'paragraph', '1'), provision('hebrew', `${shalom} 34, \u05e2\u05d5\u05dc\u05dd 56.`, 'paragraph', '2'), provision('figures', '78 - 90', 'paragraph', '3')]);
    const oc = await group.ocHead.open(doc);
    retype(oc, 'reply', 'Within', `${shalom}, Within`);
    retype(oc, 'hebrew', shalom, `Peace, ${shalom}`);
    retype(oc, 'figures', '78', `${shalom} 78`);
    oc.edit([{ do: 'add', after: 'figures', provision: provision('added', '\u0633\u0644\u0627\u0645 11 - 22.') }]);
    await oc.saved();
    const read: Record<string, unknown> = {};
    for (const name of ['azHead', 'ocHead', 'auditor'] as const) {
      const window = await fixture().at(name, doc);
      await window.page.locator('.paper').getByText('11 - 22').waitFor();
      await window.shot(`turned-${name}`);
      read[name] = await window.page.locator('.paper .ProseMirror').evaluate((text, found) => [...text.querySelectorAll('.words')].map((words) => {
        const at: [string, number][] = [], walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) for (const word of found) {
          const from = node.textContent!.indexOf(word);
          if (from < 0 || node.parentElement!.closest('.sign, .aloud, .glyph')) continue;
          const range = document.createRange();
          range.setStart(node, from);
          range.setEnd(node, from + word.length);
          at.push([word, range.getBoundingClientRect().left]);
        }
        return `${getComputedStyle(words).direction} ${at.sort(([, a], [, b]) => a - b).map(([word]) => word).join(' ')}`;
      }), ['Within', '12', 'confirm', shalom, '34', '56', 'Peace', '78', '90', '11', '22']);
    }
    expect(read['azHead']).toEqual([`ltr ${shalom} Within 12 confirm`, `rtl 56 34 ${shalom} Peace`, `rtl 90 78 ${shalom}`, 'rtl 22 11']);
    for (const name of ['ocHead', 'auditor']) expect([name, read[name]]).toEqual([name, read['azHead']]);
  });
});

describe('carets of others', () => {
  it('[E18] who writes is shown where he writes, and his name leaves the words again', async () => {
    const { group } = fixture();
    const doc = await group.negotiate([provision('reply', REPLY, 'paragraph', '1')]);
    const oc = await group.ocHead.open(doc);
    retype(oc, 'reply', 'a request', 'a complete request');
    await oc.saved();
    const end = slotOf(oc.text(oc.ownRoom!).by.get('reply')!, 'en:text')[0]!.t.indexOf('complete') + 'complete'.length;
    oc.setCaret({ room: oc.ownRoom!, provision: 'reply', key: 'en:text', anchor: end, head: end });
    const az = await fixture().at('azHead', doc);
    const inText = az.provision('reply').locator('ins.theirs .said');
    await inText.locator('.caret').waitFor();
    expect(await inText.evaluate((e) => [...e.childNodes].map((n) => (n.nodeType === 3 ? n.textContent : '|')).filter(Boolean).join('').trim())).toMatch(/complete ?\|/);
    await becomes(() => inText.locator('.caret-name').evaluate((e) => getComputedStyle(e).opacity), '0');
  });
});

describe('another view', () => {
  const NAMES = ['As they propose', 'Common text', 'As we propose', 'Bracketed', 'Common text', 'Bracketed'] as const;
  const choice = (window: Window, name: string) => window.page.getByRole('group', { name: 'How to read the text' }).getByRole('button', { name, exact: true });
  const frames = (window: Window): Promise<unknown> => window.page.evaluate(async () => { for (let i = 0; i < 14; i++) await new Promise((next) => { requestAnimationFrame(next); }); });
  const topOf = (window: Window, id: string): Promise<number> => window.provision(id).evaluate((e) => Math.round(e.getBoundingClientRect().top));

  /** A long text of which the other side makes every provision above the middle shorter and every third longer. */
  async function long(): Promise<Window> {
    const { group } = fixture();
    const doc = await group.negotiate(Array.from({ length: 160 }, (_, i) => provision(`p${i}`, `${REPLY} ${REPLY}`, 'paragraph', `${i + 1}`)));
    const oc = await group.ocHead.open(doc);
    for (let i = 0; i < 90; i++) retype(oc, `p${i}`, `${REPLY} Each`, i % 3 === 0 ? `${REPLY} ${REPLY} ${REPLY} Each` : 'Every');
    await oc.saved();
    const az = await fixture().at('azHead', doc);
    await az.provision('p0').locator('[data-bracket]').first().waitFor();
    return az;
  }

  it.each([['the mouse', 'p40', false], ['the keyboard', 'p40', true], ['the mouse', 'p120', false], ['the keyboard', 'p120', true]] as const)('[E22] changed with %s, shows %s where it stood', async (_how, id, keys) => {
    const az = await long();
    // What is drawn as it comes in sight is another height than before: scrolled to again until it stands there.
    await expect.poll(async () => { await az.provision(id).evaluate((e) => { e.scrollIntoView({ block: 'start' }); }); await frames(az); return topOf(az, id); }, { timeout: 20_000 }).toBeLessThan(200);
    await frames(az);
    const before = await topOf(az, id), moved: Record<string, number> = {};
    for (const [i, name] of NAMES.entries()) {
      if (keys) { await choice(az, name).focus(); await az.page.keyboard.press('Enter'); } else await choice(az, name).click();
      await az.page.getByRole('button', { name, exact: true, pressed: true }).waitFor();
      await frames(az);
      await expect.poll(async () => Math.abs(await topOf(az, id) - before), { timeout: 10_000 }).toBeLessThan(4);
      await frames(az);
      moved[`${i} ${name}`] = Math.abs(await topOf(az, id) - before);
    }
    await az.shot(`another-view-${id}`);
    expect(Object.values(moved).filter((by) => by >= 4)).toEqual([]);
  });

  it('[E22] the caret stands at its words again, also where views without them were shown between', async () => {
    const az = await long();
    await az.provision('p40').evaluate((e) => { e.scrollIntoView({ block: 'center' }); });
    await az.caretAfter('p40', 'acknowledge');
    await az.type(' soon');
    await az.saved();
    for (const name of ['Common text', 'Agreed only', 'As they propose', 'Bracketed', 'As we propose', 'Bracketed']) {
      await choice(az, name).click();
      await az.page.getByRole('button', { name, exact: true, pressed: true }).waitFor();
      await frames(az);
    }
    await az.editor.focus();
    await frames(az);
    await az.type('er');
    await az.reads('p40', 'acknowledge sooner a request');
    await az.saved();
  });

  it('[E22] agreed only shows what comes next after the place, and who has moved nowhere in it comes back to the place; who has, stays where he went', async () => {
    const az = await long(), doc = new URL(az.page.url()).pathname.split('/').at(-1)!, { group } = fixture();
    const [azHead, ocHead] = [await group.azHead.open(doc), await group.ocHead.open(doc)];
    for (let i = 100; i < 124; i++) { await group.azHead.mustAct(doc, agreeing(azHead, `p${i}`)); await group.ocHead.mustAct(doc, agreeing(ocHead, `p${i}`)); }
    const view = async (name: string): Promise<void> => { await choice(az, name).click(); await az.page.getByRole('button', { name, exact: true, pressed: true }).waitFor(); await frames(az); await frames(az); await frames(az); };
    const stands = (id: string, top: number) => expect.poll(async () => Math.abs(await topOf(az, id) - top), { timeout: 10_000 }).toBeLessThan(4);
    await expect.poll(async () => { await az.provision('p40').evaluate((e) => { e.scrollIntoView({ block: 'start' }); }); await frames(az); return topOf(az, 'p40'); }, { timeout: 20_000 }).toBeLessThan(200);
    await frames(az);
    const before = await topOf(az, 'p40');
    await view('Agreed only');
    expect(await provisionsIn(az)).toEqual(Array.from({ length: 24 }, (_, i) => `p${i + 100}`));
    const edge = await az.page.locator('.view-bar').evaluate((e) => Math.round(e.getBoundingClientRect().bottom));
    await stands('p100', edge);
    await view('Common text');
    await stands('p40', before);
    await view('Agreed only');
    await view('Bracketed');
    await stands('p40', before);
    await view('Agreed only');
    await az.provision('p110').evaluate((e) => { e.scrollIntoView({ block: 'start' }); });
    await frames(az);
    const there = await topOf(az, 'p110');
    await view('Bracketed');
    await stands('p110', there);
  });

  it.each([['narrow', 390, 780], ['low', 720, 450]] as const)('[E22] in a %s window the switch is one line that stays above the text', async (_kind, width, height) => {
    const az = await long();
    await az.page.setViewportSize({ width, height });
    const list = az.page.getByRole('combobox', { name: 'How to read the text' });
    await expect.poll(async () => { await az.provision('p40').evaluate((e) => { e.scrollIntoView({ block: 'start' }); }); await frames(az); return topOf(az, 'p40'); }, { timeout: 20_000 }).toBeLessThan(200);
    await frames(az);
    const before = await topOf(az, 'p40'), { bar, seen } = await list.evaluate((e) => { const { height, top, left } = e.getBoundingClientRect(); return { bar: e.closest('.view-bar')!.getBoundingClientRect().height, seen: document.elementFromPoint(left + 4, top + height / 2) === e }; });
    expect([seen, bar < 60]).toEqual([true, true]);
    for (const name of ['Common text', 'Bracketed']) {
      await list.selectOption({ label: name });
      await frames(az);
      await expect.poll(async () => Math.abs(await topOf(az, 'p40') - before), { timeout: 10_000 }).toBeLessThan(4);
    }
    await az.shot(`switch-${width}`);
    await az.page.setViewportSize({ width: 1440, height: 900 });
  });

  it('[E22] agreed only shows what is agreed and says how much is left out', async () => {
    const { group } = fixture();
    const doc = await group.negotiate(Array.from({ length: 40 }, (_, i) => provision(`p${i}`, `${REPLY} ${REPLY}`, 'paragraph', `${i + 1}`)));
    const [azHead, oc] = [await group.azHead.open(doc), await group.ocHead.open(doc)];
    for (let i = 0; i < 12; i++) retype(oc, `p${i}`, 'Each side shall acknowledge a request within 24 hours after receipt. Each', 'Every');
    await oc.saved();
    for (const id of ['p20', 'p21']) { await group.azHead.mustAct(doc, agreeing(azHead, id)); await group.ocHead.mustAct(doc, agreeing(oc, id)); }
    const az = await fixture().at('azHead', doc);
    await az.provision('p20').getByText(/agreed ad ref/).waitFor();
    const view = (name: string) => az.page.getByRole('group', { name: 'How to read the text' }).getByRole('button', { name, exact: true }).click();
    await view('Agreed only');
    await az.page.getByText('2 of 40 provisions agreed; the others are left out here.').waitFor();
    expect(await provisionsIn(az)).toEqual(['p20', 'p21']);
  });
});
