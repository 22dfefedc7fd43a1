// The token one session shares with its host, and how long a proof of a window lasts.
import { describe, expect, it } from 'vitest';
import {
  createFreshProofs,
  createSessionTokens,
  FRESH_PROOF_MS,
} from '../../../../electron/core/vault/session-tokens.ts';
import { bytes, foretoldTools } from '../../../builders/key-tools.ts';

const tokenOf = (value: number): string => Buffer.from(bytes(value)).toString('base64url');

describe('a session’s token', () => {
  it('is 32 random bytes in base64url', () => {
    const tokens = createSessionTokens((length) => new Uint8Array(length).fill(255));
    expect(tokens.current()).toBe('_'.repeat(42) + '8');
  });

  it('is the only one that is accepted', () => {
    const tokens = createSessionTokens(foretoldTools().random);
    expect(tokens.accepts(tokenOf(1))).toBe(true);
    for (const other of [null, '', tokenOf(2), tokenOf(1).slice(1), `${tokenOf(1)}A`])
      expect(tokens.accepts(other)).toBe(false);
  });

  it('has a successor, beside which it is good until that was used', () => {
    const tokens = createSessionTokens(foretoldTools().random);
    expect(tokens.renew()).toBe(tokenOf(2));
    expect(tokens.current()).toBe(tokenOf(2));
    for (const _again of [1, 2]) expect(tokens.accepts(tokenOf(1))).toBe(true);
    expect(tokens.accepts(null)).toBe(false);
    expect(tokens.accepts(tokenOf(2))).toBe(true);
    expect(tokens.accepts(tokenOf(1))).toBe(false);
    for (const none of [null, '']) expect(tokens.accepts(none)).toBe(false);
    tokens.renew();
    expect(tokens.renew()).toBe(tokenOf(4));
    expect([2, 3, 4].map((value) => tokens.accepts(tokenOf(value)))).toEqual([false, true, true]);
  });
});

describe('a proof', () => {
  it('is good for its window, less than five minutes', () => {
    let now = 1000;
    const proofs = createFreshProofs({ monotonic: () => now });
    expect(FRESH_PROOF_MS).toBe(300_000);
    proofs.grant('one');
    expect([proofs.holds('one'), proofs.holds('two'), proofs.holds(null)]).toEqual([true, false, false]);
    now += FRESH_PROOF_MS - 1;
    expect(proofs.holds('one')).toBe(true);
    now += 1;
    expect(proofs.holds('one')).toBe(false);
    proofs.grant('one');
    expect(proofs.holds('one')).toBe(true);
  });

  it('does not come with a clock before its beginning', () => {
    expect(createFreshProofs({ monotonic: () => -Number.MAX_VALUE }).holds('one')).toBe(false);
  });
});
