import { codeOf, type GroupState } from '@parley/negotiation';
import { nameIn } from '@parley/text';
import { memo, useCallback, useDeferredValue, useEffect, useMemo, useRef } from 'react';
import { titleOf } from '../agreement/describe.ts';
import { useDesk } from '../documents/desk.ts';
import { toneOf } from '../ui/party.tsx';
import { STANDING_LETTER, STANDING_NAME } from '../ui/progress.tsx';
import { excerpt } from '../ui/words.ts';
import { type OutlineLine, outlineLines } from './outline-lines.ts';

/** Every provision with its standing; a click brings it into view. */
export function Outline() {
  const { now, focus, setFocus, editor } = useDesk();
  const shown = useDeferredValue(now);
  const lines = useMemo(() => outlineLines(shown), [shown]);
  const negotiating = shown.document.stage === 'negotiation';
  const texts = useRef(shown.rooms);
  useEffect(() => { texts.current = shown.rooms; });
  const nameOf = useCallback((id: string): string => nameIn(Object.values(texts.current).find((text) => text?.by.has(id)), id), []);
  const go = useCallback((provision: string): void => { setFocus(provision); editor.current?.scrollTo(provision); }, [setFocus, editor]);
  return (
    <section className="outline-panel" aria-labelledby="outline-title">
      <h2 id="outline-title" className="section-title">Outline</h2>
      {lines.length === 0 ? <p className="quiet">No provisions yet.</p> : (
        <ol className="outline">
          {lines.map(({ provision, standing, proposedBy, removedBy }) => (
            <Line key={provision.id} provision={provision} standing={standing} proposedBy={proposedBy} removed={removedBy.length > 0} negotiating={negotiating} here={focus === provision.id} group={shown.group} go={go} nameOf={nameOf} />
          ))}
        </ol>
      )}
    </section>
  );
}

interface LineProps extends Pick<OutlineLine, 'provision' | 'standing' | 'proposedBy'> {
  readonly removed: boolean;
  readonly negotiating: boolean;
  readonly here: boolean;
  readonly group: GroupState;
  readonly go: (provision: string) => void;
  /** What it is called where it is named alone: looked for when somebody asks, not at every key press. */
  readonly nameOf: (provision: string) => string;
}

/** Drawn again only when it shows something else: there are hundreds, and they hear of every key press. */
const Line = memo(({ provision, standing, proposedBy, removed, negotiating, here, group, go, nameOf }: LineProps) => {
  const named = ({ currentTarget }: { readonly currentTarget: HTMLElement }): void => { currentTarget.title = nameOf(provision.id); };
  const title = excerpt(titleOf(provision), 80) || 'empty';
  return (
    <li>
      <button type="button" aria-current={here ? 'true' : undefined} onClick={() => go(provision.id)} onPointerEnter={named} onFocus={named} style={{ paddingLeft: 8 + Math.min(provision.level, 4) * 14 }}>
        {negotiating ? <><span className={`dot ${standing}`} aria-hidden="true" /><span className="letter" aria-hidden="true" title={STANDING_NAME[standing]}>{STANDING_LETTER[standing]}</span></> : null}
        <span className={`line-words ${provision.kind === 'heading' ? 'heading' : ''}`}>
          {provision.label ? `${provision.label} ` : ''}{removed ? <del>{title}</del> : title}
          {proposedBy ? <span className={`code ${toneOf(group, proposedBy)}`}> + {codeOf(group, proposedBy)}</span> : null}
        </span>
        {negotiating ? <span className="hidden-words">, {proposedBy ? `proposed by ${codeOf(group, proposedBy)}` : STANDING_NAME[standing]}{removed ? ', removal proposed' : ''}</span> : null}
      </button>
    </li>
  );
});
Line.displayName = 'Line';
