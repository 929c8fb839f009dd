/** One line of the table. `ratio`: how many times the baseline that stands right below it, by the middle value. */
export interface Row {
  readonly section: string;
  readonly name: string;
  readonly unit: string;
  readonly p50: number;
  readonly p95?: number;
  readonly p99?: number;
  /** How often it was measured. */
  readonly n?: number;
  readonly ratio?: number;
  /** How much of one core the busiest of the processes took that typed and read: near 1, it is them who were measured. */
  readonly clients?: number;
  readonly aim?: Aim;
}

export interface Aim { readonly text: string; readonly met: boolean }

/** The value below which that share of `values` lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** A row of many measurements in milliseconds. */
export const timed = (section: string, name: string, values: readonly number[]): Row =>
  ({ section, name, unit: 'ms', p50: percentile(values, 0.5), p95: percentile(values, 0.95), p99: percentile(values, 0.99), n: values.length });

/** The row, and how it compares to the baseline. */
export const against = (row: Row, baseline: Row): Row => ({ ...row, ratio: row.p50 / baseline.p50 });

export const aiming = (row: Row, text: string, met: boolean): Row => ({ ...row, aim: { text, met } });

const written = (value: number | undefined): string =>
  value === undefined ? '' : value >= 10_000 ? Math.round(value).toLocaleString('en') : value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(3);

const COLUMNS = ['p50', 'p95', 'p99', 'ratio', 'n', 'clients'] as const;

/** All rows as one table of text, a heading for each section with the columns that it has. */
export function tableOf(rows: readonly Row[]): string {
  const width = Math.max(...rows.flatMap((r) => [r.name.length + r.unit.length + 6, r.section.length])) + 1;
  const line = (name: string, cells: readonly string[], aim?: Aim) =>
    `${name.padEnd(width)}${cells.map((cell) => cell.padStart(9)).join('')}${aim ? `  aim ${aim.text}: ${aim.met ? 'met' : 'NOT MET'}` : ''}`.trimEnd();
  const cells = (row: Row) => COLUMNS.map((column) => (column === 'n' ? row.n?.toLocaleString('en') ?? '' : written(row[column])));
  return [...new Set(rows.map((r) => r.section))].flatMap((section) => {
    const here = rows.filter((r) => r.section === section);
    const titles = COLUMNS.map((column) => (column === 'p50' ? here.some((r) => r.p95 !== undefined) : here.some((r) => r[column] !== undefined)) ? column : '');
    return ['', line(section, titles), ...here.map((row) => line(`  ${row.name} (${row.unit})`, cells(row), row.aim))];
  }).join('\n');
}
