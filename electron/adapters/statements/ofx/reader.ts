// The OFX reader: detection and parser behind the statement reader port. OFX 1.x (SGML) and 2.x (XML), also QFX and QBO.
import type { StatementReader } from '../../../core/ports/statement-reader.ts';
import { detectOfx } from './detect.ts';
import { OfxParser } from './parser.ts';

export const ofxReader: StatementReader = {
  format: 'ofx',
  detect: detectOfx,
  open: (detection) => new OfxParser(detection),
};
