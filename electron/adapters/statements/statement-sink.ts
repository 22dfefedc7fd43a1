// Turns what a format's mapping finds into source events in slices, and holds the rule that no rows from a full file is an error.
import { AppError } from '../../../shared/errors/app-error.ts';
import type {
  SourceAccount,
  SourceBalance,
  SourceEvent,
  SourceTransaction,
  StatementBalance,
} from '../../../shared/model/source.ts';
import type { CalendarDate } from '../../../shared/model/calendar-date.ts';
import { MAX_BALANCES, ROWS_PER_SLICE } from './limits.ts';
import { type WarningCode, Warnings } from './warnings.ts';

/** What is known when a statement ends. `declaredEmpty`: the statement itself says that it has no entries. */
export interface StatementEnd {
  readonly from: CalendarDate | null;
  readonly to: CalendarDate | null;
  readonly opening: StatementBalance | null;
  readonly closing: StatementBalance | null;
  readonly balances: SourceBalance[];
  readonly declaredEmpty: boolean;
}

export class StatementSink {
  readonly #warnings = new Warnings();
  #events: SourceEvent[] = [];
  #slice: SourceTransaction[] = [];
  #rowsInStatement = 0;
  #rows = 0;
  #statements = 0;
  #declaredEmpty = false;

  get rowsInStatement(): number {
    return this.#rowsInStatement;
  }

  get statements(): number {
    return this.#statements;
  }

  begin(account: SourceAccount, statementId: string | null): void {
    this.#statements += 1;
    this.#rowsInStatement = 0;
    this.#events.push({ type: 'statement', account, statementId });
  }

  add(row: SourceTransaction): void {
    this.#slice.push(row);
    this.#rows += 1;
    this.#rowsInStatement += 1;
    if (this.#slice.length >= ROWS_PER_SLICE) this.#flush();
  }

  /** Takes back a row of the current slice by its source id; false where it has left already or never came. */
  retract(sourceId: string): boolean {
    const index = this.#slice.findIndex((row) => row.sourceId === sourceId);
    if (index < 0) return false;
    this.#slice.splice(index, 1);
    this.#rows -= 1;
    this.#rowsInStatement -= 1;
    return true;
  }

  end(end: StatementEnd): void {
    this.#flush();
    const { declaredEmpty, balances, ...rest } = end;
    const isEmpty = this.#rowsInStatement === 0;
    if (isEmpty) this.#noteEmpty(declaredEmpty);
    if (balances.length > MAX_BALANCES) {
      this.warn(
        'BALANCES_OMITTED',
        `The statement states ${balances.length} balances; the first ${MAX_BALANCES} are kept.`,
      );
    }
    const word = isEmpty && declaredEmpty ? { declaredEmpty } : {};
    this.#events.push({ type: 'statement-end', ...rest, balances: balances.slice(0, MAX_BALANCES), ...word });
  }

  warn(code: WarningCode, text: string): void {
    this.#warnings.add(code, text);
  }

  /** The events since the last call with the rows of a slice that is not full. */
  drainAll(): SourceEvent[] {
    this.#flush();
    return this.drain();
  }

  /** The events since the last call. */
  drain(): SourceEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /**
   * The last events and all warnings. `contents` says in words what the file holds instead of transactions.
   * @throws {AppError} STATEMENT_NO_TRANSACTIONS
   */
  close(contents: string): SourceEvent[] {
    if (this.#rows === 0 && !this.#declaredEmpty)
      throw new AppError('STATEMENT_NO_TRANSACTIONS', { contains: contents });
    for (const warning of this.#warnings.list()) this.#events.push({ type: 'warning', warning });
    return this.drain();
  }

  #noteEmpty(declared: boolean): void {
    if (declared) this.#declaredEmpty = true;
    this.warn(
      'NO_TRANSACTIONS',
      declared ? 'A statement says that it has no entries.' : 'A statement holds no entries and does not say so.',
    );
  }

  #flush(): void {
    if (this.#slice.length === 0) return;
    this.#events.push({ type: 'transactions', items: this.#slice });
    this.#slice = [];
  }
}
