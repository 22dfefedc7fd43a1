// Which sentence stands over a proof. The vault has found what does not fit; this only picks the words.
import type { ChainedStatement, ProofFinding } from '../../../shared/ipc/contract/statements.ts';

export type Verdict = 'nothing' | 'broken' | 'open' | 'unproven' | 'proven';

/** `broken`: balances and rows part. `open`: days that no statement covers. Overlaps are no fault. */
export function verdictOf(statements: readonly ChainedStatement[], findings: readonly ProofFinding[]): Verdict {
  if (findings.some(({ differenceMinor }) => differenceMinor !== null)) return 'broken';
  if (findings.some(({ kind }) => kind === 'gap')) return 'open';
  if (statements.length === 0) return 'nothing';
  const proven = statements.every(({ proof, link }) => proof === 'pass' && link !== 'unknown');
  return proven ? 'proven' : 'unproven';
}
