// Published vectors of one-time codes through the adapter the vault uses.
import { describe, expect, it } from 'vitest';
import { createOneTimeCodes } from '../../electron/adapters/crypto/one-time-codes.ts';

/** The shared secret of both RFCs. */
const SECRET = Buffer.from('12345678901234567890', 'ascii');
const codes = createOneTimeCodes();

describe('RFC 6238 appendix B, SHA-1, its last six of eight digits', () => {
  it.each([
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ])('at %i s the code ends %s', (seconds, eight) => {
    expect(codes.stepOf(eight.slice(2), SECRET, seconds * 1000)).toBe(Math.floor(seconds / 30));
  });
});

describe('RFC 4226 appendix D, counters as steps', () => {
  it.each(
    ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489'].map(
      (code, counter) => [counter, code] as const,
    ),
  )('counter %i gives %s', (counter, code) => {
    expect(codes.stepOf(code, SECRET, counter * 30_000)).toBe(counter);
    expect(codes.stepOf(code, SECRET, counter * 30_000 + 29_999)).toBe(counter);
  });
});
