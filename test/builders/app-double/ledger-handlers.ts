// The double's answers for clients and accounts.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { AccountDetail, AccountSummary } from '../../../shared/ipc/contract/accounts.ts';
import type { ClientOverview, NeedsYou } from '../../../shared/ipc/contract/clients.ts';
import type { HealthState } from '../../../shared/ipc/contract/connections.ts';
import { CurrencyCode } from '../../../shared/model/currency.ts';
import { MinorUnits } from '../../../shared/model/money.ts';
import { accountId, batchId, clientId, connectionId, instantAgo } from './ids.ts';
import { rowsOf } from './excluded-rows.ts';
import { sumOf, type DoubleAccount } from './ledger.ts';
import { clientSummary, mayOpen, type AppHandlers, type World } from './world.ts';

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

function summaryOf(world: World, account: DoubleAccount): AccountSummary {
  const rows = rowsOf(world, account).filter(({ state }) => state !== 'removed');
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
  const summaries = own.map((account) => summaryOf(world, account));
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
    pending: own.reduce(
      (sum, account) => sum + rowsOf(world, account).filter(({ state }) => state === 'pending').length,
      0,
    ),
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
      kind: 'proof',
      clientId: clientId(1),
      subjectId: accountId(3),
      subject: 'Euro account',
      whoseMove: 'you',
      reason: 'pending-overdue',
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

function detailOf(world: World, account: DoubleAccount): AccountDetail {
  const summary = summaryOf(world, account);
  const rows = rowsOf(world, account).filter(({ state }) => state === 'booked');
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
      .map((account) => summaryOf(world, account)),
  get: ({ accountId: id }, world) => detailOf(world, accountOf(world, id)),
};
