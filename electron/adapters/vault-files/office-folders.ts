// Makes office folders appear whole: built beside their place, then moved there. It never removes a folder it didn't make.
import { randomBytes } from 'node:crypto';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { HeaderFiles } from '../../core/ports/vault-header.ts';
import type { OfficeFolders } from '../../core/ports/office-folder.ts';
import { fileErrorCode, withFileErrors, type FileSystem } from './file-system.ts';
import { isRemoteFolder } from './remote-folder.ts';

/** Folder of the clients' databases inside an office's folder. */
export const CLIENTS_FOLDER = 'clients';

export function createOfficeFolders(
  files: FileSystem,
  headers: HeaderFiles,
  isRemote: (path: string) => boolean = isRemoteFolder,
): OfficeFolders {
  /** A file in the folder's place is something too. */
  function holdsSomething(directory: string): boolean {
    try {
      return files.list(directory).length > 0;
    } catch (error) {
      if (fileErrorCode(error) === 'ENOTDIR') return true;
      throw error;
    }
  }

  function assertFree(directory: string): void {
    if (!files.exists(directory)) return;
    if (headers.exists(directory)) throw new AppError('OFFICE_EXISTS');
    if (holdsSomething(directory)) throw new AppError('OFFICE_FOLDER_NOT_EMPTY');
  }

  return {
    stage: (directory) =>
      withFileErrors(() => {
        assertFree(directory);
        const name = `.${basename(directory)}.${randomBytes(6).toString('hex')}.new`;
        const staged = join(dirname(directory), name);
        files.makeDirectory(dirname(directory));
        files.makeDirectory(join(staged, CLIENTS_FOLDER));
        return staged;
      }),
    contains: (directory, path) =>
      withFileErrors(() => {
        const folder = dirname(path);
        if (!files.exists(folder)) return false;
        const way = relative(files.resolve(directory), files.resolve(folder));
        return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
      }),
    isRemote: (directory) => withFileErrors(() => isRemote(files.resolve(directory))),
    publish: (staged, directory) =>
      withFileErrors(() => {
        if (files.exists(directory)) files.removeEmptyDirectory(directory);
        files.syncDirectory(join(staged, CLIENTS_FOLDER));
        files.syncDirectory(staged);
        files.rename(staged, directory);
        files.syncDirectory(dirname(directory));
      }),
    discard: (staged) => withFileErrors(() => files.remove(staged)),
  };
}
