import jest from 'eslint-plugin-jest';
import tseslint from 'typescript-eslint';

// The root import of a provider loads all of it: seconds of start-up and hundreds of megabytes.
const providerRoots = ['azurerm', 'kubernetes', 'azuread', 'time'].map((name) => ({
  name: `@cdktf/provider-${name}`,
  message: `Import the resource by its folder: @cdktf/provider-${name}/lib/<resource>.`,
}));

/** Which folder may import which: main -> lib -> constructs -> provider bindings. */
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
        { allow: ['^@cdktf/provider-[a-z]+/lib/', '^cdktf/lib/tokens/private/stack-trace$'] },
      ],
    },
  },
  imports(['**/*.ts']),
  imports(
    ['constructs/**/*.ts'],
    [
      {
        regex: '^(\\.{1,2}/)+(lib|test|main|bench)(/|$)',
        message: 'The library knows nothing of what is built with it.',
      },
    ],
  ),
  imports(
    ['lib/**/*.ts'],
    [{ group: ['**/main', '**/test/**'], message: 'Imports run one way: main -> lib -> constructs.' }],
  ),
  imports(
    ['lib/review/**/*.ts'],
    [
      { group: ['cdktf', 'constructs', '@cdktf/*'], message: 'The review reads synthesized JSON and nothing else.' },
      {
        group: ['**/constructs/**', '**/vote-stack', '**/settings', '**/main', '**/test/**'],
        message: 'The review reads synthesized JSON and nothing else.',
      },
    ],
  ),
  imports(
    ['bench/bare-*.ts'],
    [{ regex: '^\\.', message: 'What the library is measured against is written without it.' }],
  ),
  imports(
    ['lib/manifests/**/*.ts'],
    [
      { group: ['cdktf', 'constructs', '@cdktf/*'], message: 'The manifests come from JSON and nothing else.' },
      {
        regex: '^\\.\\./(?!review/(expression|json|knowledge/sensitive|read)$)',
        message: 'The manifests come from JSON and nothing else.',
      },
    ],
  ),
  { files: ['test/**/*.ts'], ...jest.configs['flat/recommended'] },
  {
    files: ['test/**/*.ts'],
    rules: {
      'jest/valid-expect': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
