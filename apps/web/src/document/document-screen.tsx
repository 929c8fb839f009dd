import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { memo, useEffect, useRef, useState } from 'react';
import { ActsPanel } from '../proposals/acts-panel.tsx';
import { AwaitingVisit } from '../proposals/use-awaiting.tsx';
import { BasisBar } from '../proposals/basis-bar.tsx';
import { ClosingBar } from '../proposals/closing-bar.tsx';
import type { ViewName } from '../editor/index.ts';
import { Outline } from '../provisions/outline.tsx';
import { ProgressPanel } from './progress-panel.tsx';
import { message } from '../ui/messages.ts';
import { usePrintLine } from '../ui/print-line.ts';
import { numbered } from '../ui/words.ts';
import { StackSwitch } from '../provisions/stacking.tsx';
import { viewName, ViewSwitch } from '../provisions/view-switch.tsx';
import { useDocumentContext } from '../provisions/document-context.ts';
import { AwaitingBar } from './awaiting-bar.tsx';
import { DocumentHeader } from './document-header.tsx';
import { DocumentPaper } from './document-paper.tsx';
import { SinceLeft } from './since-left.tsx';
import { useDocumentKeys } from './use-document-keys.tsx';
import { useKeptPlace } from './use-kept-place.ts';
import './document-layout.css';

/** One screen to negotiate in: outline and progress, the text, what awaits an answer. Drawn again when the document context is another, not with every change of what is being saved. */
export const DocumentScreen = memo(() => {
  const { client, now, party, counted, view, setView, stacking, setStacking } = useDocumentContext();
  const area = useRef<HTMLElement>(null), keepPlace = useKeptPlace(area, view, stacking);
  const change = (next: ViewName): void => { keepPlace(); setView(next); }, stack = (crowded: boolean): void => { keepPlace(); setStacking({ crowded, chosen: new Map() }); };
  const wide = useMediaQuery('(min-width: 1000px)', true);
  const keys = useDocumentKeys();
  useEffect(() => {
    document.title = message('document.screen.windowTitle', { title: now.document.title });
    return () => { document.title = message('ui.parley'); };
  }, [now.document.title]);
  usePrintLine((printed) => message('document.screen.printLine', {
    title: now.document.title, view: now.document.stage === 'drafting' ? message('document.screen.workingPaper') : viewName(view, now, party), entry: numbered(client.status.entry), unsaved: client.status.pending > 0 ? 'yes' : 'no', printed,
  }));
  const shown = now.document.stage === 'drafting' ? 'bracketed' : view;
  return (
    <AwaitingVisit><div className="app document-app">
      <a className="skip-link" href="#text">{message('document.screen.toText')}</a>
      <DocumentHeader />
      <div className="document-main">
        <Side label={message('document.screen.outline')} side="left" wide={wide}><Outline /><ProgressPanel /></Side>
        <main className="document-area" id="text" tabIndex={-1} ref={area}>
          {now.document.stage !== 'drafting' && now.rooms.common ? <div className="document-bar view-bar"><ViewSwitch view={view} onChange={change} />{view === 'bracketed' ? <StackSwitch crowded={stacking.crowded} onChange={stack} /> : null}</div> : null}
          <div className="document-bar"><SinceLeft /></div>
          <div className="document-bar">{now.document.stage === 'drafting' ? <BasisBar /> : null}<ClosingBar /></div>
          <DocumentPaper view={shown} onAcceptKey={keys.accept} />
          {counted ? <AwaitingBar /> : null}
        </main>
        <Side label={message(now.document.stage === 'negotiation' ? 'document.screen.proposals' : 'document.screen.provision')} side="right" wide={wide}><ActsPanel /></Side>
      </div>
      {keys.dialogs}
    </div></AwaitingVisit>
  );
});
DocumentScreen.displayName = 'DocumentScreen';

interface SideProps { readonly label: string; readonly side: 'left' | 'right'; readonly wide: boolean; readonly children: React.ReactNode }

/** A panel beside the text; where there is no room for it, a drawer behind a button. */
function Side({ label, side, wide, children }: SideProps) {
  const [open, setOpen] = useState(false);
  if (wide) return side === 'left' ? <nav className="side left" aria-label={label}>{children}</nav> : <aside className="side right" aria-label={label}>{children}</aside>;
  return (
    <>
      <button type="button" className={`side-opener ${side}`} onClick={() => setOpen(true)}>{label}</button>
      <Drawer opened={open} onClose={() => setOpen(false)} position={side} title={label} size="sm" keepMounted={false}>{children}</Drawer>
    </>
  );
}
