import { describe, expect, it } from 'vitest';
import type { Window } from '../support/browser.ts';
import { becomes, card, useBrowserFixture } from '../support/browser-fixture.ts';
import { retype } from '../support/person.ts';
import { provision } from '../support/rules-fixture.ts';

const fixture = useBrowserFixture('struck');

const DUTY = 'Each side undertakes not to support, by means of providing technical or financial assistance, the theft of trade secrets.';

/** What stands on the screen with a line through it, stretch by stretch as the line is drawn; a line that goes through a block goes through all words in it. */
const lined = (window: Window, within: string): Promise<string[]> => window.page.locator(within).first().evaluate((root) => {
  const found: string[] = [], walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const isLined = (node: Node): boolean => {
    for (let at = node.parentElement; at && at !== document.body; at = at.parentElement) {
      const { textDecorationLine, display, position } = getComputedStyle(at);
      if (textDecorationLine.includes('line-through')) return true;
      if (display.startsWith('inline-') || position === 'absolute') return false;
    }
    return false;
  };
  let before: Node | null = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!isLined(node)) { if (node.textContent !== '') before = null; continue; }
    if (before) found.push(found.pop()! + node.textContent!); else found.push(node.textContent!);
    before = node;
  }
  return found;
});

interface AccessibleNode { readonly nodeId: string; readonly role?: { readonly value?: string }; readonly name?: { readonly value?: string }; readonly childIds?: readonly string[] }

/** What a screen reader is given, from the beginning of the page to its end. */
async function accessibleText(window: Window): Promise<string> {
  const session = await window.context.newCDPSession(window.page), { nodes } = await session.send('Accessibility.getFullAXTree') as { nodes: AccessibleNode[] };
  const by = new Map(nodes.map((node) => [node.nodeId, node]));
  const read = ({ role, name, childIds = [] }: AccessibleNode): string => (role?.value === 'StaticText' ? name?.value ?? '' : childIds.map((id) => read(by.get(id)!)).join(''));
  return read(nodes[0]!).replace(/\u2060/g, '');
}

async function negotiation(): Promise<{ doc: string }> {
  const { group } = fixture();
  const doc = await group.negotiate([
    provision('edge', DUTY, 'paragraph', '1'), provision('end', DUTY, 'paragraph', '2'), provision('chinese', '任何一方不得通过网络窃取知识产权，以获得竞争优势，并应当予以书面确认。', 'paragraph', '3'),
    provision('theirs', DUTY, 'paragraph', '4'), provision('ours', 'Costs are shared.', 'paragraph', '5'), provision('space', 'One two three.', 'paragraph', '6'),
  ]);
  const [az, oc] = await Promise.all([group.azHead.open(doc), group.ocHead.open(doc)]);
  retype(oc, 'edge', ' of providing technical or financial assistance', '');
  retype(oc, 'end', 'by means of providing technical or financial assistance, ', '');
  retype(oc, 'chinese', '以获得竞争优势，并应当', '');
  oc.edit([{ do: 'remove', id: 'theirs' }]);
  az.edit([{ do: 'remove', id: 'ours' }]);
  retype(oc, 'space', 'One two', 'Onetwo');
  retype(oc, 'ours', 'are shared', 'are fully shared');
  await Promise.all([az.saved(), oc.saved()]);
  return { doc };
}

const WORDS = DUTY.split(' ');
const EDGE = 'of providing technical or financial assistance'.split(' '), END = ', by means of providing technical or financial assistance'.split(' '), CHINESE = ['以获得竞争优势，并应当'];

const quoted = (words: readonly string[]): string[] => `“${words.join(' ')}”`.split(' ');

describe('struck words', () => {
  it('[E46] [E20] have a line through each word and through no space, in every seat’s text, in history, on paper; a screen reader is told once whose they are, and where they end', async () => {
    const { doc } = await negotiation(), text = '.ProseMirror';
    for (const name of ['azHead', 'ocHead', 'auditor'] as const) {
      const window = await fixture().at(name, doc);
      await window.page.locator(text).getByText('Costs').waitFor();
      await becomes(() => lined(window, text), [...EDGE, ...END, ...CHINESE, ...WORDS, 'Costs', 'are', 'fully', 'shared.', 'One', 'two']);
      await window.shot(`struck-${name}`);
    }
    const az = await fixture().at('azHead', doc), all = await accessibleText(az);
    expect(all).toContain('by meansOchre deletes:[OC of providing technical or financial assistance]end of deletion, the theft');
    expect(all.split('Ochre deletes:').length - 1).toBe(4);
    await az.page.emulateMedia({ media: 'print' });
    expect(await lined(az, text)).toEqual(expect.arrayContaining([...EDGE, ...END]));
    await az.page.emulateMedia({ media: null });
    await az.page.getByRole('link', { name: 'History' }).click();
    await becomes(async () => (await lined(az, text)).slice(0, 6), EDGE);
  });

  it('[E46] have it so in cards and before an act, too', async () => {
    const { doc } = await negotiation(), az = await fixture().at('azHead', doc), proposal = card(az, /delete “ of providing/);
    await proposal.waitFor();
    await becomes(() => lined(az, '.proposals'), ['“', ...quoted(EDGE).map((word) => word.replace('“', '')), ...quoted(END), '“以获得竞争优势，并应当”', ...quoted(WORDS), '“One', 'two”']);
    await proposal.getByRole('button', { name: /^Accept/ }).click();
    await az.page.locator('.step .reads').waitFor();
    await az.shot('struck-step');
    expect((await lined(az, '.step')).filter((stretch) => /\s/.test(stretch))).toEqual([]);
  });
});
