// The host's answers to the `office` calls: it adds what the keychain and a device have to what a person sealed, and keeps neither.
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { Handlers, OutputOf, ParsedInputOf } from '../../../shared/ipc/call.ts';
import { newId, OfficeId } from '../../../shared/model/ids.ts';
import type { HostCall } from '../app/host-call.ts';
import { prepareDeviceSecret, type PreparedSecret } from './device-secret.ts';
import type { OfficeHandlerOptions } from './office-options.ts';
import { changePassword, stepUp } from './own-proofs.ts';
import { acceptInvitation, recover, unlock } from './sign-in.ts';

type OfficeHandlers = Pick<Handlers<AppContract, HostCall, 'host'>, 'office'>;
type Create = AppContract['office']['create'];

/** An office that was written before its creation or restore failed keeps its secret: without it nobody could open what lies there. */
export async function withdrawUnlessWritten(
  options: OfficeHandlerOptions,
  officeId: OfficeId,
  prepared: PreparedSecret,
): Promise<void> {
  const { context, directory } = options;
  const { office } = await context.vault.vaultOffice.inspect({ directory });
  if (office?.id !== officeId) await prepared.withdraw();
}

async function createOffice(
  options: OfficeHandlerOptions,
  { protection, ...input }: ParsedInputOf<Create>,
  { window }: HostCall,
): Promise<OutputOf<Create>> {
  const { context, session, directory } = options;
  const officeId = newId(OfficeId, 'office', context.random(10));
  const prepared = await prepareDeviceSecret(context, officeId, protection);
  const deviceSecret = prepared.secret;
  try {
    const { kit } = await session.enter(async () => ({
      ...(await context.vault.vaultOffice.create({ ...input, directory, window, officeId, deviceSecret })),
      alerts: [],
    }));
    return { kit };
  } catch (error) {
    await withdrawUnlessWritten(options, officeId, prepared);
    throw error;
  }
}

export function createOfficeHandlers(options: OfficeHandlerOptions): OfficeHandlers {
  const { context, session } = options;
  return {
    office: {
      status: () => session.status(),
      rate: (candidate) => context.vault.vaultOffice.rate(candidate),
      create: (input, call) => createOffice(options, input, call),
      unlock: (input, call) => unlock(options, input, call),
      acceptInvitation: (input, call) => acceptInvitation(options, input, call),
      recover: (input, call) => recover(options, input, call),
      changePassword: (input) => changePassword(options, input),
      stepUp: (input, call) => stepUp(options, input, call),
      lock: async () => {
        await session.lock('user');
        return await session.status();
      },
    },
  };
}
