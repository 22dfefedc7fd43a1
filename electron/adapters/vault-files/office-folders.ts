// Makes office folders appear whole: built beside their place, then moved there. It never removes a folder it didn't make.
import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { HeaderFiles } from '../../core/ports/vault-header.ts';
import type { OfficeFolders } from '../../core/ports/office-folder.ts';
import { withFileErrors, type FileSystem } from './file-system.ts';

/** Folder of the clients' databases inside an office's folder. */
export const CLIENTS_FOLDER = 'clients';

export function createOfficeFolders(files: FileSystem, headers: HeaderFiles): OfficeFolders {
  function assertFree(directory: string): void {
    if (!files.exists(directory)) return;
    if (headers.exists(directory)) throw new AppError('OFFICE_EXISTS');
    if (files.list(directory).length > 0) throw new AppError('OFFICE_FOLDER_NOT_EMPTY');
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
