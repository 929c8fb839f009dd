import type { Wording } from '@parley/messages';
import { lettersAsFigures, lookOf } from './look.ts';
import { characterWords, countsOfNames, eachOnce, hasRightToLeft, legible, misdirects, type Mixed, mixedIn, strokesIn, type Unseen, unseenIn } from './unseen.ts';

/** Something about words that come in that a reader should be asked about before they are accepted. */
export interface Warning { readonly kind: 'unseen' | 'same-look' | 'mixed' | 'figures' | 'strokes' | 'attribution'; readonly say: string }

/** Words that go and words that come in their place, as plain text. */
export interface Exchange { readonly removed: string; readonly inserted: string }

const OPENS = [...'[\u3010\u3014\u3016\u27E6\u2045\u2772{('], OPEN = `[${OPENS.map((sign) => (sign === '[' ? '\\[' : sign)).join('')}]`, CLOSE = '[\\]\u3011\u3015\u3017\u27E7\u2046\u2773})]', SQUARE = '[\\]\u3011\u3015\u3017\u27E7\u2046\u2773}]';
/** A name as it may be written; a code also with points. */
const escaped = (name: string): string => (/^\p{Lu}{2,4}$/u.test(name) ? [...lookOf(name)].map((letter) => `${letter}\\.?`).join('') : lookOf(name).replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));

/** Typed brackets that read like a bracket of Parley: `[words - AZ]`, `[AZ: words]`, `[AZ words]`, `(AZ: move 4)`. Letters that look like those of a code count as them. */
function attributionsIn(text: string, names: readonly string[]): string[] {
  const known = names.map(escaped).filter(Boolean);
  if (known.length === 0) return [];
  const who = `(?:${known.join('|')})`, several = `${who}(?:\\s*[,/&]\\s*${who})*`;
  const behind = new RegExp(`(?:-\\s*${several}(?:\\s+\\p{L}+)?\\s*(?:${CLOSE}|$)|\\(\\s*${several}\\s*\\)\\s*${SQUARE})`, 'giu');
  const before = new RegExp(`${OPEN}\\s*${several}\\s*(?::|\\s|'s(?!\\p{L}))|(?!\\()${OPEN}\\s*${several}\\s*${SQUARE}`, 'giu');
  const look = lookOf(text), out: string[] = [];
  for (const m of look.matchAll(behind)) {
    const open = Math.max(...OPENS.map((sign) => look.lastIndexOf(sign, m[0].startsWith('(') ? m.index - 1 : m.index)));
    if (open >= 0 && !CLOSED.test(look.slice(open, m.index))) out.push(cut(look.slice(open, m.index + m[0].length)));
  }
  for (const m of look.matchAll(before)) out.push(cut(/^[^\]\u3011\u3015\u3017\u27E7\u2046\u2773})]*.?/u.exec(look.slice(m.index, m.index + 400))![0]));
  return [...new Set(out)];
}

const CLOSED = new RegExp(CLOSE, 'u');
const cut = (piece: string): string => (piece.length <= 90 ? piece.trim() : `${piece.slice(0, 40).trim()} … ${piece.slice(-40).trim()}`);

const named = (found: readonly Unseen[], wording: Wording): string => eachOnce(found.flatMap(({ names }) => names)).map((name) => characterWords(name, wording)).join(', ');

function warningsOfOne({ removed, inserted }: Exchange, names: readonly string[], wording: Wording): Warning[] {
  const out: Warning[] = [], all = unseenIn(inserted), counts = countsOfNames(all), before = countsOfNames(unseenIn(removed));
  const unseen = all.filter((one) => counts.of(one) > before.of(one));
  const mixed = byWord(mixedIn(inserted));
  const strokes = strokesIn(inserted).filter((one) => !removed.includes(inserted.slice(one.from, one.to)));
  if (removed !== inserted && removed.trim() !== '' && lookOf(removed) === lookOf(inserted)) out.push({ kind: 'same-look', say: wording.message('text.warning.sameLook', { removed: legible(removed, wording, inserted), inserted: legible(inserted, wording, removed) }) });
  if (unseen.length > 0) out.push({ kind: 'unseen', say: wording.message(misleads(inserted, unseen) ? 'text.warning.misleading' : 'text.warning.unseen', { names: named(unseen, wording) }) });
  for (const [word, letters] of mixed) {
    const whole = letters.some((one) => one.whole);
    if (!removed.includes(word)) out.push({ kind: 'mixed', say: wording.message(whole ? 'text.warning.disguised' : 'text.warning.mixed', { word, names: named(letters, wording) }) });
  }
  const figures = new Map(lettersAsFigures(inserted).filter(({ word }) => !removed.includes(word)).map((one) => [one.word, one.sign]));
  for (const [word, sign] of figures) out.push({ kind: 'figures', say: wording.message('text.warning.figures', { word, name: characterWords({ is: 'letter', sign }, wording) }) });
  if (strokes.length > 0) out.push({ kind: 'strokes', say: wording.message('text.warning.strokes', { names: named(strokes, wording) }) });
  const typed = attributionsIn(removed, names);
  for (const piece of attributionsIn(inserted, names).filter((one) => !typed.includes(one))) {
    out.push({ kind: 'attribution', say: wording.message('text.warning.attribution', { piece }) });
  }
  return out;
}

function byWord(found: readonly Mixed[]): Map<string, Mixed[]> {
  const words = new Map<string, Mixed[]>();
  for (const one of found) words.set(one.word, [...(words.get(one.word) ?? []), one].slice(-8));
  return words;
}

const misleads = (text: string, unseen: readonly Unseen[]): boolean => !hasRightToLeft(text) && unseen.some(misdirects);

/**
 * What a reader should be asked about before words come in: characters that nobody sees, words that look like others, letters of two scripts in one word, strokes
 * that imitate a deletion, typed brackets that imitate an attribution. `names` are the codes and names of the parties. Pure; none for words that were there before.
 */
export function warningsOf(exchanges: readonly Exchange[], names: readonly string[], wording: Wording): Warning[] {
  const all = exchanges.flatMap((one) => warningsOfOne(one, names, wording));
  return all.filter((one, i) => all.findIndex((other) => other.say === one.say) === i);
}
