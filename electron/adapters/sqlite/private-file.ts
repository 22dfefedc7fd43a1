// Makes the empty file that SQLite then fills, readable by its owner alone; log and shared memory take its mode from it. It writes nothing into it.
import { closeSync, openSync } from 'node:fs';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';

const CODES: Readonly<Record<string, ErrorCode>> = {
  EACCES: 'OFFICE_FOLDER_NOT_WRITABLE',
  EPERM: 'OFFICE_FOLDER_NOT_WRITABLE',
  EROFS: 'OFFICE_FOLDER_NOT_WRITABLE',
  ENOSPC: 'VAULT_DISK_FULL',
  EDQUOT: 'VAULT_DISK_FULL',
};

/**
 * Creates `path` with mode 0600. False where it exists already, which stays as it is.
 * @throws {AppError} OFFICE_FOLDER_NOT_WRITABLE, VAULT_DISK_FULL, VAULT_IO
 */
export function createPrivateFile(path: string): boolean {
  try {
    closeSync(openSync(path, 'wx', 0o600));
    return true;
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (reason === 'EEXIST') return false;
    throw new AppError(CODES[reason] ?? 'VAULT_IO', { reason }, { cause: error });
  }
}
