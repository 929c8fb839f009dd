import { rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { bundle } from './bundle.ts';
import { coldStart } from './cold-start.ts';
import { comparing } from './comparing.ts';
import { tableOf } from './figures.ts';
import { latency } from './latency.ts';

/** `--json FILE`: where the figures go as well. */
function fileNamed(args: readonly string[]): string | null {
  if (args.length === 0) return null;
  if (args.length === 2 && args[0] === '--json') return args[1]!;
  console.error('Usage: npm run bench [-- --json FILE]');
  process.exit(2);
}

const file = fileNamed(process.argv.slice(2));
const load = loadavg()[0]!, started = performance.now();
const { rows: starts, data } = await coldStart();
try {
  const rows = [...comparing(), ...await latency(data), ...starts, ...bundle()];
  const seconds = (performance.now() - started) / 1_000;
  console.log(tableOf(rows));
  console.log(`\nratio: times the row below it. Node ${process.version}, ${cpus().length} cores, load ${load.toFixed(1)} at the start, ${seconds.toFixed(0)} s.`);
  if (file !== null) writeFileSync(file, `${JSON.stringify({ node: process.version, cores: cpus().length, load, seconds, rows }, null, 2)}\n`);
} finally {
  rmSync(data, { recursive: true, force: true });
}
