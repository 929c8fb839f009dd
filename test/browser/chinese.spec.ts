import { describe, expect, it } from 'vitest';
import type { Window } from '../support/browser.ts';
import { becomes, card, selectsBetween, useBrowserFixture, wordsOf } from '../support/browser-fixture.ts';
import { InputMethod } from '../support/input-method.ts';
import { retype, until, wordsIn } from '../support/person.ts';
import { provision } from '../support/rules-fixture.ts';
import { performs } from '../support/two-steps.ts';

const fixture = useBrowserFixture('chinese');

const HACKING = '任何一方不得通过网络窃取知识产权，以获得竞争优势。';
const REPLY = '被请求方应当在二十四小时内予以确认。';
const FINANCE = 'to direct or finance commercial espionage.';

interface Setup { readonly window: Window; readonly doc: string; readonly input: InputMethod }

async function setup(): Promise<Setup> {
  const doc = await fixture().group.negotiate([provision('hacking', HACKING, 'paragraph', '一'), provision('reply', REPLY, 'paragraph', '二'), provision('finance', FINANCE, 'paragraph', '三')], '关于网络商业间谍的谅解');
  const window = await fixture().at('az', doc);
  return { window, doc, input: await InputMethod.of(window) };
}

const NIHAO = ['n', 'ni', 'ni h', 'ni ha', 'ni hao'];
const NIHON = ['n', 'に', 'にh', 'にほ', 'にほn', 'にほん'];

describe('writing with an input method', () => {
  it.each([
    ['Pinyin', NIHAO, '你好', '任何一方', '任何一方你好不得通过网络窃取知识产权，以获得竞争优势。'],
    ['Japanese', NIHON, '日本', '窃取', '任何一方不得通过网络窃取日本知识产权，以获得竞争优势。'],
  ] as const)('%s composed in a sentence arrives once, on both sides', async (_name, steps, chosen, after, wanted) => {
    const { window, doc, input } = await setup();
    await window.caretAfter('hacking', after);
    await input.composes(...steps);
    await input.chooses(chosen);
    await becomes(() => wordsOf(window, 'hacking'), [wanted]);
    await window.saved();
    const ochre = await fixture().at('oc', doc);
    await ochre.provision('hacking').locator('[data-bracket]', { hasText: chosen }).waitFor();
    expect(await wordsOf(ochre, 'hacking')).toEqual([HACKING]);
    await window.type('啊');
    await becomes(() => wordsOf(window, 'hacking'), [wanted.replace(chosen, `${chosen}啊`)]);
  });

  it('while it composes, what others write in the same sentence waits; then it is there, and no letter is lost or doubled', async () => {
    const { window, doc, input } = await setup();
    const { group } = fixture();
    const [colleague, other] = [await group.azHead.open(doc), await group.ocHead.open(doc)];
    await window.caretAfter('finance', 'finance');
    await window.type(' ');
    await input.composes('n', 'ni');
    retype(colleague, 'finance', 'espionage', 'cyber espionage');
    retype(other, 'finance', 'direct', 'order');
    await Promise.all([colleague.saved(), other.saved()]);
    await input.composes('ni h', 'ni ha');
    const during = await window.provision('finance').innerText();
    expect([during.includes('ni ha'), during.includes('cyber'), during.includes('order')]).toEqual([true, false, false]);
    await input.composes('ni hao');
    await input.chooses('你好');
    await becomes(() => wordsOf(window, 'finance'), ['to direct or finance 你好 commercial cyber espionage.']);
    await window.provision('finance').locator('.br', { hasText: 'order' }).waitFor();
    await window.saved();
    const position = `position:${group.delegations[0]}` as const;
    await until(other, () => wordsIn(other, position, 'finance') === 'to direct or finance 你好 commercial cyber espionage.', 'the other side reads the same');
    expect(wordsIn(colleague, position, 'finance')).toBe('to direct or finance 你好 commercial cyber espionage.');
    await window.shot('composed');
  });

  it('Japanese is converted segment by segment while both sides write in the same sentence before and behind it, again and again', async () => {
    const { window, doc, input } = await setup();
    const { group } = fixture();
    const [colleague, other] = [await group.azHead.open(doc), await group.ocHead.open(doc)];
    const others = async (): Promise<void> => {
      retype(colleague, 'finance', 'direct', 'direct+');
      retype(colleague, 'finance', 'espionage', '+espionage');
      retype(other, 'finance', 'commercial', 'commercial!');
      await Promise.all([colleague.saved(), other.saved()]);
    };
    const expected = (chosen: string, writes: number): string => `to direct${'+'.repeat(writes)} or finance${chosen} commercial ${'+'.repeat(writes)}espionage.`;
    for (const [behind, chosen, soFar, writes] of [['finance', '日本語で', '日本語で', 3], ['で', '二本後で', '日本語で二本後で', 6]] as const) {
      await window.caretAfter('finance', behind);
      await input.composes('n', 'に', 'にh', 'にほ', 'にほn', 'にほんg', 'にほんご', 'にほんごd', 'にほんごで');
      await others();
      await input.converts('|日本|語で');
      await others();
      await input.converts('日本|語で|');
      await input.converts('|二本|語で');
      await others();
      await input.converts('|日本語|で');
      expect(await wordsOf(window, 'finance')).toEqual([expected(soFar.replace(chosen, '日本語で'), writes - 3)]);
      await input.chooses(chosen);
      await becomes(() => wordsOf(window, 'finance'), [expected(soFar, writes)]);
    }
    await window.saved();
    await until(other, () => wordsIn(other, `position:${group.delegations[0]}`, 'finance') === expected('日本語で二本後で', 6), 'the other side reads the same');
  });

  it('beside words of the other side and beside own struck words it writes where the caret is', async () => {
    const { window, doc, input } = await setup();
    const other = await fixture().group.ocHead.open(doc);
    retype(other, 'reply', '在二十四', '尽快在二十四');
    await other.saved();
    await window.provision('reply').locator('[data-bracket]', { hasText: '尽快' }).waitFor();
    await window.caretAfter('reply', '应当');
    await input.composes('xu', 'xu yao');
    await input.chooses('需要');
    await becomes(() => wordsOf(window, 'reply'), ['被请求方应当需要在二十四小时内予以确认。']);
    await window.page.keyboard.press('Home');
    for (let i = 0; i < 4; i++) await window.page.keyboard.press('Delete');
    await becomes(() => wordsOf(window, 'reply'), ['应当需要在二十四小时内予以确认。']);
    await window.page.keyboard.press('Home');
    await input.composes('w', 'wo', 'wo fang');
    await input.chooses('我方');
    await becomes(() => wordsOf(window, 'reply'), ['我方应当需要在二十四小时内予以确认。']);
    await window.saved();
  });

  it('a composition that is given up leaves nothing; one over a selection of two provisions takes the words, not the provisions', async () => {
    const { window, doc, input } = await setup();
    await window.caretAfter('reply', '被请求方');
    await input.composes('n', 'ni');
    await input.cancels();
    await becomes(() => wordsOf(window, 'reply'), [REPLY]);
    await window.saved();
    await selectsBetween(window, ['hacking', '竞争'], ['reply', '被请求方']);
    await input.composes('n', 'ni');
    await input.chooses('你');
    await window.saved();
    const client = await fixture().group.az.open(doc);
    const position = `position:${fixture().group.delegations[0]}` as const;
    // What was composed goes out when it has ended, a moment after it stands on the screen (E8).
    await until(client, () => wordsIn(client, position, 'hacking').endsWith('竞争你'), 'what was composed is sent');
    expect(await wordsOf(window, 'hacking')).toEqual([wordsIn(client, position, 'hacking')]);
    expect(await wordsOf(window, 'reply')).toEqual([wordsIn(client, position, 'reply')]);
    expect(`${wordsIn(client, position, 'hacking')}|${wordsIn(client, position, 'reply')}`).toBe('任何一方不得通过网络窃取知识产权，以获得竞争你|应当在二十四小时内予以确认。');
  });

  it('brackets of Chinese text stand on the words that differ, and are accepted', async () => {
    const { window: az, doc } = await setup();
    const other = await fixture().group.ocHead.open(doc);
    retype(other, 'reply', '二十四', '四十八');
    retype(other, 'reply', '确认', '书面确认');
    await other.saved();
    await fixture().group.parley.later();
    const head = await fixture().at('azHead', doc);
    await performs(card(head, /replace “二十四小时” by “四十八小时”/).getByRole('button', { name: 'Accept' }));
    await becomes(() => wordsOf(az, 'reply'), ['被请求方应当在四十八小时内予以确认。']);
    // The step of the acceptance, which may still stand there, names it too as what stays open.
    await head.page.getByRole('article', { name: /insert “书面”/ }).waitFor();
    expect(await head.provision('reply').locator('.br').allInnerTexts()).toEqual(['Ochre proposes:\n[OC书面]']);
    await head.shot('chinese');
  });
});
