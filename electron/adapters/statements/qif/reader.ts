// The QIF reader: detection, proposal and parser behind the statement reader port. QIF declares neither date order nor currency.
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { StatementReader } from '../../../core/ports/statement-reader.ts';
import { detectQif } from './detect.ts';
import { QifParser } from './parser.ts';
import { proposeQif } from './propose.ts';

export const qifReader: StatementReader = {
  format: 'qif',
  detect: detectQif,
  open: (detection, profile) => {
    if (profile === null) throw new AppError('STATEMENT_PROFILE_NEEDED', { format: 'QIF' });
    if (profile.format !== 'qif')
      throw new AppError('STATEMENT_PROFILE_UNFIT', { what: `it is for ${profile.format} files` });
    return new QifParser(detection, profile);
  },
  propose: proposeQif,
};
