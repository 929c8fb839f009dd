import type { Response } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Window } from '../support/browser.ts';
import { becomes, useBrowserFixture } from '../support/browser-fixture.ts';
import { provision } from '../support/rules-fixture.ts';

const fixture = useBrowserFixture('first-page');

/** What stands in each library's own code, however it was made small. */
const TELLS: Readonly<Record<string, RegExp>> = { schemas: /too_small/, Yjs: /Yjs was already imported/, editor: /ProseMirror-/, 'reader of HTML': /malignmark/ };

/** Loads a page with nothing kept from before; which of the libraries its scripts bring until it has come to rest. */
async function brought(window: Window, path: string, ready: () => Promise<void>): Promise<string[]> {
  const scripts: Promise<string>[] = [], onResponse = (response: Response) => { if (response.request().resourceType() === 'script') scripts.push(response.text()); };
  window.page.on('response', onResponse);
  await window.page.goto(`${fixture().url}${path}`);
  await ready();
  await window.page.waitForLoadState('networkidle');
  window.page.off('response', onResponse);
  const code = await Promise.all(scripts);
  expect(code.length).toBeGreaterThan(0);
  return Object.keys(TELLS).filter((name) => code.some((text) => TELLS[name]!.test(text)));
}

it('[V7] signing in and the list of documents come without schemas, Yjs, the editor and the reader of HTML; a document brings those that it needs', async () => {
  const doc = await fixture().group.negotiate([provision('p', 'A reply is due.')], 'Understanding');
  const stranger = await fixture().anybody(), az = await fixture().further('az');
  expect(await brought(stranger, '/', () => stranger.page.getByRole('heading', { name: 'Sign in' }).waitFor())).toEqual([]);
  await stranger.page.getByRole('button', { name: 'Use a recovery code' }).click();
  await stranger.page.getByLabel('Recovery code').waitFor();
  expect(await brought(az, '/', () => az.page.getByText('Understanding').first().waitFor())).toEqual([]);
  const writer = await fixture().further('az');
  expect(await brought(writer, `/documents/${doc}`, () => writer.saved())).toEqual(expect.arrayContaining(['Yjs', 'editor']));
  await becomes(async () => stranger.errors, []);
});
