import { expect, it } from 'vitest';
import type { Window } from '../support/browser.ts';
import { becomes, useBrowserFixture } from '../support/browser-fixture.ts';
import { newSecret } from '../support/person.ts';
import { provision } from '../support/rules-fixture.ts';

const fixture = useBrowserFixture('policy');

const stopped = (window: Window): string[] => window.errors.filter((error) => error.startsWith('policy:'));

it('[Z9] no page does anything that the content security policy stops, not even as a try', async () => {
  const { group, url } = fixture();
  const doc = await group.negotiate([provision('reply', 'Each side shall reply within 24 hours.')], 'Understanding');
  const draft = await group.draft([provision('paper', 'A working paper.')], 'Paper');
  const stranger = await fixture().anybody();
  for (const [path, ready] of [['/', 'Sign in'], [`/link#${newSecret()}`, 'This link opens nothing'], [`/link#${await group.azHead.invites('negotiator', group.delegations[0])}`, 'Test Dialogue']] as const) {
    // A fragment alone loads no page anew.
    await stranger.page.goto('about:blank');
    await stranger.page.goto(`${url}${path}`);
    await stranger.page.getByRole('heading', { name: ready }).first().waitFor();
  }
  for (const [who, path, ready] of [
    ['azHead', '/', 'Understanding'], ['azHead', '/people', 'People'], ['admin', '/people', 'People'], ['chair', '/open', 'Open a document'], ['azHead', `/documents/${doc}/history`, 'Understanding'], ['auditor', `/documents/${doc}/history`, 'Understanding'],
    ['azHead', '/nowhere', ''],
  ] as const) {
    const { page } = await fixture().at(who);
    await page.goto(`${url}${path}`);
    await (ready === '' ? page.getByRole('heading') : page.getByText(ready)).first().waitFor();
  }
  for (const [who, paper] of [['azHead', doc], ['auditor', doc], ['az', draft]] as const) await (await fixture().at(who, paper)).saved();
  for (const window of [stranger, ...await Promise.all((['azHead', 'az', 'admin', 'chair', 'auditor'] as const).map((who) => fixture().at(who)))]) expect(stopped(window)).toEqual([]);
});

it('[Z9] what it stops is seen here, also where it is hidden', async () => {
  const window = await fixture().anybody();
  await window.page.goto(fixture().url);
  await window.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await window.page.evaluate(() => {
    const script = document.createElement('script');
    script.nonce = document.querySelector('script')!.nonce;
    // What the debugger itself runs is let through: this runs later, by itself.
    script.textContent = 'setTimeout(() => { try { new Function("") } catch { /* as a library would */ } })';
    document.head.append(script);
  });
  await becomes(async () => stopped(window).map((error) => error.split(' ').slice(0, 3).join(' ')), ['policy: script-src eval']);
  window.errors.length = 0;
});
