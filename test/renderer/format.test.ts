// Figures and dates on the screen: exact at any size, and a bank's date stays the bank's date in every time zone.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatAmount,
  formatBytes,
  formatCalendarDate,
  formatCount,
  formatRelative,
} from '../../renderer/ui/format.ts';

/** The digits and the sign of a formatted figure. */
const bare = (text: string): string => text.replaceAll(/[^\d\u2212]/g, '').replace('\u2212', '-');

describe('formatAmount', () => {
  it('keeps every digit of any amount', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }),
        fc.integer({ min: 0, max: 4 }),
        (minor, exponent) => {
          const digits = bare(formatAmount(minor.toString(), exponent));
          expect(BigInt(digits)).toBe(minor);
        },
      ),
    );
  });

  it('writes the minus in front and the decimals of the currency', () => {
    expect(formatAmount('-5', 2)).toMatch(/^\u22120[.,]05$/);
    expect(formatAmount('1234567', 0)).not.toMatch(/[.,]\d{2}$/);
    expect(formatAmount('9007199254740993', 3)).toMatch(/740[.,]993$/);
  });
});

describe('dates', () => {
  it('shows the day the bank wrote, west and east of Greenwich', () => {
    const zone = process.env['TZ'];
    for (const name of ['Pacific/Honolulu', 'Pacific/Auckland']) {
      process.env['TZ'] = name;
      expect(formatCalendarDate('2026-01-31')).toContain('31');
    }
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  it('says how long ago in the unit that fits', () => {
    const now = Date.parse('2026-06-10T12:00:00.000Z');
    expect(formatRelative('2026-06-10T11:30:00.000Z', now)).toMatch(/30/);
    expect(formatRelative('2026-06-08T12:00:00.000Z', now)).toMatch(/2/);
    expect(formatRelative('2026-06-15T12:00:00.000Z', now)).toMatch(/5/);
  });
});

describe('counts', () => {
  it('groups thousands and picks units', () => {
    expect(bare(formatCount(1_234_567))).toBe('1234567');
    expect(formatBytes(0)).toMatch(/^0/);
    expect(formatBytes(999)).toMatch(/^999/);
    expect(formatBytes(1_400_000)).toMatch(/^1[.,]4/);
  });
});
