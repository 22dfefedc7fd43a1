// The request and judge pairs of consents, accounts, balances and pages: what is asked, and what each odd answer means.
import { describe, expect, it } from 'vitest';
import { judgeAccounts } from '../../../../electron/adapters/banks/uk-open-banking/accounts.ts';
import { judgeBalances } from '../../../../electron/adapters/banks/uk-open-banking/balances.ts';
import {
  buildConsentRequest,
  consentProblem,
  judgeConsent,
  judgePermissions,
} from '../../../../electron/adapters/banks/uk-open-banking/consent.ts';
import {
  buildResourceRequest,
  judgeRefusal,
  judgeResource,
  retryAfterOf,
} from '../../../../electron/adapters/banks/uk-open-banking/resource-request.ts';
import {
  firstPageUrl,
  judgeTransactionsPage,
} from '../../../../electron/adapters/banks/uk-open-banking/transactions-page.ts';
import { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import { instantOf } from '../../../../shared/model/instant.ts';
import { aResponse, type Answer } from '../responses.ts';

const NOW = Date.parse('2026-03-05T12:00:00Z');
const day = (text: string): CalendarDate => CalendarDate.parse(text);
const invalid = (where: string): unknown =>
  expect.objectContaining({ code: 'BANK_RESPONSE_INVALID', params: { where } });

describe('every request', () => {
  const ask = {
    method: 'GET' as const,
    url: 'https://b/x',
    accessToken: 'T',
    interactionId: 'i',
    customerIpAddress: null,
    body: null,
  };

  it('carries token and interaction id, and no address of an absent user', () => {
    expect(buildResourceRequest(ask).headers).toEqual({
      accept: 'application/json',
      authorization: 'Bearer T',
      'x-fapi-interaction-id': 'i',
    });
  });

  it('carries the user’s address when she waits, and a type for its body', () => {
    const { headers, body } = buildResourceRequest({ ...ask, customerIpAddress: '10.0.0.2', body: { a: 1 } });
    expect(headers).toMatchObject({ 'x-fapi-customer-ip-address': '10.0.0.2', 'content-type': 'application/json' });
    expect(body).toBe('{"a":1}');
  });
});

describe('every answer', () => {
  const expected = { status: 200, interactionId: 'abc', now: NOW };

  it('must bring the interaction id back, in any case', () => {
    const back = (id: string) => judgeResource(aResponse({ headers: { 'x-fapi-interaction-id': id } }), expected);
    expect(back('ABC').status).toBe(200);
    expect(() => back('other')).toThrow(invalid('x-fapi-interaction-id'));
    expect(() => judgeResource(aResponse(), expected)).toThrow(invalid('x-fapi-interaction-id'));
  });

  const refusals: readonly (readonly [Answer, Record<string, unknown>])[] = [
    [{ status: 401 }, { code: 'BANK_UNAUTHORISED', retryable: false }],
    [
      { status: 403, body: { Errors: [{ ErrorCode: 'U009' }] } },
      { code: 'BANK_REFUSED', params: { status: '403', reason: 'U009' } },
    ],
    [
      { status: 400, body: { Code: '400 BadRequest' } },
      { code: 'BANK_REFUSED', params: { status: '400', reason: '400 BadRequest' } },
    ],
    [
      { status: 404, body: 'not json' },
      { code: 'BANK_REFUSED', params: { status: '404', reason: '' } },
    ],
    [
      { status: 400, body: { Errors: [{ ErrorCode: '<b>GB82WEST1</b>' }] } },
      { params: { status: '400', reason: 'bGB82WEST1b' } },
    ],
    [{ status: 429 }, { code: 'BANK_RATE_LIMITED', retryable: true, params: { status: '429', reason: '' } }],
    [
      { status: 429, headers: { 'retry-after': '60' } },
      { code: 'BANK_RATE_LIMITED', params: { status: '429', reason: '', retryAfter: '2026-03-05T12:01:00.000Z' } },
    ],
    [{ status: 408 }, { code: 'BANK_TIMEOUT', retryable: true }],
    [{ status: 504 }, { code: 'BANK_TIMEOUT', retryable: true }],
    [{ status: 500 }, { code: 'BANK_SERVER_ERROR', retryable: true }],
    [
      { status: 503, headers: { 'retry-after': '1' } },
      { params: { status: '503', reason: '', retryAfter: '2026-03-05T12:00:01.000Z' } },
    ],
    [{ status: 204 }, { code: 'BANK_RESPONSE_INVALID' }],
    [{ status: 100 }, { code: 'BANK_RESPONSE_INVALID' }],
  ];
  it.each(refusals)('%j is %j', (answer, error) => {
    expect(judgeRefusal(aResponse(answer), NOW)).toMatchObject(error);
    expect(() => judgeResource(aResponse(answer), expected)).toThrow(expect.objectContaining(error));
  });
});

describe('Retry-After', () => {
  it.each([
    ['0', '2026-03-05T12:00:00.000Z'],
    ['120', '2026-03-05T12:02:00.000Z'],
    ['Thu, 05 Mar 2026 13:00:00 GMT', '2026-03-05T13:00:00.000Z'],
    ['Thu, 05 Mar 2020 13:00:00 GMT', '2026-03-05T12:00:00.000Z'],
    ['999999999', '2026-03-12T12:00:00.000Z'],
    ['soon', null],
    ['-5', null],
    [undefined, null],
  ])('%j is %j', (header, at) => expect(retryAfterOf(header, NOW)).toBe(at));
});

describe('consent', () => {
  const Data = {
    ConsentId: 'c1',
    CreationDateTime: '2026-03-05T00:00:00+00:00',
    Status: 'AUTH',
    StatusUpdateDateTime: '2026-03-05T00:00:00+00:00',
    Permissions: ['ReadBalances'],
  };
  const judged = (change: Record<string, unknown>) =>
    judgeConsent(aResponse({ body: { Data: { ...Data, ...change }, Risk: {} } }), 'c1');

  it('asks for the permissions, the start date and the end, and nothing else', () => {
    const request = { permissions: ['ReadBalances'], from: day('2025-01-31'), expiresAt: instantOf(NOW) };
    expect(buildConsentRequest(request)).toEqual({
      Data: {
        Permissions: ['ReadBalances'],
        ExpirationDateTime: '2026-03-05T12:00:00+00:00',
        TransactionFromDateTime: '2025-01-31T00:00:00+00:00',
      },
      Risk: {},
    });
    expect(buildConsentRequest({ ...request, expiresAt: null })).not.toHaveProperty('Data.ExpirationDateTime');
  });

  it('is read with the window and end the bank granted', () => {
    const given = {
      ExpirationDateTime: '2026-06-01T01:00:00+01:00',
      TransactionFromDateTime: '2025-06-01T00:00:00+01:00',
    };
    expect(judged(given)).toEqual({
      id: 'c1',
      status: 'AUTH',
      permissions: ['ReadBalances'],
      expiresAt: '2026-06-01T00:00:00.000Z',
      from: '2025-06-01',
    });
    expect(judged({})).toMatchObject({ expiresAt: null, from: null });
  });

  it.each([
    [{ ConsentId: 'c2' }, 'Data.ConsentId'],
    [{ Status: 'Authorised' }, 'Data.Status'],
    [{ Permissions: 'all' }, 'Data.Permissions'],
    [{ ExpirationDateTime: 'never' }, 'Data.ExpirationDateTime'],
    [{ TransactionFromDateTime: '01/06/2025' }, 'Data.TransactionFromDateTime'],
  ])('that says %j is refused', (change, where) => expect(() => judged(change)).toThrow(invalid(where)));

  it.each([
    ['AUTH', null, null],
    ['AUTH', '2026-03-05T12:00:00Z', 'CONSENT_EXPIRED'],
    ['AUTH', '2026-03-05T12:00:01Z', null],
    ['EXPD', null, 'CONSENT_EXPIRED'],
    ['CANC', null, 'CONSENT_REVOKED'],
    ['AWAU', null, 'CONSENT_REVOKED'],
    ['RJCT', null, 'CONSENT_REJECTED'],
  ])('%s ending %j has the problem %j', (Status, end, code) => {
    const consent = judged({ Status, ...(end === null ? {} : { ExpirationDateTime: end }) });
    expect(consentProblem(consent, NOW)?.code ?? null).toBe(code);
  });

  it('with fewer permissions than asked is taken, with more refused', () => {
    expect(judgePermissions(['a'], ['a', 'b'])).toEqual(['a']);
    expect(() => judgePermissions(['a', 'c'], ['a', 'b'])).toThrow(
      expect.objectContaining({ code: 'CONSENT_SIGN_IN_FAILED', params: { reason: 'permissions', more: 'c' } }),
    );
  });
});

describe('accounts', () => {
  const judged = (...Account: unknown[]) => judgeAccounts(aResponse({ body: { Data: { Account } } }));
  const iban = { SchemeName: 'UK.OBIE.IBAN', Identification: 'GB82 WEST 1234 5698 7654 32', Name: 'Firm Ltd' };
  const number = { SchemeName: 'UK.OBIE.SortCodeAccountNumber', Identification: '80200112344562' };

  it('are named by what outlives the consent', () => {
    const [found] = judged({
      AccountId: 'r1',
      Currency: 'GBP',
      AccountTypeCode: 'SVGS',
      Nickname: 'Reserve',
      Account: [number, iban],
      Servicer: { SchemeName: 'UK.OBIE.BICFI', Identification: 'PRACGB2L' },
    });
    expect(found).toEqual({
      resourceId: 'r1',
      account: {
        id: 'GB82WEST12345698765432',
        iban: 'GB82WEST12345698765432',
        currency: 'GBP',
        name: 'Firm Ltd – Reserve',
        institution: 'PRACGB2L',
        kind: 'savings',
      },
    });
  });

  it('without a valid IBAN are named by their number, without one by the resource', () => {
    const wrong = { ...iban, Identification: 'GB00WEST12345698765432' };
    expect(judged({ AccountId: 'r1', Account: [wrong, number] })[0]?.account).toMatchObject({
      id: '80200112344562',
      iban: null,
    });
    const bare = { id: 'r1', iban: null, currency: null, name: null, institution: null, kind: 'other' };
    expect(judged({ AccountId: 'r1' })[0]?.account).toEqual(bare);
  });

  it('keep no card number', () => {
    const card = { SchemeName: 'UK.OBIE.PAN', Identification: '5555555555554444' };
    expect(JSON.stringify(judged({ AccountId: 'r1', AccountTypeCode: 'CARD', Account: [card] }))).not.toContain('5555');
  });

  it('may be none', () => expect(judgeAccounts(aResponse({ body: { Data: {} } }))).toEqual([]));

  it('with one resource twice are refused', () => {
    expect(() => judged({ AccountId: 'r1' }, { AccountId: 'r1' })).toThrow(invalid('Data.Account.AccountId'));
  });

  it.each([
    ['no JSON', { body: '<html>' }, 'body'],
    ['broken UTF-8', { body: '{"Data":"\ud800' }, 'body'],
    ['another type', { headers: { 'content-type': 'text/html' } }, 'content-type'],
    ['a list', { body: [] }, 'body'],
    ['null', { body: 'null' }, 'body'],
    ['text for accounts', { body: { Data: { Account: 'x' } } }, 'Data.Account'],
    ['a number for an id', { body: { Data: { Account: [{ AccountId: 7 }] } } }, 'Data.Account.0.AccountId'],
    [
      'a currency nobody has',
      { body: { Data: { Account: [{ AccountId: 'a', Currency: 'gbp' }] } } },
      'Data.Account.0.Currency',
    ],
  ])('in an answer that is %s are refused', (_name, answer, where) => {
    expect(() => judgeAccounts(aResponse(answer))).toThrow(invalid(where));
  });
});

describe('balances', () => {
  const one = {
    AccountId: 'a1',
    CreditDebitIndicator: 'Credit',
    Type: 'ITBD',
    DateTime: '2026-03-05T23:59:59+00:00',
    Amount: { Amount: '10.00', Currency: 'GBP' },
  };
  const judged = (...Balance: unknown[]) => judgeBalances(aResponse({ body: { Data: { Balance } } }), 'a1');

  it.each([
    ['CLAV', 'closing-available'],
    ['CLBD', 'closing-booked'],
    ['FWAV', 'forward-available'],
    ['INFO', 'information'],
    ['ITAV', 'interim-available'],
    ['ITBD', 'interim-booked'],
    ['OPAV', 'opening-available'],
    ['OPBD', 'opening-booked'],
    ['PRCD', 'previously-closed-booked'],
    ['XPCD', 'expected'],
  ])('%s is %s', (Type, type) => expect(judged({ ...one, Type }).balances[0]?.type).toBe(type));

  it('owe where the indicator says so', () => {
    const owed = { ...one, CreditDebitIndicator: 'Debit', Amount: { Amount: '316.39', Currency: 'GBP' } };
    expect(judged(owed).balances).toEqual([
      { type: 'interim-booked', amountMinor: '-31639', currency: 'GBP', date: '2026-03-05' },
    ]);
  });

  it('with a credit line in them prove nothing', () => {
    const line = (Included: boolean) => judged({ ...one, CreditLine: [{ Included }] }).balances[0]?.type;
    expect([line(true), line(false)]).toEqual(['information', 'interim-booked']);
    expect(judged({ ...one, Type: 'ITAV', CreditLine: [{ Included: true }] }).balances[0]?.type).toBe(
      'interim-available',
    );
  });

  it('of an unknown type are named and left out', () => {
    const { balances, warnings } = judged(one, { ...one, Type: 'NEWS' }, { ...one, Type: 'toString' });
    expect(balances).toHaveLength(1);
    expect(warnings).toEqual([{ code: 'BALANCE_TYPE_UNKNOWN', text: expect.stringContaining('NEWS, toString') }]);
  });

  it.each([
    ['none', [], 'Data.Balance'],
    ['of another account', [{ ...one, AccountId: 'a2' }], 'Data.Balance.AccountId'],
    ['signed', [{ ...one, Amount: { Amount: '-1', Currency: 'GBP' } }], 'Data.Balance.0.Amount.Amount'],
    ['undated', [{ ...one, DateTime: undefined }], 'Data.Balance.0.DateTime'],
  ])('that are %s are refused', (_name, list, where) => expect(() => judged(...list)).toThrow(invalid(where)));
});

describe('a page of transactions', () => {
  const url = 'https://bank.test:8443/aisp/accounts/a1/transactions';
  const judged = (body: unknown) => judgeTransactionsPage(aResponse({ body }), url);

  it('is asked for from a day on, and survives odd ids', () => {
    expect(firstPageUrl('https://b/aisp', 'a/../1', day('2026-01-02'))).toBe(
      'https://b/aisp/accounts/a%2F..%2F1/transactions?fromBookingDateTime=2026-01-02T00%3A00%3A00Z',
    );
  });

  it('names the next page as the bank wrote it, relative or absolute', () => {
    const next = (Next: string) => judged({ Data: {}, Links: { Self: url, Next } }).next;
    expect(next(`${url}?page=%7Ba%7D`)).toBe(`${url}?page=%7Ba%7D`);
    expect(next('?page=2')).toBe(`${url}?page=2`);
    expect(next('')).toBeNull();
    expect(judged({ Data: {} })).toEqual({ records: [], next: null, totalPages: null, firstAvailable: null });
  });

  it.each([
    'https://evil.test/aisp',
    'https://bank.test/aisp',
    'http://bank.test:8443/aisp',
    '//evil.test/x',
    'https://bank.test:8443@evil.test/',
    'javascript:alert(1)',
    'file:///etc/passwd',
  ])('never leads to %s', (Next) => {
    expect(() => judged({ Data: {}, Links: { Next } })).toThrow(expect.objectContaining({ code: 'BANK_REDIRECTED' }));
  });

  it.each([
    [{ Links: { Next: 'https://[' }, Data: {} }, 'Links.Next'],
    [{ Data: { Transaction: {} } }, 'Data.Transaction'],
    [{ Data: {}, Meta: { TotalPages: '3' } }, 'Meta.TotalPages'],
    [{ Data: {}, Meta: { TotalPages: -1 } }, 'Meta.TotalPages'],
    [{ Data: {}, Meta: { TotalPages: 1.5 } }, 'Meta.TotalPages'],
    [{ Data: {}, Meta: { FirstAvailableDateTime: 'x' } }, 'Meta.FirstAvailableDateTime'],
    [{}, 'Data'],
  ])('that says %j is refused', (body, where) => expect(() => judged(body)).toThrow(invalid(where)));
});
