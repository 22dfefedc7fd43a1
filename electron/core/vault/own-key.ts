// A user's own way in: another password, another device. Only her slot is wrapped anew; no key under it changes and no client's database.
import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ParsedInputOf } from '../../../shared/ipc/call.ts';
import type { VaultContract } from '../../../shared/ipc/processes/vault-contract.ts';
import type { UserSlot } from '../ports/vault-header.ts';
import { deny, type CallContext } from './call-context.ts';
import { fromBase64 } from './keys/key-tools.ts';
import {
  costsToKeep,
  createUserSlot,
  openUserSlot,
  wrapSlot,
  type Credentials,
  type SlotPlace,
} from './keys/user-slot.ts';
import { deviceSecretOf } from './office-create.ts';
import { openNewPassword } from './office-password.ts';
import type { VaultServices } from './services.ts';
import type { OfficeSession } from './session.ts';

type Calls = VaultContract['vaultOffice'];
type SetDevice = ParsedInputOf<Calls['setDevice']>;

/** What stays in memory of a device's output, to know it again: nothing that helps to make it. */
export function deviceDigestOf(output: Uint8Array | null): string | null {
  return output && createHash('sha256').update('strongroom device output v1\n').update(output).digest('hex');
}

/** What the host brought, opened. */
export function credentialsOf(
  password: string,
  input: { readonly deviceSecret: string | null; readonly deviceOutput: string | null },
): Credentials {
  const { deviceOutput } = input;
  return {
    password,
    deviceSecret: deviceSecretOf(input),
    deviceOutput: deviceOutput === null ? null : fromBase64(deviceOutput),
  };
}

/** Refuses, with an entry, what does not open the own slot. @throws {AppError} SESSION_WRONG_CREDENTIALS, FACTOR_DEVICE_ABSENT */
export async function assertOwnCredentials(
  services: VaultServices,
  context: CallContext,
  credentials: Credentials,
): Promise<void> {
  const { session } = context;
  const { slot } = session.ownSlot();
  try {
    const { key } = await openUserSlot(services.kdf, { officeId: session.header().office.id, slot }, credentials);
    key.fill(0);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'SESSION_WRONG_CREDENTIALS') throw error;
    deny(context, 'SESSION_WRONG_CREDENTIALS', { subject: session.userId });
  }
}

/** What the own slot will be made with. */
export interface NextWayIn {
  readonly credentials: Credentials;
  readonly device: UserSlot['device'];
  readonly code: boolean;
}

/** Wraps the own secrets under what the user brings from now on. What comes back writes it, in the transaction that records it. */
export async function wrapAnew(services: VaultServices, session: OfficeSession, next: NextWayIn): Promise<() => void> {
  const { secrets, slot } = session.ownSlot();
  const { userId, name } = slot;
  const header = session.header();
  const officeId = header.office.id;
  const { code, device } = next;
  const user = { officeId, userId, name, kind: 'password' as const, expiresAt: null, secrets, code, device };
  const wrapped = await createUserSlot(services, { ...user, ...costsToKeep(header, userId) }, next.credentials);
  return () => session.replaceOwnSlot(wrapped.slot, { secrets, key: wrapped.key });
}

/** Says on the sign-in screen whether a code will be asked. The slot's key stays. */
export function setCodeFlag(services: VaultServices, session: OfficeSession, code: boolean): void {
  const { key, secrets, slot } = session.ownSlot();
  const { identity: _wrapped, ...place } = slot;
  const next: SlotPlace = { ...place, policy: { ...place.policy, code } };
  session.replaceOwnSlot(wrapSlot(services, { officeId: session.header().office.id, place: next }, { key, secrets }), {
    key,
    secrets,
  });
}

/** @throws {AppError} SESSION_WRONG_CREDENTIALS, SESSION_PASSWORD_*, FACTOR_DEVICE_ABSENT */
export async function changePassword(
  services: VaultServices,
  context: CallContext,
  input: ParsedInputOf<Calls['changePassword']>,
): Promise<void> {
  const { session, principal } = context;
  const current = credentialsOf(await services.sealedTexts.open('password', input.current), input);
  await assertOwnCredentials(services, context, current);
  const { policy, device } = session.ownSlot().slot;
  const code = context.office.factors.code(session.userId) !== null;
  const chosen = await openNewPassword(services, input.next, {
    officeName: session.header().office.name,
    userName: principal.name,
    secondFactor: code || policy.secondFactorKey,
    deviceBound: policy.deviceSecret,
  });
  const credentials = { ...current, password: chosen.password };
  const write = await wrapAnew(services, session, { credentials, device, code });
  // A rotation meanwhile opened the office's database anew.
  const { office } = context;
  context.act(office, { subject: session.userId }, () => {
    office.users.update(session.userId, { passwordStandsAlone: chosen.standsAlone });
    write();
  });
}

/** A short password stands only beside a second factor. @throws {AppError} SESSION_PASSWORD_TOO_SHORT */
export function assertPasswordMayStandAlone(context: CallContext): void {
  const user = context.office.users.find(context.session.userId);
  if (!user?.passwordStandsAlone) throw new AppError('SESSION_PASSWORD_TOO_SHORT', { minimum: '15' });
}

/** Makes a device's output an ingredient of the own key, or no longer. */
export async function setDevice(services: VaultServices, context: CallContext, input: SetDevice): Promise<void> {
  const { session } = context;
  const present = credentialsOf(await services.sealedTexts.open('password', input.password), input);
  await assertOwnCredentials(services, context, present);
  const code = context.office.factors.code(session.userId) !== null;
  const { device: chosen } = input;
  if (!chosen && !code) assertPasswordMayStandAlone(context);
  const output = chosen && fromBase64(chosen.output);
  const device = chosen && {
    credentialId: chosen.credentialId,
    label: chosen.label,
    salt: chosen.salt,
    enrolledAt: context.now(),
  };
  const write = await wrapAnew(services, session, { credentials: { ...present, deviceOutput: output }, device, code });
  context.act(context.office, { subject: session.userId, payload: { device: device?.label ?? null } }, write);
  session.waiting.deviceDigest = deviceDigestOf(output);
}
