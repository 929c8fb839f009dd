export { asPlain, type Brought, brought, clipOf } from './clipboard.ts';
export { DocumentEditor } from './document-editor.tsx';
export type { EditorHandle } from './handle.ts';
export { partyOfView, type ViewName } from './reading.ts';
export { TextView } from './text-view.tsx';
