import type { Reporter, TestModule } from 'vitest/node';

/** Journeys of several processes name the balancer that they are behind. */
const BEHIND = /behind a balancer, (.+?) > /;

/** Prints the one line that ends a run: `412 passed, 0 failed`, and which balancers were tried, if any was. A module that could not even load counts as a failure. */
class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]) {
    let passed = 0;
    let failed = unhandled.length;
    const balancers = new Set<string>();
    for (const module of modules) {
      if (module.errors().length > 0) failed += 1;
      for (const test of module.children.allTests()) {
        const behind = BEHIND.exec(test.fullName)?.[1];
        if (behind !== undefined && test.result().state !== 'skipped') balancers.add(behind);
        if (test.result().state === 'passed') passed += 1;
        else failed += 1;
      }
    }
    process.on('exit', () => console.log(`${passed} passed, ${failed} failed${balancers.size > 0 ? ` (balancers tried: ${[...balancers].join(', ')})` : ''}`));
  }
}

export { ClosingLine as default };
