// The paper's way in: the recovery key opens the recovery identity, to which everything an office has is sealed as well.
import { Buffer } from 'node:buffer';
import type { CanonicalValue } from '../../../../shared/model/canonical-json.ts';
import type { OfficeId } from '../../../../shared/model/ids.ts';
import type { SealIdentity, SealRecipient } from '../../ports/sealer.ts';
import { HEADER_MAGIC, HEADER_VERSION, type RecoverySlot } from '../../ports/vault-header.ts';
import { fromBase64, toBase64, type KeyTools } from './key-tools.ts';
import { deriveKey, unwrapSecret, wrapSecret } from './wrapped-secret.ts';

type OpenRecoverySlot = Pick<RecoverySlot, 'id' | 'salt' | 'recipient' | 'ownerKey'>;

function associated(officeId: OfficeId, slot: OpenRecoverySlot): CanonicalValue {
  const { id, ownerKey, recipient, salt } = slot;
  return { magic: HEADER_MAGIC, version: HEADER_VERSION, officeId, slotId: id, ownerKey, recipient, salt };
}

/** A new way in by paper for the recovery identity. `owners` can check backups with it. */
export async function createRecoverySlot(
  tools: Pick<KeyTools, 'sealer' | 'random'>,
  place: {
    readonly officeId: OfficeId;
    readonly recoveryKey: Uint8Array;
    readonly ownerKey: string;
    readonly owners: readonly SealRecipient[];
  },
  identity: SealIdentity,
): Promise<RecoverySlot> {
  const salt = tools.random(16);
  const recipient = await tools.sealer.recipientOf(identity);
  const { ownerKey } = place;
  const slot: OpenRecoverySlot = { id: 'recovery', salt: toBase64(salt), recipient, ownerKey };
  const key = deriveKey(place.recoveryKey, salt, 'kek/recovery');
  const secret = Buffer.from(identity);
  const wrapped = wrapSecret({ key, secret, associated: associated(place.officeId, slot), random: tools.random });
  key.fill(0);
  return { ...slot, id: 'recovery', identity: wrapped, forOwner: await sealForOwners(tools, place.owners, identity) };
}

/** The recovery identity sealed to the owners: the slot's `forOwner`. */
export async function sealForOwners(
  { sealer }: Pick<KeyTools, 'sealer'>,
  owners: readonly SealRecipient[],
  identity: SealIdentity,
): Promise<string> {
  return toBase64(await sealer.seal(Buffer.from(identity), owners));
}

/** The same from `forOwner`, for an owner. @throws {AppError} VAULT_HEADER_TAMPERED for an identity that is no owner's */
export async function openForOwners(
  { sealer }: Pick<KeyTools, 'sealer'>,
  { forOwner }: Pick<RecoverySlot, 'forOwner'>,
  owner: SealIdentity,
): Promise<SealIdentity> {
  return Buffer.from(await sealer.open(fromBase64(forOwner), owner)).toString('latin1');
}

/** The recovery identity, or null when this is not the paper key of that office. */
export function openRecoverySlot(
  officeId: OfficeId,
  slot: Omit<RecoverySlot, 'forOwner'>,
  recoveryKey: Uint8Array,
): SealIdentity | null {
  const key = deriveKey(recoveryKey, fromBase64(slot.salt), 'kek/recovery');
  const opened = unwrapSecret({ key, wrapped: slot.identity, associated: associated(officeId, slot) });
  key.fill(0);
  return opened && Buffer.from(opened).toString('latin1');
}
