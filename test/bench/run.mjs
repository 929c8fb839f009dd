// The bench: `npm run bench`, about a minute; `npm run bench -- --full`, about ten, measures longer; `--json FILE` keeps the figures as well, and
// `--profile FOLDER` what the server's processor time went into, for Chrome's developer tools. It builds Parley as
// `npm start` does, then measures what was built, each thing against a baseline of the same run: on another machine, or a busier one, the ratios say more than the
// milliseconds. Nothing else should run.
//
// To repeat one figure by hand: everything starts in bench.ts, one file for each section of the table. What is not here (npm's cache, the time of the tests) is
// measured with `time npm ci` and `time npm test`.
import { runBuilt } from '../support/built.mjs';

runBuilt('bench');
