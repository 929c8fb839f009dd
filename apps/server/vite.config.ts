import { defineConfig } from 'vite';

// oxc reads experimentalDecorators and emitDecoratorMetadata from tsconfig.json: Nest's injection depends on both.
export default defineConfig({
  build: {
    ssr: 'src/main.ts', outDir: 'dist', target: 'node20', sourcemap: true, minify: false, emptyOutDir: true,
    rolldownOptions: { output: { entryFileNames: '[name].js' } },
  },
  ssr: { noExternal: [/^@parley\//] },
});
