// The HTTP client against servers that misbehave after the handshake: versions, client certificates, redirects, sizes, times, cut bodies.
import {
  createServer as createTcpServer,
  type AddressInfo,
  type LookupFunction,
  type Server,
  type Socket,
} from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { ServerOptions } from 'node:https';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createOpenHttpClient, type PinnedClientOptions } from '../../../electron/adapters/http/pinned-client.ts';
import { connectTls } from '../../../electron/adapters/http/connect.ts';
import { createIdentifyServer } from '../../../electron/adapters/http/identify-server.ts';
import type { HttpClient, HttpPolicy, HttpRequest } from '../../../electron/core/ports/http-client.ts';
import { aCertificate, aKey, anAuthority, type Certificate, type Issuer } from './certificate-authority.ts';
import { aTlsServer, type Answer, type TestServer } from './tls-server.ts';

let authority: Issuer;
let served: Certificate;
let office: Certificate;
let spare: string;
const cleanups: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  authority = await anAuthority();
  served = await aCertificate(authority);
  office = await aCertificate(authority, { subject: 'CN=office', usage: 'client', names: [] });
  spare = (await aKey()).pin;
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

function policy(origin: string, change: Partial<HttpPolicy> = {}): HttpPolicy {
  return {
    origins: [origin],
    pins: [served.key.pin, spare],
    authorityPem: authority.pem,
    clientCertificate: { certificatePem: office.pem, privateKeyPem: office.key.pem },
    ...change,
  };
}

async function start(answer?: Answer, options: ServerOptions = {}): Promise<TestServer> {
  const server = await aTlsServer({ cert: served.pem, key: served.key.pem, ...options }, answer);
  cleanups.push(() => server.close());
  return server;
}

function open(origin: string, options: PinnedClientOptions = {}, change: Partial<HttpPolicy> = {}): HttpClient {
  const http = createOpenHttpClient(options)(policy(origin, change));
  cleanups.push(() => http.close());
  return http;
}

function get(url: string, change: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'GET', url, headers: {}, body: null, ...change };
}

const code = (value: string): unknown => expect.objectContaining({ code: value });

/** A TLS server that answers every connection with these bytes and hangs up. */
async function aRawServer(bytes: string): Promise<string> {
  const server = createTlsServer({ cert: served.pem, key: served.key.pem, minVersion: 'TLSv1.3' }, (socket) => {
    socket.once('data', () => socket.end(bytes));
    socket.on('error', () => socket.destroy());
  });
  return listen(server);
}

async function listen(server: Server): Promise<string> {
  const sockets: Socket[] = [];
  server.on('connection', (socket: Socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('an answer', () => {
  it('comes whole, with the identity of who gave it', async () => {
    const server = await start();
    const response = await open(server.origin).send(get(`${server.origin}/a?b=c`));
    expect(new TextDecoder().decode(response.body)).toBe('{"hello":"world"}');
    expect(response.headers['content-type']).toBe('application/json');
    expect(response.tls).toMatchObject({ host: '127.0.0.1', protocol: 'TLSv1.3', spkiSha256: served.key.pin });
    expect(server.requests).toEqual(['GET /a?b=c']);
  });

  it('is asked for with the method, headers and body given', async () => {
    const seen: string[] = [];
    const server = await start((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        seen.push(request.method ?? '', request.headers['x-thing'] as string, body);
        response.writeHead(201).end('{}');
      });
    });
    const response = await open(server.origin).send(
      get(server.origin, { method: 'POST', headers: { 'x-thing': 'yes' }, body: 'a=b' }),
    );
    expect(response.status).toBe(201);
    expect(seen).toEqual(['POST', 'yes', 'a=b']);
  });

  it('keeps one connection for one origin', async () => {
    const server = await start();
    const http = open(server.origin);
    for (const path of ['/1', '/2', '/3']) await http.send(get(`${server.origin}${path}`));
    expect(server.resumed).toHaveLength(1);
  });
});

describe('protocol versions', () => {
  it.each(['TLSv1.2', 'TLSv1.1', 'TLSv1'] as const)('refuses a server that speaks %s at most', async (version) => {
    const server = await start(undefined, { minVersion: version, maxVersion: version, ciphers: 'DEFAULT:@SECLEVEL=0' });
    await expect(open(server.origin).send(get(server.origin))).rejects.toEqual(code('TLS_VERSION_REFUSED'));
    expect(server.requests).toEqual([]);
    await expect(createIdentifyServer()({ url: server.origin, authorityPem: authority.pem })).rejects.toEqual(
      code('TLS_VERSION_REFUSED'),
    );
  });

  it('refuses a server that speaks no TLS', async () => {
    const origin = await listen(createTcpServer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n')));
    await expect(open(origin).send(get(origin))).rejects.toMatchObject({ code: expect.stringMatching(/^TLS_/) });
  });
});

describe('client certificates', () => {
  const mutual = () => ({ requestCert: true, rejectUnauthorized: true, ca: authority.pem });

  it('are shown to a server that asks', async () => {
    const server = await start(undefined, mutual());
    await expect(open(server.origin).send(get(server.origin))).resolves.toMatchObject({ status: 200 });
  });

  it('of an authority that the bank does not know are named as refused', async () => {
    const server = await start(undefined, mutual());
    const stranger = await aCertificate(await anAuthority('Stranger'), { usage: 'client', names: [] });
    const clientCertificate = { certificatePem: stranger.pem, privateKeyPem: stranger.key.pem };
    for (let round = 0; round < 10; round += 1) {
      const http = open(server.origin, {}, { clientCertificate });
      await expect(http.send(get(server.origin))).rejects.toEqual(code('TLS_CLIENT_CERTIFICATE_REFUSED'));
    }
    expect(server.requests).toEqual([]);
  });

  it('that the bank’s algorithms rule out are named as refused, by the alert', async () => {
    const server = await start(undefined, { ...mutual(), sigalgs: 'rsa_pss_rsae_sha256', ...(await rsaServer()) });
    const http = open(server.origin, {}, { pins: [(await rsaServer()).pin, spare] });
    await expect(http.send(get(server.origin))).rejects.toMatchObject({
      code: 'TLS_CLIENT_CERTIFICATE_REFUSED',
      params: { reason: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED' },
    });
  });

  it('refused by a proxy with its own page are named as refused', async () => {
    const server = await start((_request, response) => {
      response
        .writeHead(400, { 'content-type': 'text/html' })
        .end('<center>No required SSL certificate was sent</center>');
    });
    await expect(open(server.origin).send(get(server.origin))).rejects.toEqual(code('TLS_CLIENT_CERTIFICATE_REFUSED'));
  });

  it.each([
    ['expired', async () => aCertificate(authority, { usage: 'client', names: [], fromDays: -9, toDays: -1 })],
    ['not-yet-valid', async () => aCertificate(authority, { usage: 'client', names: [], fromDays: 1 })],
    ['key-mismatch', async () => ({ ...(await aCertificate(authority)), key: await aKey() })],
    ['unreadable', async () => ({ pem: 'nonsense', key: await aKey() })],
  ] as const)('%s are never shown', async (reason, make) => {
    const bad = await make();
    const clientCertificate = { certificatePem: bad.pem, privateKeyPem: bad.key.pem };
    expect(() => open('https://127.0.0.1:1', {}, { clientCertificate })).toThrow(
      expect.objectContaining({ code: 'TLS_CLIENT_CERTIFICATE_REFUSED', params: { host: '', reason } }),
    );
  });
});

let rsa: { cert: string; key: string; pin: string } | null = null;
async function rsaServer(): Promise<{ cert: string; key: string; pin: string }> {
  if (!rsa) {
    const key = await aKey('rsa');
    rsa = { cert: (await aCertificate(authority, { key })).pem, key: key.pem, pin: key.pin };
  }
  return rsa;
}

describe('where a job may go', () => {
  it.each([301, 302, 303, 307, 308])('never follows a %d', async (status) => {
    const elsewhere = await start();
    const server = await start((_request, response) =>
      response.writeHead(status, { location: `${elsewhere.origin}/x` }).end(),
    );
    await expect(open(server.origin).send(get(server.origin))).rejects.toMatchObject({
      code: 'BANK_REDIRECTED',
      params: { origin: elsewhere.origin },
    });
    expect(elsewhere.requests).toEqual([]);
  });

  it('never follows a redirect to itself either', async () => {
    const server = await start((_request, response) => response.writeHead(302, { location: '/again' }).end());
    await expect(open(server.origin).send(get(server.origin))).rejects.toEqual(code('BANK_REDIRECTED'));
    expect(server.requests).toHaveLength(1);
  });

  it.each(['http://127.0.0.1:9', 'https://localhost:9', 'https://example.com', 'https://127.0.0.1'])(
    'refuses %s, which the job does not name, without a connection',
    async (url) => {
      await expect(open('https://127.0.0.1:9').send(get(url))).rejects.toEqual(code('BANK_REDIRECTED'));
    },
  );

  it('is never in the clear, even where a job names such an origin', async () => {
    const origin = 'http://127.0.0.1:9';
    await expect(open(origin).send(get(origin))).rejects.toEqual(code('BANK_REDIRECTED'));
  });

  it('says when nobody answers', async () => {
    const origin = 'https://127.0.0.1:1';
    await expect(open(origin).send(get(origin))).rejects.toMatchObject({ code: 'BANK_UNREACHABLE', retryable: true });
    const named = 'https://bank.invalid:1';
    const lookup: LookupFunction = (_host, _options, done) =>
      done(Object.assign(new Error('no such host'), { code: 'ENOTFOUND' }), '');
    await expect(open(named, { lookup }).send(get(named))).rejects.toEqual(code('BANK_UNREACHABLE'));
  });
});

describe('bodies', () => {
  it.each([
    ['shorter than its length', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"half":'],
    ['without its last chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"a":\r\n'],
    ['whose end nothing marks', 'HTTP/1.1 200 OK\r\n\r\n{"a":1}'],
  ])('%s are truncated', async (_name, bytes) => {
    const origin = await aRawServer(bytes);
    await expect(open(origin).send(get(origin))).rejects.toMatchObject({
      code: 'BANK_RESPONSE_TRUNCATED',
      retryable: true,
    });
  });

  it('beyond the cap are refused, announced or not', async () => {
    const announced = await start((_request, response) => response.end('x'.repeat(2000)));
    await expect(open(announced.origin, { maxBodyBytes: 1000 }).send(get(announced.origin))).rejects.toEqual(
      code('BANK_RESPONSE_TOO_LARGE'),
    );
    const streamed = await start((_request, response) => {
      response.write('x'.repeat(900));
      response.end('x'.repeat(900));
    });
    await expect(open(streamed.origin, { maxBodyBytes: 1000 }).send(get(streamed.origin))).rejects.toEqual(
      code('BANK_RESPONSE_TOO_LARGE'),
    );
  });

  it('in an encoding nobody asked for are refused', async () => {
    const server = await start((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
    );
    await expect(open(server.origin).send(get(server.origin))).rejects.toEqual(code('BANK_RESPONSE_INVALID'));
  });

  it('that are not HTTP are refused', async () => {
    const origin = await aRawServer('SSH-2.0-OpenSSH\r\n\r\n');
    await expect(open(origin).send(get(origin))).rejects.toEqual(code('BANK_RESPONSE_INVALID'));
  });
});

describe('time', () => {
  it('without an answer ends in a timeout', async () => {
    const server = await start(() => undefined);
    await expect(open(server.origin, { totalMs: 300 }).send(get(server.origin))).rejects.toMatchObject({
      code: 'BANK_TIMEOUT',
      retryable: true,
    });
  });

  it('spent on a body that drips ends too', async () => {
    const server = await start((_request, response) => {
      const drip = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(drip));
    });
    await expect(open(server.origin, { totalMs: 300 }).send(get(server.origin))).rejects.toEqual(code('BANK_TIMEOUT'));
  });

  it('without a handshake ends in a timeout', async () => {
    const origin = await listen(createTcpServer());
    const request = {
      host: '127.0.0.1',
      port: Number(new URL(origin).port),
      authorityPem: null,
      clientCertificate: null,
    };
    await expect(connectTls({ ...request, checkPeer: () => undefined, connectMs: 50 })).rejects.toEqual(
      code('BANK_TIMEOUT'),
    );
  });

  it('is over when the client is closed, in a handshake, a request, or after', async () => {
    let connected: () => void = () => undefined;
    const silent = await listen(createTcpServer(() => connected()));
    const shaking = open(silent);
    const seen = new Promise<void>((resolve) => (connected = resolve));
    const first = expect(shaking.send(get(silent))).rejects.toEqual(code('SYNC_CANCELLED'));
    await seen;
    await shaking.close();
    await first;
    let asking: HttpClient | null = null;
    const server = await start(() => void asking?.close());
    asking = open(server.origin);
    await expect(asking.send(get(server.origin))).rejects.toEqual(code('SYNC_CANCELLED'));
    await expect(asking.send(get(server.origin))).rejects.toEqual(code('SYNC_CANCELLED'));
    expect(server.requests).toHaveLength(1);
  });

  it('is cut short by whoever asked', async () => {
    const cancel = new AbortController();
    const server = await start(() => cancel.abort());
    await expect(open(server.origin).send(get(server.origin), cancel.signal)).rejects.toEqual(code('SYNC_CANCELLED'));
  });
});
