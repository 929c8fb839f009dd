/** A word, or the space between two. */
export interface Stretch { readonly from: number; readonly to: number; readonly blank: boolean }

/** Words and the spaces between them: a line through a space would be read as a hyphen, at the end of a line or beside the sign of a bracket. */
export function stretchesOf(text: string): Stretch[] {
  return [...text.matchAll(/\s+|\S+/gu)].map(({ 0: words, index }) => ({ from: index, to: index + words.length, blank: /^\s/u.test(words) }));
}

/** Struck words, none of which can reorder what stands beside them. */
export function Struck({ words }: { readonly words: string }) {
  return <del><bdi>{stretchesOf(words).map(({ from, to, blank }) => (blank ? words.slice(from, to) : <span key={from} className="struck-word">{words.slice(from, to)}</span>))}</bdi></del>;
}
