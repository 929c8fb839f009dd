import type { Change, Move, DemoScript } from './demo-script.ts';
import { heading, paragraph, step } from './writing.ts';

const provisions = [
  heading('scope', '1', 'Scope'),
  paragraph('applies', '1.1', 'This Protocol applies to every request that concerns a suspected act of commercial espionage. It creates no duty to act against the law of the requested side and replaces no treaty on legal assistance.'),
  heading('steps', '2', 'Steps'),
  step('request', '2.1', {
    actor: 'The requesting side’s point of contact', towards: 'The requested side’s point of contact', limit: 'Without delay after the activity is found',
    channel: 'Encrypted mail, announced by telephone when urgent', content: 'The request form, technical indicators, the measure asked for, the degree of urgency',
    refusal: 'None: a request can always be sent', escalation: 'Deputy heads, when a request is returned unopened',
  }),
  step('acknowledge', '2.2', {
    actor: 'The requested side’s point of contact', towards: 'The requesting side’s point of contact', limit: '48 hours after receipt',
    channel: 'Encrypted mail', content: 'A reference number, the name of the competent authority, and what is missing from the request, if anything',
    refusal: 'None: every request is acknowledged', escalation: 'A call over the hotline after the time limit has passed',
  }),
  step('preserve', '2.3', {
    actor: 'The requested side’s competent authority', towards: 'The holder of the data', limit: '24 hours after acknowledgement',
    channel: 'As its law provides', content: 'An order to preserve the data named in the request for 90 days, renewable once',
    refusal: 'The data are not held in its territory; the order would prejudice a pending inquiry', escalation: 'Deputy heads, within two days',
  }),
  step('reply', '2.4', {
    actor: 'The requested side’s competent authority', towards: 'The requesting side’s competent authority', limit: '30 days after acknowledgement',
    channel: 'Encrypted mail between the competent authorities, copied to the points of contact', content: 'Measures taken, findings so far, questions, and what comes next',
    refusal: 'Sovereignty, security or public order; political offence; prejudice to a pending inquiry; each with reasons', escalation: 'Heads of delegation, after 45 days without reply',
  }),
  step('consult', '2.5', {
    actor: 'Technical experts of both sides', towards: 'Each other', limit: 'Within 14 days after either side asks',
    channel: 'A meeting, in person or by secure video', content: 'Comparison of indicators, agreement on facts that are not in dispute, a list of those that are',
    refusal: 'No expert can be cleared in time; another date is offered', escalation: 'The chair of the dialogue proposes a date',
  }),
  step('status', '2.6', {
    actor: 'Both points of contact', towards: 'The two heads of delegation', limit: 'On the first working day of each month',
    channel: 'The status report on cases', content: 'Each open case: its step, the last event, whose turn it is',
    refusal: 'None', escalation: 'A case without an event in 60 days is put on the agenda of the dialogue',
  }),
  step('close', '2.7', {
    actor: 'The two heads of delegation', towards: 'The joint list of cases', limit: '30 days after the last substantive reply',
    channel: 'Joint note', content: 'The disposition: confirmed, not confirmed, not resolved; and what was learned',
    refusal: 'A prosecution is pending; the case then stays open without time limit', escalation: 'The leaders, in the annual report',
  }),
  heading('safeguards', '3', 'Safeguards'),
  paragraph('use', '3.1', 'Information received under this Protocol is used for the purpose of the request alone, unless the side that gave it agrees to more.'),
];

const drafting: Change[] = [
  { by: 'azureFirst', on: 'request', slot: 'content', append: ', and the contact for technical questions' },
  { by: 'ochreSecond', on: 'applies', replace: 'creates no duty', with: 'creates no obligation' },
];

const azure: Change[] = [
  { by: 'azureFirst', on: 'acknowledge', slot: 'limit', replace: '48 hours', with: '24 hours' },
  { by: 'azureFirst', on: 'preserve', slot: 'limit', replace: '24 hours after acknowledgement', with: '24 hours after receipt' },
  { by: 'azureSecond', on: 'preserve', slot: 'content', replace: '90 days, renewable once', with: '180 days, renewable' },
  { by: 'azureSecond', on: 'reply', slot: 'limit', replace: '30 days', with: '15 days' },
  { by: 'azureHead', on: 'reply', slot: 'refusal', remove: '; political offence' },
  { by: 'azureHead', on: 'reply', slot: 'escalation', replace: 'after 45 days without reply', with: 'after 20 days without reply, over the hotline' },
  { by: 'azureFirst', on: 'consult', slot: 'content', append: ', and the exchange of samples' },
  { by: 'azureSecond', on: 'status', slot: 'escalation', replace: '60 days', with: '30 days' },
  { by: 'azureFirst', add: step('urgent', '2.3 bis', {
    actor: 'The point of contact of either side', towards: 'The duty officer of the other side', limit: '15 minutes to answer, six hours to a first measure',
    channel: 'The hotline', content: 'What is under way, what harm is imminent, what is asked for in the next hours',
    refusal: 'None for answering the call; for the measure, those of step 2.3', escalation: 'Heads of delegation, within the same day',
  }), after: 'preserve' },
];

const ochre: Change[] = [
  { by: 'ochreFirst', on: 'acknowledge', slot: 'limit', replace: '48 hours after receipt', with: '72 hours after receipt of a complete request' },
  { by: 'ochreFirst', on: 'request', slot: 'channel', replace: 'Encrypted mail, announced by telephone when urgent', with: 'Diplomatic note, with an advance copy by encrypted mail' },
  { by: 'ochreSecond', on: 'preserve', slot: 'refusal', append: '; the request shows no more than an indication' },
  { by: 'ochreSecond', on: 'reply', slot: 'channel', replace: 'between the competent authorities, copied to the points of contact', with: 'between the points of contact' },
  { by: 'ochreHead', on: 'reply', slot: 'refusal', after: 'prejudice to a pending inquiry', insert: '; absence of dual criminality' },
  { by: 'ochreSecond', on: 'consult', slot: 'limit', replace: '14 days', with: '30 days' },
  { by: 'ochreFirst', on: 'consult', slot: 'content', append: ', and the exchange of samples' },
  { by: 'ochreHead', on: 'close', slot: 'escalation', replace: 'The leaders, in the annual report', with: 'None: the case stays on the list' },
  { by: 'ochreFirst', on: 'use', append: ' It is returned or destroyed when the case is closed.' },
];

const chair: Change[] = [
  { by: 'moderator', on: 'acknowledge', slot: 'limit', append: '; in urgent cases 12 hours' },
  { by: 'moderator', on: 'reply', slot: 'refusal', after: 'political offence', insert: ' in the strict sense' },
  { by: 'moderator', on: 'reply', slot: 'escalation', replace: 'after 45 days', with: 'after 30 days' },
];

const acts: Move[] = [
  { by: 'azureHead', does: 'accept', on: 'use', of: 'ochre', words: 'returned or destroyed' },
  { by: 'ochreHead', does: 'accept', on: 'consult', of: 'azure', words: 'exchange of samples' },
  { by: 'azureHead', does: 'agree', on: 'applies' },
  { by: 'ochreHead', does: 'agree', on: 'applies' },
  { by: 'ochreHead', does: 'agree', on: 'use' },
  { by: 'azureHead', does: 'agree', on: 'use' },
  { by: 'moderator', does: 'approve', on: 'applies' },
  { by: 'ochreHead', does: 'decline', on: 'urgent', of: 'azure', item: 'add', reason: 'The hotline is not staffed for measures at night. We will come back with hours that we can keep.' },
  { by: 'azureHead', does: 'decline', on: 'reply', of: 'ochre', words: 'dual criminality', reason: 'The acts named in the Understanding are offences on both sides; the ground would only cost time.' },
];

/** How two sides coordinate an investigation. */
export const protocol: DemoScript = {
  id: 'protocol', title: 'Protocol for Coordinating Investigations', template: 'protocol', provisions, drafting, negotiation: [...azure, ...ochre, ...chair, ...acts],
};
