// Writes CSV by RFC 4180: a header line, a line a row, commas, CRLF, UTF-8 with its mark. Texts are inert, amounts plain decimals.
import type { LedgerHeader, LedgerRecord, StatementWriter } from '../../../core/ports/statement-writer.ts';
import { decimalOf } from '../amounts.ts';
import { COLUMNS, type Cell } from '../columns.ts';
import { TextFile } from '../text-file.ts';
import { csvField, inertText } from './cells.ts';

const LINE_END = '\r\n';
/** Without it Excel takes the file for the code page of its system and shows `MÃ¼ller`. */
const BYTE_ORDER_MARK = '\ufeff';

/** @see RFC 4180 §2 */
export const csvWriter: StatementWriter = {
  format: 'csv',
  open(header: LedgerHeader) {
    const line = (fields: readonly string[]): string => fields.join(',') + LINE_END;
    const cells = (row: LedgerRecord, balanceMinor: bigint | null): string[] =>
      COLUMNS.map((column) => written(column.cell(row, { account: header.account, balanceMinor })));
    return new TextFile(header, {
      head: BYTE_ORDER_MARK + line(COLUMNS.map(({ title }) => csvField(title))),
      row: (row, balanceMinor) => line(cells(row, balanceMinor)),
      tail: '',
    });
  },
};

function written(cell: Cell | null): string {
  if (cell === null) return '';
  if (cell.kind === 'text') return csvField(inertText(cell.text));
  if (cell.kind === 'date') return cell.date;
  return cell.kind === 'amount' ? decimalOf(cell.amount) : String(cell.count);
}
