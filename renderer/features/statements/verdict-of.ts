// Which sentence stands over a proof. The vault has judged every month and found what does not fit; this only picks the words.
import type { CoverageState, ProofFinding } from '../../../shared/ipc/contract/statements.ts';

export type Verdict = 'nothing' | 'broken' | 'open' | 'duplicate' | 'unproven' | 'partial' | 'proven';

const BY_STATE: readonly (readonly [CoverageState, Verdict])[] = [
  ['mismatch', 'broken'],
  ['missing', 'open'],
  ['duplicate', 'duplicate'],
  ['unproven', 'unproven'],
];

/** The worst of the period's months. `broken`: balances and rows part. `open`: days that no statement covers. An overlap alone is no fault. */
export function verdictOf(months: readonly CoverageState[], findings: readonly ProofFinding[]): Verdict {
  if (findings.some(({ differenceMinor }) => differenceMinor !== null)) return 'broken';
  if (findings.some(({ kind }) => kind === 'gap')) return 'open';
  const worst = BY_STATE.find(([state]) => months.includes(state));
  if (worst) return worst[1];
  if (!months.includes('proven')) return 'nothing';
  return months.includes('none') ? 'partial' : 'proven';
}
