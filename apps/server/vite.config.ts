import { defineConfig } from 'vite';

// oxc reads experimentalDecorators and emitDecoratorMetadata from tsconfig.json: Nest's injection depends on both.
export default defineConfig({
  build: {
    ssr: true, outDir: 'dist', target: 'node20', sourcemap: true, minify: false, emptyOutDir: true,
    rolldownOptions: {
      input: { main: 'src/main.ts', 'replay.worker': 'src/documents/replay.worker.ts', 'act-reader.worker': 'src/groups/act-reader.worker.ts', 'guess-estimate.worker': 'src/access/guess-estimate.worker.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  // zod comes along with the few of its many files that are used: to load all of them takes a tenth of a start.
  ssr: { noExternal: [/^@parley\//, 'zod'] },
});
