// How an app double begins. It knows nothing of what the double remembers.
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import type { CallChannel } from '../../../shared/ipc/channels.gen.ts';
import type { OfficeStatus, OwnFactors, SignInAlert } from '../../../shared/ipc/contract/office.ts';
import type { SecurityState } from '../../../shared/ipc/contract/security.ts';
import type { Role } from '../../../shared/model/roles.ts';

/** How a double begins and which calls misbehave. */
export interface DoubleOptions {
  /** Default `unlocked`. */
  readonly state?: OfficeStatus['state'];
  readonly lockReason?: OfficeStatus['lockReason'];
  /** Why the office cannot be opened. */
  readonly problem?: ErrorCode;
  /** Number of clients, at most twelve. Default all. Zero is an office that was just created. */
  readonly clients?: number;
  /** Default true. */
  readonly keychain?: boolean;
  /** The owner without colleagues. Default: with four, unless the office was just created. */
  readonly alone?: boolean;
  /** Who is signed in: the first of that role. Default the owner. */
  readonly role?: Role;
  /** The owner's second factors. Default none. */
  readonly factors?: Partial<OwnFactors>;
  /** The kind of device the program can talk to. Default none. */
  readonly deviceSupport?: string;
  /** Whether the signed-in person proved herself a moment ago. Default true. */
  readonly proven?: boolean;
  /** What the right password finds about the office. */
  readonly found?: ErrorCode;
  readonly recoveryProven?: boolean;
  readonly warnings?: readonly string[];
  readonly alerts?: readonly SignInAlert[];
  /** Facts that differ from a well-kept office's. */
  readonly security?: Partial<SecurityState>;
  /** Calls that answer with this error. */
  readonly failing?: Partial<Record<CallChannel, ErrorCode>>;
  /** Calls that never answer. */
  readonly pending?: readonly CallChannel[];
  readonly practiceRunning?: boolean;
  /** Old batches of the first client, beside the few that every client has. Default none. */
  readonly oldBatches?: number;
}
