// The log's file, which rotates. A log that cannot be written never stops the program.
import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LogSink } from './create-logger.ts';

const FILE = 'strongroom.log';
/** The current file and its older generations, `strongroom.log.1` the youngest of them. */
const GENERATIONS = 5;
const LARGEST_BYTES = 1024 * 1024;

export interface FileSinkOptions {
  readonly directory: string;
  /** Size at which a new file begins. Default 1 MiB. */
  readonly largestBytes?: number;
  /** Hears once that the folder cannot be written. */
  readonly onFailure: (error: unknown) => void;
}

function rotate(path: string): void {
  rmSync(`${path}.${GENERATIONS - 1}`, { force: true });
  for (let age = GENERATIONS - 2; age >= 0; age -= 1) {
    const from = age === 0 ? path : `${path}.${age}`;
    if (statSync(from, { throwIfNoEntry: false })) renameSync(from, `${path}.${age + 1}`);
  }
}

/** Appends to `strongroom.log` in `directory`, readable by this user only. */
export function createFileSink({ directory, largestBytes = LARGEST_BYTES, onFailure }: FileSinkOptions): LogSink {
  const path = join(directory, FILE);
  let failed = false;
  const write = (line: string): void => {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (size > 0 && size + line.length > largestBytes) rotate(path);
    appendFileSync(path, `${line}\n`, { mode: 0o600 });
  };
  return (line) => {
    if (failed) return;
    try {
      write(line);
    } catch (error) {
      failed = true;
      onFailure(error);
    }
  };
}
