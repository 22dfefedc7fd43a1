// Restores a backup into an empty folder: everything is checked beside it first, then moved there whole. Credentials of banks are in no backup.
import { Buffer } from 'node:buffer';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ParsedInputOf } from '../../../shared/ipc/call.ts';
import type { BackupContents } from '../../../shared/ipc/contract/backups.ts';
import type { VaultContract } from '../../../shared/ipc/processes/vault-contract.ts';
import type { ClientId } from '../../../shared/model/ids.ts';
import type { OfficeKeyring, OfficeProfile, OfficeUser } from '../ports/office-repositories.ts';
import type { OpenDatabase } from '../ports/vault-databases.ts';
import { HEADER_MAGIC, HEADER_VERSION, type VaultHeader } from '../ports/vault-header.ts';
import type { OfficeStore, Store } from '../ports/vault-store.ts';
import { checkBackup, type BackupManifest, type CheckedBackup } from './backup-manifest.ts';
import { backupOpener, readBackup, type BackupOpener } from './backup-read.ts';
import type { CallContext } from './call-context.ts';
import { deviceSecretOf } from './office-create.ts';
import { headerMacKey } from './keys/office-key.ts';
import { createOwnerKey } from './keys/owner-key.ts';
import { createRecoverySlot } from './keys/recovery-slot.ts';
import { signRoster, type People } from './keys/roster.ts';
import { sealOffice, storeSealed, type SealedSecrets } from './keys/seal-office.ts';
import { createUserSlot, type OpenSlot } from './keys/user-slot.ts';
import { openNewPassword, type ChosenPassword } from './office-password.ts';
import { assertKitOpens, createRecovery, type NewRecovery } from './office-recovery.ts';
import type { VaultServices } from './services.ts';
import type { UnlockedOffice } from './session.ts';
import { databaseChecks, receiptsCheck } from './verify-office.ts';

type RestoreInput = ParsedInputOf<VaultContract['vaultOffice']['restore']>;

export interface RestoredOffice {
  readonly unlocked: UnlockedOffice;
  readonly contents: BackupContents;
  readonly recovery: NewRecovery | null;
  readonly connectionsToReauthorise: number;
  readonly usersToInvite: number;
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
  readonly slot: OpenSlot;
  readonly header: VaultHeader;
  readonly keyring: Partial<OfficeKeyring>;
  readonly ownerSeed: Uint8Array;
  readonly recovery: NewRecovery | null;
  readonly sealed: SealedSecrets;
}

function ownerOf(store: OfficeStore): OfficeUser {
  const owner = store.users.list().find((user) => user.role === 'owner');
  if (!owner) throw new AppError('BACKUP_FILE_INVALID', { reason: 'owner' });
  return owner;
}

/** Nobody else's key is in a backup: they keep their rows and are invited anew. */
function withoutOthers(store: OfficeStore, owner: OfficeUser): People {
  const others = store.users.list().filter(({ id }) => id !== owner.id);
  const unreachable = others.map((user) => ({ ...user, state: 'unreachable' as const }));
  return { list: () => [owner, ...unreachable], clientsOf: (id) => store.users.clientsOf(id) };
}

/** The recovery identity stays when its paper key opened the backup; otherwise there is a new one on a new paper. */
async function recoveryFor(work: Work, profile: OfficeProfile, owner: { recipient: string; ownerKey: string }) {
  const { services, opener } = work;
  const recovery = opener.recoveryKey ? null : createRecovery(profile, services.random);
  const recoveryKey = opener.recoveryKey ?? recovery?.key ?? new Uint8Array(0);
  const identity = opener.recoveryKey ? opener.identity : await services.sealer.newIdentity();
  const place = { officeId: profile.id, recoveryKey, ownerKey: owner.ownerKey, owners: [owner.recipient] };
  const slot = await createRecoverySlot(services, place, identity);
  if (recovery) assertKitOpens(recovery, slot);
  recoveryKey.fill(0);
  return { recovery, slot };
}

/** A new identity for the owner and a new key to sign with. */
async function makeKeys(
  work: Work,
  checked: CheckedBackup,
  { store, password }: { store: OfficeStore; password: ChosenPassword },
): Promise<NewKeys> {
  const { services, input } = work;
  const { sealer } = services;
  const profile = store.profile.get();
  const { id: officeId, name, createdAt, lockAfterMinutes } = profile;
  const identity = await sealer.newIdentity();
  const recipient = await sealer.recipientOf(identity);
  const present = ownerOf(store);
  const owner = { ...present, recipient, state: 'active' as const, passwordStandsAlone: password.standsAlone };
  const { keyring, seed } = await createOwnerKey(services, [recipient]);
  const { ownerKey } = keyring;
  const { recovery, slot: recoverySlot } = await recoveryFor(work, profile, { recipient, ownerKey });
  const secrets = { identity, ownerKey, rosterVersion: store.keyring.get().rosterVersion };
  const credentials = { password: password.password, deviceSecret: deviceSecretOf(input), deviceOutput: null };
  const user = { officeId, userId: owner.id, name: owner.name, secrets, code: false, device: null };
  const { slot, key } = await createUserSlot(services, { ...user, kind: 'password', expiresAt: null }, credentials);
  const open = { officeKey: bytesOf(checked.keys.officeKey), ownerSeed: seed, clientKeys: clientKeysOf(checked) };
  const to = { people: withoutOthers(store, owner), recovery: [recoverySlot.recipient] };
  const sealed = await sealOffice(services, open, to);
  return {
    owner,
    slot: { secrets, key },
    keyring: { ...keyring, recoveryRecipient: recoverySlot.recipient },
    ownerSeed: seed,
    recovery,
    sealed,
    header: {
      magic: HEADER_MAGIC,
      version: HEADER_VERSION,
      generation: 1,
      office: { id: officeId, name, createdAt },
      lockAfterMinutes,
      slots: [slot],
      recovery: recoverySlot,
      officeKey: sealed.officeKey,
      pendingOfficeKey: null,
    },
  };
}

function clientKeysOf({ keys }: CheckedBackup): Map<ClientId, Uint8Array> {
  return new Map(keys.clients.map(({ id, key }) => [id, bytesOf(key)] as const));
}

interface Adopted {
  readonly connectionsToReauthorise: number;
  readonly usersToInvite: number;
}

/** One transaction: new keys and signatures, a waiting kit, connections without credentials, people without keys, and the entry that says so. */
function adopt(
  { context }: Work,
  store: OfficeStore,
  { keys, manifest }: { keys: NewKeys; manifest: BackupManifest },
): Adopted {
  return store.transaction(() => {
    const others = store.users.list().filter(({ id }) => id !== keys.owner.id);
    for (const { id } of others) {
      store.users.update(id, { state: 'unreachable', recipient: '', invitationExpiresAt: null });
      store.factors.removeCode(id);
    }
    store.users.update(keys.owner.id, { ...keys.owner, invitationExpiresAt: null, lastSignInAt: context.now() });
    store.factors.removeCode(keys.owner.id);
    store.keyring.update(keys.keyring);
    storeSealed(store, keys.sealed);
    for (const { id } of store.clients.list()) store.clients.setPendingKey(id, null);
    signRoster(manifest.officeId, store, keys.ownerSeed);
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
    return { connectionsToReauthorise: connections, usersToInvite: others.length };
  });
}

async function rebuild(work: Work, checked: CheckedBackup, password: ChosenPassword): Promise<RestoredOffice> {
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
    if (store.profile.get().id !== manifest.officeId) throw new AppError('BACKUP_FILE_INVALID', { reason: 'office' });
    const keys = await makeKeys(work, checked, { store, password });
    const adopted = adopt(work, store, { keys, manifest });
    keys.ownerSeed.fill(0);
    const { header, slot, owner, recovery } = keys;
    services.headers.write(staged, header, headerMacKey(officeKey));
    const { directory } = input;
    const unlocked = { directory, header, officeKey, slot, userId: owner.id, warnings: [] };
    return { unlocked, contents, recovery, ...adopted };
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
    const password = await openNewPassword(services, input.newPassword, {
      officeName: checked.manifest.officeName,
      userName: '',
      secondFactor: false,
      deviceBound: input.deviceSecret !== null,
    });
    assertClientsSound(work, checked);
    const restored = await rebuild(work, checked, password);
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
