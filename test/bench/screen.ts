// What a document at its limits costs on the screen: how long it takes to open, and a key in it. By hand, after `npm run build`:
//   npx vite build --config test/bench/vite.config.ts && node --enable-source-maps test/dist/screen.js [--provisions N] [--characters N] [--profile FILE | --trace FILE]
// `--trace` keeps what Chromium itself did meanwhile, and `--profile` what the page's processor time went into, opening and typing apart, for Chrome's developer tools.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { DocumentClient } from '@parley/sync';
import { AUTHENTIC_LANGUAGE, type Text } from '@parley/text';
import type { CDPSession } from 'playwright-core';
import { launch, type Window } from '../support/browser.ts';
import { changesAtLimits, paperAtLimits } from '../support/document-at-limits.ts';
import { until } from '../support/person.ts';
import { workingGroup } from '../support/working-group.ts';
import { openedIn, ready, signedIn, typedIn } from './page-times.ts';

const { values } = parseArgs({ options: { provisions: { type: 'string', default: '1000' }, characters: { type: 'string', default: '450000' }, profile: { type: 'string' }, trace: { type: 'string' }, plain: { type: 'boolean' } } });
const provisions = Number(values.provisions), characters = Number(values.characters);
const AT_ONCE = 40;

const TRACED = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'blink', 'blink.user_timing', 'cc', 'toplevel', 'v8', 'disabled-by-default-v8.gc', 'accessibility', 'benchmark', 'viz'];

const rounded = (ms: number): string => ms.toFixed(ms < 10 ? 1 : 0);
const percentile = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;

/** All that a side changes, in updates that a room takes. */
async function changes(client: DocumentClient, text: Text, seed: number): Promise<void> {
  const edits = changesAtLimits(text, seed);
  for (let at = 0; at < edits.length; at += AT_ONCE) {
    client.edit(edits.slice(at, at + AT_ONCE));
    await client.saved();
  }
}

async function profiled<T>(session: CDPSession | null, name: string, run: () => Promise<T>): Promise<T> {
  if (values.trace !== undefined) {
    await browser.startTracing(undefined, { path: `${values.trace}-${name}.json`, categories: TRACED });
    const result = await run();
    await browser.stopTracing();
    return result;
  }
  if (!session || values.profile === undefined) return run();
  await session.send('Profiler.start');
  const result = await run(), { profile } = await session.send('Profiler.stop');
  writeFileSync(`${values.profile}-${name}.cpuprofile`, JSON.stringify(profile));
  return result;
}

/** What the page's processor time went into so far, in milliseconds. */
const spent = async (session: CDPSession): Promise<Map<string, number>> => new Map((await session.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, 1_000 * value]));

async function typed(window: Window, session: CDPSession, id: string): Promise<{ keys: number[]; each: (name: string) => string }> {
  const before = await spent(session), keys = await typedIn(window, id), after = await spent(session);
  return { keys: keys.sort((a, b) => a - b), each: (name) => rounded((after.get(name)! - before.get(name)!) / keys.length) };
}

const group = await workingGroup({ data: mkdtempSync(path.join(tmpdir(), 'parley-bench-')) }), browser = await launch();
try {
  const paper = paperAtLimits(provisions, characters), doc = await group.negotiate(paper);
  const [az, oc] = await Promise.all([group.azHead.open(doc), group.ocHead.open(doc)]);
  await until(az, () => az.text('common').list.length === provisions, 'the text is there');
  if (!values.plain) await Promise.all([changes(az, az.text('common'), 11), changes(oc, oc.text('common'), 29)]);
  await az.stop();
  const window = await signedIn(browser, group, group.azHead);
  const metrics = await window.context.newCDPSession(window.page), session = values.profile === undefined ? null : metrics;
  await metrics.send('Performance.enable', { timeDomain: 'threadTicks' });
  await session?.send('Profiler.enable');
  const first = await profiled(session, 'opening', () => openedIn(window, doc)), opened = [first, await openedIn(window, doc)];
  const id = `p${Math.floor(provisions / 2)}`;
  await ready(window, id);
  const { keys, each } = await profiled(session, 'typing', () => typed(window, metrics, id));
  console.log(`${provisions} provisions, ${characters} characters${values.plain ? '' : ', both sides’ changes'}, ${await window.page.locator('.ProseMirror').evaluate((text) => text.querySelectorAll('*').length)} elements in the text of ${await window.page.evaluate(() => document.querySelectorAll('*').length)}`);
  console.log(`opens in ${opened.map(({ painted }) => rounded(painted)).join(', ')} ms; counted after ${opened.map(({ counted }) => rounded(counted)).join(', ')} ms`);
  console.log(`a key: p50 ${rounded(percentile(keys, 0.5))}, p95 ${rounded(percentile(keys, 0.95))}, at most ${rounded(keys.at(-1)!)} ms (${keys.length})`);
  console.log(`processor time of the page for a key: ${each('TaskDuration')} ms; scripts ${each('ScriptDuration')}, styles ${each('RecalcStyleDuration')}, layout ${each('LayoutDuration')}`);
  console.log(`heap ${rounded(await window.page.evaluate(() => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize / 1e6))} MB, ${AUTHENTIC_LANGUAGE}, errors ${window.errors.length}`);
} finally {
  await browser.close();
  await group.end();
}
