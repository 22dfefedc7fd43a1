// Makes a new office: keys, header and database, built beside its folder and moved there whole.
import type { ParsedInputOf } from '../../../shared/ipc/call.ts';
import type { VaultContract } from '../../../shared/ipc/processes/vault-contract.ts';
import { newId, UserId } from '../../../shared/model/ids.ts';
import type { Instant } from '../../../shared/model/instant.ts';
import type { AuditStart } from '../ports/audit-log.ts';
import type { OfficeKeyring, OfficeProfile, OfficeUser } from '../ports/office-repositories.ts';
import type { OfficeStore } from '../ports/vault-store.ts';
import { HEADER_MAGIC, HEADER_VERSION, type VaultHeader } from '../ports/vault-header.ts';
import { createAuditStart } from './audit/audit-start.ts';
import type { CallContext } from './call-context.ts';
import { createCheckpointKey } from './keys/checkpoint-key.ts';
import { fromBase64, toBase64 } from './keys/key-tools.ts';
import { headerMacKey } from './keys/office-key.ts';
import { createOwnerKey } from './keys/owner-key.ts';
import { createRecoverySlot } from './keys/recovery-slot.ts';
import { signRoster } from './keys/roster.ts';
import { createUserSlot, type Credentials } from './keys/user-slot.ts';
import { openNewPassword, type ChosenPassword } from './office-password.ts';
import { assertKitOpens, createRecovery, type NewRecovery } from './office-recovery.ts';
import type { VaultServices } from './services.ts';
import type { UnlockedOffice } from './session.ts';

type CreateInput = ParsedInputOf<VaultContract['vaultOffice']['create']>;

/** 32 bytes of the keychain, or null. */
export function deviceSecretOf(input: { readonly deviceSecret: string | null }): Uint8Array | null {
  return input.deviceSecret === null ? null : fromBase64(input.deviceSecret);
}

/** Everything a first owner and her office start with. */
export interface NewOffice {
  readonly unlocked: UnlockedOffice;
  readonly recovery: NewRecovery;
  readonly profile: OfficeProfile;
  readonly owner: OfficeUser;
  readonly keyring: OfficeKeyring;
  /** Signs the list of people once it lies in the database. */
  readonly ownerSeed: Uint8Array;
  readonly auditStart: AuditStart;
}

/** Who the office and its first owner are, and what protects her. */
export interface OfficeBeginning {
  readonly directory: string;
  readonly profile: Pick<OfficeProfile, 'id' | 'name' | 'createdAt' | 'lockAfterMinutes'>;
  readonly owner: Pick<OfficeUser, 'id' | 'name'>;
  readonly password: ChosenPassword;
  readonly deviceSecret: Uint8Array | null;
}

function newOwner({ profile, owner, password }: OfficeBeginning, recipient: string): OfficeUser {
  return {
    ...owner,
    role: 'owner',
    recipient,
    allClients: true,
    state: 'active',
    passwordStandsAlone: password.standsAlone,
    createdAt: profile.createdAt,
    lastSignInAt: profile.createdAt,
    invitationExpiresAt: null,
  };
}

async function newKeyring(
  services: VaultServices,
  since: Instant,
  { owners, recoveryRecipient }: { readonly owners: readonly string[]; readonly recoveryRecipient: string },
): Promise<{ readonly keyring: OfficeKeyring; readonly seed: Uint8Array }> {
  const { keyring, seed } = await createOwnerKey(services, [...owners, recoveryRecipient]);
  return {
    seed,
    keyring: {
      ...keyring,
      recoveryRecipient,
      rosterSignature: '',
      rosterVersion: 0,
      ...createCheckpointKey(services.random),
      officeKeyGeneration: 1,
      officeKeySince: since,
    },
  };
}

async function prepare(services: VaultServices, beginning: OfficeBeginning): Promise<NewOffice> {
  const { sealer, random } = services;
  const { directory, profile, owner, password, deviceSecret } = beginning;
  const { id: officeId, name, createdAt, lockAfterMinutes } = profile;
  const [identity, recoveryIdentity] = [await sealer.newIdentity(), await sealer.newIdentity()];
  const [recipient, recoveryRecipient] = [
    await sealer.recipientOf(identity),
    await sealer.recipientOf(recoveryIdentity),
  ];
  const { keyring, seed } = await newKeyring(services, createdAt, { owners: [recipient], recoveryRecipient });
  const { ownerKey, rosterVersion } = keyring;
  // The list is signed once it lies in the database, and its version is one more then.
  const secrets = { identity, ownerKey, rosterVersion: rosterVersion + 1 };
  const credentials: Credentials = { password: password.password, deviceSecret, deviceOutput: null };
  const user = { officeId, userId: owner.id, name: owner.name, secrets, code: false, device: null };
  const { slot, key } = await createUserSlot(services, { ...user, kind: 'password', expiresAt: null }, credentials);
  const recovery = createRecovery(profile, random);
  const place = { officeId, recoveryKey: recovery.key, ownerKey, owners: [recipient] };
  const recoverySlot = await createRecoverySlot(services, place, recoveryIdentity);
  assertKitOpens(recovery, recoverySlot);
  recovery.key.fill(0);
  const officeKey = random(32);
  const header: VaultHeader = {
    magic: HEADER_MAGIC,
    version: HEADER_VERSION,
    generation: 1,
    office: { id: officeId, name, createdAt },
    lockAfterMinutes,
    slots: [slot],
    recovery: recoverySlot,
    officeKey: toBase64(await sealer.seal(officeKey, [recipient, recoveryRecipient])),
    pendingOfficeKey: null,
  };
  return {
    unlocked: { directory, header, officeKey, slot: { secrets, key }, userId: owner.id, warnings: [] },
    recovery,
    profile: { ...profile, recoveryProvenAt: null, recoveryProof: recovery.proof, recoverySuspectSince: null },
    owner: newOwner(beginning, recipient),
    keyring,
    ownerSeed: seed,
    auditStart: await createAuditStart(services, [recipient, recoveryRecipient]),
  };
}

function fill(store: OfficeStore, context: CallContext, made: NewOffice): void {
  const { profile, owner } = made;
  store.transaction(() => {
    store.profile.insert(profile);
    store.keyring.insert(made.keyring);
    store.users.insert(owner);
    signRoster(profile.id, store, made.ownerSeed);
    store.audit.begin(made.auditStart);
    store.audit.append({
      at: profile.createdAt,
      userId: owner.id,
      userName: owner.name,
      action: context.channel,
      subject: profile.id,
      outcome: 'done',
      payload: {},
    });
  });
  context.noteAudited();
}

function build(services: VaultServices, context: CallContext, options: { staged: string; made: NewOffice }): void {
  const { staged, made } = options;
  const { header, officeKey } = made.unlocked;
  const { id: officeId } = header.office;
  const database = services.databases.openOffice({ directory: staged, officeId, key: officeKey, create: true });
  try {
    fill(database.store, context, made);
  } finally {
    database.close();
    made.ownerSeed.fill(0);
    made.auditStart.firstKey.fill(0);
  }
  services.headers.write(staged, header, headerMacKey(officeKey));
}

/**
 * Writes the office's folder and returns it unlocked, not yet open.
 * @throws {AppError} OFFICE_EXISTS, OFFICE_FOLDER_*, SESSION_PASSWORD_*, VAULT_IO, VAULT_DISK_FULL; nothing is left behind then
 */
export async function createOffice(
  services: VaultServices,
  context: CallContext,
  input: CreateInput,
): Promise<Pick<NewOffice, 'unlocked' | 'recovery'>> {
  const { officeId: id, name, ownerName, directory, lockAfterMinutes } = input;
  const deviceSecret = deviceSecretOf(input);
  const password = await openNewPassword(services, input.password, {
    officeName: name,
    userName: ownerName,
    secondFactor: false,
    deviceBound: deviceSecret !== null,
  });
  const owner = { id: newId(UserId, 'user', services.random(10)), name: ownerName };
  const profile = { id, name, createdAt: context.now(), lockAfterMinutes };
  const staged = services.folders.stage(directory);
  try {
    const made = await prepare(services, { directory, profile, owner, password, deviceSecret });
    build(services, context, { staged, made });
    services.folders.publish(staged, directory);
    return made;
  } catch (error) {
    services.folders.discard(staged);
    throw error;
  }
}
