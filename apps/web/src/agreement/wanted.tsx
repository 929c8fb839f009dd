import type { Phrase } from './describe.ts';

/** A description with the words that come in and go out told apart by more than colour. */
export function Wanted({ phrases }: { readonly phrases: readonly Phrase[] }) {
  return phrases.map((phrase, i) => {
    if (phrase.as === 'inserted') return <ins key={i}>{phrase.text}</ins>;
    if (phrase.as === 'removed') return <del key={i}>{phrase.text}</del>;
    return <span key={i}>{phrase.text}</span>;
  });
}
