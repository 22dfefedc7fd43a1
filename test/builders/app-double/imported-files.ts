// What the double makes of an imported file, by its name: `damaged`, `killed` and `huge` cannot be read; `again` and `bare` bring nothing new;
// `card` and `unstated` are the first of their account; the signs of `turned` were turned round before.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { BatchStatement, BatchSummary, DiffCounts } from '../../../shared/ipc/contract/batches.ts';
import { aBatch, STAGED_COUNTS } from './batches.ts';
import type { DoubleAccount } from './ledger.ts';

interface Upload {
  readonly fileName: string;
  readonly bytes: number;
}

/** Why the file cannot be read; null where it can. */
export function refusalOf({ fileName, bytes }: Upload): AppError | null {
  if (fileName.includes('damaged')) return new AppError('STATEMENT_MALFORMED', { where: 'line 1204' });
  if (fileName.includes('killed')) return new AppError('STATEMENT_READER_STOPPED', { file: fileName });
  if (fileName.includes('huge')) return new AppError('STATEMENT_TOO_LARGE', { limit: '2 GiB' });
  return bytes === 0 ? new AppError('STATEMENT_EMPTY') : null;
}

const NO_ROWS: DiffCounts = { new: 0, known: 0, changed: 0, doubtful: 0 };

function countsOf(fileName: string): DiffCounts {
  if (fileName.includes('bare')) return NO_ROWS;
  return fileName.includes('again') ? { ...NO_ROWS, known: 214 } : STAGED_COUNTS;
}

function statementOf(fileName: string): Partial<BatchStatement> {
  if (fileName.includes('card'))
    return { first: true, openingMinor: '0', bookedMinor: '-31639', closingMinor: '-31639' };
  const unstated = { openingMinor: null, closingMinor: null, proof: 'absent' } as const;
  if (fileName.includes('unstated')) return { ...unstated, first: true, bookedMinor: '-31639' };
  const inverted = fileName.includes('turned');
  return { inverted, signs: inverted ? 'remembered' : 'source' };
}

interface ImportedFile {
  readonly fileName: string;
  readonly number: number;
}

/** The staged batch of a file that can be read. */
export function importedBatch(account: DoubleAccount, { fileName, number }: ImportedFile): BatchSummary {
  const counts = countsOf(fileName);
  const batch = aBatch(account, { number, age: 0, state: 'staged', kind: 'file', source: fileName, counts });
  return { ...batch, statements: batch.statements.map((each) => ({ ...each, ...statementOf(fileName) })) };
}
