// What matching looks at, and what it says. Rows carry what decides; their wording is fetched only for the few that need it.
import type { DiffKind, DiffRow } from '../../../shared/ipc/contract/batches.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { z } from 'zod';

interface Row {
  /** Number of the row in its table. */
  readonly number: number;
  readonly bookingDate: string;
  readonly amountMinor: string;
  /** 32 hex digits of fingerprint version 1. */
  readonly fingerprint: string;
  readonly sourceId: string | null;
  readonly balanceAfterMinor: string | null;
}

export interface IncomingRow extends Row {
  readonly state: 'pending' | 'booked';
}

export interface LedgerRow extends Row {
  readonly state: 'pending' | 'booked' | 'removed';
  /** A person took it out of the figures: it is still the row that a source brings again. */
  readonly excluded: boolean;
  /** The state in which it came; never changes. */
  readonly sourceState: 'pending' | 'booked';
  /** Reader of the batch that brought it: ids compare only within one kind of source. */
  readonly reader: string;
  /** Other fingerprints with their booking dates under which a source once showed it. */
  readonly aliases: readonly { readonly bookingDate: string; readonly fingerprint: string }[];
}

/** First and last day of the slice. Days strictly between are presented whole; at the edges a day may be cut. */
export interface Coverage {
  readonly first: string;
  readonly last: string;
}

export type MatchReason = z.infer<typeof DiffRow>['reason'];

/** `ledger` is the row meant: the same one, the one to change, the pending one that settles, the similar one. */
export interface Match {
  readonly incoming: number;
  readonly kind: z.infer<typeof DiffKind>;
  readonly reason: MatchReason;
  readonly ledger: number | null;
}

/** What an account of the ledger is known by. */
export interface AccountIdentity {
  readonly id: AccountId;
  readonly iban: string | null;
  readonly institution: string | null;
  /** What its first source called it. */
  readonly sourceNumber: string;
  readonly currency: string;
}
