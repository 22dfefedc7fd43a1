// Who may import whom (the house's table), with the reason in each message. Anything not allowed is an error.
'use strict';

const PRODUCT = '^(shared|electron|renderer)/';

/**
 * One row of the table: files of `from` import only `to` (paths of the project) and `packages` (npm or node:).
 * @param {{ name: string, comment: string, from: string, to: string, packages: string[] }} row
 */
function room({ name, comment, from, to, packages }) {
  return [
    {
      name: `${name}-rooms`,
      comment,
      severity: 'error',
      from: { path: from },
      to: { path: PRODUCT, pathNot: to },
    },
    {
      name: `${name}-packages`,
      comment,
      severity: 'error',
      from: { path: from },
      to: { dependencyTypesNot: ['local'], pathNot: [PRODUCT, ...packages] },
    },
  ];
}

const pkg = (name) => `^node_modules/${name}/`;
const BUILTIN = '^(node:)?[a-z_/]+$';
const NPM = '^node_modules/';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle hides which part comes first.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'An import must lead somewhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'electron-only-in-its-host',
      comment: 'Everything else runs in plain Node, so that three hosts and the tests run the same core.',
      severity: 'error',
      from: { path: '^electron/', pathNot: '^electron/(hosts/electron|preload)/' },
      to: { path: pkg('electron') },
    },
    {
      name: 'hosts-and-processes-apart',
      comment: 'Entry points never import each other: what they share belongs to core or an adapter.',
      severity: 'error',
      from: { path: '^electron/(processes|hosts/[^/]+|cli|preload)/' },
      to: {
        path: '^electron/(processes|hosts/[^/]+|cli|preload)/',
        pathNot: ['^electron/$1/', '^electron/hosts/chromium/(open-window|find-browser)\\.ts$'],
      },
    },
    {
      name: 'window-only-for-the-demo',
      comment: 'The command line opens a window in its demonstration and nowhere else (decision 0006).',
      severity: 'error',
      from: { path: '^electron/', pathNot: '^electron/(hosts/chromium/|cli/demo/demo-window\\.ts$)' },
      to: { path: '^electron/hosts/chromium/' },
    },
    {
      name: 'features-apart',
      comment: 'A feature never imports another feature: what two need belongs to renderer/ui or renderer/app.',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    },
    {
      name: 'adapters-of-the-same-kind',
      comment: 'An adapter translates one foreign thing: kinds of adapters meet in core, not in each other.',
      severity: 'error',
      from: { path: '^electron/adapters/([^/]+)/' },
      to: { path: '^electron/adapters/', pathNot: '^electron/adapters/($1|log)/' },
    },
    {
      name: 'practice-bank-from-outside',
      comment:
        'The practice bank is started as a process; outside, its spawn, details, switches and practice browser are known, never its inside.',
      severity: 'error',
      from: { path: '^electron/(hosts|cli|adapters/practice-bank)/' },
      to: {
        path: '^electron/practice-bank/',
        pathNot: '^electron/practice-bank/(spawn|practice-browser|details|misbehaviours)\\.ts$',
      },
    },
    {
      name: 'practice-bank-behind-its-adapter',
      comment: 'Only one adapter starts the practice bank; the others belong to real banks.',
      severity: 'error',
      from: { path: '^electron/adapters/', pathNot: '^electron/adapters/practice-bank/' },
      to: { path: '^electron/practice-bank/' },
    },
    ...room({
      name: 'shared',
      comment: 'shared is pure: zod and nothing of Node, DOM or Electron.',
      from: '^shared/',
      to: '^shared/',
      packages: [pkg('zod')],
    }),
    ...room({
      name: 'core',
      comment: 'core holds use cases: no driver, no Electron. Foreign things come in through core/ports.',
      from: '^electron/core/',
      to: '^(shared|electron/core)/',
      packages: [pkg('zod'), '^(node:)?(crypto|buffer|path)$'],
    }),
    ...room({
      name: 'adapters',
      comment: 'adapters see ports, shared and their driver.',
      from: '^electron/adapters/',
      to: '^(shared|electron/core/ports|electron/adapters|electron/practice-bank)/',
      packages: [NPM, BUILTIN],
    }),
    ...room({
      name: 'processes',
      comment: 'entry points compose core, adapters and shared.',
      from: '^electron/(processes|hosts|cli)/',
      to: '^(shared|electron/(core|adapters|processes|hosts|cli|practice-bank))/',
      packages: [NPM, BUILTIN],
    }),
    ...room({
      name: 'preload',
      comment: 'the preload script sees Electron and the generated channel names.',
      from: '^electron/preload/',
      to: '^(shared/ipc/(channels\\.gen|bridge)\\.ts|electron/preload/)',
      packages: [pkg('electron')],
    }),
    ...room({
      name: 'practice-bank',
      comment: 'the practice bank is a bank: it knows nothing of the program it serves.',
      from: '^electron/practice-bank/',
      to: '^(shared/(model|errors)|electron/practice-bank)/',
      packages: [NPM, BUILTIN],
    }),
    ...room({
      name: 'renderer',
      comment: 'the renderer has no Node, no network and no keys.',
      from: '^renderer/',
      to: '^(shared|renderer)/',
      packages: [NPM],
    }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage)/' },
    parser: 'swc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
