// The host's answers to the `office` calls: it adds the device secret of the keychain to what a person typed, and keeps neither.
import { AppError, fromWireError } from '../../../shared/errors/app-error.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { Handlers, ParsedInputOf } from '../../../shared/ipc/call.ts';
import type { OfficeStatus, RecoveryKit } from '../../../shared/ipc/contract/office.ts';
import { newId, OfficeId } from '../../../shared/model/ids.ts';
import type { HostContext } from '../app/host-context.ts';
import { prepareDeviceSecret, readDeviceSecret, type PreparedSecret } from './device-secret.ts';
import type { OfficeSession } from './office-session.ts';
import { ratePassword, requireAcceptablePassword } from './password-strength.ts';

type OfficeHandlers = Pick<Handlers<AppContract, unknown, 'host'>, 'office'>;
type CreateInput = ParsedInputOf<AppContract['office']['create']>;

export interface OfficeHandlerOptions {
  readonly context: HostContext;
  readonly session: OfficeSession;
  /** The office's folder. */
  readonly directory: string;
}

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

async function createOffice(options: OfficeHandlerOptions, input: CreateInput): Promise<RecoveryKit> {
  const { context, session, directory } = options;
  const { name, ownerName, password, protection, lockAfterMinutes } = input;
  requireAcceptablePassword({ password, officeName: name });
  const officeId = newId(OfficeId, 'office', context.random(10));
  const prepared = await prepareDeviceSecret(context, officeId, protection);
  try {
    const { opened, kit } = await context.vault.vaultOffice.create({
      directory,
      officeId,
      name,
      ownerName,
      password,
      lockAfterMinutes,
      deviceSecret: prepared.secret,
    });
    await session.open(opened);
    return kit;
  } catch (error) {
    await withdrawUnlessWritten(options, officeId, prepared);
    throw error;
  }
}

async function unlockOffice(options: OfficeHandlerOptions, password: string): Promise<OfficeStatus> {
  const { context, session, directory } = options;
  if (session.isUnlocked()) return await session.status();
  const { office, problem } = await context.vault.vaultOffice.inspect({ directory });
  if (problem) throw fromWireError(problem);
  if (!office) throw new AppError('OFFICE_NOT_FOUND');
  const deviceSecret = await readDeviceSecret(context.secrets, office.id, office.protection);
  return await session.open(await context.vault.vaultOffice.unlock({ directory, password, deviceSecret }));
}

export function createOfficeHandlers(options: OfficeHandlerOptions): OfficeHandlers {
  const { session } = options;
  return {
    office: {
      status: () => session.status(),
      rate: (candidate) => ratePassword(candidate),
      create: (input) => createOffice(options, input),
      unlock: ({ password }) => unlockOffice(options, password),
      lock: async () => {
        await session.lock('user');
        return await session.status();
      },
    },
  };
}
