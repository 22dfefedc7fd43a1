// Time-based one-time codes as authenticator apps make them: SHA-1, six digits, 30 seconds. It remembers nothing.

/** Seconds of a step. @see RFC 6238 §4 */
export const CODE_STEP_SECONDS = 30;

export interface OneTimeCodes {
  /** 20 random bytes. @see RFC 4226 §4 R6 */
  newSecret(): Uint8Array;
  /** What a QR code tells the app, and the secret in base 32 to type. */
  describe(enrolment: { readonly secret: Uint8Array; readonly issuer: string; readonly account: string }): {
    readonly uri: string;
    readonly secret: string;
  };
  /** The step a code belongs to, the one of `now` (milliseconds) or a neighbour; null when it belongs to none. In constant time. */
  stepOf(code: string, secret: Uint8Array, now: number): number | null;
}
