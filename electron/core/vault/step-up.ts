// A fresh proof of who sits at a window: a code or the device of who has them, the password of who has neither.
import type { ParsedInputOf } from '../../../shared/ipc/call.ts';
import type { VaultContract } from '../../../shared/ipc/processes/vault-contract.ts';
import { deny, type CallContext } from './call-context.ts';
import { proveCode, type ProvenCode } from './factors.ts';
import { fromBase64 } from './keys/key-tools.ts';
import { assertOwnCredentials, credentialsOf, deviceDigestOf } from './own-key.ts';
import type { VaultServices } from './services.ts';

type StepUpInput = ParsedInputOf<VaultContract['vaultOffice']['stepUp']>;

interface Proof {
  readonly method: 'password' | 'device' | ProvenCode['method'];
  spend: ProvenCode['spend'];
}

const nothingToSpend = (): void => undefined;

function refuse(context: CallContext): never {
  return deny(context, 'SESSION_WRONG_CREDENTIALS', { subject: context.session.userId });
}

function proveDevice({ session }: CallContext, output: string | null): Proof | null {
  if (output === null || deviceDigestOf(fromBase64(output)) !== session.waiting.deviceDigest) return null;
  return { method: 'device', spend: nothingToSpend };
}

function proveByCode(services: VaultServices, context: CallContext, code: string | null): Proof {
  return proveCode(services, context.office.factors, { userId: context.session.userId, code }) ?? refuse(context);
}

async function proveByPassword(services: VaultServices, context: CallContext, input: StepUpInput): Promise<Proof> {
  if (input.password === null) return refuse(context);
  const password = await services.sealedTexts.open('password', input.password);
  await assertOwnCredentials(services, context, credentialsOf(password, input));
  return { method: 'password', spend: nothingToSpend };
}

async function prove(services: VaultServices, context: CallContext, input: StepUpInput): Promise<Proof> {
  const { office, session } = context;
  const device = session.ownSlot().slot.policy.secondFactorKey;
  const byDevice = device ? proveDevice(context, input.deviceOutput) : null;
  if (byDevice) return byDevice;
  if (office.factors.code(session.userId)) return proveByCode(services, context, input.code);
  return device ? refuse(context) : await proveByPassword(services, context, input);
}

/** Returns the session's new token. @throws {AppError} SESSION_WRONG_CREDENTIALS, SESSION_SECRET_STALE */
export async function stepUp(services: VaultServices, context: CallContext, input: StepUpInput): Promise<string> {
  const { session } = context;
  const proof = await prove(services, context, input);
  // While a password was derived, a rotation may have opened the office's database anew.
  const { office } = context;
  context.act(office, { subject: session.userId, payload: { factor: proof.method } }, () => proof.spend(context.now()));
  session.proofs.grant(input.window);
  return session.tokens.renew();
}
