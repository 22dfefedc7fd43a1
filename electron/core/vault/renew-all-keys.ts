// New keys for everything the recovery identity of before could open: every database's, and those that sign. It makes no kit.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ClientId } from '../../../shared/model/ids.ts';
import type { CallContext } from './call-context.ts';
import { signRoster } from './keys/roster.ts';
import { pinRoster } from './pin-roster.ts';
import { finishRotations } from './rotation/finish-rotations.ts';
import { planClientKey, sealNextClientKeys } from './rotation/rotate-client.ts';
import { nextSigningKeys } from './rotation/rotate-keys.ts';
import { sealNextOfficeKey } from './rotation/rotate-office.ts';
import type { VaultServices } from './services.ts';

/** Runs what may fail and must not stop the rest. False where it failed. */
async function succeeds(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

async function planClient(services: VaultServices, context: CallContext, clientId: ClientId): Promise<void> {
  const sealed = await sealNextClientKeys(services, context, [clientId]);
  const { office } = context;
  office.transaction(() => {
    for (const [id, key] of sealed) planClientKey(office, id, key);
  });
}

async function planOffice(services: VaultServices, context: CallContext): Promise<void> {
  const pendingOfficeKey = await sealNextOfficeKey(services, context);
  context.session.updateHeader({ pendingOfficeKey });
}

/** The office database held the seeds, one of them sealed to the recovery identity: who had both could sign a list of people. */
async function renewSigningKeys(services: VaultServices, context: CallContext): Promise<void> {
  const { seed, keyring } = await nextSigningKeys(services, context);
  const { office, session } = context;
  const { id } = session.header().office;
  const { ownerKey = null, checkpointKey = null } = keyring;
  try {
    context.act(office, { subject: id, payload: { ownerKey, checkpointKey } }, () => {
      office.keyring.update(keyring);
      signRoster(id, office, seed);
    });
  } finally {
    seed.fill(0);
  }
  pinRoster(services, session);
}

/**
 * Comes after the recovery identity was replaced: until then the next keys would be sealed to the one of before. It plans as much as it can
 * before it begins. False where a database keeps its key, and then the kit stays due if it was: one damaged client must not shut an owner out.
 * @throws {AppError} SESSION_LOCKED, VAULT_IO
 */
export async function renewAllKeys(services: VaultServices, context: CallContext): Promise<boolean> {
  const planned: boolean[] = [];
  for (const id of context.session.clientIds()) planned.push(await succeeds(() => planClient(services, context, id)));
  planned.push(await succeeds(() => planOffice(services, context)));
  planned.push(await succeeds(() => renewSigningKeys(services, context)));
  const { failures } = await finishRotations(services, context);
  const whole = failures.length === 0 && planned.every(Boolean);
  if (whole) context.office.profile.clearRecoverySuspect();
  return whole;
}
