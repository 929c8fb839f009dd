import { describe, expect, it } from 'vitest';
import { legible, lookOf, mixedIn, spaceName, unseenIn } from './unseen.ts';
import { warningsOf } from './warnings.ts';

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
    expect([legible('24 часа', '48 часов'), legible('“Evidence” – any record', 'other'), legible('被请求方应当', 'x'), legible('Naïve café', 'x')]).toEqual(['24 часа', '“Evidence” – any record', '被请求方应当', 'Naïve café']);
  });

  it('[U1] what has a meaning in its script is left alone: joiners of Persian and Hindi, variants of Chinese characters and of emoji', () => {
    for (const text of ['می\u200Cخواهم', 'क\u094D\u200Dष', '葛\u{E0100}城', '👩\u200D💻', '❤\uFE0F']) expect(unseenIn(text)).toEqual([]);
    expect(unseenIn('a\u200Cb')).toHaveLength(1);
  });

  it('[U1] letters of two scripts in one word are named where they look alike; words of two scripts beside each other are not', () => {
    expect([mixedIn('П\u0430рты').length, mixedIn('the word слово').length, mixedIn('μg and αs').length, mixedIn('使用Word文件').length, mixedIn('p\u0430rty').map((m) => m.name)]).toEqual([0, 0, 0, 0, ['Cyrillic \u0430']]);
    expect(mixedIn('слoво').map((m) => m.name)).toEqual(['Latin o']);
  });

  it('[U1] a wording of nothing but space is called by name', () => {
    expect([' ', '  ', '\u00A0', '\u3000', '\u00AD', 'a', ''].map(spaceName)).toEqual(['a space', '2 spaces', 'a no-break space', 'an ideographic space', 'a soft hyphen', null, null]);
  });
});

describe('what to ask before words come in', () => {
  it.each([
    ['cooperation', 'co\u00ADoperation', ['same-look', 'unseen']], ['', '\u200F12 - 24\u200F', ['unseen']], ['party', 'p\u0430rty', ['same-look', 'mixed']], ['', 'shall n\u0336o\u0336t\u0336 be', ['strokes']],
    ['', ' [They consult. - AZ]', ['attribution']], ['', '[Azure: They consult.]', ['attribution']], ['', '[AZ They consult]', ['attribution']], ['', '【磋商 — OC】', ['attribution']], ['', '(AZ: move after 4)', ['attribution']],
    ['', '[\u0410Z: hidden]', ['mixed', 'attribution']], ['', '[The words. - AZ, OC delete]', ['attribution']], ['', '[unfinished - OC', ['attribution']],
    ['', '[24] [48]', []], ['', '[to be determined]', []], ['24', '48', []], ['', 'Azure shall (within 24 hours) reply', []], ['24\u00A0hours', '48\u00A0hours', []], ['24\u00A0hours', '48\u00A0hours\u00A0and more', ['unseen']], ['24\u00A0hours', '48 hours', []], ['24\u00A0hours', '24 hours', ['same-look']], ['a\u00A0b\u00A0c', 'a\u00A0d', []], ['', 'the range [12 - 24]', []],
  ])('[U3] %j replaced by %j', (removed, inserted, wanted) => expect(kinds(removed, inserted)).toEqual(wanted));

  it('[U3] a direction mark among words without letters of such a script is said to mislead', () => {
    expect(warningsOf([{ removed: '', inserted: '\u200F12 - 24\u200F' }], [])[0]!.say).toBe('It brings in what nobody can see: right-to-left mark. It may show words in another order than they are written.');
  });

  it('[U3] long input of any sort is judged quickly', () => {
    for (const piece of ['[', '[AZ ', '\u0336a', 'a\u0430', '\u200F', ' - AZ', '(', '- ']) {
      const start = process.cpuUsage();
      warningsOf([{ removed: '', inserted: piece.repeat(20_000 / piece.length) }], ['AZ', 'Azure']);
      legible(piece.repeat(20_000 / piece.length));
      expect(process.cpuUsage(start).user / 1000, piece).toBeLessThan(1_500);
    }
  });
});
