import type { Phrase } from '@parley/text';
import { Struck } from '../ui/struck.tsx';

/** A description with the words that come in and go out told apart by more than colour, none of them able to reorder what stands beside it. */
export function Wanted({ phrases }: { readonly phrases: readonly Phrase[] }) {
  return phrases.map((phrase, i) => {
    if (phrase.as === 'inserted') return <ins key={i}><bdi>{phrase.text}</bdi></ins>;
    if (phrase.as === 'removed') return <Struck key={i} words={phrase.text} />;
    return <bdi key={i}>{phrase.text}</bdi>;
  });
}
