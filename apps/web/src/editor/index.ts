export { DocumentEditor, type DocumentEditorProps } from './document-editor.tsx';
export type { EditorHandle, FocusedPlace } from './handle.ts';
export type { EditorClient } from './live-editor.ts';
export type { EditorPlace } from './places.ts';
export type { ViewName as EditorViewName } from './reading.ts';
export { TextView, type TextViewProps } from './text-view.tsx';
