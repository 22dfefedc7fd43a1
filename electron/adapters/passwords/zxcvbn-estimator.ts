// Estimates passwords with zxcvbn and its dictionaries, which are read at the first estimate: a process that rates nothing pays nothing. Offline.
import { createRequire } from 'node:module';
import type * as Core from '@zxcvbn-ts/core';
import type * as Common from '@zxcvbn-ts/language-common';
import type * as English from '@zxcvbn-ts/language-en';
import type { PasswordEstimate, PasswordEstimator } from '../../core/ports/password-estimator.ts';

/** Characters that are looked at. What follows could only make the password stronger. */
const LOOKED_AT = 256;
/** Readings of look-alike signs that are tried. With the library's 100 a hostile text takes seconds, with these well under one. */
const READINGS = 20;
const COMMON_PASSWORDS = 'passwords-common';

const load = createRequire(import.meta.url);

function createEngine(): Core.ZxcvbnFactory {
  const { ZxcvbnFactory } = load('@zxcvbn-ts/core') as typeof Core;
  const common = load('@zxcvbn-ts/language-common') as typeof Common;
  const english = load('@zxcvbn-ts/language-en') as typeof English;
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    maxLength: LOOKED_AT,
    l33tMaxSubstitutions: READINGS,
  });
}

/** True where one entry of the list of common passwords is all there is, also reversed. */
function isCommon({ sequence }: Core.ZxcvbnResult): boolean {
  const [only, ...more] = sequence;
  return only?.pattern === 'dictionary' && only.dictionaryName === COMMON_PASSWORDS && more.length === 0;
}

/** @see Wheeler, "zxcvbn: Low-Budget Password Strength Estimation", USENIX Security 2016 */
export function createPasswordEstimator(): PasswordEstimator {
  let engine: Core.ZxcvbnFactory | null = null;
  return {
    estimate: (password, context): PasswordEstimate => {
      const result = (engine ??= createEngine()).check(password, [...context]);
      return { score: result.score, common: isCommon(result) };
    },
  };
}
