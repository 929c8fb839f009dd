import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { holds, type Outcome, type Row, type Size } from './row.ts';
import { ROWS } from './rows.ts';
import { closeSites } from './site.ts';

const USAGE = 'Usage: npm run campaign [-- [--long | --small] [--json FILE] [--row NAME] [--seed N] [--sabotage RULE | --prove]]';

function asked() {
  try {
    return parseArgs({ options: {
      long: { type: 'boolean' }, small: { type: 'boolean' }, json: { type: 'string' }, row: { type: 'string' }, seed: { type: 'string' }, sabotage: { type: 'string' }, prove: { type: 'boolean' },
    } }).values;
  } catch (error) {
    return wrong(String((error as Error).message));
  }
}

function wrong(what: string): never {
  console.error(`${what}\n${USAGE}\nRows: ${ROWS.map((row) => `${row.name} (rules: ${Object.keys(row.rules).join(', ')})`).join('; ')}`);
  process.exit(2);
}

const { long, small, json, row: wanted, seed: given, sabotage = null, prove = false } = asked();
const size: Size = long ? 'long' : small || prove ? 'small' : 'usual';
const seed = given !== undefined ? Number(given) : prove ? 1 : 1 + Math.floor(Math.random() * 1_000_000);
const rows = wanted === undefined ? ROWS : ROWS.filter((row) => row.name === wanted);
if (rows.length === 0) wrong(`there is no row ${wanted}`);
if (!Number.isSafeInteger(seed)) wrong(`${given} is no seed`);
if (prove && (long || sabotage !== null)) wrong('--prove leaves out every rule, in the small form');
if (sabotage !== null && !rows.some((row) => sabotage in row.rules)) wrong(`no such rule: ${sabotage}`);

/** A row with nothing left out, or without one of its rules. */
interface Trial { readonly row: Row; readonly without: string | null }

const withoutOf = (row: Row): readonly (string | null)[] => (prove ? [null, ...Object.keys(row.rules)] : [sabotage !== null && sabotage in row.rules ? sabotage : null]);
const trials: readonly Trial[] = rows.flatMap((row) => withoutOf(row).map((without) => ({ row, without })));

async function outcomeOf({ row, without }: Trial): Promise<Outcome> {
  try {
    return await row.run({ size, seed, sabotage: without });
  } catch (error) {
    return { tried: 0, violations: 1, lost: 0, figures: {}, what: [`it did not come to its end: ${(error as Error).stack ?? String(error)}`] };
  }
}

/** Does a trial say what it should: that the row holds, or when it is to prove that a rule is needed, that it fails without? What was not tried proves nothing. */
const isRight = ({ without }: Trial, outcome: Outcome): boolean => (prove && without !== null ? outcome.tried > 0 && outcome.violations + outcome.lost > 0 : holds(outcome));

const nameOf = ({ row, without }: Trial): string => (without === null ? row.name : `${row.name} without ${without}`);

function print(trial: Trial, { tried, violations, lost, figures, what, couldNotRun }: Outcome, right: boolean, seconds: number): void {
  console.log(`${nameOf(trial).padEnd(14)} tried ${tried}, violations ${violations}, lost ${lost}  (${seconds.toFixed(0)} s)`);
  if (couldNotRun !== undefined) console.log(`               COULD NOT RUN HERE, and so shows nothing: ${couldNotRun}`);
  if (right && prove && trial.without !== null) return;
  if (Object.keys(figures).length > 0) console.log(`               ${Object.entries(figures).map(([name, value]) => `${name} ${value}`).join(', ')}`);
  if (!right && prove && trial.without !== null) console.log('               ! it holds without this rule: the row cannot tell');
  for (const line of what) console.log(`               ! ${line}`);
}

const started = performance.now(), results: object[] = [];
let failed = 0;
console.log(`The campaign, ${size}, seed ${seed}. Node ${process.version}, ${cpus().length} cores, load ${loadavg()[0]!.toFixed(1)}.\n`);
for (const trial of trials) {
  const began = performance.now(), outcome = await outcomeOf(trial), seconds = (performance.now() - began) / 1_000, right = isRight(trial, outcome), { row, without } = trial;
  print(trial, outcome, right, seconds);
  results.push({ name: row.name, ...(without !== null && { without }), seed, tried: outcome.tried, violations: outcome.violations, lost: outcome.lost, ...outcome.figures, seconds: Math.round(seconds), what: outcome.what, ...(outcome.couldNotRun !== undefined && { couldNotRun: outcome.couldNotRun }) });
  if (right) continue;
  failed += 1;
  const flags = [size === 'usual' ? [] : [`--${size}`], ['--row', row.name, '--seed', outcome.repeat ?? seed], without === null ? [] : ['--sabotage', without]].flat();
  console.log(`               To repeat: npm run campaign -- ${flags.join(' ')}`);
}
await closeSites();
const summary = prove ? `${trials.length - failed} of ${trials.length} trials say what they should: each row holds, and fails without any one of its rules` : `${trials.length - failed} rows hold, ${failed} failed`;
console.log(`\n${summary}, ${((performance.now() - started) / 1_000).toFixed(0)} s.`);
if (json !== undefined) writeFileSync(json, `${JSON.stringify({ size, seed, node: process.version, cores: cpus().length, rows: results }, null, 2)}\n`);
process.exit(failed === 0 ? 0 : 1);
