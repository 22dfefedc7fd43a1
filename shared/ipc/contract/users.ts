// People of the office: who they are, what they may do and whose data they hold keys to.
import { z } from 'zod';
import { ClientId, UserId } from '../../model/ids.ts';
import { Instant } from '../../model/instant.ts';
import { Role } from '../../model/roles.ts';
import { SealedText, SealingKey } from '../../model/sealed-text.ts';
import { call, event } from '../call.ts';
import { OwnFactors } from './office.ts';

/** Keys a user holds: every client's, those to come included, or those listed. Owners hold every key. */
export const Access = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('some'), clientIds: z.array(ClientId).max(1000) }),
]);
export type Access = z.infer<typeof Access>;

export const OfficeUserView = z.strictObject({
  id: UserId,
  name: z.string(),
  role: Role,
  /** `invited` until the code was used; `unreachable` after a restore, until invited anew. */
  state: z.enum(['active', 'invited', 'unreachable']),
  access: Access,
  factors: OwnFactors,
  createdAt: Instant,
  lastSignInAt: Instant.nullable(),
  invitationExpiresAt: Instant.nullable(),
});
export type OfficeUserView = z.infer<typeof OfficeUserView>;

/** `compromised` where somebody else may know her password or have her device: what she could open gets new keys. */
export const ResetReason = z.enum(['forgotten', 'compromised']);
export type ResetReason = z.infer<typeof ResetReason>;

const One = z.strictObject({ userId: UserId });
const Name = z.string().trim().min(1).max(200);

/** The code, shown once, sealed with purpose `invitation-code` to the call's `replyKey`. */
const Invitation = z.strictObject({ user: OfficeUserView, code: SealedText });

/** Rotation follows whenever someone loses access: whoever had a key has none that fits. */
export const users = {
  list: call({ permission: 'users.read' }, z.strictObject({}), z.array(OfficeUserView)),
  /** @throws USER_NAME_TAKEN */
  invite: call(
    { permission: 'users.manage', audited: true, stepUp: true },
    z.strictObject({ name: Name, role: Role, access: Access, replyKey: SealingKey }),
    Invitation,
  ),
  /** @throws USER_NOT_FOUND, USER_LAST_OWNER */
  setRole: call(
    { permission: 'users.manage', audited: true, stepUp: true },
    One.extend({ role: Role }),
    OfficeUserView,
  ),
  /** @throws USER_NOT_FOUND, USER_OWNER_ACCESS */
  setAccess: call(
    { permission: 'users.manage', audited: true, stepUp: true },
    One.extend({ access: Access }),
    OfficeUserView,
  ),
  /**
   * A new invitation for a user who lost password, device or codes. It reveals nothing of them. After `compromised` the identity she had opens
   * no current file. @throws USER_NOT_FOUND, USER_SELF
   */
  reset: call(
    { permission: 'users.manage', audited: true, stepUp: true },
    One.extend({ reason: ResetReason, replyKey: SealingKey }),
    Invitation,
  ),
  /** New keys for the office and every client she could open. @throws USER_NOT_FOUND, USER_LAST_OWNER, USER_SELF */
  remove: call({ permission: 'users.manage', audited: true, stepUp: true }, One, z.strictObject({})),
  changed: event(z.strictObject({})),
};
