// The way to a token at the practice bank, end to end with raw requests: what is right works, what is not is refused.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCalendarDate } from '../../shared/model/calendar-date.ts';
import { createPracticeBank, type PracticeBank } from '../../electron/practice-bank/practice-bank.ts';
import { createTlsIdentity } from '../../electron/practice-bank/tls-identity.ts';
import {
  authorise,
  clientToken,
  connect,
  createConsent,
  json,
  postForm,
  read,
  readConsent,
  redeem,
  send,
  shownIdentity,
  type ConsentReply,
  type TokenReply,
} from './bank-client.ts';

const TODAY = parseCalendarDate('2026-06-30');
let bank: PracticeBank;
beforeAll(async () => {
  bank = await createPracticeBank({ today: TODAY });
});
afterAll(() => bank.close());

type AccountsReply = { Data: { Account: { AccountId: string; Account: { Identification: string }[] }[] } };

async function newConsent(): Promise<string> {
  return (json(await createConsent(bank.details)) as ConsentReply).Data.ConsentId;
}

function ibans(company: number): string[] {
  return bank.details.companies[company]?.accounts.map((account) => account.iban) ?? [];
}

describe('discovery', () => {
  it('names the exact issuer, keeps every endpoint but the browser’s on https, and demands PAR and PKCE', async () => {
    const document = json(
      await send(bank.details, `${bank.details.issuer}/.well-known/openid-configuration`),
    ) as Record<string, unknown>;
    expect(document['issuer']).toBe(bank.details.issuer);
    expect(document['authorization_endpoint']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/authorize$/);
    for (const name of ['token_endpoint', 'pushed_authorization_request_endpoint', 'jwks_uri', 'revocation_endpoint']) {
      expect(document[name]).toMatch(new RegExp(`^${bank.details.issuer}/`));
    }
    expect(document).toMatchObject({
      require_pushed_authorization_requests: true,
      code_challenge_methods_supported: ['S256'],
      response_types_supported: ['code'],
      token_endpoint_auth_methods_supported: ['tls_client_auth'],
      tls_client_certificate_bound_access_tokens: true,
      authorization_response_iss_parameter_supported: true,
      claims_parameter_supported: true,
    });
  });
});

describe('approval', () => {
  it('binds the chosen accounts of two companies to the consent and gives tokens that read exactly them', async () => {
    const chosen = [ibans(0)[0] ?? '', ibans(1)[2] ?? ''];
    const consentId = await newConsent();
    expect((await readConsent(bank.details, consentId)).Data.Status).toBe('AWAU');
    const authorised = await authorise(bank.details, consentId, { person: { accounts: chosen } });
    expect(authorised.redirect.searchParams.get('state')).toBe(authorised.state);
    expect(authorised.redirect.searchParams.get('iss')).toBe(bank.details.issuer);
    const tokens = await redeem(bank.details, authorised);
    expect(tokens).toMatchObject({ expires_in: 600, scope: 'openid accounts' });
    const claims = JSON.parse(Buffer.from(tokens.id_token.split('.')[1] ?? '', 'base64url').toString()) as Record<
      string,
      unknown
    >;
    expect(claims).toMatchObject({
      iss: bank.details.issuer,
      sub: 'olivia',
      nonce: 'n-1',
      openbanking_intent_id: consentId,
    });
    expect((await readConsent(bank.details, consentId)).Data.Status).toBe('AUTH');
    const accounts = (json(await read(bank.details, tokens.access_token, '/accounts')) as AccountsReply).Data.Account;
    expect(new Set(accounts.map((account) => account.Account[1]?.Identification))).toEqual(new Set(chosen));
  });

  it('takes the consent id under userinfo, too', async () => {
    const consentId = await newConsent();
    const claims = { userinfo: { openbanking_intent_id: { value: consentId, essential: true } } };
    const tokens = await redeem(bank.details, await authorise(bank.details, consentId, { claims }));
    expect(tokens.access_token).toBeTypeOf('string');
  });

  it('ends a refusal with access_denied and a rejected consent', async () => {
    const consentId = await newConsent();
    const { redirect } = await authorise(bank.details, consentId, { person: { approve: false } });
    expect(redirect.searchParams.get('error')).toBe('access_denied');
    expect(redirect.searchParams.get('iss')).toBe(bank.details.issuer);
    expect((await readConsent(bank.details, consentId)).Data.Status).toBe('RJCT');
  });

  it('refuses a wrong password and never shows another sign-in’s accounts', async () => {
    await expect(authorise(bank.details, await newConsent(), { person: { password: 'guess' } })).rejects.toThrow(
      'wrong',
    );
    const foreign = ibans(0);
    await expect(
      authorise(bank.details, await newConsent(), { person: { name: 'ben', accounts: foreign } }),
    ).rejects.toThrow('Tick');
  });
});

describe('refusals of the authorisation server', () => {
  it('shows a person who comes without a pushed request a page, not a way in', async () => {
    const discovery = await send(bank.details, `${bank.details.issuer}/.well-known/openid-configuration`);
    const endpoint = (json(discovery) as { authorization_endpoint: string }).authorization_endpoint;
    const query = new URLSearchParams({
      client_id: bank.details.client.clientId,
      response_type: 'code',
      scope: 'openid',
    });
    const answer = await fetch(`${endpoint}?${query.toString()}`, { redirect: 'manual' });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('cannot be carried out')]);
    expect((await fetch(new URL('/open-banking/v4.0/aisp/accounts', endpoint))).status).toBe(404);
    expect((await fetch(new URL('/sign-in/guessed', endpoint))).status).toBe(400);
  });

  it('wants a known, open consent, PKCE with S256, a loopback redirect and PAR', async () => {
    const good = {
      response_type: 'code',
      scope: 'openid accounts',
      redirect_uri: 'http://127.0.0.1:49152/callback',
      code_challenge: createHash('sha256').update('x'.repeat(43)).digest('base64url'),
      code_challenge_method: 'S256',
      claims: JSON.stringify({ id_token: { openbanking_intent_id: { value: await newConsent(), essential: true } } }),
    };
    const unknown = JSON.stringify({ id_token: { openbanking_intent_id: { value: 'aac-unknown' } } });
    const outcomes = await Promise.all([
      postForm(bank.details, '/par', good),
      postForm(bank.details, '/par', { ...good, claims: unknown }),
      postForm(bank.details, '/par', { ...good, code_challenge_method: 'plain' }),
      postForm(bank.details, '/par', { ...good, redirect_uri: 'http://127.0.0.1:49152/elsewhere' }),
      postForm(bank.details, '/par', { ...good, redirect_uri: 'https://evil.example/callback' }),
      postForm(bank.details, '/par', { ...good, response_type: 'code id_token' }),
    ]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual([201, 400, 400, 400, 400, 400]);
    const { code_challenge: _left, code_challenge_method: _out, ...withoutPkce } = good;
    expect((await postForm(bank.details, '/par', withoutPkce)).status).toBe(400);
  });

  it('redeems a code once, and only with its verifier', async () => {
    const authorised = await authorise(bank.details, await newConsent());
    expect((await redeem(bank.details, { ...authorised, verifier: 'y'.repeat(43) })).error).toBe('invalid_grant');
    const second = await authorise(bank.details, await newConsent());
    expect((await redeem(bank.details, second)).access_token).toBeTypeOf('string');
    expect((await redeem(bank.details, second)).error).toBe('invalid_grant');
  });

  it('rotates refresh tokens and revokes the grant when a used one comes back', async () => {
    const { tokens } = await connect(bank.details);
    const refresh = (token: string) =>
      postForm(bank.details, '/token', { grant_type: 'refresh_token', refresh_token: token });
    const renewed = json(await refresh(tokens.refresh_token)) as TokenReply;
    expect(renewed.refresh_token).not.toBe(tokens.refresh_token);
    expect((await read(bank.details, renewed.access_token, '/accounts')).status).toBe(200);
    expect((json(await refresh(tokens.refresh_token)) as TokenReply).error).toBe('invalid_grant');
    expect((await read(bank.details, renewed.access_token, '/accounts')).status).toBe(401);
    expect((json(await refresh(renewed.refresh_token)) as TokenReply).error).toBe('invalid_grant');
  });
});

describe('mutual TLS', () => {
  it('lets nobody in without a certificate or with one of another authority', async () => {
    const { enrolment } = await createTlsIdentity();
    const url = `${bank.details.issuer}/token`;
    const without = { cert: undefined, key: undefined };
    await expect(send(bank.details, url, { tls: without })).rejects.toMatchObject({
      code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
    });
    const foreign = { cert: enrolment.certificatePem, key: enrolment.privateKeyPem };
    await expect(send(bank.details, url, { tls: foreign })).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('separates client tokens from customer tokens', async () => {
    const client = await clientToken(bank.details);
    expect((await read(bank.details, client, '/accounts')).status).toBe(401);
    const { consentId, tokens } = await connect(bank.details);
    expect((await read(bank.details, tokens.access_token, `/account-access-consents/${consentId}`)).status).toBe(401);
    expect((await read(bank.details, 'made-up', '/accounts')).headers['www-authenticate']).toContain('invalid_token');
  });

  it('speaks TLS 1.3 with the key whose pin it gave out', async () => {
    expect(await shownIdentity(bank.details)).toEqual({ pin: bank.details.pins.current, protocol: 'TLSv1.3' });
    expect(bank.details.pins.backup).not.toBe(bank.details.pins.current);
  });
});
