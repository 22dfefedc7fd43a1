// A client's next key: sealed and recorded first, then the database is rewritten under it, then it is the key. Each step survives a crash.
import { Buffer } from 'node:buffer';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { ClientId } from '../../../../shared/model/ids.ts';
import type { ClientRow } from '../../ports/office-repositories.ts';
import type { SealRecipient } from '../../ports/sealer.ts';
import type { ClientRewrite } from '../../ports/vault-databases.ts';
import type { OfficeStore } from '../../ports/vault-store.ts';
import type { CallContext } from '../call-context.ts';
import { keepingEvidence } from '../evidence.ts';
import { clientReaders } from '../keys/roster.ts';
import type { VaultServices } from '../services.ts';
import { opens, sameKey, sealNextKey } from './next-key.ts';

/** What a rotation needs of the services. */
export type RotationServices = Pick<VaultServices, 'databases' | 'evidence' | 'sealer' | 'random'>;

/** Everyone whom the signed list gives the client, and the recovery identity. */
function readersOf({ users, keyring }: OfficeStore, clientId: ClientId): SealRecipient[] {
  return [...clientReaders(users, clientId), keyring.get().recoveryRecipient];
}

/**
 * Records that the client gets the sealed key: from then on a crash is finished at the next sign-in. Runs in the caller's transaction, so that
 * whoever loses access and the new key belong together.
 */
export function planClientKey(office: OfficeStore, clientId: ClientId, sealed: Uint8Array): void {
  office.clients.setPendingKey(clientId, sealed);
}

interface NextKey {
  readonly clientId: ClientId;
  /** Becomes the session's. */
  readonly nextKey: Uint8Array;
}

/** After a crash the file may have its next key already, and its new name not be durable yet: then it is written once more. */
function rewriteFile({ databases }: RotationServices, rewrite: ClientRewrite): number {
  try {
    return databases.rewriteClient(rewrite).bytes;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'VAULT_CORRUPT') throw error;
    return databases.rewriteClient({ ...rewrite, key: rewrite.nextKey }).bytes;
  }
}

/** A file that has its next key already was held against what is remembered of it; any other must not become the true one unseen. */
function assertNotOlder(
  { databases }: RotationServices,
  { session }: CallContext,
  { clientId, nextKey }: NextKey,
): void {
  const { directory } = session;
  if (!databases.authentic({ directory, database: clientId, key: nextKey })) session.client(clientId);
}

/** Closes the client, then puts the rewritten file in its place. On failure the session has the key that opens the file. */
function rewrite(services: RotationServices, { session }: CallContext, { clientId, nextKey }: NextKey): number {
  const { directory } = session;
  const key = session.clientKey(clientId);
  session.replaceClientKey(clientId, nextKey);
  try {
    return keepingEvidence(services, { directory, what: clientId }, () =>
      rewriteFile(services, { directory, clientId, key, nextKey }),
    );
  } catch (error) {
    const file = { directory, clientId, key: nextKey, create: false };
    const replaced = opens(() => services.databases.openClient(file).close());
    if (!replaced) session.replaceClientKey(clientId, Uint8Array.from(key));
    throw error;
  } finally {
    key.fill(0);
  }
}

/** The new file's digest is remembered when the session ends: until then work goes on in it. */
function adopt(context: CallContext, row: ClientRow & { sealed: Uint8Array }): void {
  const { clients } = context.office;
  const payload = { keyGeneration: row.keyGeneration + 1 };
  context.act(context.office, { subject: row.id, payload }, () => {
    clients.setPendingKey(row.id, row.sealed);
    clients.adoptPendingKey(row.id, context.now());
  });
}

const samePending = (left: ClientRow | null, right: ClientRow): boolean =>
  Buffer.compare(left?.pendingSealedKey ?? Buffer.alloc(0), right.pendingSealedKey ?? Buffer.alloc(0)) === 0;

/**
 * Finishes what `planClientKey` began, wherever it was interrupted. A file that is damaged or older than remembered stays as it is. The key is sealed to whom the list names now. Returns the bytes written; 0
 * where nothing was pending.
 * @throws {AppError} OFFICE_IN_USE, VAULT_*, CLIENT_*; the plan stays then, and the database opens
 */
export async function completeClientKey(
  services: RotationServices,
  context: CallContext,
  clientId: ClientId,
): Promise<number> {
  const row = context.office.clients.find(clientId);
  if (!row?.pendingSealedKey) return 0;
  const nextKey = await services.sealer.open(row.pendingSealedKey, context.session.identity);
  const sealed = await services.sealer.seal(nextKey, readersOf(context.office, clientId));
  // Nothing of this process runs between here and the record; before, another call may have planned another key.
  if (!samePending(context.office.clients.find(clientId), row)) {
    nextKey.fill(0);
    return await completeClientKey(services, context, clientId);
  }
  assertNotOlder(services, context, { clientId, nextKey });
  const bytes = rewrite(services, context, { clientId, nextKey });
  adopt(context, { ...row, sealed });
  return bytes;
}

/** True where the session's key opens the file, be it an older state. A file is under one key as a whole. */
function hasPresentKey({ session }: CallContext, clientId: ClientId): boolean {
  try {
    session.client(clientId);
    return true;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'VAULT_ROLLED_BACK') return true;
    if (error.code === 'VAULT_CORRUPT') return false;
    throw error;
  }
}

/**
 * Finishes a next key that the file may have already: were another planned in its place, nothing would open the file any more. Only one that the
 * file surely doesn't have yet may go.
 * @throws {AppError} OFFICE_IN_USE, VAULT_*, CLIENT_*; the plan stays then
 */
export async function finishKeyInFile(
  services: RotationServices,
  context: CallContext,
  clientId: ClientId,
): Promise<void> {
  const { office, session } = context;
  const pending = office.clients.find(clientId)?.pendingSealedKey;
  if (!pending) return;
  const present = session.clientKey(clientId);
  const next = await services.sealer.open(pending, session.identity);
  const taken = sameKey(present, next);
  present.fill(0);
  next.fill(0);
  if (taken || !hasPresentKey(context, clientId)) await completeClientKey(services, context, clientId);
}

/** Next keys that nothing depends on yet. */
export type SealedClientKeys = readonly (readonly [ClientId, Uint8Array])[];

/**
 * A next key for each of the clients. Opening each first holds it against what is remembered of it: an older file must not become the true
 * one by being rewritten.
 * @throws {AppError} CLIENT_*, VAULT_*
 */
export async function sealNextClientKeys(
  services: RotationServices,
  context: CallContext,
  clientIds: readonly ClientId[],
): Promise<SealedClientKeys> {
  const { office, session } = context;
  for (const id of clientIds) {
    await finishKeyInFile(services, context, id);
    session.client(id);
  }
  return await Promise.all(
    clientIds.map(async (id) => [id, await sealNextKey(services, readersOf(office, id))] as const),
  );
}
