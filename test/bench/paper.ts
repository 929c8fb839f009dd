import { AUTHENTIC_LANGUAGE, plainSlot, type Provision, provisionsOf, slotOf, type Text, textFrom, textOf } from '@parley/text';
import { seeded } from '../../libs/text/test-support/seeded.ts';

const KEY = `${AUTHENTIC_LANGUAGE}:text`;

const SENTENCES = [
  'Each side shall acknowledge a request within 24 hours after receipt and shall give a first substantive reply within 15 days.',
  'A request may be refused, in whole or in part, if its execution would prejudice the sovereignty of the requested side; the refusal shall state its grounds.',
  'The competent authority shall preserve data for 90 days and shall inform the requesting side without delay.',
  'A claim shall contain the time, the place and the technical indicators of the conduct, and shall be substantiated to the standard of clear and convincing evidence.',
  'The two sides will review the implementation of this Understanding six months after its date, on the basis of the indicators set out in the Annex.',
];

/** How long the document is in which the bench types. */
export const PROVISIONS = 60;

/** Paragraphs of about 290 characters: three hundred of them are a text of 88,000. */
export const paper = (length: number): Provision[] => Array.from({ length }, (_, i) => ({
  id: `p${i}`, kind: 'paragraph', label: `${i + 1}`, level: 0,
  slots: { [KEY]: plainSlot(`${SENTENCES[i % SENTENCES.length]!} (${i + 1}) ${SENTENCES[(i + 2) % SENTENCES.length]!}`) },
}));

/** The same text with phrase edits in `changed` of its provisions. */
export function amended(provisions: readonly Provision[], changed: number): Text {
  const random = seeded(1_122), every = provisions.length / changed;
  return textFrom(provisions.map((p, i) => {
    if (Math.floor(i / every) === Math.floor((i - 1) / every)) return p;
    const words = textOf(slotOf(p, KEY)).split(' '), at = Math.floor(random() * (words.length - 4));
    words.splice(at, Math.floor(random() * 3), 'promptly', 'and', 'in', 'writing');
    words.splice(Math.floor(random() * words.length), 2);
    return { ...p, slots: { [KEY]: plainSlot(words.join(' ')) } };
  }));
}

/** Equal values that share nothing: nothing that was computed for one is known of the other. */
export const unknown = (text: Text): Text => textFrom(structuredClone(provisionsOf(text)));
