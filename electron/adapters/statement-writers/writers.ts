// The registry of export formats. A format that is not in it does not compile.
import type { ExportFormat } from '../../../shared/ipc/contract/statements.ts';
import type { StatementWriter } from '../../core/ports/statement-writer.ts';
import { camt053Writer } from './camt053/writer.ts';
import { csvWriter } from './csv/writer.ts';
import { mt940Writer } from './mt940/writer.ts';
import { ofxWriter } from './ofx/writer.ts';
import { xlsxWriter } from './xlsx/writer.ts';

export const STATEMENT_WRITERS: Readonly<Record<ExportFormat, StatementWriter>> = {
  ofx: ofxWriter,
  camt053: camt053Writer,
  mt940: mt940Writer,
  csv: csvWriter,
  xlsx: xlsxWriter,
};
