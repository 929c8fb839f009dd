import type { DocumentState, GroupState, Rooms } from '@parley/negotiation';
import type { PartyId } from '@parley/text';
import { type Ref, type RefObject, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { message } from '../ui/messages.ts';
import { type EditorHandle, Handle } from './handle.ts';
import type { KeptCaret } from './kept-caret.ts';
import { readingOf, type Stacking, type ViewName } from './reading.ts';
import { StaticView } from './static-view.ts';
import './editor.css';

interface TextViewProps {
  /** The texts of the rooms, as values, at the instant shown. */
  readonly texts: Rooms;
  readonly group: GroupState;
  /** What acts had settled; null where seals must not show. */
  readonly document: DocumentState | null;
  readonly view: ViewName;
  /** Which provisions are read as alternatives, in brackets. */
  readonly stacking?: Stacking | undefined;
  /** From whose side it is read: their words are the text, the others' stand around it. Null: the common text is the text. */
  readonly party?: PartyId | null;
  readonly title?: string;
  readonly focus?: string | null;
  readonly onFocus?: (provision: string | null) => void;
  /** Where the caret stood in the view that was shown before, and stands when this one goes. */
  readonly caret?: RefObject<KeptCaret | null>;
  readonly ref?: Ref<EditorHandle>;
}

/** A text to be read, from values alone: the same brackets as in the editor. */
export function TextView({ texts, group, document, view, stacking, party = null, title, focus = null, onFocus, caret, ref }: TextViewProps) {
  const mount = useRef<HTMLDivElement>(null);
  const [handle, setHandle] = useState<{ shown: StaticView; commands: Handle } | null>(null);
  const [said, say] = useState('');
  const label = title ?? document?.title ?? message('editor.text.name');
  const first = useRef({ texts, group, document, view, party });
  useEffect(() => {
    const { current: f } = first;
    const shown = new StaticView(mount.current!, readingOf(f.view, f.texts, f.group, f.document, f.party), label, caret?.current ?? null);
    setHandle({ shown, commands: new Handle(shown, null, say) });
    return () => {
      if (caret) caret.current = shown.caret;
      setHandle(null);
      shown.destroy();
    };
  }, [label, caret]);
  useEffect(() => handle?.shown.show(readingOf(view, texts, group, document, party, stacking), focus), [handle, texts, group, document, view, party, stacking, focus]);
  useImperativeHandle(ref, () => handle?.commands as EditorHandle, [handle]);
  const chosen = (event: React.MouseEvent): void => {
    const provision = (event.target as HTMLElement).closest<HTMLElement>('[data-provision]')?.dataset.provision;
    if (provision) onFocus?.(provision);
  };
  return (
    <div className={`parley-text still ${view === 'bracketed' ? 'bracketed' : 'plain'}`}>
      <div ref={mount} onClick={chosen} />
      <div className="aloud" role="status" aria-live="polite">{said}</div>
    </div>
  );
}
