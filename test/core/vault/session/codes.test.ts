// Codes: ten recovery codes foretold byte by byte, and which code proves itself how, without being spent before its transaction.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { FactorRepository } from '../../../../electron/core/ports/office-repositories.ts';
import { createRecoveryCodes, proveCode } from '../../../../electron/core/vault/factors.ts';
import { instantOf } from '../../../../shared/model/instant.ts';
import { bytes } from '../../../builders/key-tools.ts';
import { aSession, lightServices, NOW, USER, type SessionOptions } from './session-bench.ts';

const at = instantOf(NOW);
const digestOf = (code: string, salt: Uint8Array): string =>
  createHash('sha256').update('strongroom recovery code v1\n').update(salt).update(code).digest('hex');
const recoveryCodes = ['AAAAABBBBB', 'CCCCCDDDDD'].map((code, index) => {
  const salt = bytes(index + 1, 16);
  return { id: index + 41, salt, digest: digestOf(code, salt) };
});

function prove(code: string | null, options: SessionOptions = { app: true, recoveryCodes }) {
  const subject = aSession(options);
  const factors = subject.store.factors as unknown as FactorRepository;
  const proof = proveCode(lightServices(), factors, { userId: USER, code });
  return { proof, events: subject.events };
}

describe('recovery codes', () => {
  it('are ten of ten characters in two groups, and salted digests of what they say', () => {
    let call = 0;
    const { codes, digests } = createRecoveryCodes((length) => {
      call += 1;
      return Uint8Array.from({ length }, (_, index) => index + 10 * call + 22);
    });
    expect(codes).toHaveLength(10);
    expect(digests).toHaveLength(10);
    expect(codes[0]).toBe('01234-56789');
    expect(codes[1]).toBe('ABCDE-FGHJK');
    expect(codes[2]).toBe('MNPQR-STVWX');
    expect(codes[3]).toBe('YZ012-34567');
    for (const [index, { salt, digest }] of digests.entries()) {
      expect(salt).toHaveLength(16);
      expect(digest).toBe(digestOf((codes[index] ?? '').replace('-', ''), salt));
    }
  });
});

describe('a code', () => {
  it('of the app proves itself at a later step than the last, and is spent once', () => {
    const { proof, events } = prove('next');
    expect(proof?.method).toBe('app');
    expect(events).toEqual([]);
    proof?.spend(at);
    expect(events).toEqual(['step 8']);
    expect(() => proof?.spend(at)).toThrow(expect.objectContaining({ code: 'SESSION_WRONG_CREDENTIALS' }));
  });

  it.each(['early', 'same', 'unknown', '', null])('proves nothing where it is used, wrong or missing: %s', (code) => {
    expect(prove(code).proof).toBeNull();
  });

  it('proves nothing for who enrolled no app', () => {
    expect(prove('next', { recoveryCodes }).proof).toBeNull();
    expect(prove('AAAAA-BBBBB', { recoveryCodes }).proof).toBeNull();
  });

  it.each([
    ['aaaaa bbbbb', 41],
    ['CCCCC-DDDDD', 42],
  ])('of the ten proves itself however it is typed, and is spent once: %s', (code, id) => {
    const { proof, events } = prove(code);
    expect(proof?.method).toBe('recovery-code');
    expect(events).toEqual([]);
    proof?.spend(at);
    expect(events).toEqual([`code ${id} at ${at}`]);
    expect(() => proof?.spend(at)).toThrow(expect.objectContaining({ code: 'SESSION_WRONG_CREDENTIALS' }));
  });

  it('of the ten proves nothing where it is another one', () => {
    expect(prove('EEEEE-FFFFF').proof).toBeNull();
    expect(prove('AAAAA-BBBBB', { app: true }).proof).toBeNull();
  });
});
