// New keys at an owner's wish: the office's, one client's, or all, and after a suspected compromise the keys that sign first.
import type { OutputOf } from '../../../../shared/ipc/call.ts';
import type { security, Rotation } from '../../../../shared/ipc/contract/security.ts';
import type { ClientId } from '../../../../shared/model/ids.ts';
import type { CallContext } from '../call-context.ts';
import { createCheckpointKey } from '../keys/checkpoint-key.ts';
import { openOwnerSecret, renewOwnerKey } from '../keys/owner-key.ts';
import { ownerReaders, signRoster } from '../keys/roster.ts';
import { pinRoster } from '../pin-roster.ts';
import { completeClientKey, planClientKeys, type RotationServices } from './rotate-client.ts';
import { completeOfficeKey, planOfficeKey } from './rotate-office.ts';

/**
 * The owners' next signing key signs the list of people; whoever trusted the one before trusts it through its signature. Checkpoints are
 * signed anew from here on as well.
 */
async function replaceSigningKeys(services: RotationServices, context: CallContext): Promise<void> {
  const { office, session } = context;
  const { id } = session.header().office;
  const keyring = office.keyring.get();
  const seed = await openOwnerSecret(services, keyring, session.identity);
  const readers = [...ownerReaders(office.users), keyring.recoveryRecipient];
  const next = await renewOwnerKey(services, { id, keyring, seed }, readers);
  const checkpoint = createCheckpointKey(services.random);
  const payload = { ownerKey: next.keyring.ownerKey, checkpointKey: checkpoint.checkpointKey };
  context.act(office, { subject: id, payload }, () => {
    office.keyring.update({ ...next.keyring, ...checkpoint });
    signRoster(id, office, next.seed);
  });
  pinRoster(services, session);
  for (const secret of [seed, next.seed]) secret.fill(0);
}

function clientsOf({ session }: CallContext, what: Rotation['what']): ClientId[] {
  if (what.kind === 'client') return [what.clientId];
  return what.kind === 'all' ? session.clientIds() : [];
}

/**
 * Plans everything first, so that a crash between two databases is finished at the next sign-in.
 * @throws {AppError} CLIENT_NOT_FOUND, CLIENT_NO_ACCESS, OFFICE_IN_USE, VAULT_*; what was finished stays finished, every database opens
 */
export async function rotateKeys(
  services: RotationServices,
  context: CallContext,
  { what, reason }: Rotation,
): Promise<OutputOf<(typeof security)['rotate']>> {
  const clientIds = clientsOf(context, what);
  await planClientKeys(services, context, clientIds);
  if (reason === 'compromise') await replaceSigningKeys(services, context);
  if (what.kind !== 'client') await planOfficeKey(services, context);
  const written: number[] = [];
  for (const id of clientIds) written.push(await completeClientKey(services, context, id));
  if (what.kind !== 'client') written.push(await completeOfficeKey(services, context));
  return { databases: written.length, bytes: written.reduce((sum, bytes) => sum + bytes, 0) };
}
