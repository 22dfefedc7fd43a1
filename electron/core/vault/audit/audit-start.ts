// What a new audit chain starts with: its first key and the same key sealed to the owners. It writes nothing.
import type { AuditStart } from '../../ports/audit-log.ts';
import { AUDIT_KEY_LENGTH } from '../../ports/audit-chain.ts';
import type { Random } from '../../ports/clock.ts';
import type { Sealer, SealRecipient } from '../../ports/sealer.ts';

/**
 * Made before the transaction that creates an office's or a client's database, which hands it to `store.audit.begin` and zeroes `firstKey`.
 * `ownerRecipients` are those of all owners and of the recovery identity.
 */
export async function createAuditStart(
  { random, sealer }: { readonly random: Random; readonly sealer: Pick<Sealer, 'seal'> },
  ownerRecipients: readonly SealRecipient[],
): Promise<AuditStart> {
  const firstKey = random(AUDIT_KEY_LENGTH);
  return { firstKey, sealedFirstKey: await sealer.seal(firstKey, ownerRecipients) };
}
