// A secret on its way through processes that must not keep it: sealed by whoever has it to whoever may read it. It does no cryptography.
import { z } from 'zod';

/** A P-256 public key as 65 raw bytes, base64url. */
export const SealingKey = z.string().regex(/^[A-Za-z0-9_-]{87}$/);
export type SealingKey = z.infer<typeof SealingKey>;

/** Stands where there is no key: it is no point of the curve, and nothing can be sealed to it. */
export const NO_SEALING_KEY: SealingKey = 'A'.repeat(87);

/**
 * What a sealed text is for. It is authenticated with the text, so that one secret cannot be handed in as another.
 * The first row travels inwards, from a window to the vault process; the second outwards, to the window that asked, to be shown once.
 */
export const SEALED_PURPOSES = [
  ...(['password', 'new-password', 'recovery-key', 'passphrase', 'kit-groups'] as const),
  ...(['recovery-kit', 'invitation-code', 'one-time-codes', 'recovery-codes'] as const),
] as const;
export type SealedPurpose = (typeof SEALED_PURPOSES)[number];

/**
 * One UTF-8 text under HPKE base mode: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. `info` is `strongroom/v1/sealed-text`, the
 * associated data the purpose.
 * @see RFC 9180 §5.1.1
 */
export const SealedText = z.strictObject({
  encapsulated: SealingKey,
  /** base64url of at most 4 KiB. */
  ciphertext: z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/)
    .max(5500),
});
export type SealedText = z.infer<typeof SealedText>;
