// A user's way in: her private identity and the owners' key she trusts, under what she knows, what this computer holds and what she carries.
// It opens no database and writes no file.
import { Buffer } from 'node:buffer';
import { z } from 'zod';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { canonicalJson, type CanonicalValue } from '../../../../shared/model/canonical-json.ts';
import type { OfficeId, UserId } from '../../../../shared/model/ids.ts';
import type { KdfParameters, PasswordKdf } from '../../ports/key-derivation.ts';
import { HEADER_MAGIC, HEADER_VERSION, type UserSlot, type VaultHeader } from '../../ports/vault-header.ts';
import { fromBase64, toBase64, type KeyTools } from './key-tools.ts';
import { deriveKey, unwrapSecret, wrapSecret } from './wrapped-secret.ts';

/** What a person brings to the door. */
export interface Credentials {
  readonly password: string;
  /** 32 bytes from the OS keychain; null in password-only mode. */
  readonly deviceSecret: Uint8Array | null;
  /** 32 bytes that her second-factor device made of the slot's salt; null where she has none. */
  readonly deviceOutput: Uint8Array | null;
}

const SlotSecrets = z.strictObject({
  identity: z.string().startsWith('AGE-SECRET-KEY-1'),
  ownerKey: z.base64().length(44),
  rosterVersion: z.int().min(0),
});
/**
 * What a slot protects: `identity` is her private key, `ownerKey` the owners' public signing key that she trusts, `rosterVersion` the newest
 * list of people she has seen signed.
 */
export type SlotSecrets = z.infer<typeof SlotSecrets>;

export interface OpenSlot {
  readonly secrets: SlotSecrets;
  /** The slot's key, for wrapping anew without asking again. */
  readonly key: Uint8Array;
}

/** All of a slot but what it wraps: the associated data. */
export type SlotPlace = Omit<UserSlot, 'identity'>;

/** How a new slot differs from the next one. */
export type NewSlot = Pick<UserSlot, 'userId' | 'name' | 'kind' | 'expiresAt' | 'device'> & { readonly code: boolean };

function associated(officeId: OfficeId, place: SlotPlace): CanonicalValue {
  return { magic: HEADER_MAGIC, version: HEADER_VERSION, officeId, slot: place };
}

function ingredientsOf(place: SlotPlace, stretched: Uint8Array, credentials: Credentials) {
  const { deviceSecret, secondFactorKey } = place.policy;
  const output = secondFactorKey ? credentials.deviceOutput : new Uint8Array(0);
  if (!output) throw new AppError('FACTOR_DEVICE_ABSENT');
  const parts = [stretched, ...(deviceSecret ? [credentials.deviceSecret ?? new Uint8Array(0)] : []), output];
  const label = `kek/password${deviceSecret ? '+device' : ''}${secondFactorKey ? '+factor' : ''}`;
  return { bytes: Buffer.concat(parts), label };
}

/** The key of a slot. Every ingredient its policy names takes part; a device secret that is missing fails like a wrong one. */
async function slotKey(kdf: PasswordKdf, place: SlotPlace, credentials: Credentials): Promise<Uint8Array> {
  const salt = fromBase64(place.kdf.salt);
  const stretched = await kdf.derive(credentials.password, place.kdf, salt);
  try {
    const { bytes, label } = ingredientsOf(place, stretched, credentials);
    const key = deriveKey(bytes, salt, label);
    bytes.fill(0);
    return key;
  } finally {
    stretched.fill(0);
  }
}

/** Wraps the secrets for `place` under a key that was derived for it. */
export function wrapSlot(
  tools: Pick<KeyTools, 'random'>,
  { officeId, place }: { readonly officeId: OfficeId; readonly place: SlotPlace },
  { key, secrets }: OpenSlot,
): UserSlot {
  const secret = Buffer.from(canonicalJson(secrets));
  const identity = wrapSecret({ key, secret, associated: associated(officeId, place), random: tools.random });
  secret.fill(0);
  return { ...place, identity };
}

/** What a derivation costs whoever guesses. */
export const costOf = ({ memoryKiB, passes }: KdfParameters): number => memoryKiB * passes;

/** Costs for this computer, and never less than those of the slot that is replaced: the computer may be busy just now. */
async function costsFor({ kdf }: KeyTools, replaced: KdfParameters | undefined): Promise<KdfParameters> {
  const bearable = await kdf.calibrate();
  return replaced && costOf(replaced) > costOf(bearable) ? replaced : bearable;
}

/** Costs of a user's way in that the next one keeps at least. An invitation was made on someone else's computer: it carries those of before. */
export function costsToKeep({ slots }: Pick<VaultHeader, 'slots'>, id: UserId): Pick<SlotContents, 'replaced'> {
  const slot = slots.find(({ userId }) => userId === id);
  const replaced = slot?.kind === 'invitation' ? slot.costsBefore : slot?.kdf;
  if (!replaced) return {};
  const { algorithm, version, memoryKiB, passes, lanes } = replaced;
  return { replaced: { algorithm, version, memoryKiB, passes, lanes } };
}

/** What a new slot is made of. */
export interface SlotContents extends NewSlot {
  readonly officeId: OfficeId;
  readonly secrets: SlotSecrets;
  /** Costs of the slot in whose place it comes. */
  readonly replaced?: KdfParameters;
}

/** A new slot with a salt of its own. @throws {AppError} FACTOR_DEVICE_ABSENT */
export async function createUserSlot(
  tools: KeyTools,
  user: SlotContents,
  credentials: Credentials,
): Promise<{ readonly slot: UserSlot; readonly key: Uint8Array }> {
  const { officeId, secrets, code, userId, name, kind, expiresAt, device, replaced } = user;
  const place: SlotPlace = {
    id: `slot_${Buffer.from(tools.random(10)).toString('hex')}`,
    userId,
    name,
    kind,
    expiresAt,
    recipient: await tools.sealer.recipientOf(secrets.identity),
    policy: { deviceSecret: credentials.deviceSecret !== null, secondFactorKey: device !== null, code },
    kdf: { ...(await costsFor(tools, replaced)), salt: toBase64(tools.random(16)) },
    costsBefore: kind === 'invitation' ? (replaced ?? null) : null,
    device,
  };
  const key = await slotKey(tools.kdf, place, credentials);
  return { slot: wrapSlot(tools, { officeId, place }, { key, secrets }), key };
}

/**
 * What the slot protects. A wrong password, a wrong device secret and a slot someone changed look alike.
 * @throws {AppError} SESSION_WRONG_CREDENTIALS, FACTOR_DEVICE_ABSENT; VAULT_KDF_REFUSED before any hashing
 */
export async function openUserSlot(
  kdf: PasswordKdf,
  { officeId, slot }: { readonly officeId: OfficeId; readonly slot: UserSlot },
  credentials: Credentials,
): Promise<OpenSlot> {
  const { identity: wrapped, ...place } = slot;
  const key = await slotKey(kdf, place, credentials);
  const opened = unwrapSecret({ key, wrapped, associated: associated(officeId, place) });
  if (!opened) {
    key.fill(0);
    throw new AppError('SESSION_WRONG_CREDENTIALS');
  }
  const secrets = SlotSecrets.parse(JSON.parse(Buffer.from(opened).toString('utf8')));
  opened.fill(0);
  return { secrets, key };
}
