// Writes an encrypted backup of the open office: every database as it is at one moment, while work goes on.
import { Buffer } from 'node:buffer';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { BackupRecord } from '../../../shared/ipc/contract/backups.ts';
import type { ClientId } from '../../../shared/model/ids.ts';
import type { Instant } from '../../../shared/model/instant.ts';
import type { SealedText } from '../../../shared/model/sealed-text.ts';
import type { ArchiveEntry, ArchiveSource } from '../ports/backup-archive.ts';
import type { FrozenFile, OpenDatabase } from '../ports/vault-databases.ts';
import type { Store } from '../ports/vault-store.ts';
import { signCheckpoint } from './audit/checkpoints.ts';
import { databaseEntryName, encodeJson, KEYS_NAME, MANIFEST_NAME, type BackupManifest } from './backup-manifest.ts';
import type { CallContext } from './call-context.ts';
import type { VaultServices } from './services.ts';
import type { OfficeSession } from './session.ts';

interface Snapshot {
  readonly files: readonly (FrozenFile & { readonly name: string })[];
  readonly auditHeads: BackupManifest['auditHeads'];
  readonly clients: number;
  readonly transactions: number;
}

/** All databases at one moment: nothing of this process runs between the first and the last. */
function takeSnapshot(session: OfficeSession, at: Instant): Snapshot {
  const clientIds = session.office.store.clients.list().map((client) => client.id);
  const clients = clientIds.map((id) => ({ id, database: session.client(id) }));
  const databases: { id: ClientId | null; chain: string; database: OpenDatabase<Store> }[] = [
    { id: null, chain: session.header().office.id, database: session.office },
    ...clients.map(({ id, database }) => ({ id, chain: id, database })),
  ];
  const signer = { keyring: session.office.store.keyring.get(), at };
  for (const { database } of databases) signCheckpoint(database.store, signer);
  const files: Snapshot['files'][number][] = [];
  try {
    for (const { id, database } of databases) files.push({ ...database.freeze(), name: databaseEntryName(id) });
  } catch (error) {
    for (const file of files) file.release();
    throw error;
  }
  return {
    files,
    auditHeads: databases.map(({ chain, database }) => ({ chain, ...database.store.audit.head() })),
    clients: clients.length,
    transactions: clients.reduce((sum, { database }) => sum + database.store.transactionCount(), 0),
  };
}

function keysEntry(session: OfficeSession): ArchiveSource {
  const base64 = (key: Uint8Array): string => Buffer.from(key).toString('base64');
  const clients = session.office.store.clients.list().map(({ id }) => ({ id, key: base64(session.clientKey(id)) }));
  return { name: KEYS_NAME, content: encodeJson({ officeKey: base64(session.officeKey), clients }) };
}

function manifestOf(snapshot: Snapshot, context: CallContext) {
  const { id: officeId, name: officeName } = context.session.header().office;
  const { auditHeads, clients, transactions } = snapshot;
  const createdAt = context.now();
  return (files: readonly ArchiveEntry[]): ArchiveSource => ({
    name: MANIFEST_NAME,
    content: encodeJson({
      format: 'strongroom-backup',
      version: 1,
      officeId,
      officeName,
      createdAt,
      clients,
      transactions,
      files: [...files],
      auditHeads,
    }),
  });
}

/** A backup with holes is none. @throws {AppError} BACKUP_NEEDS_ALL_CLIENTS */
function assertAllClients({ office, session }: CallContext): void {
  if (session.clientIds().length < office.clients.list().length) throw new AppError('BACKUP_NEEDS_ALL_CLIENTS');
}

const MINIMUM_PASSPHRASE = 15;

/** @throws {AppError} BACKUP_PASSPHRASE_SHORT, SESSION_SECRET_STALE */
async function openPassphrase(services: Pick<VaultServices, 'sealedTexts'>, sealed: SealedText): Promise<string> {
  const passphrase = await services.sealedTexts.open('passphrase', sealed);
  if (Array.from(passphrase).length < MINIMUM_PASSPHRASE) throw new AppError('BACKUP_PASSPHRASE_SHORT');
  return passphrase;
}

/** Where the backup goes, and what opens it beside the recovery kit. */
export interface BackupInput {
  readonly path: string;
  readonly passphrase: SealedText | null;
}

/**
 * Nothing is left behind when it fails.
 * @throws {AppError} BACKUP_NEEDS_ALL_CLIENTS, BACKUP_PASSPHRASE_SHORT, BACKUP_DESTINATION_EXISTS, BACKUP_DESTINATION_INSIDE_OFFICE, BACKUP_FOLDER_NOT_FOUND, VAULT_DISK_FULL, VAULT_IO
 */
export async function createBackup(
  services: VaultServices,
  context: CallContext,
  input: BackupInput,
): Promise<BackupRecord> {
  const { path } = input;
  const { session } = context;
  assertAllClients(context);
  const passphrase = input.passphrase && (await openPassphrase(services, input.passphrase));
  const { forOwner: _sealed, ...recovery } = session.header().recovery;
  if (services.folders.contains(session.directory, path)) throw new AppError('BACKUP_DESTINATION_INSIDE_OFFICE');
  const createdAt = context.now();
  const snapshot = takeSnapshot(session, createdAt);
  try {
    const written = await services.archive.write({
      path,
      passphrase,
      recipients: [recovery.recipient],
      label: { officeId: session.header().office.id, recovery },
      entries: [keysEntry(session), ...snapshot.files.map((file) => ({ name: file.name, content: file }))],
      manifest: manifestOf(snapshot, context),
    });
    const { clients, transactions } = snapshot;
    const record = {
      path,
      createdAt,
      ...written,
      clients,
      transactions,
      passphrase: passphrase !== null,
      verifiedAt: null,
    };
    const payload = { sha256: written.sha256, bytes: written.bytes, passphrase: record.passphrase };
    context.act(context.office, { subject: null, payload }, () => context.office.backups.insert(record));
    return record;
  } finally {
    for (const file of snapshot.files) file.release();
  }
}
