export { asPlain, type Brought, brought, clipOf } from './clipboard.ts';
export { DocumentEditor } from './document-editor.tsx';
export type { EditorHandle } from './handle.ts';
export { changesOf, isStacked, partyOfView, STACKED_WHERE_CROWDED, type Stacking, type ViewName } from './reading.ts';
export { TextView } from './text-view.tsx';
