// The chained receipt of a committed batch: one hash over canonical JSON of everything it says and the receipt before it. Anyone can verify it.
import { hash } from 'node:crypto';
import type { Receipt } from '../../../shared/ipc/contract/batches.ts';
import { canonicalJson } from '../../../shared/model/canonical-json.ts';

/** The hash before a client's first receipt. */
export const FIRST_PREVIOUS_HASH = '0'.repeat(64);

/** SHA-256 in hex over all fields but `hash` itself. */
export function receiptHash(receipt: Omit<Receipt, 'hash'>): string {
  return hash('sha256', `strongroom receipt v1\n${canonicalJson(receipt)}`, 'hex');
}

/** Closes a receipt. */
export function sealReceipt(receipt: Omit<Receipt, 'hash'>): Receipt {
  return { ...receipt, hash: receiptHash(receipt) };
}

/** Position of the first receipt that doesn't follow from the one before, or null. `receipts` oldest first. */
export function verifyReceiptChain(receipts: readonly Receipt[]): number | null {
  let previousHash = FIRST_PREVIOUS_HASH;
  for (const [position, receipt] of receipts.entries()) {
    const { hash: stated, ...fields } = receipt;
    if (receipt.previousHash !== previousHash || stated !== receiptHash(fields)) return position;
    previousHash = stated;
  }
  return null;
}
