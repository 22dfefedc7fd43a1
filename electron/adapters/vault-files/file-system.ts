// The few file operations an office's side files need, behind one interface so that a test can fail or stop at each of them.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';

/** Synchronous, so that a file's steps can't be interleaved. Every method throws what `node:fs` throws. */
export interface FileSystem {
  exists(path: string): boolean;
  read(path: string): Buffer;
  /** Fewer bytes where the file ends before. */
  readPart(path: string, start: number, length: number): Buffer;
  /** In bytes. */
  size(path: string): number;
  /** SHA-256 of a file's content in hex, in constant memory. */
  sha256(path: string): string;
  list(directory: string): string[];
  /** The path without symbolic links. */
  resolve(path: string): string;
  makeDirectory(path: string): void;
  /** Creates or truncates the file and writes all of it, not yet durable. */
  write(path: string, bytes: Uint8Array): void;
  /** A copy readable by its owner alone, not yet durable; `to` must not exist. */
  copy(from: string, to: string): void;
  /** Makes a file's content durable. */
  sync(path: string): void;
  /** Atomic; replaces `to`. */
  rename(from: string, to: string): void;
  /** Makes the names in a folder durable, where the system has such a thing. */
  syncDirectory(path: string): void;
  /** Removes a file or a whole folder; one that is not there is fine. */
  remove(path: string): void;
  /** Removes a folder that must be empty. */
  removeEmptyDirectory(path: string): void;
}

function syncPath(path: string, flags: 'r' | 'r+'): void {
  const file = openSync(path, flags);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

const CHUNK_BYTES = 1024 * 1024;

function sha256Of(path: string): string {
  const [hash, chunk] = [createHash('sha256'), Buffer.allocUnsafe(CHUNK_BYTES)];
  const file = openSync(path, 'r');
  try {
    for (let bytes = readSync(file, chunk); bytes > 0; bytes = readSync(file, chunk))
      hash.update(chunk.subarray(0, bytes));
    return hash.digest('hex');
  } finally {
    closeSync(file);
  }
}

function readPartOf(path: string, start: number, length: number): Buffer {
  const part = Buffer.allocUnsafe(length);
  const file = openSync(path, 'r');
  try {
    return part.subarray(0, readSync(file, part, 0, length, start));
  } finally {
    closeSync(file);
  }
}

/** Windows keeps no handle on folders and makes renames durable itself. */
const foldersNeedSync = process.platform !== 'win32';

export const nodeFileSystem: FileSystem = {
  exists: existsSync,
  read: (path) => readFileSync(path),
  readPart: readPartOf,
  size: (path) => statSync(path).size,
  sha256: sha256Of,
  list: (directory) => readdirSync(directory),
  resolve: (path) => realpathSync(path),
  makeDirectory: (path) => void mkdirSync(path, { recursive: true, mode: 0o700 }),
  write: (path, bytes) => writeFileSync(path, bytes, { mode: 0o600 }),
  copy: (from, to) => {
    copyFileSync(from, to, constants.COPYFILE_EXCL);
    chmodSync(to, 0o600);
  },
  sync: (path) => syncPath(path, 'r+'),
  rename: renameSync,
  syncDirectory: (path) => {
    if (foldersNeedSync) syncPath(path, 'r');
  },
  remove: (path) => rmSync(path, { recursive: true, force: true }),
  removeEmptyDirectory: rmdirSync,
};

/** The error code of a `node:fs` error, `ENOENT` and the like; null for any other error. */
export function fileErrorCode(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  return /^E[A-Z0-9]+$/.test(code) ? code : null;
}

/** Runs `work` and throws what `node:fs` threw as an AppError. @throws {AppError} VAULT_DISK_FULL, VAULT_IO, OFFICE_FOLDER_NOT_WRITABLE */
export function withFileErrors<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translateFileError(error);
  }
}

/** The same operations for those who know no errors of `node:fs`. */
export function translatingFileErrors<Files extends object>(files: Files): Files {
  const wrapped = Object.entries(files).map(([name, member]: [string, unknown]) => {
    if (typeof member !== 'function') return [name, member] as const;
    return [
      name,
      (...inputs: unknown[]): unknown => withFileErrors((): unknown => Reflect.apply(member, undefined, inputs)),
    ] as const;
  });
  return Object.fromEntries(wrapped) as Files;
}

const WRONG_PLACE = ['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EPERM', 'EROFS', 'ENAMETOOLONG'];

/** The AppError for an error of `node:fs` at a path that a person chose: `code` where the path itself is at fault. */
export function translatePathError(error: unknown, code: ErrorCode): unknown {
  const reason = fileErrorCode(error);
  const chosenWrong = reason !== null && WRONG_PLACE.includes(reason);
  return chosenWrong ? new AppError(code, { reason }, { cause: error }) : translateFileError(error);
}

/** The AppError for an error of `node:fs`; any other error comes back as it is. */
export function translateFileError(error: unknown): unknown {
  const reason = fileErrorCode(error);
  if (reason === null) return error;
  if (reason === 'ENOSPC' || reason === 'EDQUOT') {
    return new AppError('VAULT_DISK_FULL', { reason }, { cause: error, retryable: true });
  }
  const refused = reason === 'EACCES' || reason === 'EPERM' || reason === 'EROFS';
  return new AppError(refused ? 'OFFICE_FOLDER_NOT_WRITABLE' : 'VAULT_IO', { reason }, { cause: error });
}
