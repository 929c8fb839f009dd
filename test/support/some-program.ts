import { afterAll } from 'vitest';
import { onProgram } from './programs.ts';

let programs = 0;
onProgram(() => { programs += 1; });

/** So that no spec that needs nothing is left out of `npm run test:fast` by its name. */
afterAll(() => {
  if (programs === 0) throw new Error('this spec starts no program: it is called ….spec.ts, so that npm run test:fast tries it');
});
