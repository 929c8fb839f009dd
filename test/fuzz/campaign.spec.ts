import { expect, it, vi } from 'vitest';
import { Findings } from '../campaign/row.ts';
import { ROWS } from '../campaign/rows.ts';
import { planOf, repeatable } from '../campaign/simulated.ts';
import { Simulation } from '../campaign/simulation.ts';
import { smallForm } from '../campaign/small-form.ts';

/** How long a row takes depends on the machine; whether it holds does not. */
vi.setConfig({ testTimeout: 240_000 });

smallForm(ROWS.filter((row) => !row.live));

/** `npm run campaign -- --prove` leaves out each of them. */
const RULES: Readonly<Record<string, readonly string[]>> = {
  'simulation': ['save-before-saying', 'keep-what-is-typed', 'tell-every-commit', 'know-the-author', 'acknowledge-what-is-saved'],
  'clocks': ['time-goes-forward'],
  'processes': ['refuse-a-former-holder', 'serve-no-longer-than-the-lease', 'end-the-commit-before-letting-go', 'keep-what-was-just-taken'],
  'mutated': ['refuse-before-applying', 'let-the-honest-in', 'relay-everything', 'keep-what-passed'],
  'heavy': ['bytes-of-an-update', 'structs-of-an-update', 'work-of-an-update', 'room-of-one', 'asks-at-once', 'asks-under-way', 'bytes-of-a-socket', 'bytes-of-answers', 'share-the-commit', 'end-the-commit', 'leave-room-to-others'],
  'large-acts': ['read-elsewhere', 'take-over-in-pieces', 'pay-for-reading', 'take-turns'],
  'accept-edit': ['accept-what-was-seen'],
  'linked-acts': ['enter-every-part', 'end-for-good'],
  'revoke': ['take-the-seat', 'keep-what-is-acknowledged'],
  'kill-server': ['acknowledge-what-is-saved', 'keep-what-is-acknowledged', 'tell-every-commit', 'bring-it-once', 'keep-what-is-typed'],
  'kill-postgres': ['acknowledge-what-is-saved', 'keep-what-is-acknowledged', 'tell-every-commit', 'bring-it-once'],
  'database-gone': ['acknowledge-what-is-saved', 'keep-what-is-acknowledged', 'tell-every-commit', 'bring-it-once'],
  'packets': ['end-who-claims', 'hold-nobody', 'believe-no-length', 'the-process-lives', 'tell-every-commit', 'keep-what-is-acknowledged'],
  'slow-readers': ['drop-the-slow', 'spare-the-others', 'keep-what-is-acknowledged'],
  'storm': ['come-back', 'tell-every-commit', 'keep-what-is-acknowledged'],
  'disk-full': ['acknowledge-what-is-saved', 'keep-what-is-acknowledged', 'tell-every-commit', 'bring-it-once'],
};

it('the rows of the campaign, and the rules that they are tried without, are these', () => {
  expect(Object.fromEntries(ROWS.map(({ name, rules }) => [name, Object.keys(rules)]))).toEqual(RULES);
});

it.each([
  ['words that a head gave up by accepting came back beside the same words in another of its hunks', 150_270, false],
  ['words that a head withdrew came back beside the same words in another of its hunks', 150_353, true],
  ['two pages of one person struck a word each that two colleagues had carried off together', 946_300, false],
])('a simulation that failed once: %s, seed %i', async (_what, seed, clockJumps) => {
  const findings = new Findings();
  await repeatable(seed, findings, () => new Simulation({ ...planOf(seed, 300, clockJumps), oneByOne: true }, findings).run());
  expect(findings.outcome().what).toEqual([]);
});
