// Makes a new office: keys, header and database, built beside its folder and moved there whole.
import { Buffer } from 'node:buffer';
import type { ParsedInputOf } from '../../../shared/ipc/call.ts';
import type { RecoveryKit } from '../../../shared/ipc/contract/office.ts';
import type { VaultContract } from '../../../shared/ipc/processes/vault-contract.ts';
import { newId, UserId } from '../../../shared/model/ids.ts';
import { requireAcceptablePassword } from '../office/password-strength.ts';
import type { OfficeProfile, OfficeUser } from '../ports/office-repositories.ts';
import { HEADER_MAGIC, HEADER_VERSION, type VaultHeader } from '../ports/vault-header.ts';
import type { CallContext } from './call-context.ts';
import { createRecoverySlot, createUserSlot, headerMacKey } from './office-keys.ts';
import { createRecovery } from './office-recovery.ts';
import type { VaultServices } from './services.ts';
import { type UnlockedOffice } from './session.ts';

type CreateInput = ParsedInputOf<VaultContract['vaultOffice']['create']>;

/** 32 bytes of the keychain, or null. */
export function deviceSecretOf(input: { readonly deviceSecret: string | null }): Uint8Array | null {
  return input.deviceSecret === null ? null : new Uint8Array(Buffer.from(input.deviceSecret, 'base64'));
}

interface NewOffice {
  readonly unlocked: UnlockedOffice;
  readonly profile: OfficeProfile;
  readonly owner: OfficeUser;
  readonly kit: RecoveryKit;
}

async function prepare(services: VaultServices, context: CallContext, input: CreateInput): Promise<NewOffice> {
  const { sealer, random } = services;
  const { officeId, name, directory, lockAfterMinutes, password } = input;
  const createdAt = context.now();
  const [identity, recoveryIdentity] = [await sealer.newIdentity(), await sealer.newIdentity()];
  const userId = newId(UserId, 'user', random(10));
  const officeKey = random(32);
  const recovery = createRecovery({ id: officeId, name, createdAt }, officeKey, random);
  const slot = await createUserSlot(
    services,
    { officeId, userId, identity },
    { password, deviceSecret: deviceSecretOf(input) },
  );
  const recoverySlot = await createRecoverySlot(
    services,
    { officeId, recoveryKey: recovery.key, ownerRecipient: slot.recipient },
    recoveryIdentity,
  );
  recovery.key.fill(0);
  const sealedKey = await sealer.seal(officeKey, [slot.recipient, recoverySlot.recipient]);
  const header: VaultHeader = {
    magic: HEADER_MAGIC,
    version: HEADER_VERSION,
    generation: 1,
    office: { id: officeId, name, createdAt },
    lockAfterMinutes,
    slots: [slot],
    recovery: recoverySlot,
    officeKey: Buffer.from(sealedKey).toString('base64'),
  };
  return {
    unlocked: { directory, header, officeKey, identity, userId, warnings: [] },
    profile: {
      id: officeId,
      name,
      createdAt,
      lockAfterMinutes,
      recoveryProvenAt: null,
      recoveryProof: recovery.proof,
    },
    owner: { id: userId, name: input.ownerName, role: 'owner', recipient: slot.recipient, createdAt },
    kit: recovery.kit,
  };
}

function build(services: VaultServices, context: CallContext, options: { staged: string; made: NewOffice }): void {
  const { staged, made } = options;
  const { header, officeKey } = made.unlocked;
  const { id: officeId } = header.office;
  const database = services.databases.openOffice({ directory: staged, officeId, key: officeKey, create: true });
  try {
    const { store } = database;
    store.transaction(() => {
      store.profile.insert(made.profile);
      store.users.insert(made.owner);
      store.audit.append({
        at: made.profile.createdAt,
        userId: made.owner.id,
        userName: made.owner.name,
        action: context.channel,
        subject: officeId,
        outcome: 'done',
        payload: {},
      });
    });
    context.noteAudited();
  } finally {
    database.close();
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
): Promise<Pick<NewOffice, 'unlocked' | 'kit'>> {
  requireAcceptablePassword({ password: input.password, officeName: input.name });
  const staged = services.folders.stage(input.directory);
  try {
    const made = await prepare(services, context, input);
    build(services, context, { staged, made });
    services.folders.publish(staged, input.directory);
    return made;
  } catch (error) {
    services.folders.discard(staged);
    throw error;
  }
}
