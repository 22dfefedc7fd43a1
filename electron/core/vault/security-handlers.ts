// The vault's answers about what protects the office.
import type { Handlers } from '../../../shared/ipc/call.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { CallContext } from './call-context.ts';
import { rotateKeys } from './rotation/rotate-keys.ts';
import type { VaultServices } from './services.ts';

type SecurityHandlers = Pick<Handlers<AppContract, CallContext, 'vault'>['security'], 'rotate'>;

export function createSecurityHandlers(services: VaultServices): SecurityHandlers {
  return {
    rotate: (rotation, context) => rotateKeys(services, context, rotation),
  };
}
