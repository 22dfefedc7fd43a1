// The host's answers to the `factors` calls: a device is plugged into this computer, the vault process has none.
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { Handlers } from '../../../shared/ipc/call.ts';
import type { HostCall } from '../app/host-call.ts';
import type { OfficeHandlerOptions } from './office-options.ts';
import { addDevice, factorState, removeDevice } from './own-proofs.ts';

export function createFactorHandlers(
  options: OfficeHandlerOptions,
): Pick<Handlers<AppContract, HostCall, 'host'>, 'factors'> {
  return {
    factors: {
      state: () => factorState(options),
      addDevice: (input) => addDevice(options, input),
      removeDevice: (input) => removeDevice(options, input),
    },
  };
}
