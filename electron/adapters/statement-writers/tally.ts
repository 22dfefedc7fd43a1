// Counts what was written and holds it against the header's totals. It writes nothing.
import type { LedgerHeader, LedgerRecord, LedgerSum } from '../../core/ports/statement-writer.ts';
import { isDebit } from './amounts.ts';

interface Sum {
  rows: number;
  minor: bigint;
}

export class LedgerTally {
  readonly #header: LedgerHeader;
  readonly #credits: Sum = { rows: 0, minor: 0n };
  readonly #debits: Sum = { rows: 0, minor: 0n };
  #rows = 0;

  constructor(header: LedgerHeader) {
    this.#header = header;
  }

  /** Booked balance after the rows so far, null where none is known. Rows in another currency don't count. */
  get balanceMinor(): bigint | null {
    const opening = this.#header.balances?.opening;
    return opening ? BigInt(opening.amountMinor) + this.#credits.minor + this.#debits.minor : null;
  }

  add(row: LedgerRecord): void {
    this.#rows += 1;
    if (row.currency !== this.#header.account.currency) return;
    const sum = isDebit(row.amountMinor) ? this.#debits : this.#credits;
    sum.rows += 1;
    sum.minor += BigInt(row.amountMinor);
  }

  /** @throws {Error} where the rows are not those that the header announced */
  check(): void {
    const { rows, credits, debits } = this.#header.totals;
    const agrees = this.#rows === rows && matches(this.#credits, credits) && matches(this.#debits, debits);
    if (!agrees) throw new Error(`the ledger announced ${rows} rows and other sums than the ${this.#rows} it gave`);
  }
}

function matches(sum: Sum, stated: LedgerSum): boolean {
  return sum.rows === stated.rows && sum.minor === BigInt(stated.sumMinor);
}
