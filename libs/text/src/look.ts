/** Letters and signs that are drawn as others are, each before what it is taken for. */
const ALIKE: ReadonlyMap<string, string> = new Map([
  ...pairs('аaеeоoрpсcуyхxіiјjѕsԁdһhԛqԝwӏlѵvАAВBЕEКKМMНHОOРPСCТTХXУYІIЅSЈJЗ3ҮYԌG'), // Cyrillic
  ...pairs('οoνvρpιiυuΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX'), // Greek
  ...pairs('օoսuհhոnցgԼLՕOՍU'), // Armenian
  ...pairs('ᎪAᏴBᏟCᎠDᎬEᏀGᎻHᎫJᏦKᏞLᎷMᏢPᏒRᏚSᎢTᏙVᎳWᏃZ'), // Cherokee
  ...pairs('ꓐBꓑPꓓDꓔTꓖGꓗKꓙJꓚCꓜZꓝFꓟMꓠNꓡLꓢSꓣRꓦVꓧHꓪWꓫXꓬYꓮAꓰEꓲIꓳOꓴU'), // Lisu
  ...pairs('ıiɡgɑaǀlℓl'),
  ...pairs('ニ二ロ口エ工カ力タ夕ハ八ト卜ヘへー一○〇◯〇'), // Japanese and Chinese
  ...pairs('یيکك۰٠۱١۲٢۳٣۷٧۸٨۹٩'), // Persian and Arabic
  ...pairs('∶:꞉:ː:∕/⁄/‚,•·‧·・·∙·⋅·×x٪%〜~'),
]);

function pairs(letters: string): [string, string][] {
  const all = [...letters];
  return all.flatMap((letter, i): [string, string][] => (i % 2 === 0 ? [[letter, all[i + 1]!]] : []));
}

/** Whether a letter is drawn as one of another script is. */
export const hasTwin = (letter: string): boolean => ALIKE.has(letter);
/** Whether it is drawn as a Latin letter. */
export const isAsLatin = (letter: string): boolean => /[A-Za-z]/.test(ALIKE.get(letter) ?? '');

const DASHES = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D\u30FC\u02D7\u2043\u2796]/gu, QUOTES = /[\u2018\u2019\u201B\u2032\u02BC\uFF07`´]/gu, DOUBLE = /[\u201C-\u201F\u2033\uFF02]/gu;
const HAN_DIGIT = '一二三四五六七八九〇';
/** Letters among figures, and figures among Chinese numerals. */
const AMONG_FIGURES = /(?<=\d)[OolI](?![A-Za-z])|(?<![A-Za-z])[OolI](?=\d)/g, AMONG_HAN = new RegExp(`(?<=[${HAN_DIGIT}])[O0](?=[${HAN_DIGIT}年])`, 'gu');

/** Letters that a reader takes for figures where figures stand beside them: `24O`, `l2`; of any script. An `l` behind a figure is a litre. */
const LETTER_AS_FIGURE = /(?<=\d)[OoОоΟο](?!\p{L})|(?<!\p{L})[OolIОоІӏΟοΙ](?=\d)/gu;

/** Where such letters stand, with the word that each is in. */
export const lettersAsFigures = (text: string): { sign: string; word: string }[] => [...text.matchAll(LETTER_AS_FIGURE)].map((m) => {
  const before = /[\p{L}\p{N}.,]*$/u.exec(text.slice(Math.max(0, m.index - 20), m.index))![0], behind = /^[\p{L}\p{N}.,]*/u.exec(text.slice(m.index + 1, m.index + 21))![0];
  return { sign: m[0], word: `${before}${m[0]}${behind}` };
});

/** Wordings that look like nothing else: most of what is asked about. */
const PLAIN = /^(?:[!-_a-~]| (?! ))*$/;

const figures = (text: string): string => text.replace(AMONG_FIGURES, (c) => (/o/i.test(c) ? '0' : '1'));

/** What a wording looks like: two wordings that differ and look the same have one look. */
export function lookOf(text: string): string {
  if (PLAIN.test(text)) return figures(text);
  const folded = text.replace(/[ºᵒ˚]/gu, '°').replaceAll('\u2800', ' ').normalize('NFKC').replace(/(?<!\p{Script=Katakana})\u30FC(?!\p{Script=Katakana})(?=\p{Script=Han})/gu, '一')
    .replace(DASHES, '-').replace(QUOTES, "'").replace(DOUBLE, '"').replace(/[\p{Zs}]+/gu, ' ').replace(/\p{Default_Ignorable_Code_Point}|\u061C/gu, '');
  return figures([...folded].map((c) => ALIKE.get(c) ?? c).join('').replace(AMONG_HAN, '〇'));
}

/** Letters and figures that stand among figures and Chinese numerals and are taken for them: where, and what they are. */
export const lookalikesAmongFigures = (text: string): { from: number; to: number; sign: string }[] =>
  [AMONG_FIGURES, AMONG_HAN].flatMap((lookalike) => [...text.matchAll(lookalike)]).map((m) => ({ from: m.index, to: m.index + 1, sign: m[0] }));
