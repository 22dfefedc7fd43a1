// Where failed tries are remembered between runs of the program. There are several places, so that losing one gains nobody anything.
import type { OfficeId } from '../../../shared/model/ids.ts';

/** One place: a file of the office's folder, an item of the OS keychain. Content is opaque JSON text. */
export interface TriesStore {
  /** Null when there is nothing, or nothing readable. */
  read(officeId: OfficeId): Promise<string | null>;
  /** @throws {AppError} VAULT_IO, VAULT_DISK_FULL, OFFICE_FOLDER_NOT_WRITABLE, KEYCHAIN_FAILED */
  write(officeId: OfficeId, text: string): Promise<void>;
}
