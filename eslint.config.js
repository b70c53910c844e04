import { builtinModules } from 'node:module';
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import ts from 'typescript-eslint';

/** Every name a Node builtin goes by. */
const builtins = `^(node:.*|${builtinModules.map((name) => name.replaceAll('/', '\\/')).join('|')})$`;

/** Relative imports of one of the top folders, or of a file in it. */
const from = (...folders) => `^(\\.\\./)+(${folders.join('|')})/`;

/** What the API and the command line may know of the workflows: names and messages, no code. */
const WORKFLOW_NAMES = '(messages|ids|search-attributes)\\.ts$';
const workflowCode = `^(\\.\\./)+workflows/(?!${WORKFLOW_NAMES})`;

/**
 * Which way imports point; docs/ARCHITECTURE.md says why, .dependency-cruiser.cjs says it again for whole paths, and
 * test/guards/layers.test.ts plants violations. One wall a folder: a second one would replace the first.
 */
const wall = (folder, ...patterns) => ({
  files: [`${folder}/**/*.ts`],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      { patterns: patterns.map((pattern) => ({ message: `not from ${folder}/`, ...pattern })) },
    ],
  },
});

const code = ['cases', 'sign-on', 'workflows', 'activities', 'drivers', 'prisma', 'config'];
const everything = [...code, 'api', 'worker', 'cli', 'bench', 'scripts'];
const allBut = (...folders) => everything.filter((folder) => !folders.includes(folder));

const walls = [
  wall(
    'domain',
    { regex: '^(?!\\.{1,2}/|temporal-polyfill$)', message: 'domain imports nothing but a date library' },
    { regex: from(...everything, 'data', 'test'), message: 'domain knows nothing outside itself' },
  ),
  wall(
    'cases',
    { regex: from(...allBut('cases', 'prisma', 'config')) },
    { regex: '^@temporalio/|^express|^nodemailer|^commander' },
  ),
  wall(
    'sign-on',
    { regex: from(...allBut('sign-on', 'cases', 'prisma', 'config')) },
    {
      regex: '^(\\.\\./)+cases/(?!register/acting\\.ts$|deps\\.ts$|transaction\\.ts$)',
      message: 'of the cases, who may act and the clock',
    },
    { regex: '^@temporalio/|^express|^nodemailer|^commander' },
  ),
  wall(
    'workflows',
    { regex: builtins, message: 'workflow code has no Node builtins' },
    { regex: '^@temporalio/(?!workflow$|common$)', message: 'workflows know @temporalio/workflow and common only' },
    {
      regex: '^(\\.\\./)+(activities|domain)/',
      allowTypeImports: true,
      message: 'activities and domain as types only',
    },
    { regex: from(...allBut('workflows', 'activities')) },
    { regex: '^(?!\\.{1,2}/|@temporalio/)', allowTypeImports: true, message: 'workflow code takes no library' },
  ),
  wall(
    'activities',
    { regex: from('api', 'worker', 'cli', 'bench', 'scripts') },
    { regex: workflowCode, message: 'activities know names and messages of workflows only' },
    { regex: '^@temporalio/(workflow|worker)|^express|^commander' },
  ),
  wall(
    'drivers',
    { regex: from(...allBut('drivers', 'cases', 'workflows')) },
    { regex: workflowCode, message: 'drivers know names and messages of workflows only' },
    { regex: '^@temporalio/(worker|activity|workflow)|^express|^nodemailer|^commander' },
  ),
  wall(
    'prisma',
    { regex: from(...allBut('prisma', 'cases')) },
    { regex: '^@temporalio/|^express|^nodemailer|^commander' },
  ),
  wall('config', { regex: from(...allBut('config')) }, { regex: '^(?!\\.{1,2}/|zod$|pino$)' }),
  wall(
    'worker',
    { regex: from('api', 'cli', 'bench', 'scripts') },
    { regex: '^express-rate-limit|^helmet|^commander' },
  ),
  wall(
    'api',
    { regex: from('worker', 'cli', 'activities', 'bench', 'scripts') },
    { regex: workflowCode, message: 'the API knows names and messages of workflows only' },
    { regex: '^@temporalio/(worker|activity|workflow)|^commander' },
  ),
  wall(
    'cli',
    { regex: from('worker', 'api', 'activities', 'bench', 'scripts') },
    { regex: workflowCode, message: 'the command line knows names and messages of workflows only' },
    { regex: '^@temporalio/(worker|activity|workflow)|^express' },
  ),
];

/** Configuration is read once, where a process starts. */
const edges = ['config/**', '**/main.ts', '**/*.mjs', 'test/**', 'bench/**', '*.config.ts', 'scripts/**'];

export default defineConfig(
  {
    ignores: ['dist/**', 'node_modules/**', 'prisma/generated/**', 'web/api/schema.d.ts', '.zhaodan/**', 'coverage/**'],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ts.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: 'error',
      // A name with an underscore says: left out of the rest, or given by the caller and not needed.
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Activities, handlers and test doubles are async by contract, whether or not they await.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['**/*.ts'],
    ignores: edges,
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'configuration is read in config/ and handed in' },
      ],
    },
  },
  ...walls,
  { files: ['cli/**', 'bench/**', 'scripts/**', 'bin/**', 'prisma/*.mjs'], rules: { 'no-console': 'off' } },
  {
    // vitest's matchers are typed `any` inside expected shapes.
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off', '@typescript-eslint/no-unsafe-argument': 'off' },
  },
  {
    // JSON and untyped packages meet here; the types are stated where a value is used.
    files: ['**/*.mjs'],
    rules: {
      // The compiler checks these files too, and knows Node's globals.
      'no-undef': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: ['*.js', '*.cjs'], ...ts.configs.disableTypeChecked },
  { files: ['*.cjs'], languageOptions: { globals: { module: 'writable' } } },
);
