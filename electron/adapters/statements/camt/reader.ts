// The CAMT reader: detection and parser behind the statement reader port. camt.052, .053 and .054, version 01 and up.
import type { StatementReader } from '../../../core/ports/statement-reader.ts';
import { detectCamt } from './detect.ts';
import { CamtParser } from './parser.ts';

export const camtReader: StatementReader = {
  format: 'camt',
  detect: detectCamt,
  open: (detection) => new CamtParser(detection),
};
