// Signed checkpoints of audit chains: the office's word, under its own key, that a chain had a certain head. It checks no entries.
import { Buffer } from 'node:buffer';
import { canonicalJson } from '../../../../shared/model/canonical-json.ts';
import type { Instant } from '../../../../shared/model/instant.ts';
import type { AuditCheckpoint } from '../../ports/audit-chain.ts';
import type { OfficeKeyring } from '../../ports/office-repositories.ts';
import type { Store } from '../../ports/vault-store.ts';
import { signText, verifyText } from '../keys/signing-key.ts';

/** So many entries at most have no checkpoint behind them while an office is at work. */
export const CHECKPOINT_INTERVAL = 100;

/** Who signs, and when: the keyring of the office database, also for its clients' chains. */
export interface CheckpointSigner {
  readonly keyring: Pick<OfficeKeyring, 'checkpointKey' | 'checkpointSecret'>;
  readonly at: Instant;
}

/** What a checkpoint signs. */
export function checkpointText(chain: string, { sequence, hash, at }: Omit<AuditCheckpoint, 'signature'>): string {
  return canonicalJson({ magic: 'strongroom/v1/audit-checkpoint', chain, sequence, hash, at });
}

/** Signs with the office's checkpoint key. */
export function signWith({ keyring }: CheckpointSigner, text: string): string {
  const seed = Buffer.from(keyring.checkpointSecret, 'base64');
  try {
    return signText(seed, text);
  } finally {
    seed.fill(0);
  }
}

/**
 * Signs the head of a store's chain unless it has a checkpoint of today's key: before a backup, an export, and at close. It joins a
 * transaction that is open on that store, or is one of its own.
 * @throws {AppError} VAULT_*
 */
export function signCheckpoint(store: Pick<Store, 'audit' | 'transaction'>, signer: CheckpointSigner): void {
  const { audit } = store;
  const [head, last, publicKey] = [audit.head(), audit.lastCheckpoint(), signer.keyring.checkpointKey];
  const signed = last?.sequence === head.sequence && last.publicKey === publicKey;
  if (signed || head.sequence === 0) return;
  const unsigned = { ...head, at: signer.at, publicKey };
  const signature = signWith(signer, checkpointText(audit.chain, unsigned));
  store.transaction(() => audit.addCheckpoint({ ...unsigned, signature }));
}

/** The same once `CHECKPOINT_INTERVAL` entries have come since: called with every action. */
export function signDueCheckpoint(store: Pick<Store, 'audit' | 'transaction'>, signer: () => CheckpointSigner): void {
  const since = store.audit.head().sequence - (store.audit.lastCheckpoint()?.sequence ?? 0);
  if (since >= CHECKPOINT_INTERVAL) signCheckpoint(store, signer());
}

/** True when a checkpoint carries the signature of the key it names. */
export function checkpointHolds(chain: string, checkpoint: AuditCheckpoint): boolean {
  return verifyText(checkpoint.publicKey, checkpointText(chain, checkpoint), checkpoint.signature);
}
