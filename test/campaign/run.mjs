// The campaign: `npm run campaign`, in at most ten minutes; `npm run campaign -- --long` for a night, `-- --json FILE` to keep the figures as well,
// `-- --row NAME --seed N` to repeat one row. It builds Parley as `npm start` does and tries to break what was built. `-- --sabotage RULE` leaves out one rule in a
// row's own harness: the row must then fail; `-- --prove` tries the small form of every row, and again without each of its rules. Nothing else should run.
import { runBuilt } from '../support/built.mjs';

runBuilt('campaign');
