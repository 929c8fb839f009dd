import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { holds, type Outcome, type Row, type Size } from './row.ts';
import { ROWS } from './rows.ts';
import { closeSites } from './site.ts';

const USAGE = 'Usage: npm run campaign [-- [--long | --small] [--json FILE] [--row NAME] [--seed N] [--sabotage RULE]]';

function asked() {
  try {
    return parseArgs({ options: {
      long: { type: 'boolean' }, small: { type: 'boolean' }, json: { type: 'string' }, row: { type: 'string' }, seed: { type: 'string' }, sabotage: { type: 'string' },
    } }).values;
  } catch (error) {
    return wrong(String((error as Error).message));
  }
}

function wrong(what: string): never {
  console.error(`${what}\n${USAGE}\nRows: ${ROWS.map((row) => `${row.name} (rules: ${Object.keys(row.rules).join(', ')})`).join('; ')}`);
  process.exit(2);
}

const { long, small, json, row: wanted, seed: given, sabotage = null } = asked();
const size: Size = long ? 'long' : small ? 'small' : 'usual';
const seed = given === undefined ? 1 + Math.floor(Math.random() * 1_000_000) : Number(given);
const rows = wanted === undefined ? ROWS : ROWS.filter((row) => row.name === wanted);
if (rows.length === 0) wrong(`there is no row ${wanted}`);
if (!Number.isSafeInteger(seed)) wrong(`${given} is no seed`);
if (sabotage !== null && !rows.some((row) => sabotage in row.rules)) wrong(`no such rule: ${sabotage}`);

async function outcomeOf(row: Row): Promise<Outcome> {
  try {
    return await row.run({ size, seed, sabotage: sabotage !== null && sabotage in row.rules ? sabotage : null });
  } catch (error) {
    return { tried: 0, violations: 1, lost: 0, figures: {}, what: [`it did not come to its end: ${(error as Error).stack ?? String(error)}`] };
  }
}

function tell(row: Row, { tried, violations, lost, figures, what, couldNotRun }: Outcome, seconds: number): void {
  console.log(`${row.name.padEnd(14)} tried ${tried}, violations ${violations}, lost ${lost}  (${seconds.toFixed(0)} s)`);
  if (Object.keys(figures).length > 0) console.log(`               ${Object.entries(figures).map(([name, value]) => `${name} ${value}`).join(', ')}`);
  if (couldNotRun !== undefined) console.log(`               COULD NOT RUN HERE, and so shows nothing: ${couldNotRun}`);
  for (const line of what) console.log(`               ! ${line}`);
}

const started = performance.now(), results: object[] = [];
let failed = 0;
console.log(`The campaign, ${size}, seed ${seed}. Node ${process.version}, ${cpus().length} cores, load ${loadavg()[0]!.toFixed(1)}.\n`);
for (const row of rows) {
  const began = performance.now(), outcome = await outcomeOf(row), seconds = (performance.now() - began) / 1_000;
  tell(row, outcome, seconds);
  results.push({ name: row.name, seed, tried: outcome.tried, violations: outcome.violations, lost: outcome.lost, ...outcome.figures, seconds: Math.round(seconds), what: outcome.what, ...(outcome.couldNotRun !== undefined && { couldNotRun: outcome.couldNotRun }) });
  if (holds(outcome)) continue;
  failed += 1;
  const flags = [size === 'usual' ? [] : [`--${size}`], ['--row', row.name, '--seed', outcome.repeat ?? seed], sabotage === null ? [] : ['--sabotage', sabotage]].flat();
  console.log(`               To repeat: npm run campaign -- ${flags.join(' ')}`);
}
await closeSites();
console.log(`\n${rows.length - failed} rows hold, ${failed} failed, ${((performance.now() - started) / 1_000).toFixed(0)} s.`);
if (json !== undefined) writeFileSync(json, `${JSON.stringify({ size, seed, node: process.version, cores: cpus().length, rows: results }, null, 2)}\n`);
process.exit(failed === 0 ? 0 : 1);
