// Follows a running balance through the rows, oldest or newest first. It claims an opening and a closing balance only where every step holds.

interface Direction {
  /** What stays the same at every row: the opening balance of rows oldest first, the closing one of rows newest first. */
  constant: bigint | null;
  /** The line of the first row at which it did not. */
  brokenAt: number | null;
}

/** One booked row. */
export interface ChainedRow {
  readonly amount: bigint;
  /** The balance after it, null where the file states none. */
  readonly balance: bigint | null;
  readonly line: number;
  readonly date: string;
}

/** Balances in minor units. Opening is null where one row alone proves nothing. */
export interface ChainEnds {
  readonly opening: bigint | null;
  readonly closing: bigint;
}

export class BalanceChain {
  readonly #ascending: Direction = { constant: null, brokenAt: null };
  readonly #descending: Direction = { constant: null, brokenAt: null };
  #sum = 0n;
  #rows = 0;
  #known = 0;
  #firstHasBalance = false;
  #lastHasBalance = false;
  #firstDate = '';
  #lastDate = '';

  add(row: ChainedRow): void {
    const before = this.#sum;
    this.#sum += row.amount;
    if (this.#rows === 0) {
      this.#firstHasBalance = row.balance !== null;
      this.#firstDate = row.date;
    }
    this.#rows += 1;
    this.#lastHasBalance = row.balance !== null;
    this.#lastDate = row.date;
    if (row.balance === null) return;
    this.#known += 1;
    step(this.#ascending, row.balance - this.#sum, row.line);
    step(this.#descending, row.balance + before, row.line);
  }

  /** The line at which the balance stops following from the rows, whichever way they are sorted; null where it does not stop. */
  get brokenAt(): number | null {
    const { brokenAt: up } = this.#ascending;
    const { brokenAt: down } = this.#descending;
    return up === null || down === null ? null : Math.max(up, down);
  }

  /** The ends of an unbroken chain; null where it is broken, not stated, or could be read both ways. */
  ends(): ChainEnds | null {
    if (this.#rows === 1) return this.#ascending.constant === null ? null : this.#single(this.#ascending.constant);
    if (this.#known < 2) return null;
    const up = this.#lastHasBalance ? this.#upwards() : null;
    const down = this.#firstHasBalance ? this.#downwards() : null;
    if (up === null || down === null) return up ?? down;
    if (up.closing === down.closing) return up;
    if (this.#firstDate === this.#lastDate) return null;
    return this.#firstDate < this.#lastDate ? up : down;
  }

  #single(opening: bigint): ChainEnds {
    return { opening: null, closing: opening + this.#sum };
  }

  #upwards(): ChainEnds | null {
    const { constant, brokenAt } = this.#ascending;
    return constant === null || brokenAt !== null ? null : { opening: constant, closing: constant + this.#sum };
  }

  #downwards(): ChainEnds | null {
    const { constant, brokenAt } = this.#descending;
    return constant === null || brokenAt !== null ? null : { opening: constant - this.#sum, closing: constant };
  }
}

function step(direction: Direction, constant: bigint, line: number): void {
  direction.constant ??= constant;
  if (direction.constant !== constant) direction.brokenAt ??= line;
}
