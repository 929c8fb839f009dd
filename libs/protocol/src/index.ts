export * from './binary.ts';
export * from './http.ts';
export * from './msgpack.ts';
export * from './op.ts';
export * from './parser.ts';
export * from './refusal.ts';
export * from './schema.ts';
export * from './wire.ts';
