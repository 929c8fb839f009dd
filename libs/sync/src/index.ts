export { actId } from './act-id.ts';
export { DocumentClient } from './client.ts';
export type { ClientEvents, ClientOptions } from './options.ts';
export { memoryStore, type MemoryRows } from './memory-store.ts';
export { type LastEdit, type LastEdits, REMOTE } from './replica.ts';
export { type SocketLike, socketWire } from './socket-wire.ts';
export { type HandedBack, RoomRefused, type Status } from './status.ts';
export { type Words, wordsIn } from './typed.ts';
export * from './wire.ts';
