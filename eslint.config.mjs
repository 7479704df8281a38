import jest from 'eslint-plugin-jest';
import tseslint from 'typescript-eslint';

// The root import of a provider loads all of it: seconds of start-up and hundreds of megabytes.
const providerRoots = ['azurerm', 'kubernetes', 'azuread', 'time'].map((name) => ({
  name: `@cdktf/provider-${name}`,
  message: `Import the resource by its folder: @cdktf/provider-${name}/lib/<resource>.`,
}));

// which folder may import which: .dependency-cruiser.mjs
const imports = (files, patterns = []) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { paths: providerRoots, patterns }] },
});

export default tseslint.config(
  { ignores: ['dist/', 'cdktf.out/', 'coverage/'] },
  ...tseslint.configs.strict,
  {
    rules: {
      '@typescript-eslint/no-extraneous-class': 'off', // classes of static factories are this API's way to say "one of"
      '@typescript-eslint/unified-signatures': 'off',
      eqeqeq: 'error',
      // what few programs need is loaded by those alone; and a module is patched, not a copy of its exports
      '@typescript-eslint/no-require-imports': [
        'error',
        {
          allow: [
            '^@cdktf/provider-[a-z]+/lib/',
            '^cdktf/lib/tokens/private/stack-trace$',
            '^\\./data/[a-z]+\\.json$',
            '^\\./parse-yaml$',
            '^ip-address$',
            '^elkjs/lib/elk\\.bundled\\.js$',
          ],
        },
      ],
    },
  },
  imports(['**/*.ts']),
  imports(
    ['bench/bare-*.ts'],
    [{ regex: '^\\.', message: 'What the library is measured against is written without it.' }],
  ),
  { files: ['lib/**/*.ts'], rules: { 'no-nested-ternary': 'error' } },
  { files: ['test/**/*.ts'], ...jest.configs['flat/recommended'] },
  {
    files: ['test/**/*.ts'],
    rules: {
      'jest/valid-expect': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
