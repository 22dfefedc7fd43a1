// Pain 20 on the practice bank's ledger: the same half year as OFX file, CAMT.053 file and bank answer, in every order, for every account.
import { expect, test } from 'vitest';
import { StatementStream } from '../../../electron/adapters/statements/read-statement.ts';
import { parseJsonBody } from '../../../electron/adapters/banks/uk-open-banking/response-body.ts';
import { mapTransaction } from '../../../electron/adapters/banks/uk-open-banking/transaction.ts';
import { createLedger } from '../../../electron/practice-bank/ledger/ledger.ts';
import type { LedgerAccount } from '../../../electron/practice-bank/ledger/ledger-row.ts';
import { presentTransaction } from '../../../electron/practice-bank/present.ts';
import { statementFile } from '../../../electron/practice-bank/statements/statement-file.ts';
import { parseCalendarDate } from '../../../shared/model/calendar-date.ts';
import { CurrencyCode } from '../../../shared/model/currency.ts';
import { Iban } from '../../../shared/model/iban.ts';
import { BatchId } from '../../../shared/model/ids.ts';
import type { SourceEvent } from '../../../shared/model/source.ts';
import { createClientVault, type ImportOptions } from '../../builders/client-vault.ts';
import { aSourceAccount, statementEvents } from '../../builders/ledger.ts';

const [FROM, TO] = [parseCalendarDate('2026-04-01'), parseCalendarDate('2026-06-30')];
const ledger = createLedger('practice', TO);

function fileEvents(account: LedgerAccount, format: 'ofx' | 'camt053'): SourceEvent[] {
  const stream = new StatementStream();
  const text = statementFile(ledger, { iban: Iban.parse(account.iban), format, from: FROM, to: TO });
  return [...stream.write(Buffer.from(text)), ...stream.end()];
}

function bankEvents(account: LedgerAccount): SourceEvent[] {
  const currency = CurrencyCode.parse(account.currency);
  const rows = account.rows
    .filter((row) => row.bookingDate >= FROM)
    .flatMap((row) => {
      const body = Buffer.from(JSON.stringify(presentTransaction(account, row, true)));
      const record = parseJsonBody({ status: 200, headers: { 'content-type': 'application/json' }, body } as never);
      return mapTransaction(record, { resourceId: account.accountId, currency }, 'Data').row ?? [];
    });
  return statementEvents({
    account: aSourceAccount({ id: account.iban, iban: account.iban, currency, name: account.name }),
    rows,
  });
}

const SOURCES = {
  bank: { events: bankEvents, how: { kind: 'connection', reader: 'uk-open-banking-4.0', resourceId: 'r1' } },
  ofx: { events: (account: LedgerAccount) => fileEvents(account, 'ofx'), how: { reader: 'ofx 1.02' } },
  camt: { events: (account: LedgerAccount) => fileEvents(account, 'camt053'), how: { reader: 'camt 053.001.08' } },
} as const satisfies Record<string, { events: (account: LedgerAccount) => SourceEvent[]; how: ImportOptions }>;

test.each([
  ['bank', 'ofx'],
  ['bank', 'camt'],
  ['ofx', 'camt'],
  ['camt', 'ofx'],
  ['ofx', 'bank'],
  ['camt', 'bank'],
] as const)('%s first, then %s: every booked row once', (first, second) => {
  for (const account of ledger.accounts) {
    const vault = createClientVault();
    vault.bring(SOURCES[first].events(account), SOURCES[first].how);
    const batch = vault.stage(SOURCES[second].events(account), SOURCES[second].how);
    const news = vault.store.batches.diff(BatchId.parse(batch.id), { kind: 'new', offset: 0, limit: 500 }).rows;
    const booked = account.rows.filter((row) => row.bookingDate >= FROM && row.state === 'booked').length;
    expect(news.filter((row) => row.state === 'booked')).toEqual([]);
    expect(batch.counts).toMatchObject({ changed: 0, doubtful: 0 });
    expect(vault.store.accounts.list()).toHaveLength(1);
    vault.commit(batch.id);
    const filter = { accountId: null, from: null, to: null, search: null, state: 'booked' } as const;
    const page = vault.store.transactions.page({
      filter,
      sort: { by: 'bookingDate', direction: 'ascending' },
      offset: 0,
      limit: 1,
    });
    expect(page.total).toBe(booked);
  }
});
