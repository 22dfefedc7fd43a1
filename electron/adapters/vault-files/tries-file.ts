// Failed tries in a file of the office's folder, replaced as a whole. It never makes the folder and understands nothing of the text.
import { join } from 'node:path';
import type { TriesStore } from '../../core/ports/sign-in-tries.ts';
import { fileErrorCode, nodeFileSystem, translateFileError, withFileErrors, type FileSystem } from './file-system.ts';
import { replaceFile } from './replace-file.ts';

/** Name of the file in the office's folder. */
export const TRIES_FILE = 'sign-in-tries.json';
/** A longer file is not ours. */
const MOST_BYTES = 1024 * 1024;

/** @throws {AppError} from `read`: VAULT_IO, OFFICE_FOLDER_NOT_WRITABLE where the file is there and cannot be read */
export function createTriesFile(directory: string, files: FileSystem = nodeFileSystem): TriesStore {
  const path = join(directory, TRIES_FILE);
  return {
    read: async () => {
      try {
        return files.size(path) > MOST_BYTES ? null : files.read(path).toString('utf8');
      } catch (error) {
        if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(fileErrorCode(error) ?? '')) return null;
        throw translateFileError(error);
      }
    },
    write: async (_, text) => {
      withFileErrors(() => replaceFile(files, path, Buffer.from(text, 'utf8')));
    },
  };
}
