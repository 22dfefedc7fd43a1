// Writes a new file so that it appears whole or not at all, and never over an existing one.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { fileErrorCode, nodeFileSystem, translateFileError, translatePathError } from './file-system.ts';

export interface UnpublishedFile {
  /** Gives the file its name. @throws {AppError} BACKUP_DESTINATION_EXISTS, VAULT_IO */
  publish(): Promise<void>;
  /** Removes what was written so far. */
  discard(): Promise<void>;
}

/** Some disks (FAT, exFAT) have no hard links: there the check and the move are two steps. */
async function moveWithoutReplacing(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
    await rm(from);
  } catch (error) {
    const code = fileErrorCode(error);
    if (code === 'EEXIST') throw new AppError('BACKUP_DESTINATION_EXISTS', {}, { cause: error });
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS' && code !== 'EOPNOTSUPP') throw error;
    if (existsSync(to)) throw new AppError('BACKUP_DESTINATION_EXISTS', {}, { cause: error });
    await rename(from, to);
  }
}

async function openNew(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600);
  } catch (error) {
    throw translatePathError(error, 'BACKUP_FOLDER_NOT_FOUND');
  }
}

/**
 * Writes the chunks beside `path`, durable, waiting for `publish`.
 * @throws {AppError} BACKUP_DESTINATION_EXISTS, BACKUP_FOLDER_NOT_FOUND, VAULT_DISK_FULL, VAULT_IO; nothing is left behind then
 */
export async function writeUnpublished(path: string, chunks: AsyncIterable<Uint8Array>): Promise<UnpublishedFile> {
  if (existsSync(path)) throw new AppError('BACKUP_DESTINATION_EXISTS');
  const beside = `${path}.${randomBytes(4).toString('hex')}.partial`;
  const discard = (): Promise<void> => rm(beside, { force: true });
  const file = await openNew(beside);
  try {
    try {
      for await (const chunk of chunks) await file.writeFile(chunk);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    await discard();
    throw translateFileError(error);
  }
  return {
    discard,
    publish: async () => {
      try {
        await moveWithoutReplacing(beside, path);
        nodeFileSystem.syncDirectory(dirname(path));
      } catch (error) {
        throw translateFileError(error);
      }
    },
  };
}
