// Exports one audit chain into a new file that anyone verifies without the office. No file appears without an entry that says so.
import type { ErrorCode } from '../../../../shared/errors/codes.ts';
import type { ClientId } from '../../../../shared/model/ids.ts';
import type { NewFiles } from '../../ports/new-files.ts';
import type { VaultContext } from '../context.ts';
import { speakingOf } from '../speaking-of.ts';
import { signCheckpoint } from './checkpoints.ts';
import type { ExportHeader } from './export-format.ts';
import { exportLines } from './export-lines.ts';

export interface AuditExport {
  /** Null for the office's own chain. */
  readonly clientId: ClientId | null;
  readonly path: string;
  /** True to take names and payloads along. */
  readonly personal: boolean;
}

const ABOUT_THIS_FILE: Readonly<Partial<Record<ErrorCode, ErrorCode>>> = {
  BACKUP_DESTINATION_EXISTS: 'AUDIT_DESTINATION_EXISTS',
  BACKUP_FOLDER_NOT_FOUND: 'AUDIT_FOLDER_NOT_FOUND',
};

/**
 * The file is written beside its place, the export audited, the file given its name; nothing is left behind when one of the three fails.
 * @throws {AppError} AUDIT_DESTINATION_EXISTS, AUDIT_FOLDER_NOT_FOUND, VAULT_*, CLIENT_NOT_FOUND, CLIENT_NO_ACCESS
 */
export async function exportAudit(
  files: NewFiles,
  context: VaultContext,
  { clientId, path, personal }: AuditExport,
): Promise<{ entries: number; checkpointKey: string; head: string }> {
  const { office } = context;
  const store = clientId === null ? office : context.client(clientId);
  const { audit } = store;
  const signer = { keyring: office.keyring.get(), at: context.now() };
  signCheckpoint(store, signer);
  const head = audit.head();
  const { checkpointKey } = signer.keyring;
  const header: ExportHeader = {
    format: 'strongroom-audit',
    version: 1,
    chain: audit.chain,
    firstKeyCommitment: audit.start().firstKeyCommitment,
    officeName: office.profile.get().name,
    checkpointKey,
    exportedAt: signer.at,
    personal,
  };
  const payload = { entries: head.sequence, head: head.hash, personal };
  return await speakingOf(ABOUT_THIS_FILE, async () => {
    const file = await files.write(path, exportLines({ audit, header, head, signer }));
    try {
      context.act(store, { subject: clientId, payload }, () => undefined);
      await file.publish();
    } catch (error) {
      await file.discard();
      throw error;
    }
    return { entries: head.sequence, checkpointKey, head: head.hash };
  });
}
