import { type EditorView } from 'prosemirror-view';
import { useEffect, useEffectEvent } from 'react';
import { message } from '../ui/messages.ts';
import { ICON } from '../ui/icon.ts';

const SHOWN_MS = 12_000;
const WIDTH = 320;

/** A sentence at the caret: where whoever types is looking. */
export interface Noticed { readonly sentence: string; readonly left: number; readonly top: number }

/** Below the caret, inside the text. */
export function noticeAt(view: EditorView, sentence: string): Noticed {
  const box = view.dom.getBoundingClientRect(), caret = view.coordsAtPos(view.state.selection.head);
  return { sentence, left: Math.max(0, Math.min(caret.left - box.left, box.width - WIDTH)), top: caret.bottom - box.top + 6 };
}

interface NoticeProps { readonly notice: Noticed; readonly onEnd: () => void }

/** One notice at a time: the same sentence again stays the one that is there. */
export function CaretNotice({ notice, onEnd }: NoticeProps) {
  const { sentence, left, top } = notice, end = useEffectEvent(onEnd);
  useEffect(() => {
    const timer = setTimeout(() => end(), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <div className="caret-notice" role="alert" style={{ left, top, maxWidth: WIDTH }}>
      <span>{sentence}</span>
      <button type="button" aria-label={message('ui.dismiss')} onMouseDown={(event) => event.preventDefault()} onClick={onEnd}>{ICON.dismiss}</button>
    </div>
  );
}
