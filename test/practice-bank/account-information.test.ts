// What the practice bank serves to whom: permissions, windows, pages and amounts, compared with its own ledger to the minor unit.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCalendarDate } from '../../shared/model/calendar-date.ts';
import { currencyExponent } from '../../shared/model/currency.ts';
import { parseDecimalAmount } from '../../shared/model/money.ts';
import type { LedgerAccountSummary } from '../../electron/practice-bank/ledger-summary.ts';
import { createPracticeBank, type PracticeBank } from '../../electron/practice-bank/practice-bank.ts';
import {
  connect,
  createConsent,
  json,
  read,
  readAllTransactions,
  readConsent,
  clientToken,
  send,
  type Transaction,
  type TransactionsReply,
} from './bank-client.ts';

let bank: PracticeBank;
let ledger: LedgerAccountSummary[];
beforeAll(async () => {
  bank = await createPracticeBank({ today: parseCalendarDate('2026-06-30') });
  ledger = await bank.ledger();
});
afterAll(() => bank.close());

type BalanceReply = {
  Data: {
    Balance: { Type: string; CreditDebitIndicator: 'Credit' | 'Debit'; Amount: { Amount: string; Currency: string } }[];
  };
};

function signed(row: Pick<Transaction, 'Amount' | 'CreditDebitIndicator'>): bigint {
  const minor = parseDecimalAmount(row.Amount.Amount, currencyExponent(row.Amount.Currency));
  return row.CreditDebitIndicator === 'Debit' ? -minor : minor;
}

async function transactions(token: string, account: LedgerAccountSummary, query = ''): Promise<TransactionsReply> {
  return json(
    await read(bank.details, token, `/accounts/${account.accountId}/transactions${query}`),
  ) as TransactionsReply;
}

describe('the truth', () => {
  it('comes over the interface to the minor unit, for every account of every sign-in', async () => {
    for (const name of ['olivia', 'ben', 'priya']) {
      const { tokens } = await connect(bank.details, { person: { name } });
      const accounts = json(await read(bank.details, tokens.access_token, '/accounts')) as {
        Data: { Account: { AccountId: string }[] };
      };
      for (const { AccountId } of accounts.Data.Account) {
        const truth = ledger.find((account) => account.accountId === AccountId)!;
        const rows = await readAllTransactions(
          bank.details,
          tokens.access_token,
          `/accounts/${AccountId}/transactions`,
        );
        expect(rows.map((row) => [row.TransactionId, row.Status, signed(row).toString()])).toEqual(
          truth.transactions
            .map((row) => [row.id, row.state === 'booked' ? 'BOOK' : 'PDNG', row.amountMinor])
            .toReversed(),
        );
        const balances = json(
          await read(bank.details, tokens.access_token, `/accounts/${AccountId}/balances`),
        ) as BalanceReply;
        const balance = (type: string) => signed(balances.Data.Balance.find((each) => each.Type === type)!);
        expect(balance('ITBD').toString()).toBe(truth.closingMinor);
        const pending = rows.filter((row) => row.Status === 'PDNG').reduce((sum, row) => sum + signed(row), 0n);
        expect(balance('ITAV') - balance('ITBD')).toBe(pending);
        expect(balance('OPBD')).toBe(balance('CLBD'));
      }
    }
  });

  it('shows two companies to olivia, and batches, foreign amounts and yen without decimals', async () => {
    const { tokens } = await connect(bank.details, { person: { name: 'priya' } });
    const takings = await readAllTransactions(
      bank.details,
      tokens.access_token,
      `/accounts/${ledger.find((account) => account.name === 'Everyday Business Account')!.accountId}/transactions?fromBookingDateTime=2026-06-01T00:00:00`,
    );
    expect(takings.some((row) => (row.SupplementaryData?.BatchDetails.length ?? 0) > 2)).toBe(true);
    const yen = ledger.find((account) => account.currency === 'JPY')!;
    const rows = await readAllTransactions(
      bank.details,
      tokens.access_token,
      `/accounts/${yen.accountId}/transactions`,
    );
    expect(rows.every((row) => /^\d+$/.test(row.Amount.Amount))).toBe(true);
    expect(rows.some((row) => row.CurrencyExchange !== undefined)).toBe(true);
    expect(bank.details.signIns.find((person) => person.name === 'olivia')?.companies.length).toBe(2);
  });
});

describe('windows and pages', () => {
  it('grants no more history than the consent, says so, and ignores the zone of a query', async () => {
    const data = {
      TransactionFromDateTime: '2026-03-01T00:00:00+00:00',
      TransactionToDateTime: '2026-05-31T23:59:59+00:00',
    };
    const { tokens } = await connect(bank.details, { data });
    const account = ledger[0]!;
    const wide = await transactions(tokens.access_token, account, '?fromBookingDateTime=2020-01-01T00:00:00');
    expect(wide.Meta.FirstAvailableDateTime).toBe('2026-03-01T00:00:00+00:00');
    const rows = await readAllTransactions(bank.details, tokens.access_token, wide.Links.Self);
    const truth = account.transactions.filter(
      (row) => row.bookingDate >= '2026-03-01' && row.bookingDate <= '2026-05-31',
    );
    expect(rows.map((row) => row.TransactionId)).toEqual(truth.map((row) => row.id).toReversed());
    const day = await transactions(
      tokens.access_token,
      account,
      '?fromBookingDateTime=2026-04-07T00:00:00%2B05:00&toBookingDateTime=2026-04-07T23:59:59Z',
    );
    expect(
      day.Data.Transaction.map((row) => row.BookingDateTime.slice(0, 10)).every((date) => date === '2026-04-07'),
    ).toBe(true);
    expect(day.Data.Transaction.length).toBe(
      account.transactions.filter((row) => row.bookingDate === '2026-04-07').length,
    );
  });

  it('pages by links of its own origin and refuses a page or a date it does not know', async () => {
    const { tokens } = await connect(bank.details);
    const first = await transactions(tokens.access_token, ledger[0]!);
    expect(first.Data.Transaction.length).toBe(200);
    expect(first.Meta.TotalPages).toBe(Math.ceil(ledger[0]!.transactions.length / 200));
    expect(new URL(first.Links.Next ?? '').origin).toBe(bank.details.issuer);
    const path = `/accounts/${ledger[0]!.accountId}/transactions`;
    expect((await read(bank.details, tokens.access_token, `${path}?page=bogus`)).status).toBe(400);
    expect((await read(bank.details, tokens.access_token, `${path}?fromBookingDateTime=last%20week`)).status).toBe(400);
  });
});

describe('permissions and consents', () => {
  it('serves only what the consent permits', async () => {
    const { tokens } = await connect(bank.details, {
      data: { Permissions: ['ReadAccountsBasic', 'ReadTransactionsBasic', 'ReadTransactionsCredits'] },
    });
    const account = ledger[0]!;
    const accounts = json(await read(bank.details, tokens.access_token, '/accounts')) as {
      Data: { Account: Record<string, unknown>[] };
    };
    expect(accounts.Data.Account[0]).not.toHaveProperty('Account');
    expect((await read(bank.details, tokens.access_token, `/accounts/${account.accountId}/balances`)).status).toBe(403);
    const rows = await readAllTransactions(
      bank.details,
      tokens.access_token,
      `/accounts/${account.accountId}/transactions`,
    );
    expect(
      rows.every(
        (row) =>
          row.CreditDebitIndicator === 'Credit' &&
          row.TransactionInformation === undefined &&
          row.Balance === undefined,
      ),
    ).toBe(true);
    expect(rows.length).toBe(account.transactions.filter((row) => !row.amountMinor.startsWith('-')).length);
  });

  it('refuses consents that make no sense', async () => {
    const statuses = [
      { Permissions: [] },
      { Permissions: ['ReadEverything'] },
      { Permissions: ['ReadTransactionsDetail'] },
      { ExpirationDateTime: '2020-01-01T00:00:00+00:00' },
    ].map(async (data) => (await createConsent(bank.details, data)).status);
    expect(await Promise.all(statuses)).toEqual([400, 400, 400, 400]);
  });

  it('keeps accounts that were not shared closed and remembers who asked', async () => {
    const [shared, other] = [ledger[0]!, ledger[1]!];
    const { tokens } = await connect(bank.details, { person: { accounts: [shared.iban] } });
    expect((await read(bank.details, tokens.access_token, `/accounts/${other.accountId}/balances`)).status).toBe(403);
    const seen = (await bank.requests()).at(-1);
    expect(seen).toMatchObject({
      method: 'GET',
      iban: other.iban,
      status: 403,
      attended: false,
      host: new URL(bank.details.issuer).host,
    });
  });

  it('ends access when the client deletes the consent', async () => {
    const { consentId, tokens } = await connect(bank.details);
    const headers = { authorization: `Bearer ${await clientToken(bank.details)}` };
    const url = `${bank.details.resourceBase}/account-access-consents/${consentId}`;
    expect((await send(bank.details, url, { method: 'DELETE', headers })).status).toBe(204);
    expect((await readConsent(bank.details, consentId)).Data.Status).toBe('CANC');
    expect((await read(bank.details, tokens.access_token, '/accounts')).status).toBe(403);
  });

  it('echoes the interaction id and gives one when there is none', async () => {
    const { tokens } = await connect(bank.details);
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    const url = `${bank.details.resourceBase}/accounts`;
    const given = await send(bank.details, url, {
      headers: { ...headers, 'x-fapi-interaction-id': 'a7a1f2f8-0000-4000-8000-000000000001' },
    });
    expect(given.headers['x-fapi-interaction-id']).toBe('a7a1f2f8-0000-4000-8000-000000000001');
    expect((await send(bank.details, url, { headers })).headers['x-fapi-interaction-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect((await send(bank.details, `${url}/1/unknown`, { headers })).status).toBe(404);
    expect((await send(bank.details, url, { headers, method: 'DELETE' })).status).toBe(405);
  });
});
