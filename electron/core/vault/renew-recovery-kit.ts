// A new recovery kit in the place of the old one: a new identity, to which everything is sealed anew. Where somebody may know the old identity,
// keys are new as well: a header from before would give them away.
import type { SealedText } from '../../../shared/model/sealed-text.ts';
import type { CallContext } from './call-context.ts';
import { createRecoverySlot } from './keys/recovery-slot.ts';
import { ownerReaders, plannedPeople, signRoster } from './keys/roster.ts';
import { sealOffice, storeSealed } from './keys/seal-office.ts';
import { assertKitOpens, createRecovery, handOutKit, type NewRecovery } from './office-recovery.ts';
import { pinRoster } from './pin-roster.ts';
import { renewAllKeys } from './renew-all-keys.ts';
import type { VaultServices } from './services.ts';
import { forgetSecrets, openSharedSecrets } from './shared-secrets.ts';
import { sealFirstAuditKeys, storeFirstAuditKeys } from './users/first-audit-keys.ts';

async function newPaper(services: VaultServices, context: CallContext) {
  const { office, session } = context;
  const identity = await services.sealer.newIdentity();
  const recovery = createRecovery({ ...office.profile.get(), createdAt: context.now() }, services.random);
  const { ownerKey } = office.keyring.get();
  const owners = ownerReaders(office.users);
  const place = { officeId: session.header().office.id, recoveryKey: recovery.key, ownerKey, owners };
  const slot = await createRecoverySlot(services, place, identity);
  assertKitOpens(recovery, slot);
  recovery.key.fill(0);
  return { recovery, slot };
}

/**
 * Until the header holds the new slot everything stays readable with the old paper as well: a crash at any moment leaves one that opens.
 * @throws {AppError} VAULT_*
 */
export async function replaceRecovery(services: VaultServices, context: CallContext): Promise<NewRecovery> {
  const { session } = context;
  const officeId = session.header().office.id;
  const { recovery, slot } = await newPaper(services, context);
  const secrets = await openSharedSecrets(services, session);
  try {
    const old = context.office.keyring.get().recoveryRecipient;
    const people = plannedPeople(context.office.users, {});
    const both = await sealOffice(services, secrets, { people, recovery: [old, slot.recipient] });
    const owners = ownerReaders(people);
    const keysForBoth = await sealFirstAuditKeys(services, session, [...owners, old, slot.recipient]);
    const keysForOne = await sealFirstAuditKeys(services, session, [...owners, slot.recipient]);
    const { office } = context;
    storeFirstAuditKeys([...keysForBoth.office, ...keysForBoth.clients]);
    context.act(office, { subject: officeId }, () => {
      storeSealed(office, both);
      office.keyring.update({ recoveryRecipient: slot.recipient });
      signRoster(officeId, office, secrets.ownerSeed);
      office.profile.setRecoveryProof(recovery.proof);
    });
    const one = await sealOffice(services, secrets, { people, recovery: [slot.recipient] });
    session.updateHeader({ recovery: slot, officeKey: one.officeKey });
    context.office.transaction(() => storeSealed(context.office, one));
    storeFirstAuditKeys([...keysForOne.office, ...keysForOne.clients]);
    pinRoster(services, session);
    return recovery;
  } finally {
    forgetSecrets(secrets);
  }
}

/** Where the kit was due it stays due until every key is new; what could not be rewritten has an entry in the audit log. @throws {AppError} VAULT_* */
export async function renewRecoveryKit(
  services: VaultServices,
  context: CallContext,
  { replyKey }: { readonly replyKey: string },
): Promise<{ readonly kit: SealedText }> {
  const due = context.office.profile.get().recoverySuspectSince !== null;
  const { kit } = await replaceRecovery(services, context);
  if (due) await renewAllKeys(services, context);
  return { kit: await handOutKit(services, context, { kit, replyKey }) };
}
