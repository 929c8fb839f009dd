const HAN_DIGITS = '一二三四五六七八九', CAPITALS: Readonly<Record<string, string>> = { 壹: '一', 贰: '二', 貳: '二', 叁: '三', 參: '三', 肆: '四', 伍: '五', 陆: '六', 陸: '六', 柒: '七', 捌: '八', 玖: '九', 拾: '十', 佰: '百' };
/** A character of such a number, for expressions. */
export const HAN_NUMERAL = `[一二三四五六七八九十百零〇${Object.keys(CAPITALS).join('')}]`;

/** 十二, 拾贰 → 12; NaN for what is no such number below a thousand. */
export function hanNumber(written: string): number {
  const text = [...written].map((c) => CAPITALS[c] ?? c).join(''), parts = /^(?:([一二三四五六七八九])?百)?[零〇]?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?$/u.exec(text);
  if (!parts || text === '') return NaN;
  const digit = (d: string | undefined) => (d ? HAN_DIGITS.indexOf(d) + 1 : 0);
  return (text.includes('百') ? (digit(parts[1]) || 1) * 100 : 0) + (parts[3] ? (digit(parts[2]) || 1) * 10 : 0) + digit(parts[4]);
}

/** 12 → 十二; in figures from a hundred on. */
export const hanOf = (n: number): string => (n >= 100 ? `${n}` : n < 10 ? `〇${HAN_DIGITS}`[n]! : `${n < 20 ? '' : HAN_DIGITS[Math.floor(n / 10) - 1]}十${n % 10 === 0 ? '' : HAN_DIGITS[n % 10 - 1]}`);

const ROMAN = /^(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$/;
/** iv → 4, up to 99; NaN otherwise. */
export function romanNumber(text: string): number {
  if (text === '' || !ROMAN.test(text)) return NaN;
  const worth: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100 };
  return [...text].reduce((n, c, i) => n + (worth[c]! < (worth[text[i + 1] ?? ''] ?? 0) ? -worth[c]! : worth[c]!), 0);
}

const ROMANS = [['c', 100], ['xc', 90], ['l', 50], ['xl', 40], ['x', 10], ['ix', 9], ['v', 5], ['iv', 4], ['i', 1]] as const;
/** 4 → iv. */
export function romanOf(n: number): string {
  let left = n, out = '';
  for (const [sign, worth] of ROMANS) while (left >= worth) { out += sign; left -= worth; }
  return out;
}

/** Digits of other scripts: where each begins. */
const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xed0, 0x1040, 0x17e0, 0xff10];
/** The number that decimal digits of one script write. */
export const numberIn = (digits: string): number => Number([...digits].map((c) => c.charCodeAt(0) - (ZEROS.findLast((zero) => zero <= c.charCodeAt(0)) ?? 0)).join(''));

/** Letters in which other scripts count, in their order. */
export const ALPHABETS: Readonly<Record<'cyrillic' | 'greek' | 'hangul' | 'arabic' | 'hebrew' | 'katakana' | 'stem', string>> = {
  cyrillic: 'абвгдежзийклмнопрстуфхцчшщэюя', greek: 'αβγδεζηθικλμνξοπρστυφχψω', hangul: '가나다라마바사아자차카타파하', arabic: 'أبجدهوزحطيكلمنسعفصقرشتثخذضظغ', hebrew: 'אבגדהוזחטיכלמנסעפצקרשת',
  katakana: 'アイウエオカキクケコサシスセソ', stem: '甲乙丙丁戊己庚辛壬癸',
};
