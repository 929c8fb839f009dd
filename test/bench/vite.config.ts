import { defineConfig } from 'vite';

/** Plain JavaScript for plain Node: a test runner between the clock and the code would be measured as well. Built one folder up, because what starts the server looks for it from there. */
export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'error',
  build: {
    ssr: true, outDir: '../dist', target: 'node20', minify: false, emptyOutDir: true,
    rolldownOptions: { input: ['bench.ts', 'typist.ts', 'readers.ts', 'bare-server.ts', 'screen.ts'], output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' } },
  },
  ssr: { noExternal: [/^@parley\//] },
});
