// What a signed-in user proves or changes about herself: password, fresh proof, second-factor device. A wrong try counts like one at the door.
import { Buffer } from 'node:buffer';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { ParsedInputOf } from '../../../shared/ipc/call.ts';
import type { FactorState } from '../../../shared/ipc/contract/factors.ts';
import type { DoorSlot } from '../../../shared/ipc/processes/vault-contract.ts';
import type { OfficeId } from '../../../shared/model/ids.ts';
import type { SealedText } from '../../../shared/model/sealed-text.ts';
import type { HostCall } from '../app/host-call.ts';
import { deviceOutputOf, deviceSecretOf, ingredientsOf, requireDevice } from './key-ingredients.ts';
import type { OfficeHandlerOptions } from './office-options.ts';

type Calls = AppContract['office'];
const SALT_BYTES = 32;

interface Own {
  readonly officeId: OfficeId;
  readonly slot: DoorSlot;
}

async function ownOf({ context, session, directory }: OfficeHandlerOptions): Promise<Own> {
  const { office, user } = session.current();
  const { users } = await context.vault.vaultOffice.inspect({ directory });
  const slot = users.find(({ id }) => id === user.id);
  if (!slot) throw new AppError('USER_NOT_FOUND');
  return { officeId: office.id, slot };
}

/** One counted proof of the signed-in user. */
async function prove<T>(options: OfficeHandlerOptions, attempt: (own: Own) => Promise<T>): Promise<T> {
  const { office, user } = options.session.current();
  return await options.throttleOf(office.id).prove(user.id, async () => attempt(await ownOf(options)));
}

export async function changePassword(
  options: OfficeHandlerOptions,
  input: ParsedInputOf<Calls['changePassword']>,
): Promise<Record<string, never>> {
  return await prove(options, async ({ officeId, slot }) =>
    options.context.vault.vaultOffice.changePassword({ ...input, ...(await ingredientsOf(options, officeId, slot)) }),
  );
}

/** The device is asked unless a code was typed, the keychain only for a password. */
export async function stepUp(
  options: OfficeHandlerOptions,
  { password, code }: ParsedInputOf<Calls['stepUp']>,
  { window }: HostCall,
): Promise<Record<string, never>> {
  const { session: token } = await prove(options, async ({ officeId, slot }) => {
    const deviceSecret = password === null ? null : await deviceSecretOf(options, officeId, slot);
    const deviceOutput = code === null ? await deviceOutputOf(options, slot) : null;
    return await options.context.vault.vaultOffice.stepUp({ window, password, code, deviceSecret, deviceOutput });
  });
  options.session.renew(token);
  return {};
}

/** The vault knows what is enrolled, the host what can be. */
export async function factorState({ context, device }: OfficeHandlerOptions): Promise<FactorState> {
  return { ...(await context.vault.vaultOffice.factorState({})), deviceSupport: device?.kind ?? null };
}

async function changed(options: OfficeHandlerOptions, state: FactorState): Promise<FactorState> {
  const factors = { code: state.code !== null, device: state.device !== null };
  await options.session.change({ user: { factors } });
  return { ...state, deviceSupport: options.device?.kind ?? null };
}

export async function addDevice(
  options: OfficeHandlerOptions,
  { password }: { readonly password: SealedText },
): Promise<FactorState> {
  const { context, session } = options;
  const device = requireDevice(options);
  const state = await prove(options, async ({ officeId, slot }) => {
    const present = await ingredientsOf(options, officeId, slot);
    const { id: userId, name: userName } = session.current().user;
    const { credentialId, label } = await device.enrol({ officeId, userId, userName });
    const salt = context.random(SALT_BYTES);
    const [output, saltText] = [await device.derive({ credentialId, salt }), salt].map((bytes) =>
      Buffer.from(bytes).toString('base64'),
    ) as [string, string];
    const next = { label, credentialId, salt: saltText, output };
    return await context.vault.vaultOffice.setDevice({ password, ...present, device: next });
  });
  return await changed(options, state);
}

export async function removeDevice(
  options: OfficeHandlerOptions,
  { password }: { readonly password: SealedText },
): Promise<FactorState> {
  const state = await prove(options, async ({ officeId, slot }) => {
    if (!slot.challenge) throw new AppError('FACTOR_NOT_ENROLLED');
    const present = await ingredientsOf(options, officeId, slot);
    return await options.context.vault.vaultOffice.setDevice({ password, ...present, device: null });
  });
  return await changed(options, state);
}
