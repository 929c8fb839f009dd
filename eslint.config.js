import nx from '@nx/eslint-plugin';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['**/dist', '**/.nx', '**/node_modules', '**/coverage', '**/.data'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    plugins: { '@nx': nx },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-explicit-any': 'error',
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Name what you export.' }],
      '@nx/enforce-module-boundaries': ['error', {
        enforceBuildableLibDependency: false, allow: [], banTransitiveDependencies: false,
        depConstraints: [
          { sourceTag: 'type:lib', onlyDependOnLibsWithTags: ['type:lib'] },
          { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:lib'] },
          { sourceTag: 'type:test', onlyDependOnLibsWithTags: ['type:lib', 'type:app'] },
        ],
      }],
    },
  },
  {
    files: ['**/apps/web/**', 'src/**/*.tsx'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  // Tests may stand anywhere; what product code may import is held by test/architecture.spec.ts as well.
  { files: ['**/*.spec.ts', '**/*.spec.tsx', '**/test-support/**', 'test/**'], rules: { '@nx/enforce-module-boundaries': 'off' } },
  { files: ['**/vite.config.ts', '**/vitest.config.ts', 'test/support/closing-line.ts'], rules: { 'no-restricted-syntax': 'off' } },
);
