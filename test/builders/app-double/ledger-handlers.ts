// The double's answers for clients, accounts and transactions. Filters and sorts in plain arrays.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { AccountDetail, AccountSummary } from '../../../shared/ipc/contract/accounts.ts';
import type { ClientOverview, NeedsYou } from '../../../shared/ipc/contract/clients.ts';
import type { HealthState } from '../../../shared/ipc/contract/connections.ts';
import type { TransactionDetail, TransactionRow, TransactionSort } from '../../../shared/ipc/contract/transactions.ts';
import { CurrencyCode } from '../../../shared/model/currency.ts';
import { MinorUnits } from '../../../shared/model/money.ts';
import { accountId, batchId, clientId, connectionId, fakeHash, instantAgo } from './ids.ts';
import { ledgerOf, sumOf, type DoubleAccount } from './ledger.ts';
import { clientSummary, find, mayOpen, type AppHandlers, type World } from './world.ts';

const WORST: readonly HealthState[] = [
  'blocked',
  'needs-you',
  'renewal-due',
  'stale',
  'limited',
  'working',
  'paused',
  'healthy',
];

function summaryOf(account: DoubleAccount): AccountSummary {
  const rows = ledgerOf(account);
  const sum = sumOf(rows, 'booked');
  const closing = (account.openingMinor + sum).toString();
  const failed = account.proof === 'fail';
  return {
    id: accountId(account.number),
    clientId: account.client,
    name: account.name,
    institution: account.institution,
    kind: 'current',
    currency: account.currency,
    iban: account.iban,
    numberMask: account.iban === null ? `•••• ${String(4000 + account.number)}` : 'GB•• •••• 5555',
    bookedMinor: closing,
    pendingMinor: sumOf(rows, 'pending').toString(),
    transactions: rows.length,
    dataAsOf: account.dataAge === null ? null : instantAgo(account.dataAge),
    connectionId: account.connection === null ? null : connectionId(account.connection),
    proof: {
      result: account.proof,
      from: rows.at(-1)?.bookingDate ?? null,
      to: rows[0]?.bookingDate ?? null,
      openingMinor: account.openingMinor.toString(),
      sumMinor: sum.toString(),
      closingMinor: account.proof === 'absent' ? null : failed ? (BigInt(closing) - 12_500n).toString() : closing,
      firstBrokenDay: failed ? (rows[20]?.bookingDate ?? null) : null,
      differenceMinor: failed ? '-12500' : null,
    },
  };
}

function overviewOf(client: World['clients'][number], world: World): ClientOverview {
  const own = world.accounts.filter((account) => account.client === client.id);
  const summaries = own.map(summaryOf);
  const currencies = [...new Set(own.map(({ currency }) => currency))];
  const health = own
    .map(({ connection }) => world.connections[(connection ?? 0) - 1]?.health)
    .filter((item) => item !== undefined)
    .sort((a, b) => WORST.indexOf(a.state) - WORST.indexOf(b.state))[0];
  const proofs = { pass: 0, fail: 0, absent: 0 };
  for (const { proof } of summaries) proofs[proof.result] += 1;
  return {
    ...client,
    accounts: own.length,
    transactions: summaries.reduce((sum, { transactions }) => sum + transactions, 0),
    pending: own.reduce((sum, account) => sum + ledgerOf(account).filter(({ state }) => state === 'pending').length, 0),
    balances: currencies.map((currency) => ({
      currency,
      amountMinor: summaries
        .filter((summary) => summary.currency === currency)
        .reduce((sum, { bookedMinor }) => sum + BigInt(bookedMinor), 0n)
        .toString(),
    })),
    dataAsOf:
      summaries
        .map(({ dataAsOf }) => dataAsOf)
        .filter((at) => at !== null)
        .sort()[0] ?? null,
    health: health?.state ?? null,
    consentDaysLeft: health?.consentDaysLeft ?? null,
    proofs,
    stagedBatches: world.batches.filter((batch) => batch.clientId === client.id && batch.state === 'staged').length,
  };
}

function needsYou(world: World): NeedsYou[] {
  if (world.clients.length === 0) {
    return [
      {
        kind: 'recovery',
        clientId: null,
        subjectId: null,
        subject: '',
        whoseMove: 'you',
        reason: 'not-proven',
        by: null,
      },
    ];
  }
  const causes = ['TLS_PIN_MISMATCH', 'CONSENT_EXPIRED'] as const;
  const sick = world.connections
    .filter(({ health }) => health.cause !== null && causes.some((cause) => cause === health.cause))
    .map(({ id, institution, health, accounts }): NeedsYou => ({
      kind: 'connection',
      clientId: accounts[0]?.clientId ?? null,
      subjectId: id,
      subject: institution,
      whoseMove: health.whoseMove === 'client' ? 'client' : 'you',
      reason: health.cause ?? 'renewal-due',
      by: health.cause === 'CONSENT_EXPIRED' ? instantAgo(0.2) : null,
    }));
  const own: NeedsYou[] = [
    {
      kind: 'connection',
      clientId: clientId(2),
      subjectId: connectionId(2),
      subject: 'Bank of the Thames',
      whoseMove: 'you',
      reason: 'renewal-due',
      by: instantAgo(-5),
    },
    {
      kind: 'proof',
      clientId: clientId(1),
      subjectId: accountId(2),
      subject: 'Client money',
      whoseMove: 'you',
      reason: 'fail',
      by: null,
    },
    {
      kind: 'batch',
      clientId: clientId(1),
      subjectId: batchId(10),
      subject: 'KONTOAUSZUG_2026_Q3_final_really_final.ofx',
      whoseMove: 'you',
      reason: 'staged',
      by: null,
    },
    {
      kind: 'batch',
      clientId: clientId(1),
      subjectId: batchId(13),
      subject: 'statement-2026-01.xml',
      whoseMove: 'you',
      reason: 'undecided',
      by: null,
    },
    {
      kind: 'backup',
      clientId: null,
      subjectId: null,
      subject: '',
      whoseMove: 'you',
      reason: 'never-verified',
      by: instantAgo(-2),
    },
  ];
  return [...sick, ...own];
}

/** The clients that the signed-in person holds a key to; the others do not exist for her. */
const openClients = (world: World): World['clients'] => world.clients.filter(({ id }) => mayOpen(world, id));

export const clients: AppHandlers['clients'] = {
  list: (_, world) => openClients(world),
  overview: (_, world) => ({
    clients: openClients(world).map((client) => overviewOf(client, world)),
    needsYou: needsYou(world).filter(({ clientId: client }) => client === null || mayOpen(world, client)),
  }),
  add: ({ name }, world) => {
    if (world.clients.some((client) => client.name.toLowerCase() === name.toLowerCase()))
      throw new AppError('CLIENT_NAME_TAKEN');
    const client = clientSummary(world.clients.length, name);
    world.clients = [...world.clients, client];
    world.emit('clients.changed', { clientId: client.id });
    return client;
  },
};

function accountOf(world: World, id: string): DoubleAccount {
  const found = world.accounts.find(({ number }) => accountId(number) === id);
  if (!found) throw new AppError('ACCOUNT_NOT_FOUND');
  return found;
}

function detailOf(account: DoubleAccount): AccountDetail {
  const summary = summaryOf(account);
  const rows = ledgerOf(account).filter(({ state }) => state === 'booked');
  let balance = account.openingMinor;
  const daily = new Map<string, bigint>();
  for (const row of rows.toReversed()) daily.set(row.bookingDate, (balance += BigInt(row.amountMinor)));
  const currency = CurrencyCode.parse(account.currency);
  const date = rows[0]?.bookingDate;
  const types = ['closing-booked', 'interim-available', 'expected'] as const;
  return {
    ...summary,
    balances:
      date === undefined
        ? []
        : types.map((type) => ({
            type,
            amountMinor: MinorUnits.parse(summary.bookedMinor),
            currency,
            date,
            recordedAt: instantAgo(account.dataAge ?? 0),
          })),
    daily: [...daily].map(([day, balanceMinor]) => ({
      date: day as AccountDetail['daily'][number]['date'],
      balanceMinor: balanceMinor.toString(),
    })),
    sources: [
      { name: 'statement-2026-01.xml', kind: 'file', first: instantAgo(300), last: instantAgo(300), batches: 1 },
      { name: account.institution, kind: 'connection', first: instantAgo(210), last: instantAgo(0.1), batches: 190 },
    ],
  };
}

export const accounts: AppHandlers['accounts'] = {
  list: ({ clientId: client }, world) =>
    world.accounts
      .filter((account) => mayOpen(world, account.client) && (client === null || account.client === client))
      .map(summaryOf),
  get: ({ accountId: id }, world) => detailOf(accountOf(world, id)),
};

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
      .flatMap(ledgerOf)
      .filter(
        (row) =>
          (filter.from === null || row.bookingDate >= filter.from) &&
          (filter.to === null || row.bookingDate <= filter.to),
      )
      .filter((row) => (filter.state === null || row.state === filter.state) && matches(row, words));
    const key = SORT_KEYS[sort.by];
    const turn = sort.direction === 'ascending' ? 1 : -1;
    rows.sort((a, b) => (key(a) < key(b) ? -turn : key(a) > key(b) ? turn : 0));
    return { rows: rows.slice(offset, offset + limit), offset, total: rows.length, totals: totalsOf(rows) };
  },
  get: ({ transactionId: id, clientId: client }, world): TransactionDetail => {
    const row = find(
      world.accounts.flatMap((account) => [...ledgerOf(account)]),
      id,
      'INTERNAL_UNEXPECTED',
    );
    return { ...row, ...provenance(row), clientId: client };
  },
};

function provenance(row: TransactionRow): Omit<TransactionDetail, keyof TransactionRow | 'clientId'> {
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
