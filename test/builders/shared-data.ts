// Finds the samples and specifications that lie beside the repository. Tests that need them skip, and say so, where they are absent.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';

/** The absolute path of a file or folder under the shared data, null where it is absent. */
export function sharedFile(relative: string): string | null {
  const path = fileURLToPath(new URL(`../../../shared/${relative}`, import.meta.url));
  return existsSync(path) ? path : null;
}

/** `describe` where the shared data at `relative` exists; otherwise one skipped test that says what is missing. */
export function describeWithShared(relative: string, name: string, suite: (path: string) => void): void {
  const path = sharedFile(relative);
  if (path !== null) describe(name, () => suite(path));
  else describe(name, () => it.skip(`needs ../shared/${relative}, which is absent here`, () => undefined));
}

/** `it` where the shared data at `relative` exists; otherwise a skipped test that says what is missing. */
export function itWithShared(relative: string, name: string, test: (path: string) => void | Promise<void>): void {
  const path = sharedFile(relative);
  if (path !== null) it(name, () => test(path));
  else it.skip(`${name}: needs ../shared/${relative}, which is absent here`, () => undefined);
}
