// New keys at an owner's wish: the office's, one client's, or all, and after a suspected compromise the keys that sign first.
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../../shared/errors/codes.ts';
import type { OutputOf } from '../../../../shared/ipc/call.ts';
import type { security, Rotation } from '../../../../shared/ipc/contract/security.ts';
import type { ClientId } from '../../../../shared/model/ids.ts';
import type { OfficeKeyring } from '../../ports/office-repositories.ts';
import type { CallContext } from '../call-context.ts';
import { createCheckpointKey } from '../keys/checkpoint-key.ts';
import { openOwnerSecret, renewOwnerKey } from '../keys/owner-key.ts';
import { ownerReaders, signRoster } from '../keys/roster.ts';
import { pinRoster } from '../pin-roster.ts';
import {
  completeClientKey,
  planClientKey,
  sealNextClientKeys,
  type RotationServices,
  type SealedClientKeys,
} from './rotate-client.ts';
import { completeOfficeKey, sealNextOfficeKey } from './rotate-office.ts';

export interface NextSigningKeys {
  readonly keyring: Partial<OfficeKeyring>;
  /** The owners' next key; signs the list of people. The caller zeroes it. */
  readonly seed: Uint8Array;
}

/** Whoever trusted the owners' key before trusts the next one through its signature. Checkpoints are signed anew as well. */
export async function nextSigningKeys(services: RotationServices, context: CallContext): Promise<NextSigningKeys> {
  const keyring = context.office.keyring.get();
  const seed = await openOwnerSecret(services, keyring, context.session.identity);
  try {
    const { id } = context.session.header().office;
    const readers = [...ownerReaders(context.office.users), keyring.recoveryRecipient];
    const next = await renewOwnerKey(services, { id, keyring, seed }, readers);
    return { seed: next.seed, keyring: { ...next.keyring, ...createCheckpointKey(services.random) } };
  } finally {
    seed.fill(0);
  }
}

/** Everything a rotation needs, sealed beforehand. */
interface Plan {
  readonly clientKeys: SealedClientKeys;
  /** For the header; null where the office keeps its key. */
  readonly officeKey: string | null;
  /** Null where they stay. */
  readonly signing: NextSigningKeys | null;
}

/** Records the whole plan in one transaction: after a crash or a lock the next sign-in finishes all of it, or there is none. */
function record(services: RotationServices, context: CallContext, { clientKeys, officeKey, signing }: Plan): void {
  const { office, session } = context;
  const { id } = session.header().office;
  const write = (): void => {
    for (const [clientId, sealed] of clientKeys) planClientKey(office, clientId, sealed);
    if (signing) {
      office.keyring.update(signing.keyring);
      office.profile.setRecoverySuspect(context.now());
      signRoster(id, office, signing.seed);
    }
    if (officeKey !== null) session.updateHeader({ pendingOfficeKey: officeKey });
  };
  if (!signing) return office.transaction(write);
  const { ownerKey = null, checkpointKey = null } = signing.keyring;
  context.act(office, { subject: id, payload: { ownerKey, checkpointKey } }, write);
  pinRoster(services, session);
}

function clientsOf({ session }: CallContext, what: Rotation['what']): ClientId[] {
  if (what.kind === 'client') return [what.clientId];
  return what.kind === 'all' ? session.clientIds() : [];
}

/** What the disk does, and not the database. */
const CAUSES: ReadonlySet<ErrorCode> = new Set(['VAULT_DISK_FULL', 'VAULT_IO', 'OFFICE_FOLDER_NOT_WRITABLE']);

/**
 * Writes every planned database anew. Whatever it throws, the plan stands, and what is written stays.
 * @throws {AppError} VAULT_KEYS_UNFINISHED with the `cause`; what is wrong with a database itself, with its evidence
 */
async function complete(
  services: RotationServices,
  context: CallContext,
  planned: { readonly clientIds: readonly ClientId[]; readonly office: boolean },
): Promise<number[]> {
  const written: number[] = [];
  try {
    for (const id of planned.clientIds) written.push(await completeClientKey(services, context, id));
    if (planned.office) written.push(await completeOfficeKey(services, context));
    return written;
  } catch (error) {
    if (!(error instanceof AppError) || !CAUSES.has(error.code)) throw error;
    throw new AppError('VAULT_KEYS_UNFINISHED', { cause: error.code }, { cause: error });
  }
}

/**
 * Plans everything first, so that a crash between two databases is finished at the next sign-in.
 * @throws {AppError} CLIENT_NOT_FOUND, CLIENT_NO_ACCESS, OFFICE_IN_USE, VAULT_*: nothing was planned; VAULT_KEYS_UNFINISHED: the next sign-in finishes the rest, every database opens
 */
export async function rotateKeys(
  services: RotationServices,
  context: CallContext,
  { what, reason }: Rotation,
): Promise<OutputOf<(typeof security)['rotate']>> {
  const clientIds = clientsOf(context, what);
  const clientKeys = await sealNextClientKeys(services, context, clientIds);
  const officeKey = what.kind === 'client' ? null : await sealNextOfficeKey(services, context);
  const signing = reason === 'compromise' ? await nextSigningKeys(services, context) : null;
  try {
    record(services, context, { clientKeys, officeKey, signing });
  } finally {
    signing?.seed.fill(0);
  }
  const written = await complete(services, context, { clientIds, office: officeKey !== null });
  return { databases: written.length, bytes: written.reduce((sum, bytes) => sum + bytes, 0) };
}
