// The signed-in user's own second factors. Codes are a gate of a running office; a device's output is part of the key.
import { z } from 'zod';
import { Instant } from '../../model/instant.ts';
import { SealedText, SealingKey } from '../../model/sealed-text.ts';
import { call } from '../call.ts';

const Nothing = z.strictObject({});

export const FactorState = z.strictObject({
  code: z.strictObject({ enrolledAt: Instant, recoveryCodesLeft: z.int().min(0) }).nullable(),
  device: z.strictObject({ enrolledAt: Instant, label: z.string() }).nullable(),
  /** A kind of device this program can talk to; null where it can't talk to any. */
  deviceSupport: z.string().nullable(),
});
export type FactorState = z.infer<typeof FactorState>;

/** What an authenticator app is told, once: sealed JSON `{uri, secret}` with purpose `one-time-codes`. @see https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
export const CodeEnrolment = z.strictObject({ uri: z.string(), secret: z.string() });
export type CodeEnrolment = z.infer<typeof CodeEnrolment>;

export const factors = {
  state: call({ permission: 'signed-in', runsIn: 'host' }, Nothing, FactorState),
  /** Starts an enrolment that `confirmCode` ends; a second start replaces the first. */
  beginCode: call(
    { permission: 'signed-in', stepUp: true },
    z.strictObject({ replyKey: SealingKey }),
    z.strictObject({ enrolment: SealedText }),
  ),
  /** Proves that the app is set up. Answers ten recovery codes as sealed JSON, purpose `recovery-codes`. @throws FACTOR_CODE_WRONG, FACTOR_NOT_STARTED */
  confirmCode: call(
    { permission: 'signed-in', audited: true, stepUp: true },
    z.strictObject({ code: z.string().max(64), replyKey: SealingKey }),
    z.strictObject({ recoveryCodes: SealedText }),
  ),
  /** Ten new recovery codes; the old ones open nothing any more. @throws FACTOR_NOT_ENROLLED */
  renewRecoveryCodes: call(
    { permission: 'signed-in', audited: true, stepUp: true },
    z.strictObject({ replyKey: SealingKey }),
    z.strictObject({ recoveryCodes: SealedText }),
  ),
  /** @throws FACTOR_NOT_ENROLLED, SESSION_PASSWORD_TOO_SHORT when the password is too short to stand alone */
  removeCode: call({ permission: 'signed-in', audited: true, stepUp: true }, Nothing, Nothing),
  /** Makes a device's output part of the own key; the password proves the rewrap. @throws FACTOR_DEVICE_*, SESSION_WRONG_CREDENTIALS */
  addDevice: call(
    { permission: 'signed-in', runsIn: 'host', audited: true, stepUp: true },
    z.strictObject({ password: SealedText }),
    FactorState,
  ),
  removeDevice: call(
    { permission: 'signed-in', runsIn: 'host', audited: true, stepUp: true },
    z.strictObject({ password: SealedText }),
    FactorState,
  ),
};
