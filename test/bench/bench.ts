import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { browserThere } from '../support/find-browser.mjs';
import type { Parley } from '../support/parley.ts';
import { type WorkingGroup, workingGroup } from '../support/working-group.ts';
import { atLimits } from './at-limits.ts';
import { balanced } from './balanced.ts';
import { bundle } from './bundle.ts';
import { coldOpen, history } from './cold-open.ts';
import { started, starts } from './cold-start.ts';
import { comparing } from './comparing.ts';
import { cost, warmUp, tenIn } from './cost.ts';
import { fanOut } from './fan-out.ts';
import { type Row, tableOf } from './figures.ts';
import { latency } from './latency.ts';
import { BRIEF, FULL } from './length.ts';
import { manyGroups } from './many-groups.ts';
import { memory } from './memory.ts';
import { paper, PROVISIONS } from './paper.ts';
import { canLook } from './processes.ts';
import { documents, inMany, inOne } from './saturation.ts';
import { BenchFixture } from './bench-fixture.ts';

/** `profile`: the folder for the server's processor profile, as `--cpu-prof` writes it; the figures are those of a server that is watched then. */
interface Asked { readonly full: boolean; readonly json: string | null; readonly profile: string | null }

function asked(): Asked {
  try {
    const { values } = parseArgs({ options: { full: { type: 'boolean' }, json: { type: 'string' }, profile: { type: 'string' } } });
    return { full: values.full ?? false, json: values.json ?? null, profile: values.profile ?? null };
  } catch {
    console.error('Usage: npm run bench [-- [--full] [--json FILE] [--profile FOLDER]]');
    process.exit(2);
  }
}

const DOCUMENTS = 100;

const { full, json, profile } = asked(), length = full ? FULL : BRIEF;
const load = loadavg()[0]!, begun = performance.now();
let durability = '';

/** Everything that is measured between two servers. Gives the documents as well. */
async function atBoth(group: WorkingGroup): Promise<{ rows: Row[]; docs: readonly string[] }> {
  const fixture = await BenchFixture.beside(group.parley, group);
  try {
    durability = await fixture.typed?.durability() ?? 'fsync and synchronous_commit not looked at';
    const doc = await group.negotiate(paper(PROVISIONS)), docs = await documents(group, DOCUMENTS);
    await warmUp(fixture, await group.negotiate(paper(PROVISIONS)));
    const rows = [...await latency(fixture, doc, length), ...await fanOut(fixture, doc, length)];
    for (const on of ['parley', 'bare'] as const) await fixture.sit(on, tenIn(doc));
    rows.push(...await cost(fixture, doc, length), ...await inOne(fixture, doc, length));
    for (const on of ['parley', 'bare'] as const) await fixture.rise(on, tenIn(doc).cast);
    return { rows: [...rows, ...await inMany(fixture, docs, length)], docs };
  } finally {
    await fixture.end();
  }
}

async function withNewServers(parley: Parley, group: WorkingGroup, docs: readonly string[]): Promise<Row[]> {
  const fixture = await BenchFixture.beside(parley, group);
  try {
    return await memory(fixture, docs);
  } finally {
    await fixture.end();
  }
}

const fresh = await started(mkdtempSync(path.join(tmpdir(), 'parley-bench-')));
await fresh.parley.stop({ keep: true });
const { data } = fresh.parley;
let running: { stop(): Promise<void> } | null = null;
try {
  const rows = comparing(length.keystrokesCompared), group = await workingGroup({ data, ...(profile !== null && { flags: ['--cpu-prof', `--cpu-prof-dir=${path.resolve(profile)}`] }) });
  running = { stop: () => group.end({ keep: true }) };
  const { rows: between, docs } = await atBoth(group), limits = await atLimits(group, length), long = await history(group, length.history);
  await running.stop();
  const again = await started(data);
  running = again.parley;
  rows.push(...between, ...limits, ...await withNewServers(again.parley, group, docs));
  await again.parley.stop({ keep: true });
  running = null;
  if (long) rows.push(...await coldOpen(data, long, length.kills));
  rows.push(...await balanced(length), ...await manyGroups(length), ...starts(fresh, again), ...bundle());
  const seconds = (performance.now() - begun) / 1_000;
  console.log(tableOf(rows));
  console.log(`\nratio: times the baseline in the row below. clients: how much of one core the busiest of the bench's own processes took.`);
  console.log(`Parley's PostgreSQL: ${durability}. Node ${process.version}, ${cpus().length} cores, load ${load.toFixed(1)} at the start, ${seconds.toFixed(0)} s${full ? ', at full length' : ''}.`);
  if (!canLook) console.log('What processes take of processors and memory is read from /proc, which is Linux alone: those rows are missing here.');
  if (browserThere() === undefined) console.log('What a page takes on the screen is measured in Chromium, which was not found: those rows are missing here.');
  if (json !== null) writeFileSync(json, `${JSON.stringify({ node: process.version, cores: cpus().length, load, seconds, full, durability, rows }, null, 2)}\n`);
} finally {
  await running?.stop().catch(() => undefined);
  rmSync(data, { recursive: true, force: true });
}
