// The owners' common signing key: who may vouch for the list of people. A user trusts the key her own slot pins, and what it passed on to.
import { canonicalJson } from '../../../../shared/model/canonical-json.ts';
import type { OfficeId } from '../../../../shared/model/ids.ts';
import type { OfficeKeyring } from '../../ports/office-repositories.ts';
import type { SealIdentity, SealRecipient } from '../../ports/sealer.ts';
import { fromBase64, toBase64, type KeyTools } from './key-tools.ts';
import { publicKeyOf, signText, verifyText } from './signing-key.ts';

type OwnerKeyring = Pick<OfficeKeyring, 'ownerKey' | 'ownerSecret' | 'succession'>;

export interface NewOwnerKey {
  readonly keyring: OwnerKeyring;
  /** 32 bytes; the caller zeroes them. */
  readonly seed: Uint8Array;
}

function handoverText(officeId: OfficeId, next: string): string {
  return canonicalJson({ magic: 'strongroom-owner-key', officeId, next });
}

/** A first owner key, its seed sealed to the owners and the recovery identity. */
export async function createOwnerKey(
  { sealer, random }: Pick<KeyTools, 'sealer' | 'random'>,
  owners: readonly SealRecipient[],
): Promise<NewOwnerKey> {
  const seed = random(32);
  const ownerSecret = toBase64(await sealer.seal(seed, owners));
  return { seed, keyring: { ownerKey: publicKeyOf(seed), ownerSecret, succession: [] } };
}

/** The next owner key: the present one signs it, so that everyone's pinned key leads to it. */
export async function renewOwnerKey(
  tools: Pick<KeyTools, 'sealer' | 'random'>,
  office: { readonly id: OfficeId; readonly keyring: OwnerKeyring; readonly seed: Uint8Array },
  owners: readonly SealRecipient[],
): Promise<NewOwnerKey> {
  const { seed, keyring } = await createOwnerKey(tools, owners);
  const { ownerKey: key, succession } = office.keyring;
  const signature = signText(office.seed, handoverText(office.id, keyring.ownerKey));
  return { seed, keyring: { ...keyring, succession: [...succession, { key, signature }] } };
}

/** The same seed for other owners. */
export async function sealOwnerSecret(
  { sealer }: Pick<KeyTools, 'sealer'>,
  seed: Uint8Array,
  owners: readonly SealRecipient[],
): Promise<string> {
  return toBase64(await sealer.seal(seed, owners));
}

/** The seed. @throws {AppError} VAULT_HEADER_TAMPERED for an identity that is no owner's */
export async function openOwnerSecret(
  { sealer }: Pick<KeyTools, 'sealer'>,
  { ownerSecret }: Pick<OfficeKeyring, 'ownerSecret'>,
  identity: SealIdentity,
): Promise<Uint8Array> {
  return await sealer.open(fromBase64(ownerSecret), identity);
}

/** True where `pinned` is today's owner key or handed over to it, step by step. */
export function leadsToOwnerKey(officeId: OfficeId, pinned: string, { ownerKey, succession }: OwnerKeyring): boolean {
  if (pinned === ownerKey) return true;
  const start = succession.findIndex(({ key }) => key === pinned);
  if (start === -1) return false;
  const steps = succession.slice(start);
  return steps.every(({ key, signature }, index) => {
    const next = steps[index + 1]?.key ?? ownerKey;
    return verifyText(key, handoverText(officeId, next), signature);
  });
}
