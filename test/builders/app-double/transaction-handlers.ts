// The double's answers for transactions. Filters and sorts in plain arrays.
import type {
  TransactionDetail,
  TransactionFilter,
  TransactionRow,
  TransactionSort,
} from '../../../shared/ipc/contract/transactions.ts';
import { CurrencyCode } from '../../../shared/model/currency.ts';
import { MinorUnits } from '../../../shared/model/money.ts';
import { excludeRow, restoreRow, rowOf, rowsOf } from './excluded-rows.ts';
import { accountId, batchId, fakeHash, instantAgo } from './ids.ts';
import { sumOf } from './ledger.ts';
import type { AppHandlers, World } from './world.ts';

const SORT_KEYS: Record<TransactionSort['by'], (row: TransactionRow) => string | bigint> = {
  bookingDate: (row) => row.bookingDate,
  amount: (row) => BigInt(row.amountMinor),
  counterparty: (row) => (row.counterparty ?? '').toLowerCase(),
  description: (row) => row.description.toLowerCase(),
};

function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

function matches(row: TransactionRow, words: readonly string[]): boolean {
  const text = fold(`${row.description} ${row.counterparty ?? ''}`);
  return words.every((word) => text.includes(word));
}

/** Removed rows are shown only when they are asked for. */
function inState(row: TransactionRow, wanted: TransactionFilter['state']): boolean {
  return wanted === null ? row.state !== 'removed' : row.state === wanted;
}

function totalsOf(rows: readonly TransactionRow[]) {
  return [...new Set(rows.map(({ currency }) => currency))].map((currency) => {
    const own = rows.filter((row) => row.currency === currency);
    const count = (state: TransactionRow['state']): number => own.filter((row) => row.state === state).length;
    return {
      currency,
      booked: count('booked'),
      bookedMinor: sumOf(own, 'booked').toString(),
      pending: count('pending'),
      pendingMinor: sumOf(own, 'pending').toString(),
    };
  });
}

function provenance(row: TransactionRow): Omit<TransactionDetail, keyof TransactionRow | 'clientId' | 'excluded'> {
  const decimal = (Number(row.amountMinor.replace('-', '')) / 10 ** row.exponent).toFixed(row.exponent);
  return {
    transactionDate: row.bookingDate,
    rawAmount: decimal,
    rawSign: row.amountMinor.startsWith('-') ? 'Debit' : 'Credit',
    foreign: null,
    counterpartyAccount: 'GB94BARC10201530093459',
    endToEndId: 'E2E-2026-000481',
    sourceId: row.id.slice(-8),
    bankCode: 'PMNT-ICDT-ESCT',
    balanceAfterMinor: '1204417',
    details: Array.from({ length: row.children }, (_, index) => ({
      amount: {
        amountMinor: MinorUnits.parse(String(-(index + 1) * 1250)),
        currency: CurrencyCode.parse(row.currency),
        exponent: row.exponent,
      },
      description: `Salary ${index + 1}`,
      counterparty: `Employee ${index + 1}`,
      counterpartyAccount: null,
      endToEndId: `E2E-${index + 1}`,
      sourceId: null,
    })),
    occurrence: 1,
    fingerprintVersion: 1,
    raw: JSON.stringify(
      {
        TransactionId: row.id.slice(-8),
        Amount: { Amount: decimal, Currency: row.currency },
        TransactionInformation: row.description,
      },
      null,
      2,
    ),
    batch: {
      id: batchId(11),
      source: 'Practice Bank',
      kind: 'connection',
      committedAt: instantAgo(0.1),
      committedBy: 'Margarethe Thornbury-Oyelaran',
      receiptHash: fakeHash(702),
    },
    linked: null,
  };
}

function detailOf(
  world: World,
  { transactionId, clientId }: Pick<TransactionDetail, 'clientId'> & { transactionId: TransactionRow['id'] },
): TransactionDetail {
  const row = rowOf(world, transactionId);
  return { ...row, ...provenance(row), clientId, excluded: world.exclusions.get(transactionId) ?? null };
}

export const transactions: AppHandlers['transactions'] = {
  list: ({ filter, sort, offset, limit }, world) => {
    const words = fold(filter.search ?? '')
      .split(/\s+/)
      .filter((word) => word !== '');
    const own = world.accounts.filter(
      ({ client, number }) =>
        client === filter.clientId && (filter.accountId === null || accountId(number) === filter.accountId),
    );
    const rows = own
      .flatMap((account) => rowsOf(world, account))
      .filter(
        (row) =>
          (filter.from === null || row.bookingDate >= filter.from) &&
          (filter.to === null || row.bookingDate <= filter.to),
      )
      .filter((row) => inState(row, filter.state) && matches(row, words));
    const key = SORT_KEYS[sort.by];
    const turn = sort.direction === 'ascending' ? 1 : -1;
    rows.sort((a, b) => (key(a) < key(b) ? -turn : key(a) > key(b) ? turn : 0));
    return { rows: rows.slice(offset, offset + limit), offset, total: rows.length, totals: totalsOf(rows) };
  },
  get: (reference, world) => detailOf(world, reference),
  exclude: ({ reason, ...reference }, world) => {
    excludeRow(world, reference.transactionId, reason);
    world.emit('clients.changed', { clientId: reference.clientId });
    return detailOf(world, reference);
  },
  restore: (reference, world) => {
    restoreRow(world, reference.transactionId);
    world.emit('clients.changed', { clientId: reference.clientId });
    return detailOf(world, reference);
  },
};
