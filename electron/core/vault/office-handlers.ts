// The vault's answers about the office itself: create, unlock, close, preferences, the recovery kit, and the host's own authorisation.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Handlers } from '../../../shared/ipc/call.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { VaultContract } from '../../../shared/ipc/processes/vault-contract.ts';
import { createBackupOfficeHandlers } from './backup-handlers.ts';
import { assertPermitted, type CallContext, type SessionHolder } from './call-context.ts';
import { openInto } from './open-into.ts';
import { createOffice } from './office-create.ts';
import { proveRecoveryKit } from './office-recovery.ts';
import { inspectOffice, openedOffice, unlockHeader } from './office-unlock.ts';
import type { VaultServices } from './services.ts';
import type { OfficeSession } from './session.ts';
import { verifyOffice } from './verify-office.ts';

type OfficeHandlers = Pick<Handlers<AppContract, CallContext, 'vault'>, 'office'> &
  Pick<Handlers<VaultContract, CallContext>, 'vaultOffice'>;

/** The header's copy of the lock time is for the lock screen; the database decides. */
function refreshHeader(session: OfficeSession): void {
  const { lockAfterMinutes } = session.office.store.profile.get();
  if (session.header().lockAfterMinutes !== lockAfterMinutes) session.updateHeader({ lockAfterMinutes });
}

function setPreferences(context: CallContext, { lockAfterMinutes }: { lockAfterMinutes: number }): void {
  const { profile } = context.office;
  context.act(context.office, { subject: context.session.header().office.id, payload: { lockAfterMinutes } }, () =>
    profile.setLockAfterMinutes(lockAfterMinutes),
  );
  refreshHeader(context.session);
}

export function createVaultOfficeHandlers(services: VaultServices, holder: SessionHolder): OfficeHandlers {
  return {
    office: {
      proveRecoveryKit: ({ groups }, context) => {
        proveRecoveryKit(context, groups);
        return {};
      },
      verify: (_input, context) => verifyOffice(services, context),
      setPreferences: (input, context) => {
        setPreferences(context, input);
        return {};
      },
    },
    vaultOffice: {
      ...createBackupOfficeHandlers(services, holder),
      inspect: ({ directory }) => inspectOffice(services, directory, holder.current),
      create: async (input, context) => {
        const { unlocked, kit } = await createOffice(services, context, input);
        const { directory } = input;
        const session = await openInto(services, holder, { directory, unlock: () => Promise.resolve(unlocked) });
        return { opened: openedOffice(session), kit };
      },
      unlock: async (input, context) => {
        const { directory } = input;
        const session = await openInto(services, holder, { directory, unlock: () => unlockHeader(services, input) });
        context.signIn(session);
        context.act(context.office, { subject: session.header().office.id }, () => undefined);
        refreshHeader(session);
        return openedOffice(session);
      },
      close: () => {
        holder.current?.close();
        holder.current = null;
        return {};
      },
      authorise: (input, context) => {
        if (input.permission === 'public') throw new AppError('IPC_INPUT_INVALID', { where: 'permission' });
        assertPermitted(context, input);
        return context.principal;
      },
    },
  };
}
