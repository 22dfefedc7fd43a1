// The office's next key: pending in the header first, then the office database is rewritten under it, then the header names it alone.
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { SealRecipient } from '../../ports/sealer.ts';
import type { OfficeStore } from '../../ports/vault-store.ts';
import { draftOf, type CallContext } from '../call-context.ts';
import { toBase64 } from '../keys/key-tools.ts';
import { officeReaders } from '../keys/roster.ts';
import { openPendingOfficeKey, opens, sameKey, sealNextKey } from './next-key.ts';
import type { RotationServices } from './rotate-client.ts';

function readersOf({ users, keyring }: OfficeStore): SealRecipient[] {
  return [...officeReaders(users), keyring.get().recoveryRecipient];
}

/** What the copy has that the original has not: one generation more and the entry that says so, exactly when the key is the next. */
function amendment(context: CallContext): (copy: OfficeStore) => void {
  const { officeKeyGeneration } = context.office.keyring.get();
  const next = { officeKeyGeneration: officeKeyGeneration + 1, officeKeySince: context.now() };
  const action = { subject: context.session.header().office.id, payload: { keyGeneration: next.officeKeyGeneration } };
  const draft = draftOf(context, action);
  return ({ keyring, audit }) => {
    keyring.update(next);
    audit.append(draft);
  };
}

/** Rewrites the database between closing and opening it. @throws {AppError} OFFICE_IN_USE, VAULT_*; the session has the key that opens it then */
function rewrite(services: RotationServices, context: CallContext, nextKey: Uint8Array): number {
  const { session } = context;
  const { directory } = session;
  const officeId = session.header().office.id;
  const amend = amendment(context);
  let outcome: { bytes: number } | { error: unknown } = { bytes: 0 };
  session.replaceOfficeKey((key) => {
    try {
      outcome = services.databases.rewriteOffice({ directory, officeId, key, nextKey, amend });
      return nextKey;
    } catch (error) {
      outcome = { error };
      const replaced = opens(() =>
        services.databases.openOffice({ directory, officeId, key: nextKey, create: false }).close(),
      );
      return replaced ? nextKey : key;
    }
  });
  if ('error' in outcome) throw outcome.error;
  context.noteAudited();
  return outcome.bytes;
}

/**
 * Finishes the rotation that the header says is pending, wherever it was interrupted. The key is sealed to whom the list names now. Returns
 * the bytes written; 0 where the database had its key already or nothing was pending.
 * @throws {AppError} OFFICE_IN_USE, VAULT_*; the next key stays pending then, and the office opens
 */
export async function completeOfficeKey(services: RotationServices, context: CallContext): Promise<number> {
  const { session } = context;
  const pending = session.header().pendingOfficeKey;
  if (pending === null) return 0;
  const nextKey = await openPendingOfficeKey(services.sealer, session.header(), session.identity);
  if (nextKey === null) throw new AppError('VAULT_HEADER_TAMPERED');
  const officeKey = toBase64(await services.sealer.seal(nextKey, readersOf(context.office)));
  // Nothing of this process runs between here and the header; before, another call may have planned another key.
  if (session.header().pendingOfficeKey !== pending) {
    nextKey.fill(0);
    return await completeOfficeKey(services, context);
  }
  const bytes = sameKey(session.officeKey, nextKey) ? 0 : rewrite(services, context, nextKey);
  session.updateHeader({ officeKey, pendingOfficeKey: null });
  return bytes;
}

/**
 * The office's next key as the header takes it, pending. One already pending is finished before another one takes its place: the database may
 * have it.
 * @throws {AppError} as `completeOfficeKey`
 */
export async function sealNextOfficeKey(services: RotationServices, context: CallContext): Promise<string> {
  await completeOfficeKey(services, context);
  return toBase64(await sealNextKey(services, readersOf(context.office)));
}
