// The BAI2 reader: detection and parser behind the statement reader port.
import type { StatementReader } from '../../../core/ports/statement-reader.ts';
import { detectBai2 } from './detect.ts';
import { Bai2Parser } from './parser.ts';

export const bai2Reader: StatementReader = {
  format: 'bai2',
  detect: detectBai2,
  open: (detection) => new Bai2Parser(detection),
};
