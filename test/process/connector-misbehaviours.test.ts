// Each way in which the practice bank misbehaves has its own code, brings no row, and changes no token.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Misbehaviour } from '../../electron/practice-bank/misbehaviours.ts';
import { startPracticeBankProcess, type PracticeBankProcess } from '../../electron/practice-bank/spawn.ts';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import {
  beginFetch,
  beginSignIn,
  endpointOf,
  fetchAll,
  signInAs,
  startConnector,
  type ConnectorUnderTest,
  type SignedIn,
  type Slice,
} from './connector-client.ts';

let bank: PracticeBankProcess;
let connector: ConnectorUnderTest;
let signed: SignedIn;

beforeAll(async () => {
  [bank, connector] = [await startPracticeBankProcess({ slowMs: 2000 }), startConnector()];
  signed = await signInAs(connector, bank);
});

afterEach(() => bank.misbehave([]));

afterAll(async () => {
  connector.kill();
  await bank.close();
});

const rowCount = (slices: readonly Slice[]): number =>
  slices
    .flatMap(({ events }) => events)
    .reduce((sum, event) => sum + (event.type === 'transactions' ? event.items.length : 0), 0);

/** Stops the connection at the first call. */
const STOPS: readonly (readonly [Misbehaviour, ErrorCode])[] = [
  ['wrong-pin', 'TLS_PIN_MISMATCH'],
  ['expired-certificate', 'TLS_CERTIFICATE_EXPIRED'],
  ['not-yet-valid-certificate', 'TLS_CERTIFICATE_NOT_YET_VALID'],
  ['self-signed-certificate', 'TLS_AUTHORITY_UNKNOWN'],
  ['wrong-host', 'TLS_WRONG_HOST'],
  ['tls-1.2-only', 'TLS_VERSION_REFUSED'],
  ['no-client-certificate', 'TLS_CLIENT_CERTIFICATE_REFUSED'],
  ['consent-expired', 'CONSENT_EXPIRED'],
  ['consent-revoked', 'CONSENT_REVOKED'],
  ['rate-limited', 'BANK_RATE_LIMITED'],
  ['server-error', 'BANK_SERVER_ERROR'],
  ['truncated-body', 'BANK_RESPONSE_TRUNCATED'],
  ['redirect', 'BANK_REDIRECTED'],
  ['missing-interaction-id', 'BANK_RESPONSE_INVALID'],
];

/** Those that no request survives, not even one for tokens. */
const ON_THE_WIRE = STOPS.filter(([, code]) => code.startsWith('TLS_'));

describe('a fetch', () => {
  it.each(STOPS)('under %s ends as %s', async (name, code) => {
    await bank.misbehave([name]);
    const before = (await bank.requests()).length;
    await expect(fetchAll(connector, bank, signed)).rejects.toMatchObject({ code });
    const served = (await bank.requests())
      .slice(before)
      .filter(({ path, status }) => /\/accounts/.test(path) && status === 200);
    if (name !== 'missing-interaction-id' && name !== 'truncated-body') expect(served).toEqual([]);
  });

  it.each(STOPS)('after %s is over works again with the same tokens', async (name) => {
    await bank.misbehave([name]);
    await expect(fetchAll(connector, bank, signed)).rejects.toThrow();
    await bank.misbehave([]);
    const slices = await fetchAll(connector, bank, signed, { only: [0] });
    expect(rowCount(slices)).toBeGreaterThan(0);
  });

  it('accepts the backup pin and says which key it saw', async () => {
    await bank.misbehave(['backup-pin']);
    const slices = await fetchAll(connector, bank, signed, { days: 5, only: [0] });
    expect(slices.at(-1)?.tls?.spkiSha256).toBe(bank.details.pins.backup);
  });

  it('names the key behind a wrong pin and the origin behind a redirect', async () => {
    await bank.misbehave(['wrong-pin']);
    await expect(fetchAll(connector, bank, signed)).rejects.toMatchObject({
      params: { host: 'localhost', spkiSha256: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/) },
    });
    await bank.misbehave(['redirect']);
    const elsewhere = new URL(bank.details.issuer);
    await expect(fetchAll(connector, bank, signed)).rejects.toMatchObject({
      params: { origin: `https://127.0.0.1:${elsewhere.port}` },
    });
    expect((await bank.requests()).every(({ host }) => host.startsWith('localhost:'))).toBe(true);
  });

  it('gives the instant before which not to call again', async () => {
    await bank.misbehave(['rate-limited']);
    const error = await fetchAll(connector, bank, signed).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'BANK_RATE_LIMITED', retryable: true, params: { calls: '1' } });
    const { retryAfter = '' } = (error as { params: Record<string, string> }).params;
    expect(Math.abs(Date.parse(retryAfter) - Date.now() - 120_000)).toBeLessThan(10_000);
  });

  it('waits for a slow bank', async () => {
    await bank.misbehave(['slow']);
    expect((await fetchAll(connector, bank, signed, { days: 1, only: [0] })).at(-1)?.done).toBe(true);
  });

  it('takes a page that comes twice once, and says so', async () => {
    const clean = await fetchAll(connector, bank, signed, { only: [0] });
    await bank.misbehave(['duplicate-page']);
    const doubled = await fetchAll(connector, bank, signed, { only: [0] });
    expect(rowCount(doubled)).toBe(rowCount(clean));
    expect(doubled.flatMap(({ events }) => events)).toContainEqual(
      expect.objectContaining({ warning: expect.objectContaining({ code: 'RECORDS_REPEATED' }) }),
    );
  });

  it.each([
    ['server-error', 'BANK_SERVER_ERROR'],
    ['truncated-body', 'BANK_RESPONSE_TRUNCATED'],
    ['missing-interaction-id', 'BANK_RESPONSE_INVALID'],
  ] as const)(
    'that meets %s half way fails the account as %s, ends its statement and goes on to the next',
    async (name, code) => {
      const { jobId } = await beginFetch(connector, bank, signed, { only: [0, 1] });
      const [first, second] = signed.signedIn.accounts.map(({ resourceId }) => resourceId);
      await connector.client.bank.nextSlice({ jobId });
      await bank.misbehave([name]);
      const failed = await connector.client.bank.nextSlice({ jobId });
      expect(failed).toMatchObject({ account: first, complete: false, failed: { code }, done: false });
      expect(failed.events).toEqual([expect.objectContaining({ type: 'statement-end', opening: null, closing: null })]);
      await bank.misbehave([]);
      expect(await connector.client.bank.nextSlice({ jobId })).toMatchObject({ account: second, failed: null });
      await connector.client.connectorJobs.cancel({ jobId });
    },
  );

  it.each([
    ['consent-expired', 'CONSENT_EXPIRED'],
    ['rate-limited', 'BANK_RATE_LIMITED'],
    ['redirect', 'BANK_REDIRECTED'],
    ['wrong-pin', 'TLS_PIN_MISMATCH'],
  ] as const)('that meets %s half way stops the whole connection as %s', async (name, code) => {
    const { jobId } = await beginFetch(connector, bank, signed, { only: [0, 1] });
    await connector.client.bank.nextSlice({ jobId });
    await bank.misbehave([name]);
    await expect(connector.client.bank.nextSlice({ jobId })).rejects.toMatchObject({ code });
    await expect(connector.client.bank.nextSlice({ jobId })).rejects.toMatchObject({ code: 'SYNC_CANCELLED' });
  });

  it('with a token that the bank no longer takes is BANK_UNAUTHORISED: the consent is in order', async () => {
    const tokens = { ...signed.signedIn.tokens, accessToken: 'unknown' };
    await expect(
      fetchAll(connector, bank, { ...signed, signedIn: { ...signed.signedIn, tokens } }),
    ).rejects.toMatchObject({
      code: 'BANK_UNAUTHORISED',
    });
  });

  it('with another office’s certificate is refused by the bank', async () => {
    const stranger = await startPracticeBankProcess();
    const { certificatePem, privateKeyPem } = stranger.details.client;
    const tokens = signed.signedIn.tokens;
    const endpoint = endpointOf(bank, { certificatePem, privateKeyPem });
    const request = { endpoint, tokens, consentId: signed.consentId, attended: true, accounts: [] };
    const { jobId } = await connector.client.bank.beginFetch(request);
    await expect(connector.client.bank.nextSlice({ jobId })).rejects.toMatchObject({
      code: 'TLS_CLIENT_CERTIFICATE_REFUSED',
    });
    await stranger.close();
  });
});

describe('tokens', () => {
  it.each(ON_THE_WIRE)(
    'are not spent under %s: the refresh fails as %s and the same token works afterwards',
    async (name, code) => {
      const own = await signInAs(connector, bank);
      const ask = { endpoint: endpointOf(bank), tokens: own.signedIn.tokens };
      await bank.misbehave([name]);
      await expect(connector.client.bank.refresh(ask)).rejects.toMatchObject({ code });
      await bank.misbehave([]);
      await expect(connector.client.bank.refresh(ask)).resolves.toHaveProperty('tokens.refreshToken');
    },
  );

  it('that the bank calls reused end the grant as BANK_UNAUTHORISED', async () => {
    const own = await signInAs(connector, bank);
    await bank.misbehave(['refresh-reuse']);
    await expect(
      connector.client.bank.refresh({ endpoint: endpointOf(bank), tokens: own.signedIn.tokens }),
    ).rejects.toMatchObject({ code: 'BANK_UNAUTHORISED' });
  });
});

describe('a sign-in', () => {
  it.each(ON_THE_WIRE)('under %s is refused as %s before a consent is made', async (name, code) => {
    await bank.misbehave([name]);
    const before = (await bank.requests()).length;
    await expect(beginSignIn(connector, bank)).rejects.toMatchObject({ code });
    expect((await bank.requests()).length).toBe(before);
  });

  it.each(['rate-limited', 'server-error', 'redirect', 'truncated-body'] as const)(
    'under %s is refused',
    async (name) => {
      await bank.misbehave([name]);
      await expect(beginSignIn(connector, bank)).rejects.toMatchObject({
        code: STOPS.find(([each]) => each === name)?.[1],
      });
    },
  );
});

describe('identify', () => {
  it.each([
    ['expired-certificate', 'TLS_CERTIFICATE_EXPIRED'],
    ['not-yet-valid-certificate', 'TLS_CERTIFICATE_NOT_YET_VALID'],
    ['self-signed-certificate', 'TLS_AUTHORITY_UNKNOWN'],
    ['wrong-host', 'TLS_WRONG_HOST'],
  ] as const)('under %s shows who answered and names %s', async (name, code) => {
    await bank.misbehave([name]);
    const { issuer, resourceBase, authorityPem } = bank.details;
    const found = await connector.client.bank.identify({ issuer, resourceBase, authorityPem });
    expect(found).toMatchObject({ trusted: false, problem: { code } });
    expect(found.identity.spkiSha256).toBe(bank.details.pins.current);
  });
});
