import type { Reads } from './preview.ts';

/** Places of the text as they then read, each whole: nothing of it is cut, folded or scrolled away. */
export function TextReads({ reads }: { readonly reads: readonly Reads[] }) {
  return reads.map(({ name, stretches }, at) => (
    <blockquote key={`${name} ${at}`} className="reads" data-reads={name}>
      {reads.length > 1 ? <cite>{name}</cite> : null}
      <p>{stretches.map(({ words, inserted, removed }, i) => (removed ? <del key={i}>{words}</del> : inserted ? <ins key={i}>{words}</ins> : <span key={i}>{words}</span>))}</p>
    </blockquote>
  ));
}
