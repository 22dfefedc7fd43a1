// The state of one matching run: which rows are decided and which are still free. It decides nothing itself.
import { sourceKindOf } from './id-promises.ts';
import type { IncomingRow, LedgerRow, Match } from '../../ports/ledger-rows.ts';
import type { MatchInput } from './match-input.ts';

export type Verdict = Pick<Match, 'kind' | 'reason'>;

export const SAME: Verdict = { kind: 'known', reason: 'same-fingerprint' };
export const SAME_ID: Verdict = { kind: 'known', reason: 'same-source-id' };
export const REWORDED: Verdict = { kind: 'changed', reason: 'text-changed' };
export const OTHER_WORDS: Verdict = { kind: 'known', reason: 'text-changed' };
export const SETTLES: Verdict = { kind: 'new', reason: 'settles-pending' };
export const SIMILAR: Verdict = { kind: 'doubtful', reason: 'similar-row' };
const EXCLUDED: Verdict = { kind: 'known', reason: 'excluded' };

/** An excluded row is known as itself and never changed; whether a booked row is the one of an excluded pending row is asked. */
function ofExcluded(verdict: Verdict): Verdict {
  return verdict === SETTLES || verdict === SIMILAR ? SIMILAR : EXCLUDED;
}

export class MatchState {
  readonly input: MatchInput;
  readonly idsPromised: boolean;
  readonly #matches = new Map<IncomingRow, Match>();
  readonly #used = new Set<LedgerRow>();
  readonly #separate = new Set<IncomingRow>();
  readonly #sourceKind: string;

  constructor(input: MatchInput) {
    this.input = input;
    const kind = sourceKindOf(input.reader);
    this.idsPromised = kind.ids === 'account';
    this.#sourceKind = kind.prefix;
  }

  isFree(row: LedgerRow): boolean {
    return !this.#used.has(row);
  }

  /** Undecided rows in the source's order. */
  open(): IncomingRow[] {
    return this.input.incoming.filter((row) => !this.#matches.has(row) && !this.#separate.has(row));
  }

  /** Unused rows in the ledger's order. */
  free(): LedgerRow[] {
    return this.input.ledger.filter((row) => !this.#used.has(row));
  }

  decide(incoming: IncomingRow, ledger: LedgerRow, verdict: Verdict): void {
    const found = ledger.excluded ? ofExcluded(verdict) : verdict;
    this.#matches.set(incoming, { incoming: incoming.number, ledger: ledger.number, ...found });
    this.#used.add(ledger);
  }

  /** A row of its own, whatever looks like it. */
  separate(incoming: IncomingRow): void {
    this.#separate.add(incoming);
  }

  isOpen(incoming: IncomingRow): boolean {
    return !this.#matches.has(incoming) && !this.#separate.has(incoming);
  }

  sameKindOfSource(row: LedgerRow): boolean {
    return sourceKindOf(row.reader).prefix === this.#sourceKind;
  }

  /** Both have an id of one kind of source that promises ids; null where ids say nothing. */
  idsEqual(incoming: IncomingRow, ledger: LedgerRow): boolean | null {
    if (!this.idsPromised || incoming.sourceId === null || ledger.sourceId === null) return null;
    return this.sameKindOfSource(ledger) ? incoming.sourceId === ledger.sourceId : null;
  }

  isInside(date: string): boolean {
    return date > this.input.coverage.first && date < this.input.coverage.last;
  }

  similarity(incoming: IncomingRow, ledger: LedgerRow, compare: (left: string, right: string) => number): number {
    return compare(this.input.incomingText(incoming.number), this.input.ledgerText(ledger.number));
  }

  /** Every incoming row's verdict, in the source's order; undecided ones are new. */
  result(): Match[] {
    return this.input.incoming.map(
      (row) => this.#matches.get(row) ?? { incoming: row.number, kind: 'new', reason: 'no-match', ledger: null },
    );
  }
}
