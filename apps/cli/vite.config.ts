import { defineConfig } from 'vite';

export default defineConfig({
  build: {
    ssr: 'src/main.ts', outDir: 'dist', target: 'node20', sourcemap: true, minify: false, emptyOutDir: true,
    rolldownOptions: { output: { entryFileNames: '[name].js' } },
  },
  ssr: { noExternal: [/^@parley\//] },
});
