import type { Change, Move, DemoScript } from './demo-script.ts';
import { heading, metric, paragraph } from './writing.ts';

const provisions = [
  heading('general', '1', 'How compliance is measured'),
  paragraph('period', '1.1', 'The period of measurement is the six months that begin on the date of the Understanding. Each side keeps its own count; the two counts are laid side by side and every difference is explained.'),
  heading('measures', '2', 'Metrics'),
  metric('acknowledged', '2.1', {
    measure: 'Requests acknowledged in time', unit: 'share of requests received, in per cent', baseline: '61 per cent in the twelve months before the Understanding',
    target: 'at least 90 per cent within 48 hours', period: 'six months, reported monthly', source: 'registers of both points of contact', verifier: 'the secretariat, by comparing the two registers',
  }),
  metric('substantive', '2.2', {
    measure: 'Time to the first substantive reply', unit: 'days from receipt, median', baseline: '74 days',
    target: 'no more than 30 days', period: 'six months, reported monthly', source: 'registers of both points of contact', verifier: 'the secretariat, on a sample of ten requests of each side',
  }),
  metric('complete', '2.3', {
    measure: 'Requests complete at first submission', unit: 'share of requests sent, in per cent', baseline: 'not measured before',
    target: 'at least 80 per cent', period: 'six months', source: 'the receiving side’s register, with the item that was missing', verifier: 'the sending side, which may contest a mark within 14 days',
  }),
  metric('preserved', '2.4', {
    measure: 'Preservation requests carried out', unit: 'share carried out within the time limit, in per cent', baseline: '40 per cent within 24 hours',
    target: 'at least 95 per cent within 24 hours', period: 'six months, reported monthly', source: 'confirmations by the data holder', verifier: 'the requesting side',
  }),
  metric('tests', '2.5', {
    measure: 'Test calls between the points of contact that were answered', unit: 'number answered within 15 minutes, of number made', baseline: 'no tests were made',
    target: 'all of at least six unannounced tests in each direction', period: 'six months, at least one test a month', source: 'call log of the calling side', verifier: 'the secretariat, which may place two of the calls',
  }),
  metric('disposed', '2.6', {
    measure: 'Notified incidents with an agreed disposition', unit: 'number closed, of number notified', baseline: 'none of 23',
    target: 'at least half of those notified in the first three months', period: 'six months', source: 'the joint list of cases', verifier: 'the two heads, jointly',
  }),
  metric('refusals', '2.7', {
    measure: 'Refusals that state a ground of the Protocol', unit: 'share of refusals, in per cent', baseline: 'about one third',
    target: '100 per cent', period: 'six months', source: 'letters of refusal', verifier: 'the auditor of the dialogue',
  }),
  paragraph('publication', '3', 'The results are published as numbers, without naming cases, within 30 days after the end of the period.'),
];

const drafting: Change[] = [
  { by: 'azureSecond', on: 'complete', slot: 'baseline', replace: 'not measured before', with: 'not measured before; the first month serves as baseline' },
  { by: 'ochreFirst', on: 'period', append: ' A difference that cannot be explained is reported as such.' },
];

const azure: Change[] = [
  { by: 'azureFirst', on: 'acknowledged', slot: 'target', replace: '90 per cent within 48 hours', with: '95 per cent within 24 hours' },
  { by: 'azureFirst', on: 'acknowledged', slot: 'verifier', append: ', with access to the original messages' },
  { by: 'azureFirst', on: 'substantive', slot: 'unit', replace: 'median', with: 'ninth decile' },
  { by: 'azureSecond', on: 'substantive', slot: 'target', replace: '30 days', with: '15 days' },
  { by: 'azureSecond', on: 'complete', slot: 'measure', append: ', by the list annexed to the Protocol' },
  { by: 'azureHead', on: 'disposed', slot: 'target', replace: 'at least half', with: 'at least two thirds' },
  { by: 'azureHead', move: 'disposed', after: 'measures' },
  { by: 'azureSecond', add: metric('retaken', '2.8', {
    measure: 'Activity that goes on after a substantiated notification', unit: 'number of notified sources still active after 30 days', baseline: '11',
    target: 'none', period: 'six months', source: 'technical monitoring by the notifying side', verifier: 'an expert named by the two sides together',
  }), after: 'refusals' },
];

const ochre: Change[] = [
  { by: 'ochreFirst', on: 'acknowledged', slot: 'measure', replace: 'Requests acknowledged in time', with: 'Complete requests acknowledged in time' },
  { by: 'ochreFirst', on: 'acknowledged', slot: 'target', replace: '48 hours', with: '72 hours' },
  { by: 'ochreSecond', on: 'substantive', slot: 'measure', replace: 'Time to the first substantive reply', with: 'Time from a complete request to the first substantive reply' },
  { by: 'ochreFirst', on: 'preserved', slot: 'target', replace: '95 per cent within 24 hours', with: '90 per cent within three working days' },
  { by: 'ochreSecond', on: 'tests', slot: 'target', replace: 'six unannounced tests', with: 'six tests, half of them announced,' },
  { by: 'ochreHead', on: 'disposed', slot: 'verifier', replace: 'the two heads, jointly', with: 'each side for the cases notified to it' },
  { by: 'ochreHead', on: 'publication', replace: 'are published as numbers, without naming cases,', with: 'are reported to the leaders of both sides' },
];

const chair: Change[] = [
  { by: 'moderator', on: 'substantive', slot: 'unit', replace: 'median', with: 'median and ninth decile' },
  { by: 'moderator', on: 'preserved', slot: 'target', replace: '24 hours', with: 'two working days' },
  { by: 'moderator', on: 'publication', append: ' Either side may add one page of comment.' },
];

const acts: Move[] = [
  { by: 'ochreHead', does: 'accept', on: 'complete', of: 'azure', words: 'annexed to the Protocol' },
  { by: 'azureHead', does: 'accept', on: 'publication', of: 'chair', words: 'one page of comment' },
  { by: 'ochreHead', does: 'agree', on: 'period' },
  { by: 'azureHead', does: 'agree', on: 'period' },
  { by: 'azureHead', does: 'agree', on: 'refusals' },
  { by: 'ochreHead', does: 'agree', on: 'refusals' },
  { by: 'moderator', does: 'approve', on: 'refusals' },
  { by: 'azureHead', does: 'decline', on: 'acknowledged', of: 'ochre', words: 'Complete', reason: 'Whether a request is complete is said in the acknowledgement; it cannot decide whether there is one.' },
  { by: 'azureHead', does: 'agree', on: 'complete' },
];

/** Which metric shows, within six months, that anybody complies. */
export const metrics: DemoScript = {
  id: 'metrics', title: 'Metrics of Compliance', template: 'metrics', provisions, drafting, negotiation: [...azure, ...ochre, ...chair, ...acts],
};
