// The fetch against a bank that is only a function: pages in circles, pages missing, order of rows, isolation of accounts, causes.
import { describe, expect, it } from 'vitest';
import { fetchAccounts } from '../../../../electron/adapters/banks/uk-open-banking/fetch.ts';
import { StatementBalances } from '../../../../electron/adapters/banks/uk-open-banking/statement-balances.ts';
import type { BankSlice } from '../../../../electron/core/ports/bank-adapter.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import { CurrencyCode } from '../../../../shared/model/currency.ts';
import { toMinorUnits } from '../../../../shared/model/money.ts';
import { SourceEvent, type SourceTransaction } from '../../../../shared/model/source.ts';
import { aFakeHttp, type Answer, type FakeHttp } from '../responses.ts';
import { aSession, BASE, someTokens } from './session.ts';

const NOW = Date.parse('2026-03-05T12:00:00Z');
const clock = { now: () => NOW, monotonic: () => 0 };
const from = CalendarDate.parse('2026-01-01');

const anAccount = (id: string) => ({ AccountId: id, Currency: 'GBP' });

const aBalance = (id: string, amount = '10.00') => ({
  AccountId: id,
  CreditDebitIndicator: 'Credit',
  Type: 'ITBD',
  DateTime: '2026-03-05T00:00:00Z',
  Amount: { Amount: amount, Currency: 'GBP' },
});

let lastRecord = 0;
function aRecord(account: string, change: Record<string, unknown> = {}) {
  lastRecord += 1;
  return {
    AccountId: account,
    TransactionId: `t${lastRecord}`,
    CreditDebitIndicator: 'Credit',
    Status: 'BOOK',
    BookingDateTime: '2026-03-01T00:00:00Z',
    Amount: { Amount: '1.00', Currency: 'GBP' },
    ...change,
  };
}

type Pages = Readonly<Record<string, Answer | (() => Answer)>>;

/** A bank with accounts a1 and a2; `pages` answers by path and query under the API's base. */
function aBank(pages: Pages): FakeHttp {
  const usual: Pages = {
    '/accounts': { body: { Data: { Account: [anAccount('a1'), anAccount('a2')] } } },
    '/accounts/a1/balances': { body: { Data: { Balance: [aBalance('a1')] } } },
    '/accounts/a2/balances': { body: { Data: { Balance: [aBalance('a2')] } } },
    '/accounts/a1/transactions': { body: { Data: { Transaction: [aRecord('a1')] } } },
    '/accounts/a2/transactions': { body: { Data: { Transaction: [aRecord('a2')] } } },
  };
  return aFakeHttp(({ url }) => {
    const path = url.replace(BASE, '').replace(/\?fromBookingDateTime.*/, '');
    const answer = pages[path] ?? usual[path] ?? { status: 404 };
    return typeof answer === 'function' ? answer() : answer;
  });
}

const aPage = (records: readonly unknown[], next?: string, meta: Record<string, unknown> = {}): Answer => ({
  body: {
    Data: { Transaction: records },
    Links: { Self: 'x', ...(next === undefined ? {} : { Next: `${BASE}${next}` }) },
    Meta: meta,
  },
});

async function fetched(http: FakeHttp, ids: readonly string[] = ['a1']): Promise<BankSlice[]> {
  const accounts = ids.map((resourceId) => ({ resourceId, name: resourceId, from }));
  const request = { tokens: someTokens, consentId: '', attended: false, accounts };
  const slices: BankSlice[] = [];
  for await (const slice of fetchAccounts(aSession(http), request, clock)) {
    for (const event of slice.events) SourceEvent.parse(event);
    slices.push(slice);
  }
  return slices;
}

const rows = (slices: readonly BankSlice[]): SourceTransaction[] =>
  slices.flatMap(({ events }) => events).flatMap((event) => (event.type === 'transactions' ? event.items : []));

const warnings = (slices: readonly BankSlice[]): string[] =>
  slices.flatMap(({ events }) => events).flatMap((event) => (event.type === 'warning' ? [event.warning.code] : []));

const failure = (slices: readonly BankSlice[]) => slices.find(({ failed }) => failed)?.failed;

describe('pages', () => {
  it('are followed to the last, in order', async () => {
    const [one, two, three] = [aRecord('a1'), aRecord('a1'), aRecord('a1')];
    const http = aBank({
      '/accounts/a1/transactions': aPage([one], '/p2', { TotalPages: 3 }),
      '/p2': aPage([two], '/p3'),
      '/p3': aPage([three]),
    });
    const slices = await fetched(http);
    expect(rows(slices).map(({ sourceId }) => sourceId)).toEqual(
      [one, two, three].map(({ TransactionId }) => TransactionId),
    );
    expect(slices.map(({ complete }) => complete)).toEqual([false, false, false, false, true]);
  });

  it('in a circle fail the account', async () => {
    const http = aBank({
      '/accounts/a1/transactions': aPage([aRecord('a1')], '/p2'),
      '/p2': () => aPage([aRecord('a1')], '/p3'),
      '/p3': () => aPage([aRecord('a1')], '/p2'),
    });
    expect(failure(await fetched(http))).toMatchObject({
      code: 'BANK_RESPONSE_INVALID',
      params: { where: 'Links.Next' },
    });
    expect(http.requests.length).toBeLessThan(8);
  });

  it('fewer than announced fail the account, also when one came twice', async () => {
    const short = aBank({ '/accounts/a1/transactions': aPage([aRecord('a1')], undefined, { TotalPages: 2 }) });
    expect(failure(await fetched(short))).toMatchObject({ params: { where: 'Meta.TotalPages' } });
    const first = [aRecord('a1')];
    const doubled = aBank({
      '/accounts/a1/transactions': aPage(first, '/p2', { TotalPages: 2 }),
      '/p2': aPage(first, undefined, { TotalPages: 2 }),
    });
    expect(failure(await fetched(doubled))).toMatchObject({ params: { where: 'Meta.TotalPages' } });
  });

  it('more than announced are welcome: rows may come in between', async () => {
    const http = aBank({
      '/accounts/a1/transactions': aPage([aRecord('a1')], '/p2', { TotalPages: 1 }),
      '/p2': aPage([aRecord('a1')]),
    });
    expect(rows(await fetched(http))).toHaveLength(2);
  });

  it('that overlap count a record once; twins and changed records stay', async () => {
    const shared = aRecord('a1');
    const twin = { ...aRecord('a1'), TransactionId: undefined };
    const pending = aRecord('a1', { Status: 'PDNG' });
    const http = aBank({
      '/accounts/a1/transactions': aPage([shared, twin, twin, pending], '/p2'),
      '/p2': aPage([shared, { ...pending, Status: 'BOOK' }]),
    });
    const slices = await fetched(http);
    expect(rows(slices)).toHaveLength(5);
    expect(warnings(slices)).toContain('RECORDS_REPEATED');
  });

  it('on another origin stop the connection', async () => {
    const next = { body: { Data: {}, Links: { Next: 'https://evil.test/next' } } };
    await expect(fetched(aBank({ '/accounts/a1/transactions': next }))).rejects.toMatchObject({
      code: 'BANK_REDIRECTED',
      params: { origin: 'https://evil.test' },
    });
  });

  it('say what the bank granted less than asked', async () => {
    const meta = { FirstAvailableDateTime: '2026-02-01T00:00:00Z' };
    expect(warnings(await fetched(aBank({ '/accounts/a1/transactions': aPage([], undefined, meta) })))).toEqual([
      'WINDOW_SHORTENED',
    ]);
    const enough = { FirstAvailableDateTime: '2026-01-01T00:00:00Z' };
    expect(warnings(await fetched(aBank({ '/accounts/a1/transactions': aPage([], undefined, enough) })))).toEqual([]);
  });

  it('name what became no row', async () => {
    const records = ['RJCT', 'INFO', 'FUTR', 'RJCT'].map((Status) => aRecord('a1', { Status }));
    const slices = await fetched(aBank({ '/accounts/a1/transactions': aPage(records) }));
    expect(rows(slices)).toEqual([]);
    expect(slices.flatMap(({ events }) => events)).toContainEqual({
      type: 'warning',
      warning: { code: 'ENTRIES_SKIPPED', text: expect.stringContaining('2 × RJCT, 1 × INFO, 1 × FUTR') },
    });
  });

  it('of thousands of rows come in events a process can carry', async () => {
    const records = Array.from({ length: 2500 }, () => aRecord('a1'));
    const slices = await fetched(aBank({ '/accounts/a1/transactions': aPage(records) }));
    const sizes = slices.flatMap(({ events }) =>
      events.flatMap((event) => (event.type === 'transactions' ? [event.items.length] : [])),
    );
    expect(sizes).toEqual([1000, 1000, 500]);
  });
});

describe('accounts', () => {
  const broken: readonly (readonly [string, Pages, string])[] = [
    ['a server error', { '/accounts/a1/balances': { status: 500 } }, 'BANK_SERVER_ERROR'],
    ['a refusal', { '/accounts/a1/transactions': { status: 403 } }, 'BANK_REFUSED'],
    ['a gateway’s timeout', { '/accounts/a1/transactions': { status: 504 } }, 'BANK_TIMEOUT'],
    ['nonsense', { '/accounts/a1/transactions': { body: '<html>' } }, 'BANK_RESPONSE_INVALID'],
    ['a row of another account', { '/accounts/a1/transactions': aPage([aRecord('a2')]) }, 'BANK_RESPONSE_INVALID'],
    [
      'a balance of another account',
      { '/accounts/a1/balances': { body: { Data: { Balance: [aBalance('a2')] } } } },
      'BANK_RESPONSE_INVALID',
    ],
  ];
  it.each(broken)('with %s fail alone; the next one is complete', async (_name, pages, code) => {
    const slices = await fetched(aBank(pages), ['a1', 'a2']);
    expect(slices.filter(({ resourceId }) => resourceId === 'a1').at(-1)).toMatchObject({
      complete: false,
      failed: { code },
    });
    expect(slices.at(-1)).toMatchObject({ resourceId: 'a2', complete: true, failed: null });
  });

  it('always close a statement that they opened', async () => {
    for (const [, pages] of broken) {
      const types = (await fetched(aBank(pages), ['a1'])).flatMap(({ events }) => events.map(({ type }) => type));
      const count = (type: string): number => types.filter((each) => each === type).length;
      expect(count('statement')).toBe(count('statement-end'));
    }
  });

  const stopping: readonly (readonly [Answer, string])[] = [
    [{ status: 401 }, 'BANK_UNAUTHORISED'],
    [{ status: 429, headers: { 'retry-after': '5' } }, 'BANK_RATE_LIMITED'],
  ];
  it.each(stopping)('that meet %j stop everything as %s', async (answer, code) => {
    await expect(fetched(aBank({ '/accounts/a1/balances': answer }), ['a1', 'a2'])).rejects.toMatchObject({ code });
  });

  it.each(['TLS_PIN_MISMATCH', 'BANK_UNREACHABLE', 'BANK_REDIRECTED', 'SYNC_CANCELLED'] as const)(
    'over a connection that fails as %s stop everything',
    async (code) => {
      const http = aBank({
        '/accounts/a1/balances': () => {
          throw new AppError(code);
        },
      });
      await expect(fetched(http, ['a1', 'a2'])).rejects.toMatchObject({ code });
    },
  );

  it('that were not assigned are not asked for', async () => {
    const http = aBank({});
    await fetched(http, ['a2']);
    expect(http.requests.map(({ url }) => url).filter((url) => url.includes('/a1/'))).toEqual([]);
  });
});

describe('opening and closing balance', () => {
  const gbp = CurrencyCode.parse('GBP');
  const aRow = (bookingDate: string, amount: bigint, after: bigint | null, state: 'booked' | 'pending' = 'booked') => ({
    state,
    bookingDate: CalendarDate.parse(bookingDate),
    amountMinor: toMinorUnits(amount),
    balanceAfterMinor: after === null ? null : toMinorUnits(after),
  });
  const opening = (...list: ReturnType<typeof aRow>[]) => {
    const balances = new StatementBalances();
    for (const row of list) balances.add(row);
    return balances.opening();
  };
  const old = aRow('2026-03-01', 10n, 110n);
  const young = aRow('2026-03-02', -20n, 90n);

  it('come from the balance after the oldest row, whatever the order', () => {
    expect(opening(old, young)).toEqual({ amountMinor: '100', date: '2026-03-01' });
    expect(opening(young, old)).toEqual({ amountMinor: '100', date: '2026-03-01' });
    expect(opening(aRow('2026-03-09', 1n, null, 'pending'), young, old)).toEqual({
      amountMinor: '100',
      date: '2026-03-01',
    });
  });

  it('within one day follow the running balance', () => {
    const [first, second, third] = [
      aRow('2026-03-01', 10n, 110n),
      aRow('2026-03-01', 5n, 115n),
      aRow('2026-03-01', 5n, 120n),
    ];
    expect(opening(first, second, third)?.amountMinor).toBe('100');
    expect(opening(third, second, first)?.amountMinor).toBe('100');
    expect(opening(first, third)).toBeNull();
  });

  it('are absent where the bank states none', () => {
    expect(opening()).toBeNull();
    expect(opening(aRow('2026-03-01', 10n, null))).toBeNull();
    expect(opening(aRow('2026-03-02', 10n, 110n), aRow('2026-03-01', 10n, null))).toBeNull();
  });

  it('a missing row shows as a proof that fails, not as none', () => {
    expect(opening(aRow('2026-03-03', 1n, 500n), young, old)).toEqual({ amountMinor: '100', date: '2026-03-01' });
  });

  it('close at the interim balance, else at a closing one that no row is younger than', () => {
    const balance = (
      type: 'interim-booked' | 'closing-booked' | 'interim-available',
      date: string,
      currency = gbp,
    ) => ({
      type,
      amountMinor: toMinorUnits(7n),
      currency,
      date: CalendarDate.parse(date),
    });
    const balances = new StatementBalances();
    balances.add(young);
    const at = (date: string) => ({ amountMinor: '7', date });
    expect(
      balances.closing([balance('closing-booked', '2026-03-02'), balance('interim-booked', '2026-03-03')], gbp),
    ).toEqual(at('2026-03-03'));
    expect(balances.closing([balance('closing-booked', '2026-03-02')], gbp)).toEqual(at('2026-03-02'));
    expect(balances.closing([balance('closing-booked', '2026-03-01')], gbp)).toBeNull();
    expect(balances.closing([balance('interim-available', '2026-03-03')], gbp)).toBeNull();
    expect(balances.closing([balance('interim-booked', '2026-03-03', CurrencyCode.parse('EUR'))], gbp)).toBeNull();
  });
});
