// Opening and closing balance of what was fetched, from the bank's own statements only. Where they say too little, there is none.
import { toMinorUnits } from '../../../../shared/model/money.ts';
import type { SourceBalance, SourceTransaction, StatementBalance } from '../../../../shared/model/source.ts';

type Row = Pick<SourceTransaction, 'state' | 'bookingDate' | 'amountMinor' | 'balanceAfterMinor'>;

const before = (row: Row): bigint => BigInt(row.balanceAfterMinor ?? 0) - BigInt(row.amountMinor);

/**
 * Watches the booked rows in the order of the bank's answer. The balance before the oldest row is the balance the bank states after it
 * less its amount; banks answer newest first or oldest first, so both ends are kept until the dates, or on a single day the running
 * balances, tell which is which.
 */
export class StatementBalances {
  #first: Row | null = null;
  #last: Row | null = null;
  #forwards = true;
  #backwards = true;
  #latest = '';

  add(row: Row): void {
    if (row.state !== 'booked') return;
    if (row.bookingDate > this.#latest) this.#latest = row.bookingDate;
    if (this.#last) {
      this.#forwards &&= before(row) === BigInt(this.#last.balanceAfterMinor ?? 0);
      this.#backwards &&= before(this.#last) === BigInt(row.balanceAfterMinor ?? 0);
    }
    this.#first ??= row;
    this.#last = row;
  }

  #oldest(): Row | null {
    if (!this.#first || !this.#last) return null;
    if (this.#first.bookingDate !== this.#last.bookingDate)
      return this.#first.bookingDate < this.#last.bookingDate ? this.#first : this.#last;
    if (this.#first === this.#last || (this.#forwards && !this.#backwards)) return this.#first;
    return this.#backwards && !this.#forwards ? this.#last : null;
  }

  /** Null where the bank states no balance after its oldest row, or the order of the rows is open. */
  opening(): StatementBalance | null {
    const oldest = this.#oldest();
    if (!oldest || oldest.balanceAfterMinor === null) return null;
    return { amountMinor: toMinorUnits(before(oldest)), date: oldest.bookingDate };
  }

  /** The interim booked balance, else the closing booked one unless a row is younger than it. `currency` is the account's. */
  closing(balances: readonly SourceBalance[], currency: string | null): StatementBalance | null {
    const own = balances.filter((balance) => balance.currency === currency);
    const found =
      own.find(({ type }) => type === 'interim-booked') ??
      own.find(({ type, date }) => type === 'closing-booked' && date >= this.#latest);
    return found ? { amountMinor: found.amountMinor, date: found.date } : null;
  }
}
