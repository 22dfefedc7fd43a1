// The vault's answers about the signed-in user's own second factors.
import type { Handlers } from '../../../shared/ipc/call.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { FactorState } from '../../../shared/ipc/contract/factors.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { CallContext } from './call-context.ts';
import { createRecoveryCodes, type NewRecoveryCodes } from './factors.ts';
import { assertPasswordMayStandAlone, setCodeFlag } from './own-key.ts';
import type { VaultServices } from './services.ts';

type FactorHandlers = Pick<Handlers<AppContract, CallContext, 'vault'>, 'factors'>['factors'];

const ISSUER = 'Strongroom';

/** `deviceSupport` is the host's to say: the vault process sees no device. */
export function factorState({ office, session }: CallContext): FactorState {
  const { device } = session.ownSlot().slot;
  const code = office.factors.code(session.userId);
  const recoveryCodesLeft = office.factors.recoveryCodes(session.userId).length;
  return {
    code: code && { enrolledAt: code.enrolledAt, recoveryCodesLeft },
    device: device && { enrolledAt: device.enrolledAt, label: device.label },
    deviceSupport: null,
  };
}

async function handOutCodes(services: VaultServices, { codes }: NewRecoveryCodes, replyKey: string) {
  return { recoveryCodes: await services.sealedTexts.seal(replyKey, 'recovery-codes', JSON.stringify(codes)) };
}

function confirmCode(services: VaultServices, context: CallContext, code: string): NewRecoveryCodes {
  const { office, session } = context;
  const { userId, waiting } = session;
  const secret = waiting.codeSecret;
  if (!secret) throw new AppError('FACTOR_NOT_STARTED');
  const step = services.oneTimeCodes.stepOf(code, secret, services.clock.now());
  if (step === null) throw new AppError('FACTOR_CODE_WRONG');
  const made = createRecoveryCodes(services.random);
  context.act(office, { subject: userId }, () => {
    office.factors.setCode(userId, { secret, enrolledAt: context.now(), lastStep: step });
    office.factors.setRecoveryCodes(userId, made.digests);
    // Before the commit: a screen that asks for a code nobody needs is harmless, one that doesn't ask for a needed one shuts her out.
    setCodeFlag(services, session, true);
  });
  waiting.codeSecret = null;
  return made;
}

function renewCodes(services: VaultServices, context: CallContext): NewRecoveryCodes {
  const { office, session } = context;
  if (!office.factors.code(session.userId)) throw new AppError('FACTOR_NOT_ENROLLED');
  const made = createRecoveryCodes(services.random);
  context.act(office, { subject: session.userId }, () => office.factors.setRecoveryCodes(session.userId, made.digests));
  return made;
}

function removeCode(services: VaultServices, context: CallContext): void {
  const { office, session } = context;
  if (!office.factors.code(session.userId)) throw new AppError('FACTOR_NOT_ENROLLED');
  if (!session.ownSlot().slot.policy.secondFactorKey) assertPasswordMayStandAlone(context);
  context.act(office, { subject: session.userId }, () => office.factors.removeCode(session.userId));
  setCodeFlag(services, session, false);
}

export function createFactorHandlers(services: VaultServices): FactorHandlers {
  return {
    beginCode: async ({ replyKey }, context) => {
      const secret = services.oneTimeCodes.newSecret();
      const account = `${context.principal.name}, ${context.session.header().office.name}`;
      context.session.waiting.codeSecret = secret;
      const enrolment = services.oneTimeCodes.describe({ secret, issuer: ISSUER, account });
      return { enrolment: await services.sealedTexts.seal(replyKey, 'one-time-codes', JSON.stringify(enrolment)) };
    },
    confirmCode: async ({ code, replyKey }, context) =>
      await handOutCodes(services, confirmCode(services, context, code), replyKey),
    renewRecoveryCodes: async ({ replyKey }, context) =>
      await handOutCodes(services, renewCodes(services, context), replyKey),
    removeCode: (_input, context) => {
      removeCode(services, context);
      return {};
    },
  };
}
