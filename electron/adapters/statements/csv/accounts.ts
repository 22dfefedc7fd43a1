// Sorts a table's rows into one statement an account and currency. Statements never overlap, so rows of accounts that alternate wait, within limits.
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { SourceAccount } from '../../../../shared/model/source.ts';
import { quoteSource } from '../failure.ts';
import type { StatementSink } from '../statement-sink.ts';
import { type AccountRow, OpenStatement } from './open-statement.ts';

/** Rows and characters that may wait while it is open whether accounts alternate. */
const MAX_WAITING_ROWS = 20_000;
const MAX_WAITING_TEXT = 33_554_432;
const MAX_ACCOUNTS = 1000;

interface Waiting {
  readonly account: SourceAccount;
  readonly rows: AccountRow[];
}

/**
 * Without account and currency columns there is one statement and nothing waits. With them the first 20,000 rows wait and are sorted by account; in longer
 * files each account's rows must stand together from there on.
 */
export class CsvAccounts {
  readonly #sink: StatementSink;
  readonly #waiting: Map<string, Waiting> | null;
  readonly #done = new Set<string>();
  #waitingRows = 0;
  #waitingText = 0;
  #sorted = false;
  #open: { key: string; statement: OpenStatement } | null = null;

  constructor(sink: StatementSink, mayAlternate: boolean) {
    this.#sink = sink;
    this.#waiting = mayAlternate ? new Map() : null;
  }

  /** @throws {AppError} STATEMENT_UNSUPPORTED where accounts alternate in too long a file */
  add(item: AccountRow): void {
    const key = `${item.account.id} ${item.account.currency ?? ''}`;
    if (!this.#waiting || this.#sorted) this.#pass(key, item);
    else this.#wait(key, item, this.#waiting);
  }

  /** Hands on the rows that wait. */
  release(): void {
    const waiting = this.#waiting ?? new Map<string, Waiting>();
    this.#sorted = true;
    for (const [key, { rows }] of waiting) for (const item of rows) this.#pass(key, item);
    waiting.clear();
  }

  end(): void {
    this.release();
    this.#open?.statement.end();
    this.#open = null;
  }

  #wait(key: string, item: AccountRow, waiting: Map<string, Waiting>): void {
    const known = waiting.get(key);
    if (known) known.rows.push(item);
    else waiting.set(key, { account: item.account, rows: [item] });
    if (waiting.size > MAX_ACCOUNTS) throw alternating(item, `more than ${MAX_ACCOUNTS} accounts`);
    this.#waitingRows += 1;
    this.#waitingText += item.row.raw.length;
    if (this.#waitingRows < MAX_WAITING_ROWS && this.#waitingText < MAX_WAITING_TEXT) return;
    // The account that goes on comes last, so that it can go on.
    const last = waiting.get(key);
    waiting.delete(key);
    if (last) waiting.set(key, last);
    this.release();
  }

  #pass(key: string, item: AccountRow): void {
    if (this.#open?.key !== key) {
      this.#open?.statement.end();
      if (this.#done.has(key)) throw alternating(item, 'accounts that alternate in a long file');
      if (this.#done.size >= MAX_ACCOUNTS) throw alternating(item, `more than ${MAX_ACCOUNTS} accounts`);
      this.#done.add(key);
      this.#open = { key, statement: new OpenStatement(this.#sink, item.account) };
    }
    this.#open.statement.add(item);
  }
}

function alternating({ line, account }: AccountRow, what: string): AppError {
  const where = `line ${line}: ${what}, here ${quoteSource(account.iban ?? account.id)}`;
  return new AppError('STATEMENT_UNSUPPORTED', { what: where, line: String(line) });
}
