import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  resolve: { dedupe: ['yjs', 'react', 'react-dom', 'prosemirror-model', 'prosemirror-state', 'prosemirror-view', 'prosemirror-transform'] },
  // The server puts each page's own in its place (apps/server/src/pages.ts).
  html: { cspNonce: '{{nonce}}' },
  build: {
    target: 'es2022', chunkSizeWarningLimit: 1500,
    // The libs do nothing when they are loaded, but for one that tells zod not to make code: what a page does not use of them need not come with it, or Yjs would come with the sign-in page.
    rolldownOptions: { treeshake: { moduleSideEffects: (id) => !/\/libs\/[a-z]+\/src\/(?!zod\.ts)/.test(id), manualPureFunctions: ['z'] } },
  },
});
