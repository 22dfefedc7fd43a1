// The log with secrets seeded everywhere: nothing of them is written, and what helps is. @see security.md §3 row 33
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { createLogger } from '../../../electron/adapters/log/create-logger.ts';
import { createFileSink } from '../../../electron/adapters/log/file-sink.ts';
import { redactText } from '../../../electron/adapters/log/redact.ts';

const SECRETS = {
  'an IBAN': 'GB29NWBK60161331926819',
  'a printed IBAN': 'DE89 3704 0044 0532 0130 00',
  'a lower-case IBAN': 'fr1420041010050500013m02606',
  'a card number': '4111111111111111',
  'a printed card number': '4111 1111 1111 1111',
  'a card number with dashes': '5500-0000-0000-0004',
  'an account number': '123456789012',
  'sort code and account number': '20-00-00 55779911',
  'a JSON web token': 'eyJhbGciOiJQUzI1NiJ9.eyJzdWIiOiIxMjMifQ.c2lnbmF0dXJlLXNpZ25hdHVyZQ',
  'a bearer token': 'Bearer abc123.DEF',
  'a session token': 'q7Zk3v0mXb1c9Jf4TgY2hLw8nRsPd6AeUiOoVtKxMyE',
  'a device secret': 'AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=',
  'a raw key': '2dd29ca851e7b56e4697b0e1f08507293d761a05ce4d1b628663f411a8086d99',
  'a recovery key': '7K4M-Q9XW-2PLC-88TN-R3VB-HJ5D-YF6A-ZZ01',
  'a private key':
    '-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEG\nCCqGSM49AwEHBG0wawIBAQQg\n-----END PRIVATE KEY-----',
  'a line out of a private key': 'MIIEvQIBADANBg/kqhkiG9w0BAQEF+AASCBKcwggSj/AgEAAoIBAQC7',
  'the beginning of a private key': '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIIrYSSNQFaA2Hwf1du',
};

/** The longest pieces a secret could survive in. */
const pieces = (secret: string): string[] =>
  secret.split(/[\s.-]+/).filter((piece) => piece.length >= 6 && piece !== 'Bearer' && !/^[A-Z]+$/.test(piece));

let lines: string[];
const logger = () => createLogger({ sinks: [(line) => lines.push(line)], now: () => Date.UTC(2026, 0, 31) });
beforeEach(() => {
  lines = [];
});

describe.each(Object.entries(SECRETS))('%s', (_, secret) => {
  const places: Record<string, () => void> = {
    'a field': () => void logger()({ level: 'info', event: 'a.b', fields: { about: `x ${secret} y` } }),
    'the event': () => void logger()({ level: 'info', event: `a.${secret}` }),
    'an error’s message': () =>
      void logger()({ level: 'error', event: 'a.b', error: new Error(`broke on ${secret}!`) }),
    'a cause': () =>
      void logger()({ level: 'error', event: 'a.b', error: new Error('x', { cause: new Error(`of ${secret}`) }) }),
    'the parameters of an AppError': () =>
      void logger()({ level: 'info', event: 'a.b', error: new AppError('CLIENT_NAME_TAKEN', { name: secret }) }),
    'something thrown that is no error': () => void logger()({ level: 'error', event: 'a.b', error: { text: secret } }),
  };
  it.each(Object.keys(places))('does not get through in %s', (place) => {
    places[place]?.();
    expect(lines).toHaveLength(1);
    for (const piece of pieces(secret)) expect(lines[0]).not.toContain(piece);
  });
});

describe('an entry', () => {
  it('hides a field by its name, whatever its value', () => {
    logger()({
      level: 'info',
      event: 'a.b',
      fields: { password: 'x', clientSecret: 7, accessToken: true, attempts: 3 },
    });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      fields: { password: '[secret]', clientSecret: '[secret]', accessToken: '[secret]', attempts: 3 },
    });
  });

  it('hides a number that could be an account', () => {
    logger()({ level: 'info', event: 'a.b', fields: { account: 123456789012, rows: 20_000 } });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ fields: { account: '[digits]', rows: 20_000 } });
  });

  it('keeps what helps: time, reference, code, ids, dates, the stack’s places', () => {
    const ref = logger()({
      level: 'warn',
      event: 'sync.failed',
      fields: { connection: 'connection_0a1b2c3d4e5f60718293', day: '2026-01-31', ms: 1234.5, nothing: null },
      error: new AppError('BANK_TIMEOUT', { seconds: '30' }),
    });
    expect(ref).toMatch(/^[0-9a-f]{8}$/);
    const entry = JSON.parse(lines[0] ?? '') as { error: { stack: string } };
    expect(entry).toMatchObject({
      at: '2026-01-31T00:00:00.000Z',
      ref,
      level: 'warn',
      event: 'sync.failed',
      fields: { connection: 'connection_0a1b2c3d4e5f60718293', day: '2026-01-31', ms: 1234.5, nothing: null },
      error: { code: 'BANK_TIMEOUT', params: { seconds: '30' } },
    });
    expect(entry.error.stack).toContain('log.test.ts');
  });

  it('is not written below the lowest level, and still has a reference', () => {
    const log = createLogger({ sinks: [(line) => lines.push(line)], lowest: 'warn' });
    expect(log({ level: 'info', event: 'a.b' })).toMatch(/^[0-9a-f]{8}$/);
    log({ level: 'error', event: 'a.b' });
    expect(lines).toHaveLength(1);
  });

  it('is one line, whatever is in it', () => {
    logger()({ level: 'info', event: 'a.b', fields: { text: 'one\ntwo\r\n\u2028three' } });
    expect(lines[0]).not.toMatch(/[\r\n]/);
  });
});

describe('redactText', () => {
  it.each([
    'GB29NWBK60161331926819',
    'gb29nwbk60161331926819',
    'GB29 NWBK 6016 1331 9268 19',
    'DE89-3704-0044-0532-0130-00',
    'mt84malt011000012345mtlcast001s',
    'NO93 8601 1117 947',
  ])('leaves nothing of the IBAN %s', (iban) => {
    expect(redactText(`to ${iban}.`)).toBe('to [iban].');
  });

  it.each([
    '2026-01-31',
    '20,000 rows in 1234 ms',
    'office_0a0a0a0a0a0a0a0a0a0a',
    'electron/core/app/create-app.ts:12:5',
  ])('leaves %s alone', (text) => {
    expect(redactText(text)).toBe(text);
  });
});

describe('the log file', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'strongroom-test-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('grows line by line and rotates, keeping five generations', () => {
    const sink = createFileSink({ directory: join(directory, 'logs'), largestBytes: 100, onFailure: vi.fn() });
    for (let number = 0; number < 40; number += 1) sink(`line ${number} ${'x'.repeat(40)}`);
    const names = readdirSync(join(directory, 'logs')).toSorted();
    expect(names).toEqual(['strongroom.log', ...[1, 2, 3, 4].map((age) => `strongroom.log.${age}`)]);
    expect(readFileSync(join(directory, 'logs', 'strongroom.log'), 'utf8')).toContain('line 39 ');
    for (const name of names) expect(statSync(join(directory, 'logs', name)).size).toBeLessThanOrEqual(100);
  });

  it.skipIf(process.platform === 'win32')('is readable by its user only', () => {
    createFileSink({ directory: join(directory, 'logs'), onFailure: vi.fn() })('line');
    expect(statSync(join(directory, 'logs', 'strongroom.log')).mode & 0o777).toBe(0o600);
    expect(statSync(join(directory, 'logs')).mode & 0o777).toBe(0o700);
  });

  it('says once that it cannot write, and stops nothing', () => {
    writeFileSync(join(directory, 'file'), '');
    const onFailure = vi.fn();
    const sink = createFileSink({ directory: join(directory, 'file'), onFailure });
    sink('one');
    sink('two');
    expect(onFailure).toHaveBeenCalledOnce();
  });
});
