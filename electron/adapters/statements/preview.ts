// Shows what a profile makes of a file's beginning: its first rows, or the first one it cannot read. It stores nothing.
import { AppError, toWireError } from '../../../shared/errors/app-error.ts';
import type { SourceEvent, SourceTransaction, SourceWarning } from '../../../shared/model/source.ts';
import type { StatementProfile } from '../../../shared/model/statement-profile.ts';
import type { ProfilePreview } from '../../../shared/model/statement-survey.ts';
import { inspectedRow } from './inspected-row.ts';
import { archivedHead } from './archive/survey-archive.ts';
import { isZip } from './archive/zip-index.ts';
import { createStatementParser, detectStatement } from './readers.ts';
import { SURVEY_BYTES, type FileHead } from './survey.ts';

const PREVIEW_ROWS = 50;

/**
 * The rows of a file's beginning as a profile reads them. With an incomplete beginning its cut last line is no error. `sumMinor` is of all rows read, null
 * where they are in several currencies. Expected failures are in `error`, with the rows before them.
 */
export function previewStatement({ profile, ...file }: FileHead & { profile: StatementProfile }): ProfilePreview {
  const preview = new Preview();
  try {
    const fits = (head: Uint8Array): boolean => detectStatement(head)?.format === profile.format;
    const { head, complete } = isZip(file.head) ? archivedHead(file.head, { fits, headBytes: SURVEY_BYTES }) : file;
    const parser = createStatementParser(head, profile);
    try {
      preview.take(parser.write(head));
      if (complete) preview.take(parser.end());
    } finally {
      preview.take(parser.rowsSoFar?.() ?? []);
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ...preview.result(), error: toWireError(error) };
  }
  return preview.result();
}

class Preview {
  readonly #rows: SourceTransaction[] = [];
  readonly #warnings: SourceWarning[] = [];
  readonly #currencies = new Set<string>();
  #count = 0;
  #sum = 0n;

  take(events: readonly SourceEvent[]): void {
    for (const event of events) {
      if (event.type === 'warning') this.#warnings.push(event.warning);
      else if (event.type === 'transactions') for (const row of event.items) this.#row(row);
    }
  }

  result(): ProfilePreview {
    const sumMinor = this.#currencies.size > 1 ? null : this.#sum.toString();
    const rows = this.#rows.map(inspectedRow);
    return { rows, count: this.#count, sumMinor, warnings: this.#warnings, error: null };
  }

  #row(row: SourceTransaction): void {
    if (this.#rows.length < PREVIEW_ROWS) this.#rows.push(row);
    this.#currencies.add(row.currency);
    this.#count += 1;
    this.#sum += BigInt(row.amountMinor);
  }
}
