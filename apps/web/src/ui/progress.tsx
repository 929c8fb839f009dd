import { STANDINGS, type Standing } from '@parley/negotiation';
import type { Progress } from '@parley/protocol';
import { message } from './messages.ts';

export const standingName = (standing: Standing): string => message(`ui.standing.${standing}`);

/** One letter beside the dot: colour never says it alone. */
export const standingLetter = (standing: Standing): string => message(`ui.standing.${standing}.letter`);

/** "5 approved · 4 agreed · 8 bracketed": counts, never a percentage; standings without provisions are left out. */
export function progressWords(progress: Progress): string {
  const parts = STANDINGS.filter((s) => progress[s] > 0).map((s) => message(`ui.progress.${s}`, { n: progress[s] }));
  return parts.length > 0 ? parts.join(' · ') : message('ui.progress.none');
}

export function ProgressBar({ progress }: { readonly progress: Progress }) {
  return (
    <div className="progress-bar" role="img" aria-label={progressWords(progress)}>
      {STANDINGS.filter((s) => progress[s] > 0).map((s) => <i key={s} className={s} style={{ flexGrow: progress[s] }} />)}
    </div>
  );
}
