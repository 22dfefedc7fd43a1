// Codes of authenticator apps: neighbours, how people type them, what an app is told.
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createOneTimeCodes } from '../../../electron/adapters/crypto/one-time-codes.ts';

const codes = createOneTimeCodes();
const SECRET = Buffer.alloc(20, 3);
const NOW = Date.UTC(2026, 0, 31, 8, 0, 10);
const STEP = Math.floor(NOW / 30_000);

/** RFC 4226 §5.3, written here. */
function codeAt(step: number, secret = SECRET): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', secret).update(counter).digest();
  const number = digest.readUInt32BE((digest[19] ?? 0) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

describe('a code', () => {
  it.each([
    [-2, null],
    [-1, STEP - 1],
    [0, STEP],
    [1, STEP + 1],
    [2, null],
  ])('of the step %i away belongs to %s', (away, step) => {
    expect(codes.stepOf(codeAt(STEP + away), SECRET, NOW)).toBe(step);
  });

  it.each([
    ['a blank in the middle', (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`],
    ['blanks around', (code: string) => ` ${code}\n`],
    ['a dash', (code: string) => `${code.slice(0, 3)}-${code.slice(3)}`],
    [
      'full-width digits',
      (code: string) => code.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    ],
  ])('is understood with %s', (_, typed) => {
    expect(codes.stepOf(typed(codeAt(STEP)), SECRET, NOW)).toBe(STEP);
  });

  it.each(['', '12345', '1234567', 'abcdef', '12345a', '-12345', '1e5000', '٣٤٥٦٧٨'])('is not %j', (typed) => {
    expect(codes.stepOf(typed, SECRET, NOW)).toBeNull();
  });

  it('of another secret belongs nowhere', () => {
    const other = Buffer.alloc(20, 7);
    expect(codes.stepOf(codeAt(STEP, other), other, NOW)).toBe(STEP);
    expect(codes.stepOf(codeAt(STEP, other), SECRET, NOW)).toBeNull();
  });
});

describe('an enrolment', () => {
  it('tells the app issuer, account, secret and the parameters', () => {
    const { uri, secret } = codes.describe({
      secret: Buffer.from('12345678901234567890', 'ascii'),
      issuer: 'Strongroom · Hale & Moss',
      account: 'Olivia Hale',
    });
    expect(secret).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
    const parsed = new URL(uri);
    expect([parsed.protocol, parsed.host]).toEqual(['otpauth:', 'totp']);
    expect(decodeURIComponent(parsed.pathname)).toBe('/Strongroom · Hale & Moss:Olivia Hale');
    expect(Object.fromEntries(parsed.searchParams)).toEqual({
      issuer: 'Strongroom · Hale & Moss',
      secret,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
  });

  it('makes a secret of 20 random bytes each time', () => {
    const made = Array.from({ length: 20 }, () => codes.newSecret());
    expect(made.every(({ length }) => length === 20)).toBe(true);
    expect(new Set(made.map((one) => Buffer.from(one).toString('hex'))).size).toBe(20);
  });
});
