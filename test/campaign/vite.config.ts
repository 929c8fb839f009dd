import { defineConfig } from 'vite';

/** Plain JavaScript for plain Node, with the workers that a server has beside it; beside what the bench is built to: what starts the server looks for it from there. */
export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'error',
  build: {
    ssr: true, outDir: '../dist', target: 'node20', minify: false, emptyOutDir: false,
    rolldownOptions: { input: ['campaign.ts', '../../apps/server/src/documents/replay.worker.ts', '../../apps/server/src/groups/act-reader.worker.ts'], output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' } },
  },
  ssr: { noExternal: [/^@parley\//] },
});
