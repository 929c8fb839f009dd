import { seeded } from '../../libs/text/test-support/seeded.ts';
import { Findings, type Options, type Outcome, type Row, type Size } from './row.ts';
import { type SimulationPlan, Simulation } from './simulation.ts';

type Runs = Readonly<Record<Size, { readonly runs: number; readonly steps: number }>>;

/** What a server says of itself when one of its own parts threw: nothing that a record or a network does explains it. */
const FAULT = /"(job|deliver|answer|load|commit)-failed"/;

/** What the server itself draws by chance comes from the seed as well while a simulation runs, and what it logs is looked at instead of printed. */
export async function repeatable<T>(seed: number, findings: Findings, work: () => Promise<T>): Promise<T> {
  const { random } = Math, { stderr } = process, { write } = stderr;
  Math.random = seeded(seed ^ 0x5eed);
  stderr.write = (line): boolean => { findings.check(!FAULT.test(String(line)), () => String(line)); return true; };
  try {
    return await work();
  } finally {
    Math.random = random;
    stderr.write = write;
  }
}

/** Once: only the first of its kind is done wrong. */
function once<T extends unknown[]>(work: (...args: T) => boolean): (...args: T) => boolean {
  let done = false;
  return (...args) => !done && (done = work(...args));
}

function sabotaged(rule: string | null): Partial<SimulationPlan> {
  let count = 0;
  switch (rule) {
    case 'save-before-saying': return { forgetsCommit: true };
    case 'keep-what-is-typed': return { forgetsKept: true };
    case 'tell-every-commit': return { faults: { passesCommit: () => ++count % 9 !== 0 } };
    case 'know-the-author': return { faults: { takenFor: (user) => (user === 'ann' ? 'anna' : user === 'ben' ? 'bo' : user === 'anna' ? 'ann' : user) } };
    case 'acknowledge-what-is-saved': return { faults: { discards: once((request) => request.update.length > 20) } };
    case 'time-goes-forward': return { timeRunsBack: true };
    default: return {};
  }
}

/** What a seed stands for. */
export const planOf = (seed: number, steps: number, clockJumps: boolean): SimulationPlan => ({ seed, steps, clients: 2 + (seed % 7), clockJumps });

async function simulate({ seed, size, sabotage }: Options, runs: Runs, clockJumps: boolean): Promise<Outcome> {
  const findings = new Findings(), { runs: count, steps } = runs[size], started = performance.now();
  let repeat: number | undefined;
  for (let i = 0; i < count; i++) {
    const before = findings.violations + findings.lost;
    await repeatable(seed + i, findings, () => new Simulation({ ...planOf(seed + i, steps, clockJumps), ...sabotaged(sabotage) }, findings).run());
    if (findings.violations + findings.lost > before) repeat ??= seed + i;
  }
  findings.figures['runs'] = count;
  findings.figures['runsPerSecond'] = Math.round(count / (performance.now() - started) * 10_000) / 10;
  return { ...findings.outcome(), ...(repeat !== undefined && { repeat }) };
}

const RULES = {
  'save-before-saying': 'the record says yes to one append and keeps nothing of it',
  'keep-what-is-typed': 'a page that is loaded again has forgotten what it had kept',
  'tell-every-commit': 'the gateway leaves commits out and says that none is missing',
  'know-the-author': 'the gateway takes one member for another',
  'acknowledge-what-is-saved': 'the gateway acknowledges one update that it throws away',
};

export const simulated: Row = {
  name: 'simulation', rules: RULES,
  about: '2 to 8 clients on connections that drop, delay, stall, partition and deliver late, with reloads and second tabs, edits and acts, over a record that fails',
  run: (options) => simulate(options, { small: { runs: 4, steps: 150 }, usual: { runs: 200, steps: 300 }, long: { runs: 20_000, steps: 500 } }, false),
};

export const clocks: Row = {
  name: 'clocks', rules: { 'time-goes-forward': 'the log gives its entries whatever the clock says' },
  about: 'the same while the server’s clock jumps by an hour and by a day, forward and back',
  run: (options) => simulate(options, { small: { runs: 2, steps: 150 }, usual: { runs: 30, steps: 300 }, long: { runs: 2_000, steps: 500 } }, true),
};
