import { KIND_OF, type Template } from '@parley/negotiation';
import { cleanText, type Kind, LABEL_LIMIT, LEVEL_LIMIT, plainSlot, type Provision, slotKeys } from '@parley/text';

const HEADING_LENGTH = 90;

/** Beside what no text may hold: soft hyphens of a pasted page. */
const HYPHENS = /\u00AD/g;

const BIS = '(?:\\s(?:bis|ter|quater|quinquies)\\b)?';
/** "1.", "1.2", "1.2.3.", "2 bis", "2 bis.": a bare number only before a capital, so that "24 hours" stays text. */
const NUMBER = new RegExp(`^(\\d{1,3}(?:\\.\\d{1,3})+${BIS}|\\d{1,3}${BIS}(?=[.)]\\s)|\\d{1,3}\\s(?:bis|ter|quater|quinquies)(?=[\\s.])|\\d{1,3}(?=\\s+[\\p{Lu}“"]))[.)]?\\s+`, 'u');
/** "(a)", "(iv)", "(2)", "a)", "A.". */
const LETTER = /^(\((?:[a-z]{1,2}|[ivxl]{1,6}|\d{1,3})\)|[a-z]\)|[A-Z]\.)\s+/;
const ROMAN = /^\((?:i|ii|iii|iv|v|vi|vii|viii|ix|x|xi|xii)\)$/;
const MEANING = /^[“"‘«]\s*([^”"’»]{1,200}?)\s*[”"’»]\s+(?:means|includes|refers to|shall mean)\s+(.+)$/s;

/** A paragraph as it was read, before it becomes a provision. */
export interface ReadParagraph { readonly label: string; readonly level: number; readonly text: string; readonly heading: boolean }

/** Paragraphs of a pasted text: blocks between empty lines where there are any, else lines. A line that begins with a label is always its own. */
export function paragraphsOf(text: string): string[] {
  const lines = text.replace(/\r\n?|\u2028|\u2029/g, '\n').replace(/[\t\u00A0]/g, ' ').replace(HYPHENS, '').split('\n').map((l) => cleanText(l).trim());
  const blocks = lines.some((line, i) => line === '' && i > 0 && i < lines.length - 1 && lines.slice(i).some(Boolean));
  if (!blocks) return lines.filter(Boolean);
  const out: string[] = [];
  let open = false;
  for (const line of lines) {
    if (line === '') { open = false; continue; }
    if (open && !labelled(line) && !follows(out.at(-1)!, line)) out[out.length - 1] += ` ${line}`;
    else out.push(line);
    open = true;
  }
  return out;
}

/** A new sentence under a numbered heading. */
const follows = (before: string, line: string): boolean => labelled(before) && isHeading(before) && /^[\p{Lu}“"]/u.test(line);

const labelled = (line: string): boolean => NUMBER.test(line) || LETTER.test(line);

const isHeading = (text: string): boolean =>
  text.length <= HEADING_LENGTH && !/[.;:,!?。；：，]$/.test(text) && /^[\p{Lu}\p{Lo}\d“"]/u.test(text) && text.split(/\s+/).length <= 10;

/** Label, level and words of every paragraph. Levels follow the labels: "1" 0, "1.2" 1, "(a)" below the number, "(i)" below the letter. */
export function readParagraphs(text: string): ReadParagraph[] {
  let numberLevel = -1, letterLevel = -1;
  return paragraphsOf(text).map((paragraph) => {
    const number = NUMBER.exec(paragraph);
    const letter = number ? null : LETTER.exec(paragraph);
    const label = (number?.[1] ?? letter?.[1] ?? '').replace(/\s+/g, ' ').slice(0, LABEL_LIMIT);
    const words = paragraph.slice((number ?? letter)?.[0].length ?? 0).trim();
    if (number) {
      numberLevel = Math.min(LEVEL_LIMIT, label.split('.').filter(Boolean).length - 1);
      letterLevel = -1;
      return { label, level: numberLevel, text: words, heading: numberLevel === 0 && isHeading(words) };
    }
    if (letter) {
      const below = ROMAN.test(label) && label !== '(i)' ? letterLevel >= 0 : label === '(i)' && letterLevel >= 0;
      if (!below) letterLevel = Math.min(LEVEL_LIMIT, numberLevel + 1);
      return { label, level: below ? Math.min(LEVEL_LIMIT, letterLevel + 1) : letterLevel, text: words, heading: false };
    }
    return { label: '', level: 0, text: words, heading: isHeading(words) };
  });
}

function slotsFor(kind: Kind, text: string): Provision['slots'] {
  const meaning = kind === 'definition' ? MEANING.exec(text) : null;
  const [first, second] = slotKeys(kind);
  return meaning ? { [first!]: plainSlot(meaning[1]!), [second!]: plainSlot(meaning[2]!) } : { [first!]: plainSlot(text) };
}

/** Provisions of a pasted text, one for each paragraph, of the template's kind. `newId` gives names that nobody has used. */
export function provisionsFrom(text: string, template: Template, newId: () => string): Provision[] {
  return readParagraphs(text).filter((p) => p.text !== '' || p.label !== '').map((p) => {
    const kind: Kind = p.heading ? 'heading' : template === 'understanding' && MEANING.test(p.text) ? 'definition' : KIND_OF[template];
    return { id: newId(), kind, label: p.label, level: p.level, slots: slotsFor(kind, p.text) };
  });
}
