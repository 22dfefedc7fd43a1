// The vault's answers about backups: list, create, verify, restore.
import type { Handlers } from '../../../shared/ipc/call.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { VaultContract } from '../../../shared/ipc/processes/vault-contract.ts';
import { createBackup, type BackupInput } from './backup-create.ts';
import { verifyBackup, verifyOwnBackup } from './backup-read.ts';
import { restoreBackup } from './backup-restore.ts';
import type { CallContext, SessionHolder } from './call-context.ts';
import { handOutKit } from './office-recovery.ts';
import { startSession, welcome } from './door.ts';
import { inTurn } from './permitted-turns.ts';
import type { VaultServices } from './services.ts';
import type { OfficeSession } from './session.ts';
import type { Turns } from './turns.ts';

type BackupHandlers = Handlers<AppContract, CallContext, 'vault'>['backups'];
type BackupOfficeHandlers = Pick<Handlers<VaultContract, CallContext>['vaultOffice'], 'verifyBackup' | 'restore'>;

/** A backup and new keys wait for each other: neither a frozen file nor the key of what is being copied may change. */
export function createBackupHandlers(services: VaultServices, turns: Turns): BackupHandlers {
  return {
    list: (_input, context) => context.office.backups.list(),
    create: inTurn(turns, 'backups.create', (input: BackupInput, context) => createBackup(services, context, input)),
    verifyOwn: ({ path }, context) => verifyOwnBackup(services, context, path),
  };
}

/** Calls that need no open office. */
export function createBackupOfficeHandlers(services: VaultServices, holder: SessionHolder): BackupOfficeHandlers {
  return {
    verifyBackup: ({ path, key }) => verifyBackup(services, path, key),
    restore: async (input, context) => {
      const { unlocked, recovery, ...restored } = await restoreBackup(services, context, input);
      const { replyKey, window } = input;
      const due = async (session: OfficeSession) => ({
        ...restored,
        opened: welcome(services, session),
        kit: recovery && (await handOutKit(services, context, { kit: recovery.kit, replyKey })),
      });
      return await startSession(services, { holder, context }, { unlocked, window, due });
    },
  };
}
