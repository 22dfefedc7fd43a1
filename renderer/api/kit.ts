// A recovery kit as it comes from the vault: sealed to this page. It keeps none.
import { RecoveryKit } from '../../shared/ipc/contract/office.ts';
import type { SealedText } from '../../shared/model/sealed-text.ts';
import { openJson } from './secrets.ts';

/** @throws {AppError} SESSION_SECRET_STALE when it was sealed to another page */
export function openKit(sealed: SealedText): Promise<RecoveryKit> {
  return openJson(RecoveryKit, 'recovery-kit', sealed);
}
