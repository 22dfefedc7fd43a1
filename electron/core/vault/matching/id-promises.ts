// What each kind of source promises about the ids of its transactions. An id is never more than a hint, and only within one account and one kind.

/** `account`: unique and repeated within an account, so equal ids hint at one row. `none`: says nothing. */
export type IdPromise = 'account' | 'none';

interface SourceKind {
  readonly prefix: string;
  readonly ids: IdPromise;
  /** True where a second row with the same id and content in one answer is a page delivered twice, not a twin. */
  readonly repeatsPages: boolean;
  readonly source: string;
}

/**
 * By the beginning of the reader's name. FITID: "uniquely identifies the transaction … used to detect duplicate downloads", per account; banks
 * break it (twins share one, downloads renumber), so files are believed row by row. TransactionId: optional, "unique identifier for the
 * transaction within a servicing institution", final only where TransactionMutability is Immutable. AcctSvcrRef and NtryRef are references of a
 * booking or of a place in a statement; several entries of one batch may share them. The servicing institution's reference of MT940 and MT942 is
 * optional and names an order: both sides of a transfer, or all entries of a batch, may have the same. A report (MT942) and the statement
 * after it are one kind of source.
 */
export const SOURCE_KINDS: readonly SourceKind[] = [
  {
    prefix: 'uk-open-banking',
    ids: 'account',
    repeatsPages: true,
    source:
      'UK Open Banking Account and Transaction API v4.0, OBReadTransaction6, TransactionId and TransactionMutability',
  },
  { prefix: 'ofx', ids: 'account', repeatsPages: false, source: 'OFX 2.2 §3.2.1 and §11.4.4, FITID' },
  { prefix: 'mt94', ids: 'none', repeatsPages: false, source: 'SWIFT MT 940 and MT 942, field 61, subfield 8' },
  {
    prefix: 'csv',
    ids: 'none',
    repeatsPages: false,
    source: 'each bank fills its columns as it likes; RFC 4180 has no ids',
  },
  { prefix: 'qif', ids: 'none', repeatsPages: false, source: 'Quicken Interchange Format, N: the number of a check' },
  {
    prefix: 'bai2',
    ids: 'none',
    repeatsPages: false,
    source: 'BAI Cash Management Balance Reporting Specifications 2, record 16, Bank Ref #: optional, an order’s',
  },
  { prefix: 'camt', ids: 'none', repeatsPages: false, source: 'ISO 20022 camt.053.001.08, NtryRef and AcctSvcrRef' },
];

const OTHER: SourceKind = {
  prefix: 'other',
  ids: 'none',
  repeatsPages: false,
  source: 'unknown sources promise nothing',
};

/** The kind of source behind a reader's name: `ofx 1.02`, `uk-open-banking-4.0`. */
export function sourceKindOf(reader: string): SourceKind {
  const name = reader.toLowerCase();
  return SOURCE_KINDS.find((kind) => name.startsWith(kind.prefix)) ?? OTHER;
}
