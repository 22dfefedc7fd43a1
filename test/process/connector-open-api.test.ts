// The official OpenAPI description against the adapter's own requests: Prism plays the bank, and refuses what the description does not allow.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Resources } from '../../electron/adapters/banks/uk-open-banking/resources.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { CalendarDate } from '../../shared/model/calendar-date.ts';
import { instantOf } from '../../shared/model/instant.ts';
import { SOME_TLS } from '../adapters/banks/responses.ts';
import { aSession, BASE } from '../adapters/banks/uk-open-banking/session.ts';
import { describeWithShared } from '../builders/shared-data.ts';
import { PERMISSIONS } from './connector-client.ts';

const PRISM = fileURLToPath(new URL('../../node_modules/@stoplight/prism-cli/dist/index.js', import.meta.url));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function startPrism(specification: string): Promise<{ child: ChildProcess; origin: string }> {
  const port = await freePort();
  const args = [PRISM, 'mock', specification, '--host', '127.0.0.1', '--port', String(port)];
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

describeWithShared('specs/uk-open-banking-account-info-4.0.0.yaml', 'the adapter’s requests', (specification) => {
  let prism: Awaited<ReturnType<typeof startPrism>>;
  let statuses: number[] = [];
  beforeAll(async () => {
    prism = await startPrism(specification);
  });
  afterAll(() => prism.child.kill());

  /** Resource requests sent to Prism; every answer's status is kept. */
  function resources(customerIpAddress: string | null): Resources {
    statuses = [];
    const http = {
      close: () => Promise.resolve(),
      async send({ method, url, headers, body }: Parameters<ReturnType<typeof aSession>['http']['send']>[0]) {
        const response = await fetch(url.replace(BASE, prism.origin), { method, headers, body });
        statuses.push(response.status);
        return {
          status: response.status,
          headers: {
            ...Object.fromEntries(response.headers),
            'x-fapi-interaction-id': headers['x-fapi-interaction-id'] ?? '',
          },
          body: new Uint8Array(await response.arrayBuffer()),
          tls: SOME_TLS,
        };
      },
    };
    const clock = { now: () => Date.now(), monotonic: () => 0 };
    return new Resources({ session: aSession(http), clock, accessToken: 'token', customerIpAddress });
  }

  const from = CalendarDate.parse('2026-01-01');
  const expiresAt = instantOf(Date.parse('2030-01-01T00:00:00Z'));
  const REQUESTS: readonly (readonly [string, (bank: Resources) => Promise<unknown>, number])[] = [
    ['createConsent', (bank) => bank.createConsent({ permissions: PERMISSIONS, from, expiresAt }), 201],
    [
      'createConsent without an end',
      (bank) => bank.createConsent({ permissions: PERMISSIONS, from, expiresAt: null }),
      201,
    ],
    ['readConsent', (bank) => bank.readConsent('c1'), 200],
    ['deleteConsent', (bank) => bank.deleteConsent('c1'), 204],
    ['accounts', (bank) => bank.accounts(), 200],
    ['balances', (bank) => bank.balances('a1'), 200],
    ['transactionsPage', (bank) => bank.transactionsPage(bank.firstPage('a1', from)), 200],
  ];

  it.each(REQUESTS)('%s is as described, with and without the user', async (_name, ask, status) => {
    for (const address of ['10.0.0.2', null]) {
      const failure: unknown = await ask(resources(address)).catch((error: unknown) => error);
      // Prism's sample values name other accounts; only what it thinks of the request counts here.
      if (failure instanceof AppError) expect(failure.code).toBe('BANK_RESPONSE_INVALID');
      expect(statuses).toEqual([status]);
    }
  });

  it('and Prism does refuse what is not: a consent for nothing', async () => {
    await expect(resources(null).createConsent({ permissions: [], from, expiresAt })).rejects.toBeInstanceOf(AppError);
    expect(statuses[0]).toBeGreaterThanOrEqual(400);
  });
});
