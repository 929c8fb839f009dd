export { canonical, type Json } from './canonical.ts';
export { type Bytes, committed, digestOfJson, hex, leafHash, sha256, utf8 } from './hash.ts';
