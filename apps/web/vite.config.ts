import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { parse } from '@formatjs/icu-messageformat-parser';
import { defineConfig, type Plugin } from 'vite';

/** Messages come compiled, so that the page needs no parser. */
const compiledMessages: Plugin = {
  name: 'compiled-messages', enforce: 'pre',
  transform: (json, file) => (/\/libs\/messages\/src\/\w+\/\w+\.json$/.test(file)
    ? JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(json) as Record<string, string>).map(([id, said]) => [id, parse(said)]))) : undefined),
};

/** Beside each file of text lie its compressed forms, which the server sends to whoever takes them: browsers take Brotli over TLS alone. */
const compressedFiles: Plugin = {
  name: 'compressed-files', apply: 'build',
  // What is on the disk: Vite still changes the code after it was generated.
  writeBundle({ dir }, bundle) {
    for (const name of Object.keys(bundle).filter((file) => /^assets\/.*\.(?:js|css|svg)$/.test(file))) {
      const file = path.join(dir!, name), source = readFileSync(file);
      writeFileSync(`${file}.br`, brotliCompressSync(source));
      writeFileSync(`${file}.gz`, gzipSync(source, { level: 9 }));
    }
  },
};

export default defineConfig({
  plugins: [compiledMessages, react(), compressedFiles],
  resolve: {
    alias: { '@formatjs/icu-messageformat-parser': '@formatjs/icu-messageformat-parser/no-parser.js' },
    dedupe: ['yjs', 'react', 'react-dom', 'prosemirror-model', 'prosemirror-state', 'prosemirror-view', 'prosemirror-transform'],
  },
  // The server puts each page's own in its place (apps/server/src/pages.ts).
  html: { cspNonce: '{{nonce}}' },
  build: {
    target: 'es2022', chunkSizeWarningLimit: 1500,
    // The libs do nothing when they are loaded, but for one that tells zod not to make code: what a page does not use of them need not come with it, or Yjs would come with the sign-in page.
    rolldownOptions: { treeshake: { moduleSideEffects: (id) => !/\/libs\/[a-z]+\/src\/(?!zod\.ts)/.test(id), manualPureFunctions: ['z'] } },
  },
});
