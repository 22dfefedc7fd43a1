// The connector process against the practice bank: sign-in, fetch, refresh, revocation, to the minor unit of the bank's own ledger.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn } from '../../electron/practice-bank/practice-browser.ts';
import type { LedgerAccountSummary } from '../../electron/practice-bank/ledger-summary.ts';
import { startPracticeBankProcess, type PracticeBankProcess } from '../../electron/practice-bank/spawn.ts';
import { StatementProof } from '../../shared/model/statement-proof.ts';
import type { SourceEvent, SourceTransaction } from '../../shared/model/source.ts';
import {
  beginFetch,
  beginSignIn,
  endpointOf,
  fetchAll,
  PERMISSIONS,
  signInAs,
  startConnector,
  today,
  type ConnectorUnderTest,
  type SignedIn,
  type Slice,
} from './connector-client.ts';

let bank: PracticeBankProcess;
let connector: ConnectorUnderTest;
let ledger: LedgerAccountSummary[];

beforeAll(async () => {
  [bank, connector] = [await startPracticeBankProcess(), startConnector()];
  ledger = await bank.ledger();
});

afterAll(async () => {
  connector.kill();
  await bank.close();
});

const eventsOf = (slices: readonly Slice[], account: string): SourceEvent[] =>
  slices.filter((slice) => slice.account === account).flatMap(({ events }) => events);

const rowsOf = (events: readonly SourceEvent[]): SourceTransaction[] =>
  events.flatMap((event) => (event.type === 'transactions' ? event.items : []));

function endOf(events: readonly SourceEvent[]): Extract<SourceEvent, { type: 'statement-end' }> {
  const end = events.at(-1);
  if (end?.type !== 'statement-end') throw new Error('the statement has no end');
  return end;
}

describe('identify', () => {
  it('says who the bank is and that it is trusted', async () => {
    const { issuer, resourceBase, authorityPem, pins } = bank.details;
    const found = await connector.client.bank.identify({ issuer, resourceBase, authorityPem });
    expect(found).toMatchObject({ trusted: true, problem: null, identity: { host: 'localhost', protocol: 'TLSv1.3' } });
    expect(found.identity.spkiSha256).toBe(pins.current);
  });

  it('says why it is not trusted without its authority', async () => {
    const { issuer, resourceBase } = bank.details;
    const found = await connector.client.bank.identify({ issuer, resourceBase, authorityPem: null });
    expect(found).toMatchObject({ trusted: false, problem: { code: 'TLS_AUTHORITY_UNKNOWN' } });
  });
});

describe('sign-in', () => {
  it('brings tokens, the consent as granted, and the accounts of both companies', async () => {
    const { signedIn, browser, consentId } = await signInAs(connector, bank, { days: 30 });
    expect(browser.status).toBe(200);
    expect(browser.page).toContain('Strongroom has the bank’s answer');
    expect(browser.page).not.toMatch(/<script/i);
    expect(consentId).toMatch(/^aac-/);
    expect(signedIn.tokens).toMatchObject({ scope: 'openid accounts' });
    expect(signedIn.tokens.refreshToken).not.toBeNull();
    expect(signedIn.permissions.toSorted()).toEqual(PERMISSIONS.toSorted());
    expect(signedIn.startDateGranted).toBe(
      new Date(Date.parse(today(bank)) - 30 * 86_400_000).toISOString().slice(0, 10),
    );
    expect(Date.parse(signedIn.consentExpiresAt ?? '')).toBeGreaterThan(Date.now() + 89 * 86_400_000);
    const companies = ledger.filter(({ company }) => /Ashdown|Design Imports/.test(company));
    expect(new Set(signedIn.accounts.map(({ account }) => account.iban))).toEqual(
      new Set(companies.map(({ iban }) => iban)),
    );
    expect(signedIn.accounts[0]?.account).toMatchObject({
      institution: 'PRACGB2LXXX',
      kind: 'current',
      currency: 'GBP',
    });
  });

  it('that the user refuses is CONSENT_REJECTED, and the browser page says so', async () => {
    const { jobId, url } = await beginSignIn(connector, bank);
    const browser = await signIn(url, { name: 'olivia', password: 'practice', approve: false });
    expect(browser.page).toContain('The bank gave no access');
    await expect(connector.client.bank.finishSignIn({ jobId })).rejects.toMatchObject({ code: 'CONSENT_REJECTED' });
  });

  it('takes the return once, and only with its own state and path', async () => {
    const { jobId, url } = await beginSignIn(connector, bank);
    const redirect = await new Promise<string>((resolve, reject) => {
      signIn(url, { name: 'olivia', password: 'practice', approve: true }).then(
        (done) => resolve(done.redirectedTo),
        reject,
      );
    });
    expect((await fetch(redirect)).status).toBe(400);
    const foreign = new URL(redirect);
    foreign.searchParams.set('state', 'someone-else');
    expect((await fetch(foreign)).status).toBe(400);
    expect((await fetch(new URL('/favicon.ico', redirect))).status).toBe(404);
    await connector.client.bank.finishSignIn({ jobId });
    await expect(fetch(redirect)).rejects.toThrow();
  });

  it('that is cancelled ends at once and closes its listener', async () => {
    const { jobId } = await beginSignIn(connector, bank);
    const waiting = connector.client.bank.finishSignIn({ jobId });
    const refused = expect(waiting).rejects.toMatchObject({ code: 'SYNC_CANCELLED' });
    await connector.client.connectorJobs.cancel({ jobId });
    await refused;
    await expect(connector.client.bank.finishSignIn({ jobId })).rejects.toMatchObject({ code: 'SYNC_CANCELLED' });
  });
});

describe('fetch', () => {
  let signed: SignedIn;
  beforeAll(async () => {
    signed = await signInAs(connector, bank, { days: 1200 });
  });

  it('brings every row of three years, equal to the bank’s ledger to the minor unit, with a balance proof that passes', async () => {
    const slices = await fetchAll(connector, bank, signed, { days: 1200 });
    expect(slices.filter(({ failed }) => failed !== null)).toEqual([]);
    for (const { resourceId, account } of signed.signedIn.accounts) {
      const truth = ledger.find(({ iban }) => iban === account.iban);
      const events = eventsOf(slices, resourceId);
      const rows = rowsOf(events);
      expect(events[0]).toEqual({ type: 'statement', account, statementId: null });
      expect(rows.map(summary).toSorted(byId)).toEqual(truth?.transactions.map(truthSummary).toSorted(byId));
      const end = endOf(events);
      expect(end.closing?.amountMinor).toBe(truth?.closingMinor);
      const proof = new StatementProof(account);
      for (const row of rows) proof.add(row);
      expect([account.iban, proof.result(end.opening, end.closing)]).toEqual([account.iban, 'pass']);
    }
  });

  it('counts its calls, digests what came, and ends with `done`', async () => {
    const slices = await fetchAll(connector, bank, signed, { days: 10, only: [0] });
    const last = slices.at(-1);
    expect(last).toMatchObject({ done: true, account: null, events: [], calls: 3, tls: { host: 'localhost' } });
    expect(last?.payloadSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(last?.payloadBytes).toBeGreaterThan(1000);
    expect(slices.filter(({ complete }) => complete)).toHaveLength(1);
  });

  it('never asks for an account that it was not told to', async () => {
    const before = (await bank.requests()).length;
    await fetchAll(connector, bank, signed, { days: 5, only: [1] });
    const asked = (await bank.requests()).slice(before).map(({ accountId }) => accountId);
    const chosen = signed.signedIn.accounts[1]?.resourceId;
    expect(new Set(asked.filter((id) => id !== null))).toEqual(new Set([chosen]));
  });

  it.each([true, false])('says whether the user waits: %s', async (attended) => {
    const before = (await bank.requests()).length;
    await fetchAll(connector, bank, signed, { days: 2, only: [0], attended });
    expect(new Set((await bank.requests()).slice(before).map((request) => request.attended))).toEqual(
      new Set([attended]),
    );
  });

  it('is pulled slice by slice: nothing is asked ahead', async () => {
    const { jobId } = await beginFetch(connector, bank, signed, { days: 900, only: [0] });
    const before = (await bank.requests()).length;
    const first = await connector.client.bank.nextSlice({ jobId });
    expect(first.calls).toBe(2);
    const second = await connector.client.bank.nextSlice({ jobId });
    expect(second.calls).toBe(3);
    await connector.client.connectorJobs.cancel({ jobId });
    await expect(connector.client.bank.nextSlice({ jobId })).rejects.toMatchObject({ code: 'SYNC_CANCELLED' });
    expect((await bank.requests()).length - before).toBe(3);
  });

  it('of an account that left the consent fails alone', async () => {
    const gone = { resourceId: 'gone', account: { ...signed.signedIn.accounts[0]!.account } };
    const accounts = [gone, ...signed.signedIn.accounts.slice(0, 1)];
    const slices = await fetchAll(
      connector,
      bank,
      { ...signed, signedIn: { ...signed.signedIn, accounts } },
      { days: 2 },
    );
    expect(slices.find(({ account }) => account === 'gone')?.failed).toMatchObject({ code: 'BANK_REFUSED' });
    expect(slices.some(({ complete }) => complete)).toBe(true);
  });
});

const byId = (one: { id: string | null }, other: { id: string | null }): number =>
  (one.id ?? '') < (other.id ?? '') ? -1 : 1;

function summary(row: SourceTransaction) {
  const { sourceId: id, state, bookingDate, valueDate, amountMinor, description, endToEndId, balanceAfterMinor } = row;
  const children = row.children.map((child) => ({
    amountMinor: child.amount?.amountMinor,
    counterparty: child.counterparty,
    reference: child.description,
  }));
  return { id, state, bookingDate, valueDate, amountMinor, description, endToEndId, balanceAfterMinor, children };
}

function truthSummary({ counterparty: _counterparty, ...row }: LedgerAccountSummary['transactions'][number]) {
  return row;
}

describe('refresh', () => {
  it('brings new tokens that work, and the old refresh token no longer does', async () => {
    const signed = await signInAs(connector, bank);
    const endpoint = endpointOf(bank);
    const { tokens, tls } = await connector.client.bank.refresh({ endpoint, tokens: signed.signedIn.tokens });
    expect(tls.host).toBe('localhost');
    expect(tokens.accessToken).not.toBe(signed.signedIn.tokens.accessToken);
    expect(tokens.refreshToken).not.toBe(signed.signedIn.tokens.refreshToken);
    const renewed = { ...signed, signedIn: { ...signed.signedIn, tokens } };
    expect((await fetchAll(connector, bank, renewed, { days: 1, only: [0] })).at(-1)?.done).toBe(true);
    await expect(connector.client.bank.refresh({ endpoint, tokens: signed.signedIn.tokens })).rejects.toMatchObject({
      code: 'BANK_UNAUTHORISED',
      params: { reason: 'invalid_grant' },
    });
  });

  it('without a refresh token is refused before a request', async () => {
    const tokens = { accessToken: 'a', accessTokenExpiresAt: null, refreshToken: null, scope: 'openid accounts' };
    await expect(connector.client.bank.refresh({ endpoint: endpointOf(bank), tokens })).rejects.toMatchObject({
      code: 'BANK_UNAUTHORISED',
    });
  });
});

describe('revoke', () => {
  it('ends the consent at the bank; a second time is no error; a fetch then says so', async () => {
    const signed = await signInAs(connector, bank);
    const ask = { endpoint: endpointOf(bank), consentId: signed.consentId };
    await connector.client.bank.revoke(ask);
    await connector.client.bank.revoke(ask);
    await expect(fetchAll(connector, bank, signed)).rejects.toMatchObject({ code: 'CONSENT_REVOKED' });
  });
});

describe('the process', () => {
  it('writes nothing to its standard error, and so no secret', () => {
    expect(connector.standardError).toEqual([]);
  });
});
