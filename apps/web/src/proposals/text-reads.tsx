import { Struck } from '../ui/struck.tsx';
import type { Reads } from './preview.ts';

interface TextReadsProps {
  readonly reads: readonly Reads[];
  /** Its one place is named beside it. */
  readonly unnamed?: boolean;
}

/** Places of the text as they then read, each named and whole: nothing of it is cut, folded or scrolled away, and no run reorders another. */
export function TextReads({ reads, unnamed = false }: TextReadsProps) {
  return reads.map(({ name, stretches }, at) => (
    <blockquote key={`${name} ${at}`} className="reads" data-reads={name}>
      {unnamed && reads.length === 1 ? null : <cite><bdi>{name}</bdi></cite>}
      <p dir="auto">{stretches.map(({ words, inserted, removed }, i) => (removed ? <Struck key={i} words={words} /> : inserted ? <ins key={i}><bdi>{words}</bdi></ins> : <span key={i}>{words}</span>))}</p>
    </blockquote>
  ));
}
