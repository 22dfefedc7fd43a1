// The periods an account has: the statements of committed batches that went to it, newest first.
import type { BatchStatement, BatchSummary } from '../../../shared/ipc/contract/batches.ts';

export interface Period {
  readonly batch: BatchSummary;
  readonly statement: BatchStatement;
}

export function periodsOf(accountId: string, batches: readonly BatchSummary[]): Period[] {
  return batches
    .filter(({ state }) => state === 'committed')
    .flatMap((batch) => batch.statements.map((statement) => ({ batch, statement })))
    .filter(({ statement }) => statement.accountId === accountId)
    .sort((a, b) => (b.statement.to ?? '').localeCompare(a.statement.to ?? ''));
}
