// The official OpenAPI description, enforced by a foreign program (Prism as a validating proxy) in front of the practice bank's good paths.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createServer as createNetServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseCalendarDate } from '../../shared/model/calendar-date.ts';
import { createPracticeBank, type PracticeBank } from '../../electron/practice-bank/practice-bank.ts';
import { describeWithShared } from '../builders/shared-data.ts';
import { ALL_PERMISSIONS, clientToken, connect, type TransactionsReply } from './bank-client.ts';

const PRISM = fileURLToPath(new URL('../../node_modules/@stoplight/prism-cli/dist/index.js', import.meta.url));

/** Prism holds no client certificate: this hands its plain requests on over mutual TLS. */
async function startForwarder(bank: PracticeBank): Promise<Server> {
  const { authorityPem: ca, client } = bank.details;
  const server = createServer((incoming, outgoing) => {
    const { host: _replaced, ...headers } = incoming.headers;
    const options = {
      method: incoming.method ?? 'GET',
      headers,
      ca,
      cert: client.certificatePem,
      key: client.privateKeyPem,
    };
    const onward = httpsRequest(new URL(incoming.url ?? '/', bank.details.issuer), options, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', (error) => outgoing.destroy(error));
    incoming.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function freePort(): Promise<number> {
  const server = createNetServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function startPrism(specification: string, upstream: string): Promise<{ child: ChildProcess; origin: string }> {
  const port = await freePort();
  const args = [PRISM, 'proxy', specification, upstream, '--errors', '--host', '127.0.0.1', '--port', String(port)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const watch = (chunk: Buffer): void => {
      output += chunk.toString();
      if (output.includes('Prism is listening')) resolve();
    };
    child.stdout.on('data', watch);
    child.stderr.on('data', watch);
    child.once('exit', () => reject(new Error(`prism ended: ${output}`)));
  });
  return { child, origin: `http://127.0.0.1:${port}` };
}

describeWithShared(
  'specs/uk-open-banking-account-info-4.0.0.yaml',
  'UK Open Banking v4.0 as described',
  (specification) => {
    let bank: PracticeBank;
    let forwarder: Server;
    let prism: Awaited<ReturnType<typeof startPrism>>;
    beforeAll(async () => {
      bank = await createPracticeBank({ today: parseCalendarDate('2026-06-30') });
      forwarder = await startForwarder(bank);
      const { port } = forwarder.address() as AddressInfo;
      prism = await startPrism(specification, `http://127.0.0.1:${port}/open-banking/v4.0/aisp`);
    });
    afterAll(async () => {
      prism.child.kill();
      forwarder.closeAllConnections();
      forwarder.close();
      await bank.close();
    });

    type Asked = { token: string; method?: string; body?: unknown };
    async function ask(
      path: string,
      { token, method = 'GET', body }: Asked,
    ): Promise<{ status: number; body: unknown }> {
      const response = await fetch(`${prism.origin}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
    }

    it('finds nothing in the life of a consent', async () => {
      const token = await clientToken(bank.details);
      const Data = {
        Permissions: ALL_PERMISSIONS,
        ExpirationDateTime: '2099-01-01T00:00:00+00:00',
        TransactionFromDateTime: '2024-01-01T00:00:00+00:00',
        TransactionToDateTime: '2026-06-30T23:59:59+00:00',
      };
      const created = await ask('/account-access-consents', { token, method: 'POST', body: { Data, Risk: {} } });
      expect(created).toMatchObject({ status: 201, body: { Data: { Status: 'AWAU', ...Data } } });
      const path = `/account-access-consents/${(created.body as { Data: { ConsentId: string } }).Data.ConsentId}`;
      expect(await ask(path, { token })).toMatchObject({ status: 200 });
      expect(await ask(path, { token, method: 'DELETE' })).toEqual({ status: 204, body: null });
      expect(await ask(path, { token })).toMatchObject({ status: 200, body: { Data: { Status: 'CANC' } } });
    });

    it.each(['olivia', 'priya'])('finds nothing in the accounts, balances and transactions of %s', async (name) => {
      const token = (await connect(bank.details, { person: { name } })).tokens.access_token;
      const accounts = await ask('/accounts', { token });
      expect(accounts.status).toBe(200);
      for (const { AccountId } of (accounts.body as { Data: { Account: { AccountId: string }[] } }).Data.Account) {
        expect(await ask(`/accounts/${AccountId}`, { token })).toMatchObject({ status: 200 });
        expect(await ask(`/accounts/${AccountId}/balances`, { token })).toMatchObject({ status: 200 });
        const first = await ask(`/accounts/${AccountId}/transactions?fromBookingDateTime=2026-01-01T00:00:00Z`, {
          token,
        });
        expect(first.status, JSON.stringify(first.body).slice(0, 800)).toBe(200);
        const next = (first.body as TransactionsReply).Links.Next;
        if (next !== undefined)
          expect(await ask(next.slice(bank.details.resourceBase.length), { token })).toMatchObject({ status: 200 });
      }
    });

    it('finds nothing in a view with the least permissions', async () => {
      const Permissions = ['ReadAccountsBasic', 'ReadTransactionsBasic', 'ReadTransactionsDebits'];
      const token = (await connect(bank.details, { data: { Permissions } })).tokens.access_token;
      const [account] = await bank.ledger();
      expect(await ask('/accounts', { token })).toMatchObject({ status: 200 });
      expect(await ask(`/accounts/${account!.accountId}/transactions`, { token })).toMatchObject({ status: 200 });
      expect(await ask(`/accounts/${account!.accountId}/balances`, { token })).toMatchObject({ status: 403 });
    });

    it('does find what is wrong: a request and an answer outside the description', async () => {
      const token = await clientToken(bank.details);
      const wrong = await ask('/account-access-consents', {
        token,
        method: 'POST',
        body: { Data: { Permissions: ['ReadEverything'] }, Risk: {} },
      });
      expect(wrong).toMatchObject({ status: 422, body: { title: 'Invalid request' } });
      await bank.misbehave(['missing-interaction-id']);
      const consent = { Data: { Permissions: ALL_PERMISSIONS }, Risk: {} };
      const incomplete = await ask('/account-access-consents', { token, method: 'POST', body: consent });
      expect(incomplete).toMatchObject({ status: 500 });
      expect(JSON.stringify(incomplete.body)).toContain('x-fapi-interaction-id');
      await bank.misbehave([]);
    });
  },
);
