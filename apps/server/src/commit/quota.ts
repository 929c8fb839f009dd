/** How much may wait. */
export interface QuotaLimit { readonly jobs: number; readonly bytes: number }

/** How much waits of one sort. */
export class Quota {
  jobs = 0;
  bytes = 0;

  constructor(private readonly most: QuotaLimit) {}

  takes(weight: number): boolean {
    return this.jobs < this.most.jobs && this.bytes + weight <= this.most.bytes;
  }

  add(weight: number): void {
    this.jobs += 1;
    this.bytes += weight;
  }

  drop(weight: number): void {
    this.jobs -= 1;
    this.bytes -= weight;
  }
}

/** The same by user or by subject; those of whom nothing waits are not remembered. */
export class Quotas {
  private readonly loads = new Map<string, Quota>();

  constructor(private readonly most: QuotaLimit) {}

  takes(whose: string, weight: number): boolean {
    return this.loads.get(whose)?.takes(weight) ?? weight <= this.most.bytes;
  }

  add(whose: string, weight: number): void {
    const load = this.loads.get(whose) ?? new Quota(this.most);
    this.loads.set(whose, load);
    load.add(weight);
  }

  drop(whose: string, weight: number): void {
    const load = this.loads.get(whose)!;
    load.drop(weight);
    if (load.jobs === 0) this.loads.delete(whose);
  }
}
