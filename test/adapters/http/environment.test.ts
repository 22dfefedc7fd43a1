// The environment can neither weaken TLS nor write its secrets out: refused at the start, or ignored by real processes.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refuseWeakenedEnvironment } from '../../../electron/adapters/http/environment.ts';
import { aCertificate, anAuthority, type Certificate, type Issuer } from './certificate-authority.ts';
import { aTlsServer, type TestServer } from './tls-server.ts';

const run = promisify(execFile);
const probe = fileURLToPath(new URL('./probe.ts', import.meta.url));

describe('the environment is refused', () => {
  it.each([
    [{ NODE_TLS_REJECT_UNAUTHORIZED: '0' }, 'NODE_TLS_REJECT_UNAUTHORIZED'],
    [{ SSLKEYLOGFILE: '/keys' }, 'SSLKEYLOGFILE'],
    [{ OPENSSL_CONF: '/weak.cnf' }, 'OPENSSL_CONF'],
    [{ OPENSSL_MODULES: '/modules' }, 'OPENSSL_MODULES'],
    [{ NODE_OPTIONS: '--max-old-space-size=100 --tls-keylog=/keys' }, '--tls-keylog'],
    [{ NODE_OPTIONS: '--tls-min-v1.0' }, '--tls-min-v1.0'],
    [{ NODE_OPTIONS: '--use-openssl-ca' }, '--use-openssl-ca'],
    [{ NODE_OPTIONS: '--trace-tls' }, '--trace-tls'],
    [{ NODE_DEBUG: 'timer,http' }, 'NODE_DEBUG'],
    [{ NODE_DEBUG: 'tls' }, 'NODE_DEBUG'],
  ])('for %j', (env, name) => {
    expect(() => refuseWeakenedEnvironment(env, [])).toThrow(
      expect.objectContaining({ code: 'TLS_ENVIRONMENT_REFUSED', params: { name } }),
    );
  });

  it('for options on the process’s own command line', () => {
    expect(() => refuseWeakenedEnvironment({}, ['--tls-cipher-list=NULL'])).toThrow(
      expect.objectContaining({ code: 'TLS_ENVIRONMENT_REFUSED' }),
    );
  });

  it('and not for what means nothing', () => {
    const env = {
      SSLKEYLOGFILE: '',
      NODE_OPTIONS: '--max-old-space-size=512',
      NODE_EXTRA_CA_CERTS: '/ca.pem',
      HTTPS_PROXY: 'http://p',
    };
    expect(() => refuseWeakenedEnvironment(env, ['--enable-source-maps'])).not.toThrow();
  });
});

describe('a process under a hostile environment', () => {
  let authority: Issuer;
  let office: Certificate;
  let good: TestServer;
  let selfSigned: TestServer;
  let folder: string;
  let pins: string[];

  beforeAll(async () => {
    authority = await anAuthority();
    office = await aCertificate(authority, { usage: 'client', names: [] });
    const served = await aCertificate(authority);
    const own = await aCertificate(null, { key: served.key });
    good = await aTlsServer({ cert: served.pem, key: served.key.pem });
    selfSigned = await aTlsServer({ cert: own.pem, key: own.key.pem });
    folder = await mkdtemp(join(tmpdir(), 'tls-environment-'));
    pins = [served.key.pin, office.key.pin];
    await writeFile(join(folder, 'authority.pem'), authority.pem + own.pem);
  });

  afterAll(async () => {
    await Promise.all([good.close(), selfSigned.close(), rm(folder, { recursive: true })]);
  });

  async function outcome(
    server: TestServer,
    env: Record<string, string>,
    authorityPem: string | null,
  ): Promise<string> {
    const input = JSON.stringify({
      origin: server.origin,
      pins,
      authorityPem,
      certificatePem: office.pem,
      privateKeyPem: office.key.pem,
    });
    const { stdout } = await run(process.execPath, [probe, input], { env: { PATH: process.env['PATH'], ...env } });
    return stdout.trim();
  }

  it('still reaches the right server', async () => {
    expect(await outcome(good, {}, authority.pem)).toBe('200');
  });

  it('refuses a self-signed server under NODE_TLS_REJECT_UNAUTHORIZED=0', async () => {
    expect(await outcome(selfSigned, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, authority.pem)).toBe(
      'TLS_AUTHORITY_UNKNOWN',
    );
    expect(selfSigned.requests).toEqual([]);
  });

  it.each(['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'])('believes no authority out of %s', async (name) => {
    const env = { [name]: join(folder, 'authority.pem'), NODE_USE_SYSTEM_CA: '1' };
    expect(await outcome(good, env, null)).toBe('TLS_AUTHORITY_UNKNOWN');
    const stranger = await anAuthority('Stranger');
    expect(await outcome(good, env, stranger.pem)).toBe('TLS_AUTHORITY_UNKNOWN');
  });

  it('uses no proxy', async () => {
    const proxy = 'http://127.0.0.1:1';
    const env = {
      NODE_USE_ENV_PROXY: '1',
      HTTPS_PROXY: proxy,
      https_proxy: proxy,
      HTTP_PROXY: proxy,
      ALL_PROXY: proxy,
    };
    expect(await outcome(good, env, authority.pem)).toBe('200');
  });

  it('writes no key log', async () => {
    const before = await readdir(folder);
    expect(await outcome(good, { SSLKEYLOGFILE: join(folder, 'keys.log') }, authority.pem)).toBe('200');
    expect(await readdir(folder)).toEqual(before);
  });
});
