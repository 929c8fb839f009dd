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

const BIS = '(?:\\s(?:bis|ter|quater|quinquies))?';
const UNIT = String.raw`(?:(?:working|business|calendar|consecutive|full|clear)\s+)?(?:(?:seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?|times?|per\s?cent|percent|degrees?|thousand|hundred|million|billion|usd|eur|gbp|cny|rmb|euros?|dollars?|yuan|pounds?|km|kg|m|o'clock|[ap]\.?m\.?)(?![\p{L}\p{N}])|[%‰°€$£¥])`;
const HAN_UNIT = /^(?:小时|分钟|秒|天|日|周|星期|个|年|月|元|倍|次|名|人)/u;
/** A quantity, a date or a time goes on so. */
const COUNTED = new RegExp(`^[-–—]?\\s*(?:${UNIT}|(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])\\p{L}*\\.?,?\\s+\\d{4})`, 'iu');

const HAN_DIGITS = '一二三四五六七八九';
const HAN = '[一二三四五六七八九十百零〇]';

/** 十二 → 12; NaN for what is no such number below a thousand. */
function hanNumber(text: string): number {
  const parts = /^(?:([一二三四五六七八九])?百)?[零〇]?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?$/u.exec(text);
  if (!parts || text === '') return NaN;
  const digit = (d: string | undefined) => (d ? HAN_DIGITS.indexOf(d) + 1 : 0);
  return (text.includes('百') ? (digit(parts[1]) || 1) * 100 : 0) + (parts[3] ? (digit(parts[2]) || 1) * 10 : 0) + digit(parts[4]);
}

const ROMAN = /^(?:x{0,3})(?:ix|iv|v?i{0,3})$/;
/** iv → 4, up to 39; NaN otherwise. */
function romanNumber(text: string): number {
  if (text === '' || !ROMAN.test(text)) return NaN;
  const worth: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10 };
  return [...text].reduce((n, c, i) => n + (worth[c]! < (worth[text[i + 1] ?? ''] ?? 0) ? -worth[c]! : worth[c]!), 0);
}

const plainDigits = (text: string): string => text.replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
const anyNumber = (text: string): number => (/^\p{Nd}+$/u.test(text) ? Number(plainDigits(text)) : hanNumber(text) || romanNumber(text.toLowerCase()));
const oneSpace = (text: string): string => text.replace(/[\s\u3000]+/gu, ' ').trim();

interface Form {
  readonly pattern: RegExp;
  readonly read: (match: RegExpExecArray, rest: string) => readonly Omit<Label, 'length'>[];
}

/** "1.", "1.2", "1.2)", "2 bis.", "3 Metrics". */
const NUMBER: Form = {
  pattern: new RegExp(`^([1-9０-９]\\p{Nd}{0,2}(?:[.．]\\p{Nd}{1,3})*)(${BIS})(?:[.．)）](?=[\\s\\u3000\\p{Script=Han}]|$)|、(?!\\p{Nd})|(?=\\s))[\\s\\u3000]*`, 'u'),
  read(match, rest) {
    if (COUNTED.test(rest)) return [];
    const [whole, digits, bis] = match as unknown as [string, string, string], ordinal = plainDigits(digits).split(/[.．]/).map(Number);
    const marked = /[.．)）、]\s*$/u.test(whole) || bis !== '', capital = /^[\p{Lu}\p{Lo}“"‘«(]/u.test(rest);
    if (!marked && HAN_UNIT.test(rest)) return [];
    if (!marked && ordinal.length === 1 && (!capital || rest.startsWith('(') || SENTENCE_END.test(rest))) return [];
    return [{ label: oneSpace(plainDigits(digits).replaceAll('．', '.') + bis), form: 'number', ordinal, doubtful: !marked && (ordinal.length === 1 || !capital) }];
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

/** "(a)", "(iv)", "(2)", "（一）". */
const IN_PARENTHESES: Form = {
  pattern: new RegExp(`^[(（]\\s?([a-z]{1,5}|\\p{Nd}{1,3}|${HAN}{1,4})\\s?[)）](?:(?<=）)|(?=[\\s\\u3000\\p{Script=Han}]|$))[\\s\\u3000]*`, 'u'),
  read([whole, inner], rest) {
    const label = oneSpace(whole);
    if (/^[a-z]/.test(inner!)) return letterOrRoman(inner!, label, false);
    const n = anyNumber(inner!);
    return COUNTED.test(rest) || Number.isNaN(n) || (HAN_UNIT.test(rest) && !/\s$/u.test(whole)) ? [] : [{ label, form: /\p{Nd}/u.test(inner!) ? 'number in parentheses' : 'han in parentheses', ordinal: [n], doubtful: false }];
  },
};

/** "a)", "a.", "A.", "II.". A lone capital with a point may be a name, "e." a half of "e. g.". */
const LETTER: Form = {
  pattern: /^([a-z]{1,5}|[A-Z]|[IVX]{2,6})([.)])\s+/u,
  read: ([whole, letters, mark]) => letterOrRoman(letters!, oneSpace(whole), mark === '.'),
};

const DIVISIONS = 'article|art\\.|artikel|artículo|articolo|artigo|статья|section|sect?\\.|chapter|part|title|annex|appendix|schedule|rule|clause|paragraph|§';
/** "Article 1", "ARTICLE II. Scope", "Section 2 – Words". Before a small letter it is a reference: "Article 1 applies". */
const DIVISION: Form = {
  pattern: new RegExp(`^(${DIVISIONS})\\s*(\\d{1,3}(?:\\.\\d{1,3})*|[IVXLC]{1,7}|[A-Z])(${BIS})(?![\\p{L}\\p{N}])(?:\\s*[.:–—-](?=\\s|$))?(?:\\s+(?=[\\p{Lu}\\p{Lo}“"‘«([])|\\s*$)`, 'iu'),
  read([whole, name, number], rest) {
    if (/^\p{Ll}/u.test(rest)) return [];
    const parts = number!.split('.').map((part) => anyNumber(part) || part.charCodeAt(0) - 64);
    return [{ label: oneSpace(whole).replace(/\s*[.:–—-]$/, ''), form: name!.toLowerCase().replace(/^art(?:icle|\.)$/, 'article'), ordinal: parts, doubtful: false }];
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

/** "一、", not 三、四年. */
const HAN_COMMA: Form = {
  pattern: new RegExp(`^(${HAN}{1,4})、(?!${HAN}|[千万两\\p{Nd}])[\\s\\u3000]*`, 'u'),
  read: ([, han]) => { const n = hanNumber(han!); return Number.isNaN(n) ? [] : [{ label: `${han!}、`, form: 'han', ordinal: [n], doubtful: false }]; },
};

const CIRCLED: Form = { pattern: /^([①-⑳])[\s\u3000]*/u, read: ([, c]) => [{ label: c!, form: 'circled', ordinal: [c!.charCodeAt(0) - 0x245f], doubtful: false }] };

/** A list without numbers. A dash before a digit is a sign. */
const BULLET: Form = {
  pattern: /^([•◦▪▫●○■□‣⁃∙·]|[-–—*](?=\s+[^\s\p{Nd}]))\s+/u,
  read: ([, sign]) => [{ label: /[-–—*]/.test(sign!) ? '–' : '•', form: 'bullet', ordinal: [], doubtful: false }],
};

const FORMS: readonly Form[] = [NUMBER, IN_PARENTHESES, LETTER, DIVISION, HAN_DIVISION, HAN_COMMA, CIRCLED, BULLET];

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
