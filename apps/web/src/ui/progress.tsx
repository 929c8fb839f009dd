import { STANDINGS, type Standing } from '@parley/negotiation';
import type { Progress } from '@parley/protocol';

export const STANDING_NAME: Readonly<Record<Standing, string>> = {
  approved: 'approved', agreed: 'agreed ad referendum', clean: 'clean', bracketed: 'bracketed', open: 'open',
};

/** One letter beside the dot: colour never says it alone. */
export const STANDING_LETTER: Readonly<Record<Standing, string>> = { approved: 'P', agreed: 'A', clean: 'C', bracketed: 'B', open: 'O' };

/** "5 approved · 4 agreed · 8 bracketed": counts, never a percentage; standings without provisions are left out. */
export function progressWords(progress: Progress): string {
  const parts = STANDINGS.filter((s) => progress[s] > 0).map((s) => `${progress[s]} ${s}`);
  return parts.length > 0 ? parts.join(' · ') : 'no provisions yet';
}

export function ProgressBar({ progress }: { readonly progress: Progress }) {
  return (
    <div className="progress-bar" role="img" aria-label={progressWords(progress)}>
      {STANDINGS.filter((s) => progress[s] > 0).map((s) => <i key={s} className={s} style={{ flexGrow: progress[s] }} />)}
    </div>
  );
}
