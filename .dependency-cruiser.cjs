/** The walls of eslint.config.js once more, on resolved files, and no circles. */
const forbid = (name, from, to) => ({ name, severity: 'error', from, to });
const folder = (...names) => `^(${names.join('|')})/`;
const NOT_TYPES = { dependencyTypesNot: ['type-only'] };
const WORKFLOW_NAMES = '^workflows/(messages|ids|search-attributes)\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    forbid('no-circle', {}, { circular: true, viaOnly: NOT_TYPES }),
    forbid('domain-is-pure', { path: folder('domain') }, { pathNot: ['^domain/', 'node_modules/temporal-polyfill'] }),
    forbid(
      'cases-know-domain-and-storage',
      { path: folder('cases') },
      { path: folder('workflows', 'activities', 'drivers', 'worker', 'api', 'cli', 'sign-on') },
    ),
    forbid(
      'sign-on-knows-who-may-act',
      { path: folder('sign-on') },
      {
        path: folder('cases', 'workflows', 'activities', 'drivers', 'worker', 'api', 'cli'),
        pathNot: '^cases/(register/acting|deps|transaction)\\.ts$',
      },
    ),
    forbid(
      'workflows-take-types-only',
      { path: folder('workflows') },
      { path: folder('domain', 'cases', 'activities', 'prisma', 'config'), ...NOT_TYPES },
    ),
    forbid('workflows-know-no-edge', { path: folder('workflows') }, { path: folder('worker', 'api', 'cli') }),
    forbid('workflows-use-no-builtin', { path: folder('workflows') }, { dependencyTypes: ['core'] }),
    forbid(
      'only-names-of-workflows',
      { path: folder('activities', 'drivers', 'api', 'cli') },
      { path: folder('workflows'), pathNot: WORKFLOW_NAMES, ...NOT_TYPES },
    ),
    forbid('nobody-imports-an-edge', { pathNot: folder('api', 'test', 'bench') }, { path: folder('api') }),
    forbid('nobody-imports-the-cli', { pathNot: folder('cli', 'test', 'bench') }, { path: folder('cli') }),
    forbid('nobody-imports-the-worker', { pathNot: folder('worker', 'test', 'bench') }, { path: folder('worker') }),
    forbid('console-knows-only-its-own', { path: folder('web') }, { path: '^(?!web/|.*node_modules/)' }),
    forbid('nobody-imports-the-console', { pathNot: folder('web', 'test') }, { path: folder('web') }),
    forbid(
      'edges-run-no-activity',
      { path: folder('api', 'cli') },
      { path: folder('activities', 'worker'), ...NOT_TYPES },
    ),
    forbid('resolvable', {}, { couldNotResolve: true }),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
    doNotFollow: { path: ['node_modules', 'prisma/generated'] },
    exclude: { path: ['^dist/'] },
  },
};
