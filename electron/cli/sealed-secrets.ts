// Secrets of one command: sealed on their way to the vault process, opened when they come back to be shown once. It keeps none.
import { fromWireError } from '../../shared/errors/app-error.ts';
import { RecoveryKit } from '../../shared/ipc/contract/office.ts';
import {
  NO_SEALING_KEY,
  type SealedPurpose,
  type SealedText,
  type SealingKey,
} from '../../shared/model/sealed-text.ts';
import { createSealedTexts } from '../adapters/crypto/hpke-sealed-texts.ts';
import type { AppClient } from './command.ts';

export interface SealedSecrets {
  /** To the vault process as it is now: it takes a new key with every lock. @throws {AppError} what keeps the process from answering */
  seal(purpose: SealedPurpose, text: string): Promise<SealedText>;
  /** What the vault process seals to so that `open` reads it. */
  replyKey(): Promise<SealingKey>;
  /** @throws {AppError} SESSION_SECRET_STALE */
  open(purpose: SealedPurpose, sealed: SealedText): Promise<string>;
  openKit(sealed: SealedText): Promise<RecoveryKit>;
}

export function createSealedSecrets(app: Pick<AppClient, 'office'>): SealedSecrets {
  const texts = createSealedTexts();
  return {
    seal: async (purpose, text) => {
      const { entryKey, problem } = await app.office.status({});
      if (problem && entryKey === NO_SEALING_KEY) throw fromWireError(problem);
      return await texts.seal(entryKey, purpose, text);
    },
    replyKey: () => texts.publicKey(),
    open: (purpose, sealed) => texts.open(purpose, sealed),
    openKit: async (sealed) => RecoveryKit.parse(JSON.parse(await texts.open('recovery-kit', sealed))),
  };
}
