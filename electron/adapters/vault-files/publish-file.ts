// Writes a new file so that it appears whole or not at all, and never over an existing one.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { fileErrorCode, nodeFileSystem, translateFileError, translatePathError } from './file-system.ts';

/** What publishing does to a disk; each throws what `node:fs` throws. */
export interface PublishingFiles {
  exists(path: string): boolean;
  /** Fails where the file exists. */
  create(path: string): Promise<FileHandle>;
  write(file: FileHandle, chunk: Uint8Array): Promise<void>;
  sync(file: FileHandle): Promise<void>;
  close(file: FileHandle): Promise<void>;
  /** A second name for the same file; fails where `to` exists. */
  link(from: string, to: string): Promise<void>;
  /** Replaces `to`. */
  rename(from: string, to: string): Promise<void>;
  /** A file that is not there is fine. */
  remove(path: string): Promise<void>;
  syncDirectory(path: string): void;
}

/** This computer's own disks. */
export const nodePublishing: PublishingFiles = {
  exists: existsSync,
  create: (path) => open(path, 'wx', 0o600),
  write: (file, chunk) => file.writeFile(chunk),
  sync: (file) => file.sync(),
  close: (file) => file.close(),
  link,
  rename,
  remove: (path) => rm(path, { force: true }),
  syncDirectory: (path) => nodeFileSystem.syncDirectory(path),
};

export interface UnpublishedFile {
  /** Gives the file its name. @throws {AppError} BACKUP_DESTINATION_EXISTS, VAULT_IO */
  publish(): Promise<void>;
  /** Removes what was written so far. */
  discard(): Promise<void>;
}

/** Some disks (FAT, exFAT) have no hard links: there the check and the move are two steps. */
async function moveWithoutReplacing(files: PublishingFiles, from: string, to: string): Promise<void> {
  try {
    await files.link(from, to);
    await files.remove(from);
  } catch (error) {
    const code = fileErrorCode(error);
    if (code === 'EEXIST') throw new AppError('BACKUP_DESTINATION_EXISTS', {}, { cause: error });
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS' && code !== 'EOPNOTSUPP') throw error;
    if (files.exists(to)) throw new AppError('BACKUP_DESTINATION_EXISTS', {}, { cause: error });
    await files.rename(from, to);
  }
}

async function openNew(files: PublishingFiles, path: string): Promise<FileHandle> {
  try {
    return await files.create(path);
  } catch (error) {
    throw translatePathError(error, 'BACKUP_FOLDER_NOT_FOUND');
  }
}

/**
 * Writes the chunks beside `path`, durable, waiting for `publish`.
 * @throws {AppError} BACKUP_DESTINATION_EXISTS, BACKUP_FOLDER_NOT_FOUND, VAULT_DISK_FULL, VAULT_IO; nothing is left behind then
 */
export async function writeUnpublished(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  files: PublishingFiles = nodePublishing,
): Promise<UnpublishedFile> {
  if (files.exists(path)) throw new AppError('BACKUP_DESTINATION_EXISTS');
  const beside = `${path}.${randomBytes(4).toString('hex')}.partial`;
  const discard = (): Promise<void> => files.remove(beside);
  const file = await openNew(files, beside);
  try {
    try {
      for await (const chunk of chunks) await files.write(file, chunk);
      await files.sync(file);
    } finally {
      await files.close(file);
    }
  } catch (error) {
    await discard();
    throw translateFileError(error);
  }
  return {
    discard,
    publish: async () => {
      try {
        await moveWithoutReplacing(files, beside, path);
        files.syncDirectory(dirname(path));
      } catch (error) {
        throw translateFileError(error);
      }
    },
  };
}
