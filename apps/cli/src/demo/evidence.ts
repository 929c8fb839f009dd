import type { DemoScript } from './demo-script.ts';
import { evidence, heading, paragraph } from './writing.ts';

/** A working paper: everybody types, nothing is agreed. */
export const standardOfEvidence: DemoScript = {
  id: 'evidence', title: 'Standard of Evidence', template: 'evidence',
  provisions: [
    heading('purpose', '1', 'Purpose and ladder'),
    paragraph('ladder', '1.1', 'A claim under the Understanding is weighed on one ladder: indication, reasonable suspicion, reasonable grounds, clear and convincing evidence. The step a claim must reach depends on what is asked of the other side.'),
    heading('claims', '2', 'What each claim must contain'),
    evidence('preserve', '2.1', {
      claim: 'That data held by the other side should be preserved',
      contents: 'The account, address or system concerned; the time of the activity in UTC; the link to a suspected act of commercial espionage',
      standard: 'Indication',
    }),
    evidence('investigate', '2.2', {
      claim: 'That the other side should open an inquiry',
      contents: 'Technical indicators with time and origin; the victim’s own account; what was taken, as far as known',
      standard: 'Reasonable suspicion',
    }),
    evidence('attribute', '2.3', {
      claim: 'That a person or entity under the other side’s jurisdiction is responsible',
      contents: 'Everything under 2.2; the analysis that links indicators to that person or entity; what would speak against it',
      standard: 'Reasonable grounds',
    }),
    evidence('knew', '2.4', {
      claim: 'That the other side knowingly supported the activity',
      contents: 'Everything under 2.3; the assistance given, by whom and when; what shows knowledge at that time',
      standard: 'Clear and convincing evidence',
    }),
    heading('handling', '3', 'Handling'),
    paragraph('sources', '3.1', 'A side need not disclose sources or methods. It states what it withholds and of which kind, so that the other side can weigh what is left.'),
    paragraph('contrary', '3.2', 'Contrary information found later is passed on without delay.'),
  ],
  drafting: [
    { by: 'ochreFirst', on: 'ladder', after: 'reasonable suspicion, reasonable grounds,', insert: ' balance of probabilities,' },
    { by: 'azureFirst', on: 'preserve', slot: 'contents', after: 'the time of the activity in UTC', insert: ', with the accuracy of the clock it was taken from' },
    { by: 'ochreSecond', on: 'investigate', slot: 'contents', replace: 'the victim’s own account', with: 'a statement by the victim or, where the victim wishes to stay unnamed, by the authority that examined it' },
    { by: 'azureSecond', on: 'attribute', slot: 'contents', append: '; the confidence of each step of that analysis, in words both sides use' },
    { by: 'moderator', on: 'ladder', append: ' Each step is described in the annex by an example.' },
    { by: 'ochreHead', on: 'knew', slot: 'contents', replace: 'what shows knowledge at that time', with: 'what shows that the responsible authority knew at that time' },
    { by: 'azureHead', on: 'contrary', replace: 'without delay', with: 'within seven days, also when it weakens the claim' },
    { by: 'azureSecond', add: paragraph('samples', '3.3', 'Samples of malicious code are exchanged in a form that cannot run by itself, with a checksum.'), after: 'contrary' },
    { by: 'ochreFirst', on: 'samples', append: ' They are used for the inquiry alone.' },
  ],
  negotiation: null,
};
