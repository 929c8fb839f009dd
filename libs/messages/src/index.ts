export { english, type MessageId, type RefusalId, refusalSentence, type Wording } from './english.ts';
export { pieces } from './pieces.ts';
export { type Catalogue, pseudo } from './pseudo.ts';
