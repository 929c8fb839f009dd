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
  name: 'compressed-files', enforce: 'post', apply: 'build',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (!/^assets\/.*\.(?:js|css|svg)$/.test(file.fileName)) continue;
      const source = Buffer.from(file.type === 'chunk' ? file.code : file.source);
      this.emitFile({ type: 'asset', fileName: `${file.fileName}.br`, source: brotliCompressSync(source) });
      this.emitFile({ type: 'asset', fileName: `${file.fileName}.gz`, source: gzipSync(source, { level: 9 }) });
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
