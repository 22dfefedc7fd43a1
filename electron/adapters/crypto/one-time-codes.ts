// Codes of authenticator apps over otpauth: SHA-1, six digits, 30 seconds. It remembers no step and no secret.
import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { CODE_STEP_SECONDS, type OneTimeCodes } from '../../core/ports/one-time-codes.ts';

const SECRET_BYTES = 20;
const DIGITS = 6;
/** Steps on either side of now that a code may belong to. @see RFC 6238 §5.2 */
const NEIGHBOURS = 1;

const secretOf = (bytes: Uint8Array): Secret => new Secret({ buffer: new Uint8Array(bytes).buffer });

/** What the app makes and shows at `timestamp`. */
const appOf = (secret: Secret): TOTP =>
  new TOTP({ secret, algorithm: 'SHA1', digits: DIGITS, period: CODE_STEP_SECONDS });

/** Digits as people read and type them: `123 456`. */
const typedDigits = (code: string): string => code.normalize('NFKC').replaceAll(/[\s-]/g, '');

/** @see RFC 6238, RFC 4226 §5.3 */
export function createOneTimeCodes(): OneTimeCodes {
  return {
    newSecret: () => randomBytes(SECRET_BYTES),
    describe: ({ secret, issuer, account }) => {
      const app = appOf(secretOf(secret));
      app.issuer = issuer;
      app.label = account;
      return { uri: app.toString(), secret: app.secret.base32 };
    },
    stepOf: (code, secret, now) => {
      const token = typedDigits(code);
      if (!/^\d{6}$/.test(token)) return null;
      const delta = appOf(secretOf(secret)).validate({ token, timestamp: now, window: NEIGHBOURS });
      return delta === null ? null : Math.floor(now / 1000 / CODE_STEP_SECONDS) + delta;
    },
  };
}
