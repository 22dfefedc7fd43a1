// What protects this office, and new keys for it.
import { z } from 'zod';
import { ClientId } from '../../model/ids.ts';
import { Instant } from '../../model/instant.ts';
import { call } from '../call.ts';
import { OwnFactors, Protection } from './office.ts';

/** Age of one key: how often it was replaced, and when last. */
const KeyAge = z.strictObject({ generation: z.int().min(1), since: Instant });

/** Facts, each measured; the screen words what they are worth. */
export const SecurityState = z.strictObject({
  protection: Protection,
  /** The signed-in user's own key derivation. */
  keyDerivation: z.strictObject({ memoryMiB: z.int(), passes: z.int(), lanes: z.int() }),
  factors: OwnFactors,
  users: z.strictObject({ total: z.int(), withSecondFactor: z.int(), invited: z.int() }),
  recoveryProvenAt: Instant.nullable(),
  /** Zero-based positions of the two groups to type back, as the kit asked for them; null once it is proven. */
  recoveryAsks: z.tuple([z.int().min(0).max(7), z.int().min(0).max(7)]).nullable(),
  /** Since when somebody who is no owner may know the recovery identity: an owner left, or a compromise was suspected. Null once kit and keys are new. */
  recoverySuspectSince: Instant.nullable(),
  lastBackup: z.strictObject({ at: Instant, verifiedAt: Instant.nullable() }).nullable(),
  officeKey: KeyAge,
  clientKeys: z.array(z.strictObject({ clientId: ClientId, name: z.string(), key: KeyAge })),
  /** Where the last known state is remembered outside the office: what a rolled-back file is compared with. */
  anchor: z.strictObject({ sequence: z.int(), at: Instant }).nullable(),
  audit: z.strictObject({
    entries: z.int(),
    intact: z.boolean(),
    checkpointKey: z.string(),
    lastCheckpointAt: Instant.nullable(),
  }),
  /** True where the folder lies on another computer. */
  networkFolder: z.boolean(),
  /** Whether the vault process writes nothing of itself to disk when it crashes: `off`, or `unknown` where the system does not say. */
  coreDumps: z.enum(['off', 'unknown']),
  lockAfterMinutes: z.int(),
});
export type SecurityState = z.infer<typeof SecurityState>;

export const Rotation = z.strictObject({
  /** `all` is the office key and every client's. */
  what: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('office') }),
    z.strictObject({ kind: z.literal('client'), clientId: ClientId }),
    z.strictObject({ kind: z.literal('all') }),
  ]),
  /**
   * After a suspected compromise the owners' signing key and the key that signs the audit log are new as well. The recovery identity stays: the
   * next step is `office.renewRecoveryKit`. So do personal identities: `users.reset` replaces one.
   */
  reason: z.enum(['routine', 'compromise']),
});
export type Rotation = z.infer<typeof Rotation>;

export const security = {
  state: call({ permission: 'security.read' }, z.strictObject({}), SecurityState),
  /** New keys: every database is written anew under its new key, checked, and put in the place of the old. A crash leaves one that opens. */
  rotate: call(
    { permission: 'keys.rotate', audited: true, stepUp: true },
    Rotation,
    z.strictObject({ databases: z.int(), bytes: z.int() }),
  ),
};
