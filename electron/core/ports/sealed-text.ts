// Sealed texts at the vault's end, and at the end of whoever enters or shows a secret. The renderer has its own implementation of the same format.
import type { SealedPurpose, SealedText, SealingKey } from '../../../shared/model/sealed-text.ts';

/** One key pair for the life of a process. @see shared/model/sealed-text.ts for the format */
export interface SealedTexts {
  /** What others seal to so that `open` reads it. */
  publicKey(): Promise<SealingKey>;
  /** @throws {AppError} SESSION_SECRET_STALE when it was sealed for another process, or for another purpose */
  open(purpose: SealedPurpose, sealed: SealedText): Promise<string>;
  seal(to: SealingKey, purpose: SealedPurpose, text: string): Promise<SealedText>;
}
