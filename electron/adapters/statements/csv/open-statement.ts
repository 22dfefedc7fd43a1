// One account's rows while they come: their first and last day and the balances that their running balance proves.
import type { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import type { SourceAccount, SourceTransaction, StatementBalance } from '../../../../shared/model/source.ts';
import type { StatementSink } from '../statement-sink.ts';
import { minorString } from '../values.ts';
import { BalanceChain } from './balance-chain.ts';

/** A row with its account and the line it begins in. */
export interface AccountRow {
  readonly account: SourceAccount;
  readonly row: SourceTransaction;
  readonly line: number;
}

export class OpenStatement {
  readonly #sink: StatementSink;
  readonly #chain = new BalanceChain();
  #from: CalendarDate | null = null;
  #to: CalendarDate | null = null;

  constructor(sink: StatementSink, account: SourceAccount) {
    this.#sink = sink;
    sink.begin(account, null);
  }

  add({ row, line }: AccountRow): void {
    const { bookingDate: date, amountMinor, balanceAfterMinor: balance } = row;
    if (this.#from === null || date < this.#from) this.#from = date;
    if (this.#to === null || date > this.#to) this.#to = date;
    if (row.state === 'booked')
      this.#chain.add({ amount: BigInt(amountMinor), balance: balance === null ? null : BigInt(balance), line, date });
    this.#sink.add(row);
  }

  end(): void {
    const ends = this.#chain.ends();
    const { brokenAt } = this.#chain;
    if (brokenAt !== null)
      this.#sink.warn(
        'BALANCE_CHAIN_BREAKS',
        `Line ${brokenAt}: the running balance does not follow from the rows before it; the file proves no balance.`,
      );
    this.#sink.end({
      from: this.#from,
      to: this.#to,
      opening: stated(ends?.opening ?? null, this.#from),
      closing: stated(ends?.closing ?? null, this.#to),
      balances: [],
      declaredEmpty: false,
    });
  }
}

function stated(minor: bigint | null, date: CalendarDate | null): StatementBalance | null {
  return minor === null || date === null ? null : { amountMinor: minorString(minor), date };
}
