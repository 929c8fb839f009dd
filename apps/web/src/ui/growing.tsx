import { type ReactNode, useEffect, useRef, useState } from 'react';
import { message } from './messages.ts';
import { numbered } from './words.ts';

/** So many are drawn at first, and so many more whenever the end comes near. */
const STEP = 30;
/** How near the end has to come. */
const NEAR = '800px 0px';

interface GrowingProps<Item> { readonly items: readonly Item[]; readonly children: (item: Item) => ReactNode }

/**
 * A long list of which only as much is drawn as has come in sight: whoever scrolls, by hand or by the keyboard, finds the next ones there. A button at the end says how
 * many are left and draws more, for those to whom nothing scrolls. What is drawn carries its own key.
 */
export function Growing<Item>({ items, children }: GrowingProps<Item>) {
  const end = useRef<HTMLButtonElement>(null);
  const [most, setMost] = useState(STEP);
  const more = (): void => setMost((before) => before + STEP);
  const left = items.length - most;
  useEffect(() => {
    if (left <= 0 || !end.current) return undefined;
    const watch = new IntersectionObserver((seen) => { if (seen.some(({ isIntersecting }) => isIntersecting)) more(); }, { rootMargin: NEAR });
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [left]);
  return (
    <>
      {items.slice(0, most).map((item) => children(item))}
      {left > 0 ? <button type="button" className="more" ref={end} onClick={more}>{message('ui.growing.more', { n: numbered(left) })}</button> : null}
    </>
  );
}
