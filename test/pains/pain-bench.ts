// A client of an office on disk, encrypted, into which statements are brought as the program does: real readers, the vault's dispatcher, one client
// a test. It knows no format.
import { createHash } from 'node:crypto';
import { parseJsonBody } from '../../electron/adapters/banks/uk-open-banking/response-body.ts';
import { mapTransaction } from '../../electron/adapters/banks/uk-open-banking/transaction.ts';
import { StatementStream } from '../../electron/adapters/statements/read-statement.ts';
import { inMessages } from '../../electron/core/imports/messages.ts';
import type { AccountSummary } from '../../shared/ipc/contract/accounts.ts';
import type { BatchSummary, DiffRow, Receipt } from '../../shared/ipc/contract/batches.ts';
import type { TransactionDetail, TransactionRow } from '../../shared/ipc/contract/transactions.ts';
import { parseCalendarDate } from '../../shared/model/calendar-date.ts';
import { CurrencyCode } from '../../shared/model/currency.ts';
import {
  type BatchId,
  ConnectionId,
  type AccountId,
  type ClientId,
  type TransactionId,
} from '../../shared/model/ids.ts';
import { SourceAccount, type SourceEvent } from '../../shared/model/source.ts';
import type { StatementProfile } from '../../shared/model/statement-profile.ts';
import { openTestVault, type TestOffice } from '../core/vault/vault-bench.ts';

export interface BringOptions {
  readonly source?: string;
  readonly profile?: StatementProfile | null;
  /** Where a statement goes that names no account. */
  readonly accountId?: AccountId | null;
}

/** What a bank's connection answers for one account: the records of its JSON as they stand. */
export interface BankAnswer {
  readonly account: Readonly<Record<keyof SourceAccount, unknown>>;
  readonly resourceId: string;
  readonly records: readonly object[];
}

/** After all the statements. */
const TODAY = Date.parse('2026-06-01T08:00:00Z');
const CONNECTION = ConnectionId.parse(`connection_${'c0'.repeat(10)}`);

export type State = 'pending' | 'booked' | 'removed';

/** Everything a pain looks at, of one client. */
export interface PainClient {
  readonly id: ClientId;
  stage(text: string | Uint8Array, options?: BringOptions): Promise<BatchSummary>;
  stageAnswer(answer: BankAnswer): Promise<BatchSummary>;
  commit(batch: Pick<BatchSummary, 'id'>): Promise<Receipt>;
  /** Stages and commits. */
  bring(text: string | Uint8Array, options?: BringOptions): Promise<Receipt>;
  bringAnswer(answer: BankAnswer): Promise<Receipt>;
  assign(batch: Pick<BatchSummary, 'id'>, statement: number, accountId: AccountId | null): Promise<BatchSummary>;
  invert(batch: Pick<BatchSummary, 'id'>, statement: number, inverted: boolean): Promise<BatchSummary>;
  undo(batch: { readonly id: BatchId }): Promise<BatchSummary>;
  diff(batch: Pick<BatchSummary, 'id'>): Promise<DiffRow[]>;
  /** Rows by day as `date amount`, amounts in minor units; those that count or wait unless a state is asked for. */
  rows(state?: State | null): Promise<string[]>;
  list(state?: State | null): Promise<TransactionRow[]>;
  get(transactionId: TransactionId): Promise<TransactionDetail>;
  exclude(transactionId: TransactionId, reason: string): Promise<TransactionDetail>;
  restore(transactionId: TransactionId): Promise<TransactionDetail>;
  accounts(): Promise<AccountSummary[]>;
  /** The one account's stated balances as `type amount`, in minor units. */
  stated(): Promise<string[]>;
  /** The one account's booked balance in minor units; fails where there are more. */
  balance(): Promise<string>;
  /** Of the first account unless another is named. */
  proof(
    from: string,
    to: string,
    accountId?: AccountId,
  ): Promise<Awaited<ReturnType<TestOffice['vault']['client']['statements']['proof']>>>;
}

function readAll(bytes: Uint8Array, profile: StatementProfile | null): { events: SourceEvent[]; reader: string } {
  const stream = new StatementStream(profile);
  const events = [...stream.write(bytes), ...stream.end()];
  return { events, reader: stream.reader };
}

function answerEvents({ account, resourceId, records }: BankAnswer): SourceEvent[] {
  const parsed = SourceAccount.parse(account);
  const expected = { resourceId, currency: parsed.currency && CurrencyCode.parse(parsed.currency) };
  const items = records.flatMap((record, at) => {
    const body = Buffer.from(JSON.stringify({ AccountId: resourceId, ...record }));
    const value = parseJsonBody({ status: 200, headers: { 'content-type': 'application/json' }, body } as never);
    return mapTransaction(value, expected, `Data.Transaction[${at}]`).row ?? [];
  });
  return [
    { type: 'statement', account: parsed, statementId: null },
    { type: 'transactions', items },
    { type: 'statement-end', from: null, to: null, opening: null, closing: null, balances: [] },
  ];
}

/** The answer of an account with that IBAN; consents name it by resources of their own. */
export function anAnswer(iban: string, records: readonly object[], resourceId = 'resource-1'): BankAnswer {
  const account = { id: resourceId, iban, currency: 'EUR', name: 'Current', institution: 'Bank', kind: 'current' };
  return { account, resourceId, records };
}

const hashOf = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** One office for a file of tests; each test gets a client of its own. */
export async function openPainOffice() {
  const office = await openTestVault();
  office.time.advance(TODAY - office.time.clock.now());
  await office.signIn(office.owner);
  let clients = 0;

  async function addClient(): Promise<PainClient> {
    clients += 1;
    const { id: clientId } = await office.addClient(`Client ${clients}`);
    return painClient(office, clientId);
  }

  return { addClient, remove: () => office.remove() };
}
export type PainOffice = Awaited<ReturnType<typeof openPainOffice>>;

type Opened = Parameters<TestOffice['vault']['client']['staging']['open']>[0];

function painClient(office: TestOffice, clientId: ClientId): PainClient {
  const { client } = office.vault;
  const filter = { clientId, accountId: null, from: null, to: null, search: null };
  const sort = { by: 'bookingDate', direction: 'ascending' } as const;

  async function stageEvents(
    events: readonly SourceEvent[],
    facts: Pick<Opened, 'kind' | 'source' | 'connectionId' | 'reader'> & {
      resourceId: string | null;
      data: string | Uint8Array;
    },
    accountId: AccountId | null,
  ): Promise<BatchSummary> {
    const { resourceId, data, ...opened } = facts;
    const { batchId } = await client.staging.open({ clientId, ...opened });
    for (const message of inMessages(events))
      await client.staging.add({ clientId, batchId, resourceId, events: message });
    office.time.advance(1_000);
    return await client.staging.finish({
      clientId,
      batchId,
      payloadSha256: hashOf(data),
      payloadBytes: data.length,
      reader: opened.reader,
      tls: null,
      complete: resourceId === null ? [] : [resourceId],
      accountId,
    });
  }

  async function onlyAccount(): Promise<AccountSummary> {
    const [account, ...others] = await self.accounts();
    if (!account || others.length > 0) throw new TypeError('one account expected');
    return account;
  }

  const self: PainClient = {
    id: clientId,
    stage: async (text, { source = 'statement', profile = null, accountId = null } = {}) => {
      const bytes = typeof text === 'string' ? Buffer.from(text, 'utf8') : text;
      const { events, reader } = readAll(bytes, profile);
      const facts = { kind: 'file', source, connectionId: null, reader, resourceId: null, data: bytes } as const;
      return await stageEvents(events, facts, accountId);
    },
    stageAnswer: async (answer) => {
      const { resourceId } = answer;
      const from = {
        kind: 'connection',
        source: 'Bank',
        connectionId: CONNECTION,
        reader: 'uk-open-banking-4.0',
      } as const;
      return await stageEvents(
        answerEvents(answer),
        { ...from, resourceId, data: JSON.stringify(answer.records) },
        null,
      );
    },
    commit: ({ id: batchId }) => client.batches.commit({ clientId, batchId }),
    bring: async (text, options) => await self.commit(await self.stage(text, options)),
    bringAnswer: async (answer) => await self.commit(await self.stageAnswer(answer)),
    assign: ({ id: batchId }, statement, accountId) =>
      client.batches.assign({ clientId, batchId, statement, accountId }),
    invert: ({ id: batchId }, statement, inverted) => client.batches.invert({ clientId, batchId, statement, inverted }),
    undo: ({ id: batchId }) => client.batches.undo({ clientId, batchId }),
    diff: async ({ id: batchId }) =>
      (await client.batches.diff({ clientId, batchId, kind: null, offset: 0, limit: 500 })).rows,
    list: async (state = null) =>
      (await client.transactions.list({ filter: { ...filter, state }, sort, offset: 0, limit: 500 })).rows,
    rows: async (state = null) =>
      (await self.list(state)).map(({ bookingDate, amountMinor }) => `${bookingDate} ${amountMinor}`),
    get: (transactionId) => client.transactions.get({ clientId, transactionId }),
    exclude: (transactionId, reason) => client.transactions.exclude({ clientId, transactionId, reason }),
    restore: (transactionId) => client.transactions.restore({ clientId, transactionId }),
    accounts: () => client.accounts.list({ clientId }),
    stated: async () => {
      const { id: accountId } = await onlyAccount();
      const { balances } = await client.accounts.get({ clientId, accountId });
      return balances.map(({ type, amountMinor }) => `${type} ${amountMinor}`);
    },
    balance: async () => (await onlyAccount()).bookedMinor,
    proof: async (first, last, named) => {
      const accountId = named ?? (await self.accounts())[0]?.id;
      if (!accountId) throw new TypeError('no account');
      const [from, to] = [parseCalendarDate(first), parseCalendarDate(last)];
      return await client.statements.proof({ clientId, accountId, from, to });
    },
  };
  return self;
}

/** The id of the receipt's batch, as `undo` takes it. */
export const batchOf = ({ batchId }: Receipt): { readonly id: BatchId } => ({ id: batchId });
