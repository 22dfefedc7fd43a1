// The command line's log: warnings and errors on standard error, redacted like any other. Standard output belongs to results.
import { writeSync } from 'node:fs';
import type { Logger } from '../../core/ports/logger.ts';
import { createLogger } from './create-logger.ts';

export function createStandardErrorLogger(): Logger {
  return createLogger({ sinks: [(line) => void writeSync(2, `${line}\n`)], lowest: 'warn' });
}
