// What is mutated, area by area, and the unit tests that judge it: quick ones that can notice such a mutant. A score is what these alone
// reach; `npm test` runs them all. It must not hide a test from it.

export interface MutationArea {
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
}

export const MUTATION_AREAS: Readonly<Record<string, MutationArea>> = {
  dispatch: { mutate: ['shared/ipc/dispatch.ts'], tests: ['test/shared/ipc/dispatch.test.ts'] },
  roles: {
    mutate: ['shared/model/roles.ts'],
    tests: ['test/shared/model/roles.test.ts', 'test/core/vault/call-context.test.ts'],
  },
  keys: {
    mutate: ['electron/core/vault/keys/*.ts'],
    tests: ['test/vectors/key-primitives.test.ts', 'test/core/vault/keys/*.test.ts'],
  },
  audit: {
    mutate: ['electron/core/vault/audit/*.ts', 'electron/core/ports/audit-chain.ts'],
    tests: ['test/vectors/audit.test.ts', 'test/core/vault/audit/*.test.ts'],
  },
  session: {
    mutate: ['call-context', 'session-tokens', 'factors', 'step-up', 'sign-in'].map(
      (name) => `electron/core/vault/${name}.ts`,
    ),
    tests: ['test/core/vault/call-context.test.ts', 'test/core/vault/session/*.test.ts'],
  },
};
