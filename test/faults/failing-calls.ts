// Calls that fail on purpose: the n-th of the watched ones, for every n until the work no longer reaches it. It knows nothing of what they do.
import assert from 'node:assert/strict';

/** How a call ends: without having done anything, or after it did its work. */
export type FailingMoment = 'before' | 'after';

export const MOMENTS: readonly FailingMoment[] = ['before', 'after'];

/** An error as `node:fs` throws it. */
export function fileError(code: string): Error {
  return Object.assign(new Error(`${code} on purpose`), { code });
}

/** One run in which the n-th watched call fails. */
export interface Failing {
  /** The same object with the named methods watched. */
  watch<Watched extends object>(watched: Watched, methods: readonly (keyof Watched & string)[]): Watched;
}

function failingAt(at: number, when: FailingMoment, code: string): Failing & { readonly reached: () => boolean } {
  let calls = 0;
  const strikes = (moment: FailingMoment, call: number): void => {
    if (call === at && moment === when) throw fileError(code);
  };
  return {
    reached: () => calls >= at,
    watch: (watched, methods) => {
      const replaced = methods.map((name) => {
        const method = watched[name] as (...inputs: unknown[]) => unknown;
        const failing = (...inputs: unknown[]): unknown => {
          calls += 1;
          const call = calls;
          strikes('before', call);
          const result: unknown = Reflect.apply(method, watched, inputs);
          if (result instanceof Promise)
            return result.then((value: unknown) => {
              strikes('after', call);
              return value;
            });
          strikes('after', call);
          return result;
        };
        return [name, failing] as const;
      });
      return { ...watched, ...Object.fromEntries(replaced) };
    },
  };
}

/**
 * Runs `run` once for every n, until no n-th call comes any more. `run` starts afresh each time, lets the failure happen and checks what it left.
 * Returns how many failures there were.
 */
export async function failEveryCall(
  run: (failing: Failing, failure: { readonly at: number; readonly when: FailingMoment }) => Promise<void> | void,
  { code = 'ENOSPC', moments = MOMENTS }: { code?: string; moments?: readonly FailingMoment[] } = {},
): Promise<number> {
  let failures = 0;
  for (const when of moments) {
    for (let at = 1; ; at += 1) {
      const failing = failingAt(at, when, code);
      await run(failing, { at, when });
      if (!failing.reached()) break;
      failures += 1;
      assert.ok(at < 10_000, 'the work never ends');
    }
  }
  return failures;
}
