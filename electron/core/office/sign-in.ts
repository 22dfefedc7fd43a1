// The ways in: password, invitation, paper key. Each try is counted before it is made; the host adds what it alone has, and keeps none of it.
import { AppError, fromWireError } from '../../../shared/errors/app-error.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { OutputOf, ParsedInputOf } from '../../../shared/ipc/call.ts';
import type { OfficeStatus, Protection, SignInAlert } from '../../../shared/ipc/contract/office.ts';
import type { DoorSlot } from '../../../shared/ipc/processes/vault-contract.ts';
import type { OfficeId, UserId } from '../../../shared/model/ids.ts';
import type { HostCall } from '../app/host-call.ts';
import { prepareDeviceSecret, type PreparedSecret } from './device-secret.ts';
import { ingredientsOf } from './key-ingredients.ts';
import type { OfficeHandlerOptions } from './office-options.ts';
import type { Open } from './office-session.ts';
import { alertsOf, type Inspection } from './office-status.ts';
import { RECOVERY_USER } from './sign-in-throttle.ts';

type Office = AppContract['office'];
/** An office that is there and may be opened. */
type Found = Inspection & { readonly office: NonNullable<Inspection['office']> };

async function find({ context, directory }: OfficeHandlerOptions): Promise<Found> {
  const inspection = await context.vault.vaultOffice.inspect({ directory });
  const { office, problem } = inspection;
  if (problem) throw fromWireError(problem);
  if (!office) throw new AppError('OFFICE_NOT_FOUND');
  return { ...inspection, office };
}

/** Nobody at the door has this name: there is nothing to try. */
function slotOf({ users }: Found, userId: UserId): DoorSlot {
  const slot = users.find(({ id }) => id === userId);
  if (!slot) throw new AppError('SESSION_WRONG_CREDENTIALS');
  return slot;
}

interface Remembered {
  readonly anchor: string | null;
  readonly alerts: SignInAlert[];
}

/** One counted try of `userId`, given what is remembered outside the office's folder. */
async function enterAs<T extends Pick<Open, 'opened'>>(
  options: OfficeHandlerOptions,
  { found, userId }: { readonly found: Found; readonly userId: UserId },
  attempt: (remembered: Remembered) => Promise<T>,
): Promise<T> {
  const { session, anchors, throttleOf } = options;
  const { office, users } = found;
  return await session.enter(() =>
    throttleOf(office.id).signIn(userId, async (untold) => {
      const alerts = alertsOf(untold, users);
      return { ...(await attempt({ anchor: await anchors.read(office.id), alerts })), alerts };
    }),
  );
}

/** Refusals before the vault writes anything. After any other failure a slot may need the secret. */
const REFUSALS = ['OFFICE_IN_USE', 'SESSION_INVITATION_', 'SESSION_PASSWORD_', 'SESSION_SECRET_', 'SESSION_WRONG_'];

const wasRefused = (error: unknown): boolean =>
  error instanceof AppError && REFUSALS.some((code) => error.code.startsWith(code));

/** Runs `work` with a device secret for a new slot; takes it away again where the vault refused. */
async function withDeviceSecret<T>(
  { context }: OfficeHandlerOptions,
  { officeId, protection }: { readonly officeId: OfficeId; readonly protection: Protection },
  work: (deviceSecret: PreparedSecret['secret']) => Promise<T>,
): Promise<T> {
  const prepared = await prepareDeviceSecret(context, officeId, protection);
  try {
    return await work(prepared.secret);
  } catch (error) {
    if (wasRefused(error)) await prepared.withdraw();
    throw error;
  }
}

export async function unlock(
  options: OfficeHandlerOptions,
  input: ParsedInputOf<Office['unlock']>,
  { window }: HostCall,
): Promise<OfficeStatus> {
  const { context, session, directory } = options;
  if (session.isUnlocked()) return await session.status();
  const found = await find(options);
  const { userId, password, code, acceptOlderState } = input;
  const slot = slotOf(found, userId);
  await enterAs(options, { found, userId }, async (remembered) => {
    const ingredients = await ingredientsOf(options, found.office.id, slot);
    const person = { directory, window, userId, password, code, ...ingredients };
    return { opened: await context.vault.vaultOffice.unlock({ ...person, ...remembered, acceptOlderState }) };
  });
  return await session.status();
}

export async function acceptInvitation(
  options: OfficeHandlerOptions,
  input: ParsedInputOf<Office['acceptInvitation']>,
  { window }: HostCall,
): Promise<OfficeStatus> {
  const { context, session, directory } = options;
  const found = await find(options);
  const { userId, code, password: newPassword, protection } = input;
  slotOf(found, userId);
  await enterAs(options, { found, userId }, async (remembered) =>
    withDeviceSecret(options, { officeId: found.office.id, protection }, async (deviceSecret) => {
      const person = { directory, window, userId, password: code, deviceSecret, newPassword };
      return { opened: await context.vault.vaultOffice.acceptInvitation({ ...person, ...remembered }) };
    }),
  );
  return await session.status();
}

export async function recover(
  options: OfficeHandlerOptions,
  input: ParsedInputOf<Office['recover']>,
  { window }: HostCall,
): Promise<OutputOf<Office['recover']>> {
  const { context, directory } = options;
  const found = await find(options);
  const { recoveryKey, password: newPassword, protection, replyKey } = input;
  const { kit } = await enterAs(options, { found, userId: RECOVERY_USER }, (remembered) =>
    withDeviceSecret(options, { officeId: found.office.id, protection }, (deviceSecret) => {
      const owner = { directory, window, recoveryKey, newPassword, deviceSecret, replyKey };
      return context.vault.vaultOffice.recover({ ...owner, ...remembered });
    }),
  );
  return { kit };
}
