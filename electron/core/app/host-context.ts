// What every use case of the host process works with. It holds no vault key and parses no foreign bytes.
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { Client, PayloadOf } from '../../../shared/ipc/call.ts';
import type { EventChannel } from '../../../shared/ipc/channels.gen.ts';
import type { ConnectorContract } from '../../../shared/ipc/processes/connector-contract.ts';
import type { VaultContract } from '../../../shared/ipc/processes/vault-contract.ts';
import type { Clock, Random } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { SecretStore } from '../ports/secret-store.ts';

type EventPayload<Channel extends string> = Channel extends `${infer Area}.${infer Name}`
  ? Area extends keyof AppContract
    ? Name extends keyof AppContract[Area]
      ? PayloadOf<AppContract[Area][Name]>
      : never
    : never
  : never;

/** Sends an event of THE contract to every window. */
export type Emit = <Channel extends EventChannel>(channel: Channel, payload: EventPayload<Channel>) => void;

/** Shared by the host's use cases. `vault` carries the session of the unlocked office. */
export interface HostContext {
  /** THE contract's vault calls, and the host's own calls to the vault. */
  readonly vault: Client<VaultContract> & Client<AppContract, 'vault'>;
  readonly connector: Client<ConnectorContract>;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly emit: Emit;
  /** Opens the bank's sign-in page in the user's own browser. https only, except loopback addresses of the practice bank. @throws {AppError} HOST_BROWSER_FAILED */
  readonly openSignIn: (url: string) => Promise<void>;
}
