// Opens backups: with the paper key, a passphrase, or the unlocked office's own recovery identity. It writes nothing but what a caller asked for.
import { Buffer } from 'node:buffer';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { BackupContents, BackupKey } from '../../../shared/ipc/contract/backups.ts';
import { OfficeId } from '../../../shared/model/ids.ts';
import { parseRecoveryKey } from '../../../shared/model/recovery-key.ts';
import type { ArchiveSink, ReadEntry } from '../ports/backup-archive.ts';
import type { SealIdentity } from '../ports/sealer.ts';
import { checkBackup, isDatabaseEntry, KEYS_NAME, MANIFEST_NAME } from './backup-manifest.ts';
import type { CallContext } from './call-context.ts';
import { openRecoverySlot } from './keys/recovery-slot.ts';
import type { VaultServices } from './services.ts';

/** What opens a backup, and the paper key where it was that. */
export interface BackupOpener {
  readonly identity: SealIdentity;
  readonly recoveryKey: Uint8Array | null;
}

function parseTyped(text: string): Uint8Array {
  try {
    return parseRecoveryKey(text);
  } catch (cause) {
    throw new AppError('BACKUP_NO_MATCHING_KEY', {}, { cause });
  }
}

/** @throws {AppError} BACKUP_NO_MATCHING_KEY, BACKUP_FILE_INVALID */
export async function backupOpener(services: VaultServices, path: string, key: BackupKey): Promise<BackupOpener> {
  if (key.kind === 'passphrase') {
    const passphrase = await services.sealedTexts.open('passphrase', key.passphrase);
    return { identity: await services.archive.identityByPassphrase(path, passphrase), recoveryKey: null };
  }
  const label = await services.archive.label(path);
  const officeId = OfficeId.safeParse(label.officeId).data;
  const recoveryKey = parseTyped(await services.sealedTexts.open('recovery-key', key.recoveryKey));
  const identity = officeId && openRecoverySlot(officeId, label.recovery, recoveryKey);
  if (!identity) throw new AppError('BACKUP_NO_MATCHING_KEY');
  return { identity, recoveryKey };
}

/** Reads all entries; manifest and keys stay in memory, databases go where `databaseSink` says. */
export async function readBackup(
  services: VaultServices,
  file: { readonly path: string; readonly identity: SealIdentity },
  databaseSink: (name: string) => ArchiveSink,
): Promise<readonly ReadEntry[]> {
  const sinkOf = (name: string): ArchiveSink => {
    if (name === MANIFEST_NAME || name === KEYS_NAME) return 'keep';
    if (!isDatabaseEntry(name)) throw new AppError('BACKUP_FILE_INVALID', { reason: 'entry' });
    return databaseSink(name);
  };
  return await services.archive.read({ ...file, sinkOf });
}

async function verify(services: VaultServices, path: string, identity: SealIdentity): Promise<BackupContents> {
  return checkBackup(await readBackup(services, { path, identity }, () => 'discard')).contents;
}

/** Decrypts and checks all of a backup. */
export async function verifyBackup(services: VaultServices, path: string, key: BackupKey): Promise<BackupContents> {
  const { identity } = await backupOpener(services, path, key);
  return await verify(services, path, identity);
}

/** The same with the open office's recovery identity, recorded in the office when it holds. */
export async function verifyOwnBackup(
  services: VaultServices,
  context: CallContext,
  path: string,
): Promise<BackupContents> {
  const { session } = context;
  const sealed = Buffer.from(session.header().recovery.forOwner, 'base64');
  const identity = Buffer.from(await services.sealer.open(sealed, session.identity)).toString('latin1');
  const contents = await verify(services, path, identity);
  const sha256 = await services.archive.digest(path);
  // A rotation meanwhile opened the office's database anew.
  const { office } = context;
  context.act(office, { subject: null, payload: { sha256, ok: contents.ok } }, () => {
    if (contents.ok) office.backups.setVerified(sha256, context.now());
  });
  return contents;
}
