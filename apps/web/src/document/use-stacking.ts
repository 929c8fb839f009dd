import { useCallback, useState } from 'react';
import { STACKED_WHERE_CROWDED, type Stacking } from '../editor/index.ts';

const KEPT = 'parley-crowded-in-one-text';

function kept(): Stacking {
  try {
    return localStorage.getItem(KEPT) === null ? STACKED_WHERE_CROWDED : { ...STACKED_WHERE_CROWDED, crowded: false };
  } catch {
    return STACKED_WHERE_CROWDED;
  }
}

/** Which provisions are read as alternatives. Whether crowded ones are is kept on this device, for every document; what was chosen for one provision lasts as long as the page. */
export function useStacking(): [Stacking, (stacking: Stacking) => void] {
  const [stacking, set] = useState(kept);
  return [stacking, useCallback((next: Stacking) => {
    set(next);
    try {
      if (next.crowded) localStorage.removeItem(KEPT); else localStorage.setItem(KEPT, '');
    } catch {
      // Where nothing can be kept it is chosen again on the next page.
    }
  }, [])];
}
