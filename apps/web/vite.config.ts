import react from '@vitejs/plugin-react';
import { parse } from '@formatjs/icu-messageformat-parser';
import { defineConfig, type Plugin } from 'vite';

/** Messages come compiled, so that the page needs no parser. */
const compiledMessages: Plugin = {
  name: 'compiled-messages', enforce: 'pre',
  transform: (json, file) => (/\/libs\/messages\/src\/\w+\/\w+\.json$/.test(file)
    ? JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(json) as Record<string, string>).map(([id, said]) => [id, parse(said)]))) : undefined),
};

export default defineConfig({
  plugins: [compiledMessages, react()],
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
