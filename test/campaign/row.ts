/** How much a row tries: part of `npm test`, of `npm run campaign`, or of a night. */
export type Size = 'small' | 'usual' | 'long';

export interface Options {
  readonly size: Size;
  readonly seed: number;
  /** The rule to switch off inside the row's own harness; null: none. */
  readonly sabotage: string | null;
}

/** What a row found out. `figures` are printed behind it. */
export interface Outcome {
  readonly tried: number;
  readonly violations: number;
  readonly lost: number;
  readonly figures: Readonly<Record<string, number | string>>;
  /** The first of them, in words. */
  readonly what: readonly string[];
  /** Why this machine does not let the row run at all. */
  readonly couldNotRun?: string;
  /** The seed that shows it soonest, when that is not the one given. */
  readonly repeat?: number;
}

/** One line of the campaign. `rules`: by name, what its harness can leave out so that it must fail. */
export interface Row {
  readonly name: string;
  readonly about: string;
  readonly rules: Readonly<Record<string, string>>;
  /** True when it needs a server and a database as processes. */
  readonly live?: boolean;
  run(options: Options): Promise<Outcome>;
}

const MAX_DETAILS = 12;

/** Collects what a row tries and what goes wrong. Words that were lost are counted apart from all that is merely wrong. */
export class Findings {
  tried = 0;
  violations = 0;
  lost = 0;
  readonly figures: Record<string, number | string> = {};
  private readonly details: string[] = [];

  violation(what: string): void {
    this.violations += 1;
    this.detail(what);
  }

  loss(count: number, what: string): void {
    if (count === 0) return;
    this.lost += count;
    this.detail(`lost: ${what}`);
  }

  check(holds: boolean, what: () => string): void {
    if (!holds) this.violation(what());
  }

  count(figure: string, by = 1): void {
    this.figures[figure] = Number(this.figures[figure] ?? 0) + by;
  }

  outcome(): Outcome {
    const { tried, violations, lost, figures, details } = this;
    return { tried, violations, lost, figures, what: details };
  }

  private detail(what: string): void {
    if (this.details.length < MAX_DETAILS) this.details.push(what.slice(0, 600));
  }
}

/** A row that tried nothing has shown nothing, and does not hold; where the machine does not let it run, that is said. */
export const holds = ({ tried, violations, lost }: Outcome): boolean => violations === 0 && lost === 0 && tried > 0;

/** Middle, 95th, 99th and largest of some milliseconds, as figures of a row. */
export function percentiles(name: string, values: readonly number[]): Record<string, number> {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0) * 10) / 10;
  return { [`${name}P50`]: at(0.5), [`${name}P95`]: at(0.95), [`${name}P99`]: at(0.99), [`${name}Max`]: at(1) };
}
