// Who can open what: a user's identity under password and device secret, the recovery identity under the paper key, the office key under both.
// It opens no database and writes no file.
import { Buffer } from 'node:buffer';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { CanonicalValue } from '../../../shared/model/canonical-json.ts';
import type { OfficeId, UserId } from '../../../shared/model/ids.ts';
import type { Random } from '../ports/clock.ts';
import type { PasswordKdf } from '../ports/key-derivation.ts';
import type { SealIdentity, Sealer } from '../ports/sealer.ts';
import { HEADER_MAGIC, HEADER_VERSION, type RecoverySlot, type UserSlot } from '../ports/vault-header.ts';
import { deriveKey, unwrapSecret, wrapSecret } from './office-wrapped-secret.ts';

/** What the hierarchy is built with. */
export interface KeyTools {
  readonly kdf: PasswordKdf;
  readonly sealer: Sealer;
  readonly random: Random;
}

/** What a person brings to the door. `deviceSecret` is 32 bytes from the OS keychain, null in password-only mode. */
export interface Credentials {
  readonly password: string;
  readonly deviceSecret: Uint8Array | null;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

type OpenUserSlot = Omit<UserSlot, 'identity'>;
type OpenRecoverySlot = Pick<RecoverySlot, 'id' | 'salt' | 'recipient'>;

/** Everything about a slot that its key must not be used without. */
function userSlotPlace(officeId: OfficeId, slot: OpenUserSlot): CanonicalValue {
  const { id, userId, recipient, policy, kdf } = slot;
  return { magic: HEADER_MAGIC, version: HEADER_VERSION, officeId, slotId: id, userId, recipient, policy, kdf };
}

function recoverySlotPlace(officeId: OfficeId, slot: OpenRecoverySlot): CanonicalValue {
  const { id, recipient, salt } = slot;
  return { magic: HEADER_MAGIC, version: HEADER_VERSION, officeId, slotId: id, recipient, salt };
}

/** The key of a user's slot. Every ingredient the policy names takes part; one that is missing fails like a wrong one. */
async function userKey(kdf: PasswordKdf, slot: OpenUserSlot, credentials: Credentials): Promise<Uint8Array> {
  const salt = bytesOf(slot.kdf.salt);
  const stretched = await kdf.derive(credentials.password, slot.kdf, salt);
  if (slot.policy.secondFactorKey) throw new AppError('SESSION_STEP_UP_REQUIRED');
  const device = slot.policy.deviceSecret ? (credentials.deviceSecret ?? new Uint8Array(0)) : null;
  const ingredients = Buffer.concat(device ? [stretched, device] : [stretched]);
  stretched.fill(0);
  try {
    return deriveKey(ingredients, salt, device ? 'kek/password+device' : 'kek/password');
  } finally {
    ingredients.fill(0);
  }
}

/** A new slot for a user's identity. */
export async function createUserSlot(
  tools: KeyTools,
  user: { readonly officeId: OfficeId; readonly userId: UserId; readonly identity: SealIdentity },
  credentials: Credentials,
): Promise<UserSlot> {
  const slot: OpenUserSlot = {
    id: `slot_${Buffer.from(tools.random(10)).toString('hex')}`,
    userId: user.userId,
    recipient: await tools.sealer.recipientOf(user.identity),
    policy: { deviceSecret: credentials.deviceSecret !== null, secondFactorKey: false },
    kdf: { ...(await tools.kdf.calibrate()), salt: base64(tools.random(16)) },
  };
  const key = await userKey(tools.kdf, slot, credentials);
  const secret = Buffer.from(user.identity);
  const associated = userSlotPlace(user.officeId, slot);
  return { ...slot, identity: wrapSecret({ key, secret, associated, random: tools.random }) };
}

/**
 * The user's identity. A wrong password, a wrong device secret and a slot someone changed look alike.
 * @throws {AppError} SESSION_WRONG_CREDENTIALS; VAULT_KDF_REFUSED before any hashing
 */
export async function openUserSlot(
  kdf: PasswordKdf,
  place: { readonly officeId: OfficeId; readonly slot: UserSlot },
  credentials: Credentials,
): Promise<SealIdentity> {
  const key = await userKey(kdf, place.slot, credentials);
  const { identity: wrapped, ...slot } = place.slot;
  const opened = unwrapSecret({ key, wrapped, associated: userSlotPlace(place.officeId, slot) });
  key.fill(0);
  if (!opened) throw new AppError('SESSION_WRONG_CREDENTIALS');
  return Buffer.from(opened).toString('latin1');
}

/** A new way in by paper for the recovery identity. */
export async function createRecoverySlot(
  tools: KeyTools,
  place: { readonly officeId: OfficeId; readonly recoveryKey: Uint8Array; readonly ownerRecipient: string },
  identity: SealIdentity,
): Promise<RecoverySlot> {
  const salt = tools.random(16);
  const recipient = await tools.sealer.recipientOf(identity);
  const slot: OpenRecoverySlot = { id: 'recovery', salt: base64(salt), recipient };
  const key = deriveKey(place.recoveryKey, salt, 'kek/recovery');
  const secret = Buffer.from(identity);
  const associated = recoverySlotPlace(place.officeId, slot);
  const wrapped = wrapSecret({ key, secret, associated, random: tools.random });
  const forOwner = base64(await tools.sealer.seal(secret, [place.ownerRecipient]));
  return { ...slot, id: 'recovery', identity: wrapped, forOwner };
}

/** The recovery identity, or null when this is not the paper key of that office. */
export function openRecoverySlot(
  officeId: OfficeId,
  slot: Omit<RecoverySlot, 'forOwner'>,
  recoveryKey: Uint8Array,
): SealIdentity | null {
  const key = deriveKey(recoveryKey, bytesOf(slot.salt), 'kek/recovery');
  const opened = unwrapSecret({ key, wrapped: slot.identity, associated: recoverySlotPlace(officeId, slot) });
  key.fill(0);
  return opened && Buffer.from(opened).toString('latin1');
}

/** Keys that hang on the office key. */
export const headerMacKey = (officeKey: Uint8Array): Uint8Array =>
  deriveKey(officeKey, new Uint8Array(0), 'header-mac');
export const recoveryProofKey = (officeKey: Uint8Array): Uint8Array =>
  deriveKey(officeKey, new Uint8Array(0), 'recovery-proof');
