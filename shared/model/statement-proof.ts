// The balance proof of one statement: opening + Σ booked = closing. It looks at the account's own currency only.
import type { Proof, SourceAccount, SourceTransaction, StatementBalance } from './source.ts';

/** Adds up booked rows as they come; `absent` where a balance is missing or a booked row is in another currency. */
export class StatementProof {
  readonly #currency: SourceAccount['currency'];
  #sum = 0n;
  #comparable = true;

  constructor(account: Pick<SourceAccount, 'currency'>) {
    this.#currency = account.currency;
  }

  /** Sum of the booked rows so far in minor units; pending rows never count. */
  get bookedMinor(): bigint {
    return this.#sum;
  }

  add(row: Pick<SourceTransaction, 'state' | 'currency' | 'amountMinor'>): void {
    if (row.state !== 'booked') return;
    if (row.currency === this.#currency) this.#sum += BigInt(row.amountMinor);
    else this.#comparable = false;
  }

  result(opening: StatementBalance | null, closing: StatementBalance | null): Proof {
    if (!opening || !closing || !this.#comparable) return 'absent';
    return BigInt(opening.amountMinor) + this.#sum === BigInt(closing.amountMinor) ? 'pass' : 'fail';
  }
}
