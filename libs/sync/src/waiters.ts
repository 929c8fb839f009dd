/** Those who wait until everything is acknowledged. */
export class Waiters {
  private waiting: { resolve(entry: number): void; reject(error: Error): void }[] = [];

  wait(): Promise<number> {
    return new Promise((resolve, reject) => void this.waiting.push({ resolve, reject }));
  }

  resolve(entry: number): void {
    for (const one of this.waiting.splice(0)) one.resolve(entry);
  }

  reject(error: Error): void {
    for (const one of this.waiting.splice(0)) one.reject(error);
  }
}
