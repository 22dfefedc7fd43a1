// Every switch of the practice bank does what its name says, live, and the bank behaves again when it is off.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseCalendarDate } from '../../shared/model/calendar-date.ts';
import { MISBEHAVIOURS, type Misbehaviour } from '../../electron/practice-bank/misbehaviours.ts';
import { createPracticeBank, type PracticeBank } from '../../electron/practice-bank/practice-bank.ts';
import {
  connect,
  json,
  postForm,
  read,
  readConsent,
  shownIdentity,
  type Connected,
  type TokenReply,
  type TransactionsReply,
} from './bank-client.ts';

let bank: PracticeBank;
let connected: Connected;
let account: string;
beforeAll(async () => {
  bank = await createPracticeBank({ today: parseCalendarDate('2026-06-30'), slowMs: 300 });
  connected = await connect(bank.details);
  account = (await bank.ledger())[0]?.accountId ?? '';
});
afterEach(() => bank.misbehave([]));
afterAll(() => bank.close());

const tested = new Set<Misbehaviour>();
async function switchOn(name: Misbehaviour): Promise<void> {
  tested.add(name);
  await bank.misbehave([name]);
}
const readAccounts = () => read(bank.details, connected.tokens.access_token, '/accounts');

describe('in the handshake', () => {
  it.each([
    ['expired-certificate', 'CERT_HAS_EXPIRED'],
    ['not-yet-valid-certificate', 'CERT_NOT_YET_VALID'],
    ['self-signed-certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['wrong-host', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['tls-1.2-only', 'tlsv1 alert protocol version'],
    ['no-client-certificate', 'tlsv13 alert certificate required'],
  ] as const)('%s is met as %s', async (name, problem) => {
    await switchOn(name);
    const error: unknown = await readAccounts().catch((reason: unknown) => reason);
    expect(`${(error as { code?: string }).code ?? ''} ${String(error)}`).toContain(problem);
    await bank.misbehave([]);
    expect((await readAccounts()).status).toBe(200);
  });

  it('keeps the right pin where only the certificate is wrong', async () => {
    for (const name of [
      'expired-certificate',
      'not-yet-valid-certificate',
      'self-signed-certificate',
      'wrong-host',
    ] as const) {
      await bank.misbehave([name]);
      expect((await shownIdentity(bank.details)).pin).toBe(bank.details.pins.current);
    }
  });

  it('shows an unknown pin or the backup pin under an otherwise good certificate', async () => {
    await switchOn('wrong-pin');
    const unknown = (await shownIdentity(bank.details)).pin;
    expect(Object.values(bank.details.pins)).not.toContain(unknown);
    expect((await readAccounts()).status).toBe(200);
    await switchOn('backup-pin');
    expect((await shownIdentity(bank.details)).pin).toBe(bank.details.pins.backup);
    expect((await readAccounts()).status).toBe(200);
  });
});

describe('in the answer', () => {
  it('429 says when to come back', async () => {
    await switchOn('rate-limited');
    const reply = await readAccounts();
    expect([reply.status, reply.headers['retry-after']]).toEqual([429, '120']);
  });

  it('500', async () => {
    await switchOn('server-error');
    expect((await readAccounts()).status).toBe(500);
  });

  it('a truncated body ends before its length', async () => {
    await switchOn('truncated-body');
    await expect(readAccounts()).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('a redirect leads to another origin that would answer, and the log shows who followed', async () => {
    await switchOn('redirect');
    const reply = await readAccounts();
    const location = new URL(String(reply.headers['location']));
    expect(reply.status).toBe(302);
    expect(location.origin).not.toBe(bank.details.issuer);
    expect(location.pathname).toBe('/open-banking/v4.0/aisp/accounts');
    await bank.misbehave([]);
    expect((await read(bank.details, connected.tokens.access_token, location.href)).status).toBe(200);
    expect((await bank.requests()).at(-1)?.host).toBe(location.host);
  });

  it('an expired or revoked consent is 403 and shows in its status', async () => {
    for (const [name, status] of [
      ['consent-expired', 'EXPD'],
      ['consent-revoked', 'CANC'],
    ] as const) {
      await switchOn(name);
      const reply = await readAccounts();
      expect(reply.status).toBe(403);
      expect(json(reply)).toMatchObject({ Errors: [{ ErrorCode: 'U010' }] });
      expect((await readConsent(bank.details, connected.consentId)).Data.Status).toBe(status);
    }
  });

  it('slow waits', async () => {
    await switchOn('slow');
    const before = performance.now();
    expect((await readAccounts()).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThan(290);
  });

  it('leaves out the interaction id', async () => {
    await switchOn('missing-interaction-id');
    expect((await readAccounts()).headers['x-fapi-interaction-id']).toBeUndefined();
  });

  it('sends the first page twice, then goes on', async () => {
    await switchOn('duplicate-page');
    const path = `/accounts/${account}/transactions`;
    const page = async (link: string) =>
      json(await read(bank.details, connected.tokens.access_token, link)) as TransactionsReply;
    const first = await page(path);
    const second = await page(first.Links.Next ?? '');
    const third = await page(second.Links.Next ?? '');
    expect(second.Data.Transaction).toEqual(first.Data.Transaction);
    expect(third.Data.Transaction[0]?.TransactionId).not.toBe(first.Data.Transaction[0]?.TransactionId);
  });

  it('treats a refresh token as used and revokes the grant', async () => {
    const { tokens } = await connect(bank.details);
    await switchOn('refresh-reuse');
    const reply = await postForm(bank.details, '/token', {
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token,
    });
    expect([reply.status, (json(reply) as TokenReply).error]).toEqual([400, 'invalid_grant']);
    expect((await read(bank.details, tokens.access_token, '/accounts')).status).toBe(401);
  });
});

it('every switch has its test', () => {
  expect([...tested].toSorted()).toEqual(Object.keys(MISBEHAVIOURS).toSorted());
});
