export { english, type MessageId, type RefusalId, refusalSentence } from './english.ts';
export { type Catalogue, pseudo } from './pseudo.ts';
