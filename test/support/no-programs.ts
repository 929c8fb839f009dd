import { onProgram } from './programs.ts';

onProgram((program) => {
  throw new Error(`this spec starts ${program}: a spec that needs a database is called ….database.spec.ts, one that needs a server or a browser stands in test/journeys or test/browser`);
});
