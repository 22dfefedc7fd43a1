// The host's answers to the `backups` calls that need no open office: where to write, what a file holds, restore. The vault process decrypts.
import { join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { Handlers, OutputOf, ParsedInputOf } from '../../../shared/ipc/call.ts';
import { OfficeId } from '../../../shared/model/ids.ts';
import type { HostCall } from '../app/host-call.ts';
import { prepareDeviceSecret } from './device-secret.ts';
import { withdrawUnlessWritten } from './office-handlers.ts';
import type { OfficeHandlerOptions } from './office-options.ts';

type BackupHandlers = Pick<Handlers<AppContract, HostCall, 'host'>, 'backups'>;
type Restore = AppContract['backups']['restore'];

export interface BackupHandlerOptions extends OfficeHandlerOptions {
  /** The user's documents folder. */
  readonly documentsDirectory: string;
}

/** Characters that some system refuses in a file name, and the dots that Windows drops at its end. */
const REFUSED_IN_NAMES = /[\p{Cc}<>:"/\\|?*]|\.+$/gu;

function suggestPath(options: BackupHandlerOptions, officeName: string): string {
  const name = officeName.replace(REFUSED_IN_NAMES, ' ').replace(/\s+/g, ' ').trim().slice(0, 80);
  const day = new Date(options.context.clock.now()).toISOString().slice(0, 10);
  return join(options.documentsDirectory, `${name || 'Office'} backup ${day}.age`);
}

async function restore(
  options: BackupHandlerOptions,
  { protection, password, ...input }: ParsedInputOf<Restore>,
  { window }: HostCall,
): Promise<OutputOf<Restore>> {
  const { context, session, directory } = options;
  const { path, key } = input;
  const officeId = OfficeId.parse((await context.vault.vaultOffice.verifyBackup({ path, key })).officeId);
  const prepared = await prepareDeviceSecret(context, officeId, protection);
  const place = { directory, window, newPassword: password, deviceSecret: prepared.secret };
  try {
    const {
      opened: _opened,
      alerts: _alerts,
      ...restored
    } = await session.enter(async () => ({
      ...(await context.vault.vaultOffice.restore({ ...input, ...place })),
      alerts: [],
    }));
    return restored;
  } catch (error) {
    // The office that a taken folder holds may be this very one, and knows nothing of the new secret.
    const taken = error instanceof AppError && error.code === 'BACKUP_TARGET_NOT_EMPTY';
    await (taken ? prepared.withdraw() : withdrawUnlessWritten(options, officeId, prepared));
    throw error;
  }
}

export function createBackupHandlers(options: BackupHandlerOptions): BackupHandlers {
  return {
    backups: {
      suggest: async () => ({ path: suggestPath(options, (await options.session.status()).office?.name ?? '') }),
      verify: (input) => options.context.vault.vaultOffice.verifyBackup(input),
      restore: (input, call) => restore(options, input, call),
    },
  };
}
