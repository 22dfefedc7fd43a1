// The vault's answers about the office itself: the doors, the recovery kit, preferences, and the host's own authorisation.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Handlers, ParsedInputOf } from '../../../shared/ipc/call.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { VaultContract } from '../../../shared/ipc/processes/vault-contract.ts';
import { createBackupOfficeHandlers } from './backup-handlers.ts';
import { assertPermitted, type CallContext, type SessionHolder } from './call-context.ts';
import { acceptInvitation, close, create, unlock } from './door.ts';
import { factorState } from './factor-handlers.ts';
import { rateNewPassword } from './office-password.ts';
import { proveRecoveryKit, saveRecoveryKit } from './office-recovery.ts';
import { inspectOffice, recoveryKitDue } from './office-unlock.ts';
import { anchorOf } from './open-office.ts';
import { changePassword, setDevice } from './own-key.ts';
import { inTurn } from './permitted-turns.ts';
import { recover } from './recover.ts';
import { renewRecoveryKit } from './renew-recovery-kit.ts';
import { isRotationUnfinished } from './rotation/finish-rotations.ts';
import type { VaultServices } from './services.ts';
import { refreshHeader } from './sign-in.ts';
import { stepUp } from './step-up.ts';
import type { Turns } from './turns.ts';
import { verifyOffice } from './verify-office.ts';

type OfficeHandlers = Pick<Handlers<AppContract, CallContext, 'vault'>, 'office'>;
type Calls<Name extends keyof VaultContract['vaultOffice']> = ParsedInputOf<VaultContract['vaultOffice'][Name]>;
type RenewInput = ParsedInputOf<AppContract['office']['renewRecoveryKit']>;
type DoorHandlers = Pick<Handlers<VaultContract, CallContext>, 'vaultOffice'>;

function setPreferences(context: CallContext, { lockAfterMinutes }: { lockAfterMinutes: number }): void {
  const { profile } = context.office;
  context.act(context.office, { subject: context.session.header().office.id, payload: { lockAfterMinutes } }, () =>
    profile.setLockAfterMinutes(lockAfterMinutes),
  );
  refreshHeader(context.session);
}

/** Nobody need be signed in to rate a password; who is, is rated with her factors in mind. */
function passwordOwner(context: CallContext) {
  if (!context.signedIn) return { secondFactor: false, deviceBound: true };
  const { session, office } = context;
  const { deviceSecret, secondFactorKey } = session.ownSlot().slot.policy;
  return { secondFactor: secondFactorKey || office.factors.code(session.userId) !== null, deviceBound: deviceSecret };
}

/** Calls of THE contract. */
export function createOfficeHandlers(services: VaultServices, turns: Turns): OfficeHandlers {
  return {
    office: {
      proveRecoveryKit: async ({ groups }, context) => {
        await proveRecoveryKit(services, context, groups);
        return {};
      },
      saveRecoveryKit: async ({ path }, context) => {
        await saveRecoveryKit(services, context, path);
        return {};
      },
      renewRecoveryKit: inTurn(turns, 'office.manage', (input: RenewInput, context) =>
        renewRecoveryKit(services, context, input),
      ),
      verify: (_input, context) => verifyOffice(services, context),
      setPreferences: (input, context) => {
        setPreferences(context, input);
        return {};
      },
    },
  };
}

/** The host's own calls. */
export function createDoorHandlers(services: VaultServices, holder: SessionHolder, turns: Turns): DoorHandlers {
  return {
    vaultOffice: {
      ...createBackupOfficeHandlers(services, holder),
      inspect: ({ directory }) => inspectOffice(services, directory, holder.current),
      create: (input, context) => create(services, { holder, context }, input),
      unlock: (input, context) => unlock(services, { holder, context }, input),
      acceptInvitation: (input, context) => acceptInvitation(services, { holder, context }, input),
      recover: (input, context) => recover(services, { holder, context }, input),
      changePassword: inTurn(turns, 'signed-in', async (input: Calls<'changePassword'>, context) => {
        await changePassword(services, context, input);
        return {};
      }),
      stepUp: async (input, context) => ({ session: await stepUp(services, context, input) }),
      setDevice: inTurn(turns, 'signed-in', async (input: Calls<'setDevice'>, context) => {
        await setDevice(services, context, input);
        return factorState(context);
      }),
      factorState: (_input, context) => factorState(context),
      due: (_input, context) => ({
        recoveryKit: recoveryKitDue(context.session),
        rotation: isRotationUnfinished(context),
      }),
      rate: ({ password, ...names }, context) =>
        rateNewPassword(services, password, { ...names, ...passwordOwner(context) }),
      anchor: (_input, { session }) => ({ anchor: anchorOf(services, session) }),
      close: () => ({ anchor: close(holder) }),
      authorise: (input, context) => {
        if (input.permission === 'public') throw new AppError('IPC_INPUT_INVALID', { where: 'permission' });
        assertPermitted(context, input);
        return context.principal;
      },
    },
  };
}
