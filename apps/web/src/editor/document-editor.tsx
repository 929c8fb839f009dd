import type { MessageId } from '@parley/messages';
import { partyOfRoom, type RoomName } from '@parley/negotiation';
import { SLOT_LIMIT } from '@parley/text';
import { type Ref, type RefObject, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { message } from '../ui/messages.ts';
import { CaretNotice, noticeAt, type Noticed } from './caret-notice.tsx';
import { type EditorHandle, Handle } from './handle.ts';
import { caretOf, type KeptCaret, withCaret } from './kept-caret.ts';
import type { Refused } from './normalize-transaction.ts';
import { PARAGRAPH_COST, PASTE_LIMIT } from './clipboard-props.ts';
import { LiveEditor } from './live-editor.ts';
import type { EditorClient, TooMuch } from './live-editor-context.ts';
import type { PlacedSpot } from './nodes.ts';
import { loadHtmlReaderAtRest } from './html-reader.ts';
import { partyOfView, STACKED_WHERE_CROWDED, type Stacking, type ViewName } from './reading.ts';
import { TextView } from './text-view.tsx';
import './editor.css';

interface DocumentEditorProps {
  readonly client: EditorClient;
  readonly view: ViewName;
  /** Which provisions are read as alternatives, in brackets. */
  readonly stacking?: Stacking;
  /** The provision to be marked as the one in hand. */
  readonly focus: string | null;
  readonly onFocus: (provision: string | null) => void;
  /** The accept key was pressed. Without it the key is left to the page. */
  readonly onAcceptKey?: () => void;
  /** Words that came where the text was closed while they were typed; null: their last character was taken back. */
  readonly onLate?: (provision: string, key: string, words: string | null) => void;
  /** Something was pasted otherwise than its source has it: what to say, and how to take it back. */
  readonly onPasted?: (sentence: string, undo: () => boolean) => void;
  /** What a person is called; their caret carries it. */
  readonly nameOf?: (user: string) => string;
  readonly ref?: Ref<EditorHandle>;
}

const REFUSED = { locked: 'editor.refused.locked', 'not-read': 'editor.refused.notRead', 'too-long': 'editor.refused.tooLong' } as const satisfies Readonly<Record<Refused, MessageId>>;

const closedSentence = (room: RoomName): string => message(room === 'working' ? 'editor.closed.paper' : 'editor.closed.provision');

const tooMuch = ({ characters, paragraphs }: TooMuch): string => message('editor.refused.tooMuch', { characters, paragraphs, most: PASTE_LIMIT, cost: PARAGRAPH_COST });

const sentenceOf = (why: Refused | TooMuch): string => (typeof why === 'string' ? message(REFUSED[why], { limit: SLOT_LIMIT }) : tooMuch(why));

interface OwnRoom { readonly room: RoomName; readonly doc: object }

function ownRoomOf(client: EditorClient): OwnRoom | null {
  const room = client.ownRoom, doc = room && client.view(room) && client.doc(room);
  return room && doc ? { room, doc } : null;
}

/** Which Y.Doc the reader writes in: another room or a replaced Y.Doc needs another editor. */
function useRoom(client: EditorClient): OwnRoom | null {
  const [now, setNow] = useState(() => ownRoomOf(client));
  useEffect(() => {
    const look = () => setNow((before) => { const next = ownRoomOf(client); return before?.doc === next?.doc && before?.room === next?.room ? before : next; });
    const offs = (['joined', 'stage', 'commit'] as const).map((event) => client.on(event, look));
    look();
    return () => offs.forEach((off) => off());
  }, [client]);
  return now;
}

let made = 0;
const numbers = new WeakMap<object, number>();
/** A React key for a Y.Doc: another Y.Doc, another view. */
function keyOf(doc: object): number {
  if (!numbers.has(doc)) numbers.set(doc, ++made);
  return numbers.get(doc)!;
}

/** The text of a document as its reader may have it: live and in brackets for those who write, read-only for everybody else. */
export function DocumentEditor(props: DocumentEditorProps) {
  const room = useRoom(props.client);
  const own = room && partyOfRoom(room.room);
  const closedAt = useRef<PlacedSpot | null>(null), caret = useRef<KeptCaret | null>(null);
  const writes = room !== null && (props.view === 'bracketed' || room.room === 'working' || own !== null && partyOfView(props.view) === own);
  return writes ? <LiveText key={keyOf(room.doc)} {...props} room={room.room} brackets={props.view === 'bracketed'} closedAt={closedAt} caret={caret} /> : <ReadText {...props} party={own} caret={caret} />;
}

interface LiveProps extends DocumentEditorProps {
  readonly room: RoomName;
  readonly brackets: boolean;
  /** Where the text was closed under the typist, kept for the editor that takes the place of this one. */
  readonly closedAt: RefObject<PlacedSpot | null>;
  /** Where the caret stood in the view that was shown before. */
  readonly caret: RefObject<KeptCaret | null>;
}

function LiveText({ client, room, brackets, stacking = STACKED_WHERE_CROWDED, focus, ref, closedAt, caret, ...context }: LiveProps) {
  const mount = useRef<HTMLDivElement>(null);
  const [handle, setHandle] = useState<{ editor: LiveEditor; commands: Handle } | null>(null);
  const [said, say] = useState('');
  const [notice, setNotice] = useState<Noticed | null>(null);
  const latest = useRef(context);
  useEffect(() => { latest.current = context; });
  // In one task with the removal of the editor before it: no key falls between the two.
  useLayoutEffect(() => {
    let commands: Handle | null = null, told: string | null = null, reached = '';
    const moved = () => {
      const spot = commands?.focusedProvision() ?? null;
      if (!editor.view.hasFocus()) return;
      if (spot !== told) { told = spot; latest.current.onFocus(spot); }
      const now = commands?.placeKey() ?? '';
      if (now === reached) return;
      reached = now;
      // Said when the caret reaches a place, not again with every letter typed in it.
      const here = now ? commands?.focusedPlace() : null;
      if (here) say(here.say);
    };
    const editor = new LiveEditor(mount.current!, client, room, {
      nameOf: (user) => latest.current.nameOf?.(user) ?? user,
      refused: (why) => setNotice(noticeAt(editor.view, sentenceOf(why))),
      closed: () => setNotice(noticeAt(editor.view, closedSentence(room))),
      late: (at, words) => latest.current.onLate?.(at.id, at.key, words),
      pasted: (sentence, undo) => { say(sentence); latest.current.onPasted?.(sentence, undo); },
      moved: () => { if (commands) moved(); },
      keys: {
        split: () => commands?.split(), removeEmpty: () => commands?.removeEmpty() ?? false, undo: () => commands?.undo(), redo: () => commands?.redo(),
        go: (direction) => { if (direction > 0) commands?.nextPlace(); else commands?.previousPlace(); },
        accept: () => { const { onAcceptKey } = latest.current; onAcceptKey?.(); return onAcceptKey !== undefined; },
      },
    }, client.document.title, closedAt.current);
    // The notice went with the editor before this one.
    if (closedAt.current) setNotice(noticeAt(editor.view, closedSentence(room)));
    else editor.dispatch(withCaret(editor.view.state.tr, caret.current));
    closedAt.current = null;
    commands = new Handle(editor, editor, say);
    setHandle({ editor, commands });
    return () => { caret.current = caretOf(editor.view.state); closedAt.current = editor.view.hasFocus() ? editor.closedPlace.at : null; setHandle(null); editor.destroy(); };
  }, [client, room, closedAt, caret]);
  useEffect(() => loadHtmlReaderAtRest(), []);
  useEffect(() => handle?.editor.show(brackets, stacking, focus), [handle, brackets, stacking, focus]);
  useImperativeHandle(ref, () => handle?.commands as EditorHandle, [handle]);
  return (
    <div className={`parley-text live ${room === 'working' ? 'drafting' : 'negotiating'}`}>
      <div ref={mount} />
      {notice ? <CaretNotice notice={notice} onEnd={() => setNotice(null)} /> : null}
      <div className="aloud" role="status" aria-live="polite">{said}</div>
    </div>
  );
}

/** Follows the rooms of a client without writing. */
function ReadText({ client, view, stacking, focus, onFocus, party, caret, ref }: DocumentEditorProps & Pick<LiveProps, 'caret'> & { readonly party: string | null }) {
  const [, again] = useState(0);
  useEffect(() => {
    let frame = 0;
    const changed = () => { frame ||= requestAnimationFrame(() => { frame = 0; again((n) => n + 1); }); };
    const offs = (['joined', 'stage', 'commit'] as const).map((event) => client.on(event, changed));
    return () => { cancelAnimationFrame(frame); offs.forEach((off) => off()); };
  }, [client]);
  return <TextView texts={client.texts()} group={client.group} document={client.document} party={party} view={view} stacking={stacking} focus={focus} onFocus={onFocus} caret={caret} ref={ref} />;
}
