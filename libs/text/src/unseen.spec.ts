import { ENGLISH } from '../../messages/test-support/english-wording.ts';
import { describe, expect, it } from 'vitest';
import { lookOf } from './look.ts';
import { characterWords, legible as legibleIn, mixedIn, spaceName as spaceNameIn, unseenIn } from './unseen.ts';
import { type Exchange, warningsOf as warningsIn } from './warnings.ts';

const legible = (text: string, beside?: string): string => legibleIn(text, ENGLISH, beside);
const spaceName = (text: string): string | null => spaceNameIn(text, ENGLISH);
const warningsOf = (exchanges: readonly Exchange[], names: readonly string[]) => warningsIn(exchanges, names, ENGLISH);
const namesOf = (found: ReturnType<typeof unseenIn>): string[] => found.flatMap(({ names }) => names.map((name) => characterWords(name, ENGLISH)));

const kinds = (removed: string, inserted: string) => warningsOf([{ removed, inserted }], ['AZ', 'Azure', 'OC', 'Ochre', 'CH']).map((w) => w.kind);

describe('what nobody can see', () => {
  it.each([
    ['co\u00ADoperation', 'co⟨soft hyphen⟩operation'], ['24\u00A0hours', '24⟨no-break space⟩hours'], ['24\u202Fhours', '24⟨narrow no-break space⟩hours'], ['re\u2011open', 're⟨no-break hyphen⟩open'],
    ['\u200F12 - 24\u200F', '⟨right-to-left mark⟩12 - 24⟨right-to-left mark⟩'], ['第\u3000条', '第⟨ideographic space⟩条'], ['in\u200Bform', 'in⟨zero-width space⟩form'], ['a  b', 'a⟨2 spaces⟩b'],
    ['\u202Eabc', '⟨right-to-left override⟩abc'], ['p\u0430rty', 'p\u0430⟨Cyrillic \u0430⟩rty'], ['n\u0336o\u0336t\u0336', 'not⟨combining long stroke overlay on 3 letters⟩'], ['a\u2063b', 'a⟨character U+2063⟩b'],
  ])('[U1] %j is read with the name of what is in it', (text, read) => expect(legible(text)).toBe(read));

  it.each([
    ['cooperation', '\u0441ooperation', '\u0441⟨Cyrillic \u0441⟩ooperation'], ['\u0430\u0441\u0430', 'aca', 'aca'], ['caf\u00E9', 'cafe\u0301', 'cafe\u0301⟨decomposed é⟩'], ['24', '２４', '２⟨full-width 2⟩４⟨full-width 4⟩'],
    ['12-24', '12–24', '12–⟨en dash⟩24'], ['12‐24', '12-24', '12-24'], ['Party’s', "Party's", "Party's"], ['\u039FC', 'OC', 'OC'],
    ['10', '1O', '1O⟨letter O⟩'], ['10', '1\u041E', '1\u041E⟨Cyrillic \u041E⟩'], ['10', 'l0', 'l⟨letter l⟩0'], ['二〇二六', '二O二六', '二O⟨letter O⟩二六'], ['〇六', '○六', '○⟨circle⟩六'], ['二十', 'ニ十', 'ニ⟨Katakana ニ⟩十'], ['口头', 'ロ头', 'ロ⟨Katakana ロ⟩头'],
    ['Party', '\u13E2arty', '\u13E2⟨Cherokee \u13E2⟩arty'], ['Scope', '\uA4E2cope', '\uA4E2⟨Lisu \uA4E2⟩cope'], ['hosts', '\u0570osts', '\u0570⟨Armenian \u0570⟩osts'], ['within', 'w\u0131thin', 'w\u0131⟨character U+0131⟩thin'], ['Party', 'P\u0251rty', 'P\u0251⟨character U+0251⟩rty'], ['5:00', '5\u223600', '5\u2236⟨ratio sign⟩00'], ['and/or', 'and\u2215or', 'and\u2215⟨division slash⟩or'], ['a, b', 'a\u201A b', 'a\u201A⟨low single quotation mark⟩ b'], ['a·b', 'a‧b', 'a‧⟨hyphenation point⟩b'],
    ['12-24', '12\u02D724', '12\u02D7⟨small minus sign⟩24'], ['n° 5', 'nº 5', 'nº⟨ordinal sign⟩ 5'], ['24 hours', '24\u2800hours', '24⟨braille blank⟩hours'], ['می', 'م\u064A', 'م\u064A'], ['٧', '۷', '۷⟨Arabic ۷⟩'], ['file', '\uFB01le', '\uFB01⟨character U+FB01⟩le'],
    ['reopen', 're\u034Fopen', 're⟨combining grapheme joiner⟩open'], ['reopen', 're\u180Bopen', 're⟨Mongolian variation selector⟩open'], ['葛', '葛\u{E0100}', '葛⟨variation selector⟩'], ['reopen', 're\uFE0Fopen', 're⟨variation selector⟩open'],
  ])('[U2] two wordings that look the same never read alike: %j and %j', (one, other, read) => {
    expect(lookOf(one)).toBe(lookOf(other));
    expect(legible(other, one)).toBe(read);
    expect(legible(other, one)).not.toBe(legible(one, other));
  });

  it.each([
    ['24\u00A0hours', '48\u00A0hours', '48\u00A0hours'], ['re\u2011open', 're\u2011opened', 're\u2011opened'], ['第\u3000条', '第\u3000款', '第\u3000款'], ['a  b', 'c  d', 'c  d'], ['co\u00ADop', 'co\u00ADord', 'co\u00ADord'],
    ['24 hours', '48\u00A0hours', '48⟨no-break space⟩hours'], ['24\u00A0hours', '48\u00A0hours\u00A0and', '48⟨no-break space⟩hours⟨no-break space⟩and'], ['24\u00A0hours', '48\u202Fhours', '48⟨narrow no-break space⟩hours'],
    ['24\u00A0hours', '24 hours', '24 hours'], ['24 hours', '24\u00A0hours', '24⟨no-break space⟩hours'], ['a\u00A0b c', 'a b\u00A0c', 'a b⟨no-break space⟩c'],
    ['\u200F12 - 24', '\u200F12 - 48', '⟨right-to-left mark⟩12 - 48'], ['n\u0336o', 'n\u0336a', 'n⟨combining long stroke overlay on 1 letter⟩a'], ['p\u0430rty', 'p\u0430rties', 'p\u0430⟨Cyrillic \u0430⟩rties'],
  ])('[U4] in place of %j, %j is read so', (removed, inserted, read) => expect(legible(inserted, removed)).toBe(read));

  it('[U2] words that look different are not laden with names', () => {
    expect([legible('24 часа', '48 часов'), legible('“Evidence” – any record', 'other'), legible('被请求方应当', 'x'), legible('Naïve café', 'x'), legible('5 litres in 10 l', '5 litre'), legible('Article I', 'Article 1')]).toEqual(['24 часа', '“Evidence” – any record', '被请求方应当', 'Naïve café', '5 litres in 10 l', 'Article I']);
  });

  it('[U1] what has a meaning in its script is left alone: joiners of Persian and Hindi, variants of Chinese characters and of emoji', () => {
    for (const text of ['می\u200Cخواهم', 'क\u094D\u200Dष', '葛\u{E0100}城', '👩\u200D💻', '❤\uFE0F']) expect(unseenIn(text)).toEqual([]);
    expect(unseenIn('a\u200Cb')).toHaveLength(1);
  });

  it('[U1] letters of two scripts in one word are named where they look alike; words of two scripts beside each other are not', () => {
    expect([mixedIn('П\u0430рты').length, mixedIn('the word слово').length, mixedIn('μg and αs').length, mixedIn('使用Word文件').length, namesOf(mixedIn('p\u0430rty'))]).toEqual([0, 0, 0, 0, ['Cyrillic \u0430']]);
    expect(['слoво', 'P\u03BFrty'].map((text) => namesOf(mixedIn(text)))).toEqual([['Latin o'], ['Greek \u03BF']]);
  });

  it('[U1] so are words that have none but letters drawn as Latin ones, and katakana drawn as Chinese characters', () => {
    expect(namesOf(mixedIn('the \u0441\u043E\u0440 acts'))).toEqual(['Cyrillic \u0441', 'Cyrillic \u043E', 'Cyrillic \u0440']);
    expect(namesOf(mixedIn('在ニ十四小时内'))).toEqual(['Katakana ニ']);
    for (const text of ['слова о правах and words', 'α and β', '三カ月', 'データの保護', 'エネルギー协定', '\u0441\u043E\u0440']) expect(mixedIn(text)).toEqual([]);
  });

  it('[U1] a wording of nothing but space is called by name', () => {
    expect([' ', '  ', '\u00A0', '\u3000', '\u00AD', 'a', ''].map(spaceName)).toEqual(['a space', '2 spaces', 'a no-break space', 'an ideographic space', 'a soft hyphen', null, null]);
  });
});

describe('what to ask before words come in', () => {
  it.each([
    ['cooperation', 'co\u00ADoperation', ['same-look', 'unseen']], ['', '\u200F12 - 24\u200F', ['unseen']], ['party', 'p\u0430rty', ['same-look', 'mixed']], ['', 'shall n\u0336o\u0336t\u0336 be', ['strokes']],
    ['', ' [They consult. - AZ]', ['attribution']], ['', '[Azure: They consult.]', ['attribution']], ['', '[AZ They consult]', ['attribution']], ['', '【磋商 — OC】', ['attribution']], ['', '(AZ: move after 4)', ['attribution']],
    ['', '[\u0410Z: hidden]', ['mixed', 'attribution']], ['', '[The words. - AZ, OC delete]', ['attribution']], ['', '[unfinished - OC', ['attribution']], ['', '[AZ] They consult', ['attribution']], ['', '[They consult. (AZ)]', ['attribution']], ['', '[ᴬᶻ They consult]', ['attribution']], ['', '⟦They consult - AZ⟧', ['attribution']], ['', '{OC: They consult}', ['attribution']], ['', '[A.Z.: They consult]', ['attribution']], ['', '[Azure’s text: They consult]', ['attribution']],
    ['', 'Azure (AZ) and Ochre (OC) consult', []], ['', 'the side of Azure - and of Ochre', []], ['', 'never \u20E0', ['strokes']], ['24', '24O', ['figures']], ['24 hours', '24\u041E', ['figures']], ['', 'l2 days', ['figures']], ['', '10l of water, 5 litres, CO2', []], ['', 'Annex 2 and I', []], ['24O', '24O days', []], ['10 days', '1O days', ['same-look', 'figures']], ['', 'the \u0441\u043E\u0440 acts', ['mixed']], ['二十日', 'ニ十日', ['same-look', 'mixed']],
    ['', '[24] [48]', []], ['', '[to be determined]', []], ['24', '48', []], ['', 'Azure shall (within 24 hours) reply', []], ['24\u00A0hours', '48\u00A0hours', []], ['24\u00A0hours', '48\u00A0hours\u00A0and more', ['unseen']], ['24\u00A0hours', '48 hours', []], ['24\u00A0hours', '24 hours', ['same-look']], ['a\u00A0b\u00A0c', 'a\u00A0d', []], ['', 'the range [12 - 24]', []],
  ])('[U3] %j replaced by %j', (removed, inserted, wanted) => expect(kinds(removed, inserted)).toEqual(wanted));

  it('[U3] a direction mark among words without letters of such a script is said to mislead', () => {
    expect(warningsOf([{ removed: '', inserted: '\u200F12 - 24\u200F' }], [])[0]!.say).toBe('It brings in what nobody can see: right-to-left mark. It may show words in another order than they are written.');
  });

  it('[U3] long input of any sort is examined quickly', () => {
    for (const piece of ['[', '[AZ ', '\u0336a', 'a\u0430', '\u200F', ' - AZ', '(', '- ']) {
      const start = process.cpuUsage();
      warningsOf([{ removed: '', inserted: piece.repeat(20_000 / piece.length) }], ['AZ', 'Azure']);
      legible(piece.repeat(20_000 / piece.length));
      // A tenth of a second is usual; what grows with the square of the length takes minutes. Other threads of the process count, too.
      expect(process.cpuUsage(start).user / 1000, piece).toBeLessThan(6_000);
    }
  });
});
