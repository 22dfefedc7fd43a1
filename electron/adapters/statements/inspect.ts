// Reads a whole file and says what is in it, for `statements inspect`: parse without an office. It stores nothing.
import { AppError, toWireError } from '../../../shared/errors/app-error.ts';
import type { SourceEvent, SourceTransaction } from '../../../shared/model/source.ts';
import type {
  InspectedStatement,
  InspectedTransaction,
  StatementInspection,
} from '../../../shared/model/statement-inspection.ts';
import type { StatementProfile } from '../../../shared/model/statement-profile.ts';
import { StatementProof } from '../../../shared/model/statement-proof.ts';
import { inspectedRow } from './inspected-row.ts';
import { StatementStream } from './read-statement.ts';

/** An inspected file: everything, or with an expected failure its error and no statements. Other failures (of the file system) pass through. */
export async function inspectStatement(
  file: string,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  profile: StatementProfile | null = null,
): Promise<StatementInspection> {
  const stream = new StatementStream(profile);
  const inspection = new Inspection(file);
  try {
    for await (const chunk of chunks) inspection.take(stream.write(chunk));
    for (const events of stream.rest()) inspection.take(events);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ...inspection.result(stream), statements: [], error: toWireError(error) };
  }
  return inspection.result(stream);
}

/** What is said of a file that failed before a reader had it. */
export function failedInspection(file: string, error: AppError): StatementInspection {
  return { file, format: null, version: null, charset: null, statements: [], warnings: [], error: toWireError(error) };
}

class Inspection {
  readonly #file: string;
  readonly #statements: InspectedStatement[] = [];
  readonly #warnings: StatementInspection['warnings'] = [];
  #rows: InspectedTransaction[] = [];
  #account: InspectedStatement['account'] | null = null;
  #proof = new StatementProof({ currency: null });

  constructor(file: string) {
    this.#file = file;
  }

  take(events: readonly SourceEvent[]): void {
    for (const event of events) this.#event(event);
  }

  result(stream: StatementStream): StatementInspection {
    return {
      file: this.#file,
      format: stream.detection?.format ?? null,
      version: stream.detection?.version ?? null,
      charset: stream.detection?.charset ?? null,
      statements: this.#statements,
      warnings: this.#warnings,
      error: null,
    };
  }

  #event(event: SourceEvent): void {
    if (event.type === 'warning') this.#warnings.push(event.warning);
    else if (event.type === 'statement') this.#begin(event);
    else if (event.type === 'transactions') for (const row of event.items) this.#row(row);
    else this.#end(event);
  }

  #begin({ account }: Extract<SourceEvent, { type: 'statement' }>): void {
    const { id, iban, currency, name } = account;
    this.#account = { id, iban, currency, name };
    this.#proof = new StatementProof(account);
    this.#rows = [];
  }

  #row(row: SourceTransaction): void {
    this.#proof.add(row);
    this.#rows.push(inspectedRow(row));
  }

  #end({ from, to, opening, closing }: Extract<SourceEvent, { type: 'statement-end' }>): void {
    if (!this.#account) return;
    const proof = this.#proof.result(opening, closing);
    this.#statements.push({ account: this.#account, from, to, opening, closing, transactions: this.#rows, proof });
  }
}
