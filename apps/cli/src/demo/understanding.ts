import type { Change, Move, DemoScript } from './demo-script.ts';
import { definition, evidence, heading, paragraph } from './writing.ts';

const provisions = [
  heading('preamble', '', 'Preamble'),
  paragraph('recalling', 'PP1', '_Recalling_ the understanding reached by the leaders of the two sides that neither will conduct or knowingly support the cyber-enabled theft of intellectual property, including trade secrets and other confidential business information, for commercial advantage,'),
  paragraph('convinced', 'PP2', '_Convinced_ that a commitment earns confidence only when both sides read its terms alike, know what shows a breach of it, and can tell within a known time whether it is kept,'),
  heading('terms', 'I', 'Use of terms'),
  definition('espionage', '1', {
    term: 'commercial espionage',
    meaning: 'the acquisition, by means of information and communication technologies and without authorization, of trade secrets or other confidential business information, with the intent of providing companies with a competitive advantage',
  }),
  definition('information', '2', {
    term: 'confidential business information',
    meaning: 'information that is not generally known, that has commercial value because it is not, and that has been subject to reasonable measures to keep it so',
  }),
  definition('support', '3', {
    term: 'knowingly support',
    meaning: 'to give assistance to a person or entity with knowledge that the recipient engages in commercial espionage',
  }),
  definition('notification', '4', {
    term: 'substantiated notification',
    meaning: 'a written notification, delivered through the points of contact, with technical indicators specific enough for the receiving side to identify the activity and to open an inquiry of its own',
  }),
  heading('commitments', 'II', 'Commitments'),
  paragraph('conduct', '5', 'Neither side will conduct or knowingly support commercial espionage.'),
  paragraph('territory', '6', 'Each side will take reasonable measures, under its own law, to prevent, investigate and bring to an end commercial espionage that is carried out from its territory or through infrastructure under its control.'),
  heading('proof', 'III', 'Evidence of a breach'),
  evidence('breach', '7', {
    claim: 'That the other side conducted, or knowingly supported, an identified act of commercial espionage',
    contents: 'Technical indicators of the activity; a description of the information taken and of the harm; the reasons for which the activity is attributed to the other side',
    standard: 'Reasonable grounds, on the whole of the information available',
  }),
  paragraph('publicity', '8', 'A side that makes an allegation public before the other side has had 30 days to reply to it will explain why it could not wait.'),
  heading('cooperation', 'IV', 'Cooperation and review'),
  paragraph('contact', '9', 'Each side designates a point of contact and informs the other side within two weeks of any change.'),
  paragraph('reply', '10', 'Each side will acknowledge a request within 48 hours and give a first substantive reply within 30 days, as set out in the Protocol for Coordinating Investigations.'),
  paragraph('review', '11', 'Six months after the date of this Understanding the two sides will review, by the Metrics of Compliance, whether it is kept, and will publish a joint summary of the result.'),
  paragraph('suspension', '12', 'If either side suspends its participation, paragraphs {contact:9} and {reply:10} continue to apply for 90 days.'),
  paragraph('effect', '13', '[Placeholder: coming into effect and duration]'),
];

/** Before the paper was accepted as basis. */
const drafting: Change[] = [
  { by: 'ochreFirst', on: 'convinced', replace: 'within a known time', with: 'within a known time and by measures known to both' },
  { by: 'azureFirst', on: 'territory', after: 'to prevent, investigate', insert: ', and where appropriate prosecute,' },
  { by: 'ochreHead', on: 'territory', remove: ', and where appropriate prosecute,' },
  { by: 'moderator', on: 'reply', append: ' A request that cannot be met in time is answered with the reason and a new date.' },
  { by: 'azureSecond', on: 'convinced', replace: ' and by measures known to both', with: '' },
];

const azure: Change[] = [
  { by: 'azureFirst', on: 'espionage', slot: 'meaning', after: 'and without authorization', insert: ', by or on behalf of a government or with its knowing support' },
  { by: 'azureFirst', on: 'espionage', slot: 'meaning', after: 'providing companies', insert: ' or commercial sectors' },
  { by: 'azureHead', on: 'espionage', slot: 'meaning', append: '; it does not include the collection of information for purposes of national security' },
  { by: 'azureSecond', on: 'support', slot: 'meaning', replace: 'with knowledge', with: 'with actual or constructive knowledge, or in conscious disregard of the likelihood,' },
  { by: 'azureSecond', on: 'support', slot: 'meaning', append: ', and includes the failure to act within 30 days of a substantiated notification' },
  { by: 'azureFirst', on: 'notification', slot: 'meaning', replace: 'a written notification', with: 'a notification in writing, or in an urgent case by voice and confirmed in writing within one day' },
  { by: 'azureFirst', on: 'territory', replace: 'reasonable measures', with: 'all reasonable measures' },
  { by: 'azureHead', on: 'breach', slot: 'standard', append: '; a pattern of similar activity may be taken into account' },
  { by: 'azureSecond', on: 'contact', after: 'a point of contact', insert: ' that can be reached at all times' },
  { by: 'azureFirst', on: 'reply', replace: '48 hours', with: '24 hours' },
  { by: 'azureFirst', on: 'reply', replace: '30 days', with: '15 days' },
  { by: 'azureSecond', on: 'review', after: 'Six months after the date of this Understanding', insert: ', and every six months thereafter,' },
  { by: 'azureHead', drop: 'publicity' },
];

const ochre: Change[] = [
  { by: 'ochreFirst', on: 'espionage', slot: 'meaning', replace: 'with the intent of providing companies', with: 'which provides companies or commercial sectors' },
  { by: 'ochreSecond', on: 'support', slot: 'meaning', replace: 'to give assistance', with: 'to give material assistance' },
  { by: 'ochreSecond', on: 'support', slot: 'meaning', replace: 'with knowledge', with: 'with actual knowledge' },
  { by: 'ochreHead', on: 'notification', slot: 'meaning', append: ', and with an assessment of responsibility to the standard set out in paragraph {breach:7}' },
  { by: 'ochreFirst', on: 'territory', after: 'bring to an end commercial espionage', insert: ', notified to it with substantiation,' },
  { by: 'ochreFirst', on: 'territory', remove: ' or through infrastructure under its control' },
  { by: 'ochreSecond', on: 'breach', slot: 'contents', append: '; and the sources of the information, so far as they can be disclosed' },
  { by: 'ochreHead', on: 'breach', slot: 'standard', replace: 'Reasonable grounds', with: 'Clear and convincing evidence' },
  { by: 'ochreFirst', on: 'reply', replace: '48 hours', with: '72 hours' },
  { by: 'ochreHead', on: 'review', remove: ', and will publish a joint summary of the result' },
  { by: 'ochreSecond', add: paragraph('views', '11 bis', 'The two sides will exchange views on implementation at regular intervals, without prejudice to the position of either.'), after: 'review' },
  { by: 'ochreHead', on: 'suspension', replace: 'continue to apply for 90 days', with: 'cease to apply after 30 days' },
];

const chair: Change[] = [
  { by: 'moderator', on: 'espionage', slot: 'meaning', replace: 'with the intent of providing', with: 'with the intent, or the foreseeable result, of providing' },
  { by: 'moderator', on: 'support', slot: 'meaning', append: ', which may be inferred where 60 days after a substantiated notification no reasonable measure has been taken' },
  { by: 'moderator', on: 'breach', slot: 'standard', replace: 'Reasonable grounds', with: 'For opening an inquiry, reasonable grounds; for a finding of breach, clear and convincing evidence' },
  { by: 'moderator', on: 'suspension', replace: '90 days', with: '60 days' },
];

const acts: Move[] = [
  { by: 'ochreHead', does: 'accept', on: 'contact', of: 'azure', words: 'that can be reached at all times' },
  { by: 'azureHead', does: 'agree', on: 'recalling' },
  { by: 'ochreHead', does: 'agree', on: 'recalling' },
  { by: 'moderator', does: 'approve', on: 'recalling' },
  { by: 'ochreHead', does: 'agree', on: 'convinced' },
  { by: 'azureHead', does: 'agree', on: 'convinced' },
  { by: 'azureHead', does: 'agree', on: 'information' },
  { by: 'ochreHead', does: 'agree', on: 'information' },
  { by: 'ochreHead', does: 'decline', on: 'support', of: 'azure', words: 'failure to act', reason: 'Silence is not support. Delay belongs in the Protocol, where it can be measured.' },
  { by: 'azureHead', does: 'decline', on: 'territory', of: 'ochre', words: 'through infrastructure', reason: 'A rented server would fall outside the commitment, and every case we have seen used one.' },
  { by: 'azureHead', does: 'accept', on: 'suspension', of: 'chair', words: '60' },
  { by: 'azureHead', does: 'agree', on: 'conduct' },
  { by: 'ochreHead', does: 'askReopening', on: 'information', reason: 'The term should also cover unpublished research data of public institutions.' },
];

/** The text that the dialogue is about. */
export const understanding: DemoScript = {
  id: 'understanding', title: 'Understanding on Commercial Cyber Espionage', template: 'understanding',
  provisions, drafting, negotiation: [...azure, ...ochre, ...chair, ...acts],
};
