// Every certificate a server can show, good and bad, against a real handshake: accepted, or refused by name before a request leaves.
import type { LookupFunction } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { createIdentifyServer } from '../../../electron/adapters/http/identify-server.ts';
import { createOpenHttpClient } from '../../../electron/adapters/http/pinned-client.ts';
import type { HttpClient } from '../../../electron/core/ports/http-client.ts';
import {
  aCertificate,
  aKey,
  anAuthority,
  type Certificate,
  type CertificateOptions,
  type Issuer,
  type Key,
} from './certificate-authority.ts';
import { aTlsServer, type TestServer } from './tls-server.ts';

const lookup: LookupFunction = (_host, options, done) => {
  if (options.all) done(null, [{ address: '127.0.0.1', family: 4 }]);
  else done(null, '127.0.0.1', 4);
};

let authority: Issuer;
let stranger: Issuer;
let current: Key;
let backup: Key;
let client: Certificate;

beforeAll(async () => {
  authority = await anAuthority();
  stranger = await anAuthority('Stranger');
  current = await aKey();
  backup = await aKey();
  client = await aCertificate(authority, { subject: 'CN=office', usage: 'client', names: [] });
});

async function withServer<T>(
  served: Certificate | { pem: string; key: Key },
  use: (server: TestServer) => Promise<T>,
): Promise<T> {
  const server = await aTlsServer({ cert: served.pem, key: served.key.pem });
  try {
    return await use(server);
  } finally {
    await server.close();
  }
}

function open(server: TestServer, host: string, pins = [current.pin, backup.pin]): { http: HttpClient; url: string } {
  const origin = `https://${host}:${server.port}`;
  const http = createOpenHttpClient({ lookup })({
    origins: [origin],
    pins,
    authorityPem: authority.pem,
    clientCertificate: { certificatePem: client.pem, privateKeyPem: client.key.pem },
  });
  return { http, url: `${origin}/data` };
}

const get = (url: string) => ({ method: 'GET' as const, url, headers: {}, body: null });

async function outcome(
  served: Certificate | { pem: string; key: Key },
  host: string,
): Promise<{ code: string; requests: number }> {
  return withServer(served, async (server) => {
    const { http, url } = open(server, host);
    try {
      const response = await http.send(get(url));
      return { code: `status ${response.status}`, requests: server.requests.length };
    } catch (error) {
      return { code: (error as { code: string }).code, requests: server.requests.length };
    } finally {
      await http.close();
    }
  });
}

interface Case {
  readonly name: string;
  readonly host?: string;
  readonly certificate: () => Promise<{ pem: string; key: Key }>;
}

const issued = (options: CertificateOptions) => () => aCertificate(authority, { key: current, ...options });

const ACCEPTED: readonly Case[] = [
  { name: 'current pin by address', certificate: issued({}) },
  { name: 'current pin by name', host: 'localhost', certificate: issued({}) },
  { name: 'backup pin', certificate: () => aCertificate(authority, { key: backup }) },
  { name: 'same key in a renewed certificate', certificate: issued({ toDays: 365, subject: 'CN=renewed' }) },
  { name: 'wildcard for one label', host: 'api.bank.test', certificate: issued({ names: ['*.bank.test'] }) },
  { name: 'one of several names', host: 'b.bank.test', certificate: issued({ names: ['a.bank.test', 'b.bank.test'] }) },
  { name: 'name in other case', host: 'bank.test', certificate: issued({ names: ['BANK.test'] }) },
  {
    name: 'chain through an intermediate that is sent along',
    async certificate() {
      const middle = await anAuthority('Middle', authority);
      const leaf = await aCertificate(middle, { key: current });
      return { key: current, pem: leaf.pem + middle.pem };
    },
  },
];

const REFUSED: readonly (Case & { readonly code: ErrorCode })[] = [
  { name: 'unknown key of the right authority', code: 'TLS_PIN_MISMATCH', certificate: () => aCertificate(authority) },
  {
    name: 'RSA key nobody pinned',
    code: 'TLS_PIN_MISMATCH',
    certificate: async () => aCertificate(authority, { key: await aKey('rsa') }),
  },
  { name: 'expired', code: 'TLS_CERTIFICATE_EXPIRED', certificate: issued({ fromDays: -90, toDays: -1 }) },
  { name: 'expired a minute ago', code: 'TLS_CERTIFICATE_EXPIRED', certificate: issued({ toDays: -1 / 1440 }) },
  { name: 'not yet valid', code: 'TLS_CERTIFICATE_NOT_YET_VALID', certificate: issued({ fromDays: 1 }) },
  {
    name: 'self-signed over the pinned key',
    code: 'TLS_AUTHORITY_UNKNOWN',
    certificate: () => aCertificate(null, { key: current }),
  },
  {
    name: 'another authority over the pinned key',
    code: 'TLS_AUTHORITY_UNKNOWN',
    certificate: () => aCertificate(stranger, { key: current }),
  },
  {
    name: 'authority of the same name with another key',
    code: 'TLS_AUTHORITY_UNKNOWN',
    certificate: async () => aCertificate(await anAuthority(), { key: current }),
  },
  {
    name: 'intermediate left out',
    code: 'TLS_AUTHORITY_UNKNOWN',
    certificate: async () => aCertificate(await anAuthority('Middle', authority), { key: current }),
  },
  {
    name: 'issued by a certificate that is no authority',
    code: 'TLS_AUTHORITY_UNKNOWN',
    async certificate() {
      const leaf = await aCertificate(authority, { subject: 'CN=leaf' });
      const child = await aCertificate({ name: 'CN=leaf', key: leaf.key, pem: leaf.pem }, { key: current });
      return { key: current, pem: child.pem + leaf.pem };
    },
  },
  { name: 'client usage only', code: 'TLS_HANDSHAKE_FAILED', certificate: issued({ usage: 'client' }) },
  { name: 'another host', code: 'TLS_WRONG_HOST', certificate: issued({ names: ['other-bank.example'] }) },
  { name: 'another address', code: 'TLS_WRONG_HOST', certificate: issued({ names: ['127.0.0.2'] }) },
  { name: 'address written as a name', code: 'TLS_WRONG_HOST', certificate: issued({ names: ['localhost'] }) },
  { name: 'name only in the subject', host: 'localhost', code: 'TLS_WRONG_HOST', certificate: issued({ names: [] }) },
  {
    name: 'wildcard over two labels',
    host: 'a.b.bank.test',
    code: 'TLS_WRONG_HOST',
    certificate: issued({ names: ['*.bank.test'] }),
  },
  {
    name: 'wildcard for the bare domain',
    host: 'bank.test',
    code: 'TLS_WRONG_HOST',
    certificate: issued({ names: ['*.bank.test'] }),
  },
  {
    name: 'wildcard over everything',
    host: 'bank.test',
    code: 'TLS_WRONG_HOST',
    certificate: issued({ names: ['*'] }),
  },
  {
    name: 'wildcard for a whole top level',
    host: 'bank.test',
    code: 'TLS_WRONG_HOST',
    certificate: issued({ names: ['*.test'] }),
  },
  {
    name: 'suffix of the name',
    host: 'mybank.test',
    code: 'TLS_WRONG_HOST',
    certificate: issued({ names: ['bank.test'] }),
  },
  {
    name: 'subdomain of the name',
    host: 'bank.test',
    code: 'TLS_WRONG_HOST',
    certificate: issued({ names: ['api.bank.test'] }),
  },
];

describe('certificates', () => {
  it.each(ACCEPTED)('accepts: $name', async ({ certificate, host = '127.0.0.1' }) => {
    expect(await outcome(await certificate(), host)).toEqual({ code: 'status 200', requests: 1 });
  });

  it.each(REFUSED)('refuses as $code: $name', async ({ certificate, host = '127.0.0.1', code }) => {
    expect(await outcome(await certificate(), host)).toEqual({ code, requests: 0 });
  });
});

describe('pins', () => {
  it('names the key that was served', async () => {
    const other = await aCertificate(authority);
    await withServer(other, async (server) => {
      const { http, url } = open(server, '127.0.0.1');
      await expect(http.send(get(url))).rejects.toMatchObject({
        code: 'TLS_PIN_MISMATCH',
        params: { spkiSha256: other.key.pin },
      });
    });
  });

  it('are checked on every connection: a key swapped between two is refused', async () => {
    await withServer(await aCertificate(authority, { key: current }), async (server) => {
      const first = open(server, '127.0.0.1');
      await first.http.send(get(first.url));
      await first.http.close();
      server.useCertificate(await aCertificate(authority));
      const second = open(server, '127.0.0.1');
      await expect(second.http.send(get(second.url))).rejects.toMatchObject({ code: 'TLS_PIN_MISMATCH' });
      expect(server.requests).toEqual(['GET /data']);
    });
  });

  it('are never skipped by a resumed session', async () => {
    await withServer(await aCertificate(authority, { key: current }), async (server) => {
      for (let round = 0; round < 3; round += 1) {
        const { http, url } = open(server, '127.0.0.1');
        await http.send(get(url));
        await http.close();
      }
      expect(server.resumed).toEqual([false, false, false]);
    });
  });

  it('match an RSA key too', async () => {
    const key = await aKey('rsa');
    await withServer(await aCertificate(authority, { key }), async (server) => {
      const { http, url } = open(server, '127.0.0.1', [key.pin, backup.pin]);
      await expect(http.send(get(url))).resolves.toMatchObject({ status: 200, tls: { spkiSha256: key.pin } });
      await http.close();
    });
  });
});

describe('identify', () => {
  const identify = createIdentifyServer();
  let servers: TestServer[] = [];
  afterAll(() => Promise.all(servers.map((server) => server.close())));

  async function identified(certificate: Certificate) {
    const server = await aTlsServer({ cert: certificate.pem, key: certificate.key.pem });
    servers = [...servers, server];
    return { ...(await identify({ url: server.origin, authorityPem: authority.pem })), server };
  }

  it('says who answered, with no problem, and sends no request', async () => {
    const { identity, problem, server } = await identified(await aCertificate(authority, { key: current }));
    expect(problem).toBeNull();
    expect(identity).toMatchObject({
      host: '127.0.0.1',
      protocol: 'TLSv1.3',
      subject: 'CN=localhost, O=Test Bank',
      issuer: 'CN=Test Authority',
      spkiSha256: current.pin,
    });
    expect(identity.cipher).toMatch(/^TLS_AES_|^TLS_CHACHA20_/);
    expect(server.requests).toEqual([]);
  });

  it.each([
    ['TLS_AUTHORITY_UNKNOWN', () => aCertificate(null, { key: current })],
    ['TLS_CERTIFICATE_EXPIRED', issued({ fromDays: -9, toDays: -1 })],
    ['TLS_CERTIFICATE_NOT_YET_VALID', issued({ fromDays: 1 })],
    ['TLS_WRONG_HOST', issued({ names: ['elsewhere.test'] })],
  ] as const)('shows an untrusted identity beside its problem %s', async (code, make) => {
    const { identity, problem } = await identified(await make());
    expect(problem).toMatchObject({ code });
    expect(identity.spkiSha256).toBe(current.pin);
  });
});
