import { COUNTED, HAN_UNIT } from './counted.ts';
import { ALPHABETS, HAN_NUMERAL as HAN, hanNumber, numberIn, romanNumber } from './numerals.ts';

/**
 * Labels: what stands before the words of a provision and is its name, not its text ("1.2", "(a)", "Article 3", "第一条"). What is taken for a label leaves the words, and
 * with them the digest that sides agree to: a number that counts something must never be taken for one (rules L1.. in SPEC-STRUCTURE.md).
 */
export interface Label {
  readonly label: string;
  /** Labels of one form make one series. */
  readonly form: string;
  /** Its place in the series; of "1.2" the numbers one by one. */
  readonly ordinal: readonly number[];
  /** Where the words begin. */
  readonly length: number;
  /** Alone no proof: a label only where it goes on a series ("3 Metrics", "A. Scope", "第一条双方…"). */
  readonly doubtful: boolean;
}

const BIS = '(?:[\\s-]?(?:bis|ter|quater|quinquies|sexies)(?![\\p{L}\\p{N}])(?!\\s*\\p{Nd}))?';
const plainDigits = (text: string): string => text.replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
const anyNumber = (text: string): number => (/^\p{Nd}+$/u.test(text) ? numberIn(text) : hanNumber(text) || romanNumber(text.toLowerCase()));
const oneSpace = (text: string): string => text.replace(/[\s\u3000]+/gu, ' ').trim();

interface Form {
  readonly pattern: RegExp;
  readonly read: (match: RegExpExecArray, rest: string) => readonly Omit<Label, 'length'>[];
}

/** "1.", "1.)", "1.2", "1.2)", "2 bis.", "5a.", "3 Metrics", "3 – Metrics", "1.The", "1.1双方". */
const NUMBER: Form = {
  pattern: new RegExp(`^(\\p{Nd}{1,3}(?:[.．]\\p{Nd}{1,3})*)(${BIS}|[a-z](?=[.)]))(?:[.．]?[)）](?=[\\s\\u3000\\p{Script=Han}]|$)|[.．](?=[\\s\\u3000\\p{Script=Han}]|$)|、(?!\\p{Nd})|(\\s+[–—-](?=\\s+[\\p{Lu}\\p{Lo}])|[.．](?=\\p{Lu}\\p{Ll})|(?<=[.．]\\p{Nd}{1,3})(?=\\p{Script=Han}))|(?=\\s))[\\s\\u3000]*`, 'u'),
  read(match, rest) {
    if (COUNTED.test(rest) || /^0(?!\d?(?:[.．]\p{Nd})*[.．]?[)）]?\s|0)|^0[.．]\p{Nd}/u.test(match[0])) return [];
    const [whole, digits, bis, tight] = match as unknown as [string, string, string, string | undefined], ordinal = digits.split(/[.．]/).map(numberIn);
    const marked = tight === undefined && (/[.．)）、]\s*$/u.test(whole) || bis !== ''), capital = /^[\p{Lu}\p{Lo}“"‘«(]/u.test(rest);
    if (!marked && HAN_UNIT.test(rest)) return [];
    if (!marked && !tight && ordinal.length === 1 && (!capital || rest.startsWith('(') || SENTENCE_END.test(rest))) return [];
    return [{ label: oneSpace(plainDigits(digits).replaceAll('．', '.') + bis), form: 'number', ordinal, doubtful: !marked && (tight !== undefined || ordinal.length === 1 || !capital) }];
  },
};
const SENTENCE_END = /[.;:,!?。；：，！？][”"’)\]]*\s*$/u;

function letterOrRoman(letters: string, label: string, doubtful: boolean): Omit<Label, 'length'>[] {
  const lower = letters.toLowerCase(), upper = letters !== lower ? 'upper ' : '', roman = romanNumber(lower), single = lower.length === 1 || (lower.length === 2 && lower[0] === lower[1]);
  const out: Omit<Label, 'length'>[] = [];
  if (single) out.push({ label, form: `${upper}letter`, ordinal: [lower.charCodeAt(0) - 96 + (lower.length - 1) * 26], doubtful });
  if (roman > 0) out.push({ label, form: `${upper}roman`, ordinal: [roman], doubtful: doubtful && lower.length === 1 });
  return out;
}

const OTHER_LETTER = `[${Object.values(ALPHABETS).join('')}]`;

function otherLetter(letter: string, label: string, doubtful: boolean): Omit<Label, 'length'>[] {
  return Object.entries(ALPHABETS).filter(([, letters]) => letters.includes(letter)).map(([name, letters]) => ({ label, form: `letter ${name}`, ordinal: [letters.indexOf(letter) + 1], doubtful }));
}

/** Behind it stands another of the kind, or what it is one of: a reference, 第（一）（二）项. */
const OF_A_REFERENCE = /^(?:[、和及至或]?[（(][^）)]{1,4}[）)])*[项項款目号號](?!目)/u;

/** "(a)", "(iv)", "(2)", "（一）", "(а)", "(A)" in a series. */
const IN_PARENTHESES: Form = {
  pattern: new RegExp(`^[(（]\\s?([a-z]{1,5}|[A-Z]{1,2}|[IVX]{2,6}|${OTHER_LETTER}|\\p{Nd}{1,3}|${HAN}{1,4})\\s?[)）](?:(?<=）)|(?=[\\s\\u3000\\p{Script=Han}]|$))[\\s\\u3000]*`, 'u'),
  read([whole, inner], rest) {
    const label = oneSpace(whole);
    if (OF_A_REFERENCE.test(rest)) return [];
    if (/^[a-z]/i.test(inner!)) return letterOrRoman(inner!, label, /^[A-Z]/.test(inner!));
    if (OTHER.test(inner!)) return otherLetter(inner!, label, false);
    const n = anyNumber(inner!);
    return COUNTED.test(rest) || Number.isNaN(n) || (HAN_UNIT.test(rest) && !/\s$/u.test(whole)) ? [] : [{ label, form: /\p{Nd}/u.test(inner!) ? 'number in parentheses' : 'han in parentheses', ordinal: [n], doubtful: false }];
  },
};

const OTHER = new RegExp(`^${OTHER_LETTER}$`, 'u');

/** "а)", "α)", "가.", "甲、", "ア　". Before another of its kind it names somebody: 甲、乙双方. */
const OTHER_LETTERS: Form = {
  pattern: new RegExp(`^(${OTHER_LETTER})(?:([)）])[\\s\\u3000]*|[.．]\\s+|、(?!${OTHER_LETTER})|\\u3000+)`, 'u'),
  read: ([whole, letter, sure]) => otherLetter(letter!, oneSpace(whole), sure === undefined),
};

/** "a)", "a.", "A.", "II.". A lone capital with a point may be a name, "e." a half of "e. g.". */
const LETTER: Form = {
  pattern: /^([a-z]{1,5}|[A-Z]|[IVXL]{2,6})([.)])\s+/u,
  read: ([whole, letters, mark]) => letterOrRoman(letters!, oneSpace(whole), mark === '.'),
};

const DIVISIONS = 'article|art\\.|artikel|artikkel|artículo|articolo|artigo|artykuł|článek|čl\\.|статья|pasal|madde|điều|άρθρο|المادة|סעיף|ข้อ|अनुच्छेद|section|sección|sezione|seção|abschnitt|раздел|القسم|sect?\\.|chapter|chapitre|capítulo|capitolo|kapitel|rozdział|глава|chương|κεφάλαιο|الفصل'
  + '|part|partie|parte|teil|часть|phần|الباب|title|titre|titel|annex|annexe|anexo|allegato|anlage|anhang|bijlage|приложение|załącznik|الملحق|appendix|appendice|schedule|rule|règle|regla|clause|cláusula|clausola|paragraph';
const NUMBER_WORDS = 'premier|première|primero|primera|primo|prima|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|first';
/** A reference goes on so: "Article 5 (2) applies", "Art. 5 Abs. 2". */
const REFERS = /^(?:\([\p{L}\p{N}]{1,4}\)\s*)*\p{Ll}|^(?:Abs(?:atz|ätze)?|Unterabs(?:atz)?|Satz|Nr|Nummer|Ziff(?:er)?|Buchst(?:abe)?|Para(?:graph)?|Sub-?paragraph|Section|Sentence|§)\.?\s*[\dIVXa-z]|^(?:Конвенции|Соглашения|Договора|Протокола|Меморандума|Кодекса|Закона|Устава)/u;
/** "Article 1", "ARTICLE II. Scope", "Section 2 – Words", "Article premier", "Artículo 1.º". Before a small letter it is a reference: "Article 1 applies". */
const DIVISION: Form = {
  pattern: new RegExp(`^((?:${DIVISIONS})(?=[\\s\\p{Nd}])|§)\\s*(\\p{Nd}{1,3}(?:\\.\\p{Nd}{1,3})*(?:er|re|ère|\\.?[ºª°])?|(?<=[\\s.])(?:${NUMBER_WORDS}|[IVXLC]{1,7}|[A-Z]))(${BIS})(?![\\p{L}\\p{N}])(?:\\s*[.:–—-](?=\\s|$))?(?:\\s+(?=[\\p{Lu}\\p{Lo}“"‘«([])|\\s*$)`, 'iu'),
  read([whole, name, number], rest) {
    if (REFERS.test(rest)) return [];
    const parts = number!.replace(/(?:er|re|ère|\.?[ºª°])$/, '').split('.').map((part) => anyNumber(part) || part.charCodeAt(0) - 64);
    return [{ label: oneSpace(whole).replace(/\s*[.:–—-]$/, ''), form: name!.toLowerCase().replace(/^art(?:icles?|\.)$/, 'article'), ordinal: parts, doubtful: false }];
  },
};

/** "第一条", "第3款", "第二条之一", "제1조". With no space behind it, it may begin a sentence: 第一条规定的义务. */
const HAN_DIVISION: Form = {
  pattern: new RegExp(`^(?:第\\s?(${HAN}{1,6}|\\p{Nd}{1,3})\\s?([编章節节条條款项項])(?:之${HAN}{1,3})?|제\\s?(\\p{Nd}{1,3})\\s?([장절조항]))([\\s\\u3000]*[：:]?[\\s\\u3000]*)`, 'u'),
  read(match, rest) {
    const n = anyNumber((match[1] ?? match[3])!);
    return Number.isNaN(n) ? [] : [{ label: oneSpace(match[0]).replace(/\s*[：:]$/, ''), form: (match[2] ?? match[4])!, ordinal: [n], doubtful: match[5] === '' && rest !== '' }];
  },
};

/** "一、", "壹、", "一．", not 三、四年. */
const HAN_COMMA: Form = {
  pattern: new RegExp(`^(${HAN}{1,4})([、．.])(?!${HAN}|[千万两\\p{Nd}])[\\s\\u3000]*`, 'u'),
  read: ([, han, mark]) => { const n = hanNumber(han!); return Number.isNaN(n) ? [] : [{ label: `${han!}${mark!}`, form: 'han', ordinal: [n], doubtful: false }]; },
};

/** Signs that are a number with its mark, each series with its first. */
const SIGNS = [['①-⑳', '①'], ['❶-❿', '❶'], ['⑴-⒇', '⑴'], ['⒈-⒛', '⒈'], ['㈠-㈩', '㈠'], ['Ⅰ-Ⅻ', 'Ⅰ']] as const;
const CIRCLED: Form = {
  pattern: new RegExp(`^(?:([${SIGNS.slice(0, -1).map(([range]) => range).join('')}])|([Ⅰ-Ⅻ])[.．、)）])[\\s\\u3000]*`, 'u'),
  read([whole, sign, roman]) {
    const c = (sign ?? roman)!, first = SIGNS.find(([range]) => new RegExp(`[${range}]`, 'u').test(c))![1];
    return [{ label: oneSpace(whole), form: roman ? 'upper roman' : `circled ${first}`, ordinal: [c.charCodeAt(0) - first.charCodeAt(0) + 1], doubtful: false }];
  },
};

/** A list without numbers. A dash before a digit is a sign. */
const BULLET: Form = {
  pattern: /^([•◦▪▫●○■□‣⁃∙·]|[-–—*](?=\s+[^\s\p{Nd}]))\s+/u,
  read: ([, sign]) => [{ label: /[-–—*]/.test(sign!) ? '–' : '•', form: 'bullet', ordinal: [], doubtful: false }],
};

const FORMS: readonly Form[] = [NUMBER, IN_PARENTHESES, LETTER, OTHER_LETTERS, DIVISION, HAN_DIVISION, HAN_COMMA, CIRCLED, BULLET];

/** What a line may begin with: none, one, or two readings ("(i)" is a letter or a Roman number). */
export function labelsAt(line: string): Label[] {
  for (const { pattern, read } of FORMS) {
    const match = pattern.exec(line);
    const found = match ? read(match, line.slice(match[0].length)) : [];
    if (found.length > 0) return found.map((label) => ({ ...label, length: match![0].length }));
  }
  return [];
}

/** True for a label that says nothing but that it begins an item of a list. */
export const isBullet = (label: string): boolean => /^[•–]$/.test(label);
