// What a refusal means is asked of the consent itself: once a fetch, and never at the price of a second, misleading cause.
import { describe, expect, it } from 'vitest';
import { createUkOpenBanking } from '../../../../electron/adapters/banks/uk-open-banking/adapter.ts';
import type { BankSlice } from '../../../../electron/core/ports/bank-adapter.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../../shared/errors/codes.ts';
import { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import { aFakeHttp, type Answer, type FakeHttp } from '../responses.ts';
import { aSession, ISSUER, someTokens } from './session.ts';

const clock = { now: () => Date.parse('2026-03-05T12:00:00Z'), monotonic: () => 0 };
const adapter = createUkOpenBanking({ clock, timer: () => () => undefined });
const from = CalendarDate.parse('2026-01-01');

const METADATA = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/authorize`,
  token_endpoint: `${ISSUER}/token`,
  pushed_authorization_request_endpoint: `${ISSUER}/par`,
  code_challenge_methods_supported: ['S256'],
};

const aConsent = (change: Record<string, unknown> = {}): Answer => ({
  body: { Data: { ConsentId: 'c1', Status: 'AUTH', Permissions: [], ...change } },
});

/** A bank whose accounts answer as told, and whose consent says what it says. */
function aBank(account: Answer, consent: Answer | ErrorCode, accounts: Answer = listed): FakeHttp {
  return aFakeHttp(({ method, url }) => {
    const path = `${method} ${new URL(url).pathname}`;
    if (path === 'GET /.well-known/openid-configuration') return { body: METADATA };
    if (path === 'POST /token') return { body: { access_token: 'office', token_type: 'bearer' } };
    if (path === 'GET /aisp/accounts') return accounts;
    if (path === 'DELETE /aisp/account-access-consents/c1') return { status: 204 };
    if (path !== 'GET /aisp/account-access-consents/c1') return account;
    if (typeof consent === 'string') throw new AppError(consent);
    return consent;
  });
}
const listed: Answer = { body: { Data: { Account: [{ AccountId: 'a1' }, { AccountId: 'a2' }] } } };

async function fetched(http: FakeHttp): Promise<BankSlice[]> {
  const accounts = ['a1', 'a2'].map((resourceId) => ({ resourceId, name: '', from }));
  const slices: BankSlice[] = [];
  const request = { tokens: someTokens, consentId: 'c1', attended: false, accounts };
  for await (const slice of adapter.fetch(aSession(http), request)) slices.push(slice);
  return slices;
}

const asked = (http: FakeHttp): number => http.requests.filter(({ url }) => url.endsWith('/c1')).length;

describe('a refusal', () => {
  it.each([
    [401, aConsent({ Status: 'EXPD' }), 'CONSENT_EXPIRED'],
    [403, aConsent({ Status: 'EXPD' }), 'CONSENT_EXPIRED'],
    [400, aConsent({ Status: 'CANC' }), 'CONSENT_REVOKED'],
    [403, aConsent({ ExpirationDateTime: '2026-03-05T11:59:59Z' }), 'CONSENT_EXPIRED'],
    [401, aConsent(), 'BANK_UNAUTHORISED'],
    [401, { status: 500 }, 'BANK_UNAUTHORISED'],
    [401, { status: 401 }, 'BANK_UNAUTHORISED'],
    [401, { status: 200, body: 'nonsense' }, 'BANK_UNAUTHORISED'],
    [401, 'BANK_UNREACHABLE', 'BANK_UNAUTHORISED'],
    [401, 'TLS_PIN_MISMATCH', 'TLS_PIN_MISMATCH'],
    [403, 'BANK_REDIRECTED', 'BANK_REDIRECTED'],
    [403, 'SYNC_CANCELLED', 'SYNC_CANCELLED'],
  ] satisfies [number, Answer | ErrorCode, ErrorCode][])(
    '%d with the consent saying %j stops as %s',
    async (status, consent, code) => {
      await expect(fetched(aBank({ status }, consent))).rejects.toMatchObject({ code });
    },
  );

  it.each([
    [{ Status: 'EXPD' }, 'CONSENT_EXPIRED'],
    [{ Status: 'AUTH' }, 'BANK_REFUSED'],
  ])('of the list of accounts is asked about as well: %j', async (consent, code) => {
    await expect(fetched(aBank({}, aConsent(consent), { status: 403 }))).rejects.toMatchObject({ code });
  });

  it('of every account under a consent in order fails each alone, and the consent is asked once', async () => {
    const http = aBank({ status: 403 }, aConsent());
    expect((await fetched(http)).map(({ failed }) => failed?.code)).toEqual(['BANK_REFUSED', 'BANK_REFUSED']);
    expect(asked(http)).toBe(1);
  });

  it('that is none of the consent’s business is not asked about', async () => {
    const http = aBank({ status: 500 }, aConsent());
    expect((await fetched(http)).map(({ failed }) => failed?.code)).toEqual(['BANK_SERVER_ERROR', 'BANK_SERVER_ERROR']);
    expect(asked(http)).toBe(0);
  });
});

describe('revoking', () => {
  const deleted = (http: FakeHttp): number => http.requests.filter(({ method }) => method === 'DELETE').length;

  it('deletes a consent that is in order, under the office’s own token', async () => {
    const http = aBank({}, aConsent());
    await adapter.revoke(aSession(http), 'c1');
    expect(http.requests.at(-1)).toMatchObject({ method: 'DELETE', headers: { authorization: 'Bearer office' } });
  });

  it.each(['EXPD', 'CANC', 'RJCT'])('leaves a consent that is %s', async (Status) => {
    const http = aBank({}, aConsent({ Status }));
    await adapter.revoke(aSession(http), 'c1');
    expect(deleted(http)).toBe(0);
  });
});
