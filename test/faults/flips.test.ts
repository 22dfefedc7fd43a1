// Two thousand flipped bits in a database and its log: refused, or a state that was committed. Never wrong data.
import { describe, expect, it } from 'vitest';
import { flipBit, flipDatabaseBits } from './flips.ts';

describe('flipped bits', () => {
  it('turns one bit over and no other', () => {
    expect([...flipBit(new Uint8Array([0, 0b1000_0001]), 8)]).toEqual([0, 0b1000_0000]);
    expect([...flipBit(new Uint8Array([0]), 7)]).toEqual([0b1000_0000]);
  });

  it('never read as wrong data', { timeout: 120_000 }, () => {
    const { flips, refused, unharmed, earlier } = flipDatabaseBits(2000);
    expect(refused + unharmed + earlier).toBe(flips);
    expect(refused).toBeGreaterThan(200);
    expect(earlier).toBeGreaterThan(50);
  });
});
