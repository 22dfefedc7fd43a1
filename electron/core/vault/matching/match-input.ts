// One account's matching problem. Wording is fetched only for the few rows where it decides.
import type { Coverage, IncomingRow, LedgerRow } from '../../ports/ledger-rows.ts';

export interface MatchInput {
  /** In the source's order. */
  readonly incoming: readonly IncomingRow[];
  /** In the ledger's order. */
  readonly ledger: readonly LedgerRow[];
  readonly coverage: Coverage;
  readonly reader: string;
  /** Normalised wording (description and counterparty) of a row, asked for only where it decides. */
  readonly incomingText: (number: number) => string;
  readonly ledgerText: (number: number) => string;
}
