// Fingerprint version 1 of a transaction: what makes two deliveries of one row the same. A change here needs version 2 and a migration.
import { hash } from 'node:crypto';
import type { FingerprintedFields } from '../../ports/ledger-store.ts';
import { normaliseText } from './normalise-text.ts';

/** Kept with every row, so that a later version knows what to compute anew. */
export const FINGERPRINT_VERSION = 1;

/** ISO 20022 writes NOTPROVIDED where there is no end-to-end id. @see ISO 20022 pain.001 usage rule for EndToEndId */
function endToEnd(id: string | null): string {
  return id === null || id.toUpperCase() === 'NOTPROVIDED' ? '' : normaliseText(id);
}

/**
 * 16 bytes of SHA-256 over booking date, amount, text, counterparty and end-to-end id, as 32 hex digits. Account, state, balance after and
 * occurrence stand beside it in columns of their own: together they are the identity, a multiset, so that twins stay two rows. The source's
 * id is no part of it: banks reissue ids.
 */
export function fingerprintOf(row: FingerprintedFields): string {
  const parts = [
    row.bookingDate,
    row.amountMinor,
    row.currency,
    normaliseText(row.description),
    normaliseText(row.counterparty ?? ''),
    endToEnd(row.endToEndId),
  ];
  return hash('sha256', parts.join('|'), 'hex').slice(0, 32);
}
