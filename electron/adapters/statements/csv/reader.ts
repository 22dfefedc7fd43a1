// The CSV reader: detection, proposal and parser behind the statement reader port. A table means nothing without a profile.
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { StatementReader } from '../../../core/ports/statement-reader.ts';
import { detectCsv } from './detect.ts';
import { CsvParser } from './parser.ts';
import { proposeCsv } from './propose.ts';

export const csvReader: StatementReader = {
  format: 'csv',
  detect: detectCsv,
  open: (detection, profile) => {
    if (profile === null) throw new AppError('STATEMENT_PROFILE_NEEDED', { format: 'CSV' });
    if (profile.format !== 'csv')
      throw new AppError('STATEMENT_PROFILE_UNFIT', { what: `it is for ${profile.format} files` });
    return new CsvParser(detection, profile);
  },
  propose: proposeCsv,
};
