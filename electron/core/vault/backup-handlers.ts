// The vault's answers about backups: list, create, verify, restore.
import type { Handlers } from '../../../shared/ipc/call.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { VaultContract } from '../../../shared/ipc/processes/vault-contract.ts';
import { createBackup } from './backup-create.ts';
import { verifyBackup, verifyOwnBackup } from './backup-read.ts';
import { restoreBackup } from './backup-restore.ts';
import type { CallContext, SessionHolder } from './call-context.ts';
import { handOutKit } from './office-recovery.ts';
import { startSession } from './door.ts';
import type { VaultServices } from './services.ts';

type BackupHandlers = Handlers<AppContract, CallContext, 'vault'>['backups'];
type BackupOfficeHandlers = Pick<Handlers<VaultContract, CallContext>['vaultOffice'], 'verifyBackup' | 'restore'>;

export function createBackupHandlers(services: VaultServices): BackupHandlers {
  let last: Promise<unknown> = Promise.resolve();

  /** One at a time: a frozen file can't be frozen again. A failure belongs to its own caller, the next one goes ahead. */
  function afterTheLast<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work);
    last = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }

  return {
    list: (_input, context) => context.office.backups.list(),
    create: (input, context) => afterTheLast(() => createBackup(services, context, input)),
    verifyOwn: ({ path }, context) => verifyOwnBackup(services, context, path),
  };
}

/** Calls that need no open office. */
export function createBackupOfficeHandlers(services: VaultServices, holder: SessionHolder): BackupOfficeHandlers {
  return {
    verifyBackup: ({ path, key }) => verifyBackup(services, path, key),
    restore: async (input, context) => {
      const { unlocked, recovery, ...restored } = await restoreBackup(services, context, input);
      const opened = await startSession(services, { holder, context }, { unlocked, window: input.window });
      const { replyKey } = input;
      const kit = recovery && (await handOutKit(services, context, { kit: recovery.kit, replyKey }));
      return { ...restored, opened, kit };
    },
  };
}
