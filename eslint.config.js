import nx from '@nx/eslint-plugin';
import stylistic from '@stylistic/eslint-plugin';
import formatjs from 'eslint-plugin-formatjs';
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
  // The form of the code: `npx eslint --fix` gives it.
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.mjs', '**/*.js'],
    plugins: { '@stylistic': stylistic },
    rules: Object.fromEntries(Object.entries({
      'quotes': ['single', { avoidEscape: true, allowTemplateLiterals: 'always' }], 'jsx-quotes': ['prefer-double'], 'semi': ['always'], 'comma-dangle': ['always-multiline'],
      'indent': [2, { SwitchCase: 1, ignoredNodes: ['ConditionalExpression'] }], 'indent-binary-ops': [2], 'linebreak-style': ['unix'], 'eol-last': ['always'],
      'no-tabs': [], 'no-trailing-spaces': [], 'no-multi-spaces': [], 'no-multiple-empty-lines': [{ max: 1, maxBOF: 0, maxEOF: 0 }], 'padded-blocks': ['never'],
      'object-curly-spacing': ['always'], 'array-bracket-spacing': ['never'], 'space-in-parens': ['never'], 'computed-property-spacing': ['never'], 'template-curly-spacing': ['never'],
      'block-spacing': ['always'], 'space-before-blocks': ['always'], 'space-before-function-paren': [{ anonymous: 'always', named: 'never', asyncArrow: 'always' }],
      'arrow-parens': ['always'], 'arrow-spacing': [], 'comma-spacing': [], 'key-spacing': [], 'keyword-spacing': [], 'space-infix-ops': [], 'space-unary-ops': [], 'spaced-comment': ['always'], 'rest-spread-spacing': ['never'],
      'member-delimiter-style': [{ multiline: { delimiter: 'semi' }, singleline: { delimiter: 'semi', requireLast: false } }], 'type-annotation-spacing': [], 'jsx-tag-spacing': [],
    }).map(([rule, options]) => [`@stylistic/${rule}`, ['error', ...options]])),
  },
  {
    files: ['**/apps/web/**', 'src/**/*.tsx'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  // What a person reads stands in libs/messages.
  {
    files: ['**/apps/web/src/**/*.tsx', 'src/**/*.tsx'], ignores: ['**/*.spec.tsx'],
    plugins: { formatjs },
    rules: { 'formatjs/no-literal-string-in-jsx': ['error', { props: { include: [['*', '{label,title,placeholder,description,alt,button,action,explanation,what,here,advice,say,heading,aria-placeholder,aria-roledescription,aria-valuetext}']] } }] },
  },
  // Tests may stand anywhere; what product code may import is held by test/architecture.spec.ts as well.
  { files: ['**/*.spec.ts', '**/*.spec.tsx', '**/test-support/**', 'test/**'], rules: { '@nx/enforce-module-boundaries': 'off' } },
  { files: ['**/vite.config.ts', '**/vitest.config.ts', 'test/support/closing-line.ts'], rules: { 'no-restricted-syntax': 'off' } },
);
