// Restores a backup into an empty folder: everything is checked beside it first, then moved there whole. Credentials of banks are in no backup.
import { Buffer } from 'node:buffer';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ParsedInputOf } from '../../../shared/ipc/call.ts';
import type { BackupContents } from '../../../shared/ipc/contract/backups.ts';
import type { RecoveryKit } from '../../../shared/ipc/contract/office.ts';
import type { VaultContract } from '../../../shared/ipc/processes/vault-contract.ts';
import type { ClientId } from '../../../shared/model/ids.ts';
import { requireAcceptablePassword } from '../office/password-strength.ts';
import type { OfficeProfile, OfficeUser } from '../ports/office-repositories.ts';
import type { SealIdentity } from '../ports/sealer.ts';
import type { OpenDatabase } from '../ports/vault-databases.ts';
import { HEADER_MAGIC, HEADER_VERSION, type VaultHeader } from '../ports/vault-header.ts';
import type { OfficeStore, Store } from '../ports/vault-store.ts';
import { checkBackup, type BackupManifest, type CheckedBackup } from './backup-manifest.ts';
import { backupOpener, readBackup, type BackupOpener } from './backup-read.ts';
import type { CallContext } from './call-context.ts';
import { deviceSecretOf } from './office-create.ts';
import { createRecoverySlot, createUserSlot, headerMacKey } from './office-keys.ts';
import { createRecovery, type NewRecovery } from './office-recovery.ts';
import type { VaultServices } from './services.ts';
import type { UnlockedOffice } from './session.ts';
import { databaseChecks, receiptsCheck } from './verify-office.ts';

type RestoreInput = ParsedInputOf<VaultContract['vaultOffice']['restore']>;

export interface RestoredOffice {
  readonly unlocked: UnlockedOffice;
  readonly contents: BackupContents;
  readonly kit: RecoveryKit | null;
  readonly connectionsToReauthorise: number;
}

interface Work {
  readonly services: VaultServices;
  readonly context: CallContext;
  readonly input: RestoreInput;
  readonly staged: string;
  readonly opener: BackupOpener;
}

const bytesOf = (key: string): Uint8Array => new Uint8Array(Buffer.from(key, 'base64'));

/** Pages, references, audit chain, and the chain's end as the manifest states it. */
function assertSound(manifest: BackupManifest, chain: string, open: OpenDatabase<Store>): void {
  const failed = databaseChecks(chain, () => open).find((check) => !check.ok);
  const head = open.store.audit.head();
  const stated = manifest.auditHeads.find((anchor) => anchor.chain === chain);
  const anchored = stated?.sequence === head.sequence && stated.hash === head.hash;
  if (failed || !anchored) throw new AppError('BACKUP_FILE_INVALID', { reason: failed?.name ?? 'audit head' });
}

function assertClientsSound({ services, staged }: Work, { manifest, keys }: CheckedBackup): void {
  let transactions = 0;
  for (const { id, key } of keys.clients) {
    const client = services.databases.openClient({ directory: staged, clientId: id, key: bytesOf(key), create: false });
    try {
      assertSound(manifest, id, client);
      const receipts = receiptsCheck(id, () => client);
      if (!receipts.ok) throw new AppError('BACKUP_FILE_INVALID', { reason: receipts.name });
      transactions += client.store.transactionCount();
    } finally {
      client.close();
    }
  }
  if (transactions !== manifest.transactions) throw new AppError('BACKUP_FILE_INVALID', { reason: 'transactions' });
}

interface NewKeys {
  readonly owner: OfficeUser;
  readonly identity: SealIdentity;
  readonly header: VaultHeader;
  readonly recovery: NewRecovery | null;
  readonly sealedClientKeys: ReadonlyMap<ClientId, Uint8Array>;
}

function ownerOf(store: OfficeStore): OfficeUser {
  const owner = store.users.list().find((user) => user.role === 'owner');
  if (!owner) throw new AppError('BACKUP_FILE_INVALID', { reason: 'owner' });
  return owner;
}

/** New identity for the owner; the recovery identity stays when its paper key opened the backup, otherwise there is a new one. */
async function makeKeys(
  work: Work,
  checked: CheckedBackup,
  office: { profile: OfficeProfile; owner: OfficeUser },
): Promise<NewKeys> {
  const { services, input, opener } = work;
  const { sealer, random } = services;
  const { id: officeId, name, createdAt, lockAfterMinutes } = office.profile;
  const officeKey = bytesOf(checked.keys.officeKey);
  const identity = await sealer.newIdentity();
  const credentials = { password: input.password, deviceSecret: deviceSecretOf(input) };
  const slot = await createUserSlot(services, { officeId, userId: office.owner.id, identity }, credentials);
  const recovery = opener.recoveryKey ? null : createRecovery(office.profile, officeKey, random);
  const recoveryKey = opener.recoveryKey ?? recovery?.key ?? new Uint8Array(0);
  const recoveryIdentity = opener.recoveryKey ? opener.identity : await sealer.newIdentity();
  const recoverySlot = await createRecoverySlot(
    services,
    { officeId, recoveryKey, ownerRecipient: slot.recipient },
    recoveryIdentity,
  );
  recoveryKey.fill(0);
  const recipients = [slot.recipient, recoverySlot.recipient];
  const sealed = checked.keys.clients.map(
    async ({ id, key }) => [id, await sealer.seal(bytesOf(key), recipients)] as const,
  );
  return {
    owner: { ...office.owner, recipient: slot.recipient },
    identity,
    recovery,
    sealedClientKeys: new Map(await Promise.all(sealed)),
    header: {
      magic: HEADER_MAGIC,
      version: HEADER_VERSION,
      generation: 1,
      office: { id: officeId, name, createdAt },
      lockAfterMinutes,
      slots: [slot],
      recovery: recoverySlot,
      officeKey: Buffer.from(await sealer.seal(officeKey, recipients)).toString('base64'),
    },
  };
}

/** One transaction: new recipients and keys, a waiting kit, connections without credentials, and the entry that says so. */
function adopt(
  { context }: Work,
  store: OfficeStore,
  { keys, manifest }: { keys: NewKeys; manifest: BackupManifest },
): number {
  return store.transaction(() => {
    store.users.setRecipient(keys.owner.id, keys.owner.recipient);
    for (const [id, sealedKey] of keys.sealedClientKeys) store.clients.setSealedKey(id, sealedKey);
    if (keys.recovery) store.profile.setRecoveryProof(keys.recovery.proof);
    const connections = store.backups.requireSignInEverywhere();
    store.audit.append({
      at: context.now(),
      userId: keys.owner.id,
      userName: keys.owner.name,
      action: context.channel,
      subject: manifest.officeId,
      outcome: 'done',
      payload: { backupCreatedAt: manifest.createdAt, newRecoveryKit: keys.recovery !== null, connections },
    });
    context.noteAudited();
    return connections;
  });
}

async function rebuild(work: Work, checked: CheckedBackup): Promise<RestoredOffice> {
  const { services, staged, input } = work;
  const { manifest, contents } = checked;
  const officeKey = bytesOf(checked.keys.officeKey);
  const database = services.databases.openOffice({
    directory: staged,
    officeId: manifest.officeId,
    key: officeKey,
    create: false,
  });
  try {
    const { store } = database;
    assertSound(manifest, manifest.officeId, database);
    const office = { profile: store.profile.get(), owner: ownerOf(store) };
    if (office.profile.id !== manifest.officeId) throw new AppError('BACKUP_FILE_INVALID', { reason: 'office' });
    const keys = await makeKeys(work, checked, office);
    const connectionsToReauthorise = adopt(work, store, { keys, manifest });
    const { header, identity, owner } = keys;
    services.headers.write(staged, header, headerMacKey(officeKey));
    const { directory } = input;
    return {
      unlocked: { directory, header, officeKey, identity, userId: owner.id, warnings: [] },
      contents,
      kit: keys.recovery?.kit ?? null,
      connectionsToReauthorise,
    };
  } finally {
    database.close();
  }
}

async function extract(work: Omit<Work, 'input' | 'context'>, path: string): Promise<CheckedBackup> {
  const { services, staged, opener } = work;
  const file = { path, identity: opener.identity };
  const entries = await readBackup(services, file, (name) => ({ path: join(staged, name) }));
  const checked = checkBackup(entries);
  if (!checked.contents.ok) throw new AppError('BACKUP_FILE_INVALID', { reason: 'checksum' });
  return checked;
}

function translateDamage(error: unknown): unknown {
  const damaged = error instanceof AppError && error.code === 'VAULT_CORRUPT';
  return damaged ? new AppError('BACKUP_FILE_INVALID', { reason: 'database' }, { cause: error }) : error;
}

/**
 * Restores under a new password. Nothing is left in or beside `directory` when it fails.
 * @throws {AppError} BACKUP_*, OFFICE_FOLDER_*, SESSION_PASSWORD_*, VAULT_SCHEMA_NEWER, VAULT_DISK_FULL, VAULT_IO
 */
export async function restoreBackup(
  services: VaultServices,
  context: CallContext,
  input: RestoreInput,
): Promise<RestoredOffice> {
  const opener = await backupOpener(services, input.path, input.key);
  const staged = stageForRestore(services, input.directory);
  const work: Work = { services, context, input, staged, opener };
  try {
    const checked = await extract(work, input.path);
    requireAcceptablePassword({ password: input.password, officeName: checked.manifest.officeName });
    assertClientsSound(work, checked);
    const restored = await rebuild(work, checked);
    services.folders.publish(staged, input.directory);
    return restored;
  } catch (error) {
    services.folders.discard(staged);
    throw translateDamage(error);
  }
}

function stageForRestore(services: VaultServices, directory: string): string {
  try {
    return services.folders.stage(directory);
  } catch (error) {
    const taken =
      error instanceof AppError && (error.code === 'OFFICE_EXISTS' || error.code === 'OFFICE_FOLDER_NOT_EMPTY');
    throw taken ? new AppError('BACKUP_TARGET_NOT_EMPTY', {}, { cause: error }) : error;
  }
}
