// Makes the empty file that SQLite then fills, readable by its owner alone; log and shared memory take its mode from it. It writes nothing into it.
import { closeSync, openSync } from 'node:fs';
import { AppError } from '../../../shared/errors/app-error.ts';

/**
 * Creates `path` with mode 0600. False where it exists already, which stays as it is.
 * @throws {AppError} VAULT_IO
 */
export function createPrivateFile(path: string): boolean {
  try {
    closeSync(openSync(path, 'wx', 0o600));
    return true;
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (reason === 'EEXIST') return false;
    throw new AppError('VAULT_IO', { reason }, { cause: error });
  }
}
