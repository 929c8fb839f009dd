import { codeOf, type GroupState } from '@parley/negotiation';
import { nameIn, type Provision, titleOf } from '@parley/text';
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useDocumentContext } from './document-context.ts';
import { Counting } from '../ui/counting.tsx';
import { message, wording } from '../ui/messages.ts';
import { toneOf } from '../ui/party.tsx';
import { standingLetter, standingName } from '../ui/progress.tsx';
import { scrollerOf } from '../ui/scroller.ts';
import { Struck } from '../ui/struck.tsx';
import { excerpt } from '../ui/words.ts';
import { type OutlineLine, outlineLines, sameLine } from './outline-lines.ts';

/** Every provision with its standing; a click brings it into view. */
export function Outline() {
  const { now, counted, focus, setFocus, editor } = useDocumentContext();
  const lines = useSteady(useMemo(() => (counted ? outlineLines(now) : []), [now, counted]));
  const negotiating = now.document.stage === 'negotiation';
  const texts = useRef(now.rooms);
  useEffect(() => { texts.current = now.rooms; });
  const nameOf = useCallback((id: string): string => nameIn(Object.values(texts.current).find((text) => text?.by.has(id)), id, wording), []);
  const go = useCallback((provision: string): void => { setFocus(provision); editor.current?.scrollTo(provision); }, [setFocus, editor]);
  return (
    <section className="outline-panel" aria-labelledby="outline-title">
      <h2 id="outline-title" className="section-title">{message('provisions.outline.title')}</h2>
      {!counted ? <Counting /> : lines.length === 0 ? <p className="quiet">{message('provisions.outline.none')}</p> : (
        <div className="outline" role="list">
          <Lines lines={lines} negotiating={negotiating} focus={focus} group={now.group} go={go} nameOf={nameOf} />
        </div>
      )}
    </section>
  );
}

/** The lines of before as long as they say the same: most keys change nothing here. */
function useSteady(now: readonly OutlineLine[]): readonly OutlineLine[] {
  const [shown, setShown] = useState(now);
  const same = shown.length === now.length && shown.every((line, i) => sameLine(line, now[i]!));
  if (!same) setShown(now);
  return same ? shown : now;
}

interface LinesProps extends Pick<LineProps, 'negotiating' | 'group' | 'go' | 'nameOf'> { readonly lines: readonly OutlineLine[]; readonly focus: string | null }

/** So many lines are drawn together when they come near. */
const CHUNK = 40;
const NEAR = '800px 0px';

const chunksOf = (lines: readonly OutlineLine[]): OutlineLine[][] => Array.from({ length: Math.ceil(lines.length / CHUNK) }, (_, i) => lines.slice(i * CHUNK, (i + 1) * CHUNK));

const Lines = memo(({ lines, ...same }: LinesProps) => chunksOf(lines).map((chunk, i) => <Chunk key={i} lines={chunk} first={i === 0} {...same} />));
Lines.displayName = 'Lines';

/** About how high a line is, in rem. */
const LINE_HEIGHT = 2.6;

/**
 * Lines that are laid out and watched together. What is far from what is in sight is names that lead somewhere, and nothing else: there may be thousands, and every key
 * press goes through what is drawn.
 */
function Chunk({ lines, focus, first, ...same }: LinesProps & { readonly first: boolean }) {
  const [near, setNear] = useState(first), box = useRef<HTMLDivElement>(null);
  if (!near && lines.some(({ provision }) => provision.id === focus)) setNear(true);
  useEffect(() => {
    if (near || !box.current) return undefined;
    const watch = new IntersectionObserver((seen) => { if (seen.some(({ isIntersecting }) => isIntersecting)) setNear(true); }, { root: scrollerOf(box.current), rootMargin: NEAR });
    watch.observe(box.current);
    return () => watch.disconnect();
  }, [near]);
  return (
    <div className="outline-chunk" ref={box} style={{ containIntrinsicBlockSize: `auto ${lines.length * LINE_HEIGHT}rem` }}>
      {lines.map(({ provision, standing, proposedBy, removedBy }) => (near
        ? <Line key={provision.id} provision={provision} standing={standing} proposedBy={proposedBy} removed={removedBy.length > 0} here={focus === provision.id} {...same} />
        : <div role="listitem" key={provision.id}><button type="button" onClick={() => same.go(provision.id)}>{lineName(provision)}</button></div>))}
    </div>
  );
}

const titleIn = (provision: Provision): string => excerpt(titleOf(provision), 80) || message('provisions.outline.empty');
const lineName = (provision: Provision): string => `${provision.label ? `${provision.label} ` : ''}${titleIn(provision)}`;

interface LineProps extends Pick<OutlineLine, 'provision' | 'standing' | 'proposedBy'> {
  readonly removed: boolean;
  readonly negotiating: boolean;
  readonly here: boolean;
  readonly group: GroupState;
  readonly go: (provision: string) => void;
  /** What it is called where it is named alone: looked for when somebody asks, not at every key press. */
  readonly nameOf: (provision: string) => string;
}

/** Drawn again only when it shows something else: there are hundreds, and they follow every key press. */
const Line = memo(({ provision, standing, proposedBy, removed, negotiating, here, group, go, nameOf }: LineProps) => {
  const named = ({ currentTarget }: { readonly currentTarget: HTMLElement }): void => { currentTarget.title = nameOf(provision.id); };
  const title = titleIn(provision);
  const number = provision.label ? `${provision.label} ` : '';
  return (
    <div role="listitem">
      <button type="button" aria-current={here ? 'true' : undefined} onClick={() => go(provision.id)} onPointerEnter={named} onFocus={named} style={{ paddingLeft: 8 + Math.min(provision.level, 4) * 14 }}>
        {negotiating ? <><span className={`dot ${standing}`} aria-hidden="true" /><span className="letter" aria-hidden="true" title={standingName(standing)}>{standingLetter(standing)}</span></> : null}
        <span className={`line-words ${provision.kind === 'heading' ? 'heading' : ''}`}>
          {number}{removed ? <Struck words={title} /> : title}
          {proposedBy ? <span className={`code ${toneOf(group, proposedBy)}`}>{message('provisions.outline.adds', { code: codeOf(group, proposedBy) })}</span> : null}
        </span>
        {negotiating ? <span className="hidden-words">{message('provisions.outline.spoken', { proposed: proposedBy ? 'yes' : 'no', code: proposedBy ? codeOf(group, proposedBy) : '', standing: standingName(standing), removal: removed ? 'yes' : 'no' })}</span> : null}
      </button>
    </div>
  );
});
Line.displayName = 'Line';
