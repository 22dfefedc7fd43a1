// Copies of damaged or replaced files, kept inside the office's folder for whoever looks into it. Nothing is ever moved or removed for it.
import type { ClientId } from '../../../shared/model/ids.ts';

export interface EvidenceFiles {
  /**
   * Copies the header's generations, or a database with the log beside it, as they lie there. The same content is kept once. Returns the
   * copies' folder relative to the office's, `evidence/…`.
   * @throws {AppError} VAULT_DISK_FULL, VAULT_IO, OFFICE_FOLDER_NOT_WRITABLE; no half copy is left then
   */
  keep(directory: string, what: 'header' | 'office' | ClientId): string;
}
