// The MT940 and MT942 readers: detection and parser behind the statement reader port. One parser reads both, message by message.
import type { StatementDetection, StatementReader } from '../../../core/ports/statement-reader.ts';
import { detectSwift } from './detect.ts';
import { SwiftParser } from './parser.ts';

function createReader(format: StatementDetection['format']): StatementReader {
  return {
    format,
    detect: (head) => {
      const detection = detectSwift(head);
      return detection?.format === format ? detection : null;
    },
    open: (detection) => new SwiftParser(detection),
  };
}

export const mt940Reader = createReader('mt940');
export const mt942Reader = createReader('mt942');
