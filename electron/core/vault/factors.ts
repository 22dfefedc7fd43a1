// Second factors a user proves at the door or afresh: codes of her app, each once, and single-use recovery codes. Devices are part of her key.
import { createHash, timingSafeEqual } from 'node:crypto';
import { Buffer } from 'node:buffer';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { UserId } from '../../../shared/model/ids.ts';
import type { Instant } from '../../../shared/model/instant.ts';
import { normaliseRecoveryText } from '../../../shared/model/recovery-key.ts';
import type { Random } from '../ports/clock.ts';
import type { FactorRepository } from '../ports/office-repositories.ts';
import type { VaultServices } from './services.ts';

const RECOVERY_CODES = 10;
/** Crockford's base 32. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function digestOf(code: string, salt: Uint8Array): string {
  return createHash('sha256').update('strongroom recovery code v1\n').update(salt).update(code).digest('hex');
}

/** 50 random bits as two groups of five. */
function newRecoveryCode(random: Random): string {
  const characters = Array.from(random(10), (byte) => ALPHABET.charAt(byte % 32)).join('');
  return `${characters.slice(0, 5)}-${characters.slice(5)}`;
}

export interface NewRecoveryCodes {
  readonly codes: readonly string[];
  readonly digests: readonly { readonly salt: Uint8Array; readonly digest: string }[];
}

/** Ten codes and the salted digests that stay behind. A code has 50 bits: its digest gives nothing away to who cannot read the vault. */
export function createRecoveryCodes(random: Random): NewRecoveryCodes {
  const codes = Array.from({ length: RECOVERY_CODES }, () => newRecoveryCode(random));
  const digests = codes.map((code) => {
    const salt = random(16);
    return { salt, digest: digestOf(normaliseRecoveryText(code), salt) };
  });
  return { codes, digests };
}

function findRecoveryCode(factors: FactorRepository, userId: UserId, typed: string): number | null {
  const code = normaliseRecoveryText(typed);
  const found = factors
    .recoveryCodes(userId)
    .filter(({ salt, digest }) => timingSafeEqual(Buffer.from(digestOf(code, salt)), Buffer.from(digest)));
  return found[0]?.id ?? null;
}

/** How a code proved itself; `spend` makes sure that it never does again, in the caller's transaction. @throws {AppError} SESSION_WRONG_CREDENTIALS where it did meanwhile */
export interface ProvenCode {
  readonly method: 'app' | 'recovery-code';
  spend(at: Instant): void;
}

function assertSpent(spent: boolean): void {
  if (!spent) throw new AppError('SESSION_WRONG_CREDENTIALS');
}

/** Judges a code without spending it; null for a wrong one. A step of the app that was used, or one before it, proves nothing. */
export function proveCode(
  services: Pick<VaultServices, 'oneTimeCodes' | 'clock'>,
  factors: FactorRepository,
  { userId, code }: { readonly userId: UserId; readonly code: string | null },
): ProvenCode | null {
  const app = factors.code(userId);
  if (!app || code === null) return null;
  const step = services.oneTimeCodes.stepOf(code, app.secret, services.clock.now());
  if (step !== null && step > app.lastStep)
    return { method: 'app', spend: () => assertSpent(factors.setLastStep(userId, step)) };
  const recoveryCode = findRecoveryCode(factors, userId, code);
  if (recoveryCode === null) return null;
  return { method: 'recovery-code', spend: (at) => assertSpent(factors.useRecoveryCode(recoveryCode, at)) };
}
