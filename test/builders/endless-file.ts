// A file without end, for readers that must give up on it: how far it was read, how long that kept the thread, and what refused it.
import { StatementStream } from '../../electron/adapters/statements/read-statement.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import type { StatementProfile } from '../../shared/model/statement-profile.ts';
import { errorOf } from '../contracts/statement-reader.ts';
import { timedOnThread } from './thread-time.ts';

const MEGABYTE = 1_048_576;

export interface EndlessFile {
  readonly start: string;
  /** Comes again and again behind `start`. */
  readonly unit: string;
  readonly profile?: StatementProfile;
  /** Bytes after which the test gives up. */
  readonly most?: number;
}

export interface EndlessReading {
  readonly error: AppError | null;
  readonly bytes: number;
  readonly ms: number;
}

export function readEndless({ start, unit, profile, most = 64 * MEGABYTE }: EndlessFile): EndlessReading {
  const piece = Buffer.from(unit.repeat(Math.ceil(65_536 / unit.length)));
  const stream = new StatementStream(profile ?? null);
  let bytes = 0;
  const read = (): void => {
    stream.write(Buffer.from(start));
    for (; bytes < most; bytes += piece.length) stream.write(piece);
  };
  const { result: error, ms } = timedOnThread(() => errorOf(read));
  return { error, bytes, ms };
}
