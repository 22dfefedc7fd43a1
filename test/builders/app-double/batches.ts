// Invented batches: synced, imported, undone and one that waits; and the rows of a comparison.
import type {
  BatchStatement,
  BatchSummary,
  DiffCounts,
  DiffRow,
  Receipt,
} from '../../../shared/ipc/contract/batches.ts';
import type { TransactionRow } from '../../../shared/ipc/contract/transactions.ts';
import { addDays, CalendarDate } from '../../../shared/model/calendar-date.ts';
import { currencyExponent } from '../../../shared/model/currency.ts';
import { CurrencyCode } from '../../../shared/model/currency.ts';
import { accountId, batchId, connectionId, fakeHash, instantAgo } from './ids.ts';
import { ledgerOf, sumOf, type DoubleAccount } from './ledger.ts';

export const STAGED_COUNTS: DiffCounts = { new: 214, known: 1380, changed: 3, doubtful: 2 };

function dayAgo(days: number): CalendarDate {
  return CalendarDate.parse(instantAgo(days).slice(0, 10));
}

/** The part of a batch that concerns one account. */
export function batchStatement(account: DoubleAccount, counts: DiffCounts, index = 0): BatchStatement {
  const sum = sumOf(ledgerOf(account), 'booked');
  return {
    index,
    account: {
      id: account.iban ?? `number-${account.number}`,
      iban: account.iban,
      currency: CurrencyCode.parse(account.currency),
      name: account.name,
      institution: account.institution,
      kind: 'current',
    },
    accountId: accountId(account.number),
    accountName: account.name,
    ambiguous: false,
    from: dayAgo(400),
    to: dayAgo(1),
    rows: counts.new + counts.known + counts.changed + counts.doubtful,
    openingMinor: account.openingMinor.toString(),
    closingMinor: (account.openingMinor + sum).toString(),
    bookedMinor: sum.toString(),
    proof: account.proof,
    counts,
    inverted: false,
    signs: 'source',
    first: false,
  };
}

export interface BatchShape {
  readonly number: number;
  readonly age: number;
  readonly state: BatchSummary['state'];
  readonly kind: BatchSummary['kind'];
  readonly source: string;
  readonly counts: DiffCounts;
}

export function aBatch(account: DoubleAccount, shape: BatchShape): BatchSummary {
  const summary: BatchSummary = {
    id: batchId(shape.number),
    clientId: account.client,
    state: shape.state,
    kind: shape.kind,
    source: shape.source,
    reader: shape.kind === 'file' ? 'OFX 1.0.2, Windows-1252' : 'UK Open Banking v4.0',
    connectionId: shape.kind === 'connection' ? connectionId(account.connection ?? 1) : null,
    createdAt: instantAgo(shape.age),
    counts: shape.counts,
    statements: [batchStatement(account, shape.counts)],
    warnings:
      shape.kind === 'file'
        ? [{ code: 'CHARSET_GUESSED', text: 'The file names no character set; Windows-1252 fits its bytes.' }]
        : [],
    receipt: null,
    undecided: shape.state === 'undone' ? 0 : shape.counts.doubtful,
  };
  return shape.state === 'staged' ? summary : { ...summary, receipt: receiptOf(summary, account) };
}

export function receiptOf(batch: BatchSummary, account: DoubleAccount): Receipt {
  return {
    batchId: batch.id,
    source: batch.source,
    kind: batch.kind,
    payloadSha256: fakeHash(700),
    payloadBytes: 481_230,
    reader: batch.reader ?? '',
    from: dayAgo(400),
    to: dayAgo(1),
    counts: batch.counts,
    sums: [{ currency: account.currency, amountMinor: '-1204417' }],
    tls:
      batch.kind === 'file'
        ? null
        : {
            host: 'api.bank1.invalid',
            protocol: 'TLSv1.3',
            issuer: 'CN=Practice Authority',
            spkiSha256: 'A'.repeat(43) + '=',
          },
    committedAt: batch.createdAt,
    committedBy: 'Margarethe Thornbury-Oyelaran',
    previousHash: fakeHash(701),
    hash: fakeHash(702),
  };
}

const FILE_NAMES = ['umsaetze', 'statement', 'Kontoauszug', 'card'] as const;

/** Files of the first client's accounts in turn, one a day. */
function oldBatches(accounts: readonly DoubleAccount[], count: number): BatchSummary[] {
  const own = accounts.filter(({ number }) => number < 10);
  return Array.from({ length: count }, (_, index) => {
    const account = own[index % own.length];
    if (!account) throw new TypeError('the first client has accounts');
    const source = `${FILE_NAMES[index % FILE_NAMES.length] ?? ''}-${String(index + 1).padStart(4, '0')}.xml`;
    const counts = { new: (index * 7) % 90, known: (index * 3) % 40, changed: index % 3, doubtful: 0 };
    const state = index % 9 === 4 ? 'undone' : 'committed';
    return aBatch(account, { number: 50_000 + index, age: 60 + index, state, kind: 'file', source, counts });
  });
}

/** Some batches for each client's first account, one of them staged for the first client, and as many old ones of that as asked for. */
export function doubleBatches(accounts: readonly DoubleAccount[], old: number): BatchSummary[] {
  const recent = accounts
    .filter(({ number }) => number % 10 === 1)
    .flatMap((account) => {
      const n = account.number * 10;
      const quiet = { new: 14, known: 90, changed: 1, doubtful: 0 };
      const shapes: BatchShape[] = [
        { number: n + 1, age: 0.1, state: 'committed', kind: 'connection', source: account.institution, counts: quiet },
        { number: n + 2, age: 3, state: 'undone', kind: 'file', source: 'umsaetze_q2_(2).ofx', counts: quiet },
        {
          number: n + 3,
          age: 40,
          state: 'committed',
          kind: 'file',
          source: 'statement-2026-01.xml',
          counts: STAGED_COUNTS,
        },
      ];
      const staged: BatchShape = {
        number: n,
        age: 0.01,
        state: 'staged',
        kind: 'file',
        source: 'KONTOAUSZUG_2026_Q3_final_really_final.ofx',
        counts: STAGED_COUNTS,
      };
      return (account.number === 1 ? [staged, ...shapes] : shapes).map((shape) => aBatch(account, shape));
    });
  return [...recent, ...oldBatches(accounts, old)];
}

const REASONS: Record<DiffRow['kind'], DiffRow['reason']> = {
  new: 'no-match',
  known: 'same-source-id',
  changed: 'settles-pending',
  doubtful: 'similar-row',
};

/** A doubtful row's counterpart differs in day and wording, every other one in neither. */
function counterpartOf(row: TransactionRow, kind: DiffRow['kind']): DiffRow['counterpart'] {
  const { id, bookingDate, amountMinor, description, counterparty } = row;
  const same = { transactionId: id, state: 'booked', amountMinor, counterparty, source: 'Practice Bank' } as const;
  if (kind !== 'doubtful') return { ...same, bookingDate, description };
  return { ...same, bookingDate: addDays(bookingDate, -1), description: description.toUpperCase() };
}

/** Rows of a comparison in the order new, changed, doubtful, known. */
export function diffRows(account: DoubleAccount, counts: DiffCounts): DiffRow[] {
  const rows = ledgerOf(account);
  const kinds = (['new', 'changed', 'doubtful', 'known'] as const).flatMap((kind) =>
    Array.from({ length: counts[kind] }, () => kind),
  );
  return kinds.flatMap((kind, index) => {
    const row = rows[index % rows.length];
    if (!row) return [];
    return [
      {
        kind,
        reason: REASONS[kind],
        statement: 0,
        state: row.state === 'pending' ? ('pending' as const) : ('booked' as const),
        bookingDate: row.bookingDate,
        amountMinor: row.amountMinor,
        currency: row.currency,
        exponent: currencyExponent(row.currency),
        description: row.description,
        counterparty: row.counterparty,
        number: index + 1,
        counterpart: kind === 'new' ? null : counterpartOf(row, kind),
        decision: null,
      },
    ];
  });
}
