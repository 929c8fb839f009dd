import { balanced } from './balanced.ts';
import { tableOf } from './figures.ts';
import { BRIEF, FULL } from './length.ts';

console.log(tableOf(await balanced(process.argv.includes('--full') ? { ...FULL, rounds: 3 } : BRIEF)));
process.exit(0);
