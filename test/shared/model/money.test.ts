// Amounts: no digit is lost, nothing is rounded, every exponent works.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { currencyExponent } from '../../../shared/model/currency.ts';
import {
  formatDecimalAmount,
  MinorUnits,
  money,
  parseDecimalAmount,
  toMinorUnits,
} from '../../../shared/model/money.ts';

describe('parseDecimalAmount', () => {
  test.each([
    ['160.20', 2, 16020n],
    ['-0.01', 2, -1n],
    ['+5', 2, 500n],
    ['5.', 2, 500n],
    ['1234', 0, 1234n],
    ['1.2345', 4, 12345n],
    ['1.500', 2, 150n],
    ['0000000000000001.10', 2, 110n],
  ])('%s with exponent %i', (text, exponent, minor) => {
    expect(parseDecimalAmount(text, exponent)).toBe(minor);
  });

  test.each([
    ['1.005', 2],
    ['1,20', 2],
    ['', 2],
    ['.5', 2],
    ['1e3', 2],
    ['1.1', 0],
    ['1'.repeat(19), 2],
    ['Infinity', 2],
    ['- 1', 2],
    ['0x10', 2],
  ])('refuses %s', (text, exponent) => {
    expect(() => parseDecimalAmount(text, exponent)).toThrow(expect.objectContaining({ code: 'MONEY_INVALID' }));
  });

  test('formatting and parsing are inverse for every amount and currency', () => {
    const amounts = fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n });
    fc.assert(
      fc.property(amounts, fc.constantFrom('GBP', 'EUR', 'JPY', 'KWD', 'CLF'), (amount, currency) => {
        expect(parseDecimalAmount(formatDecimalAmount(amount, currency), currencyExponent(currency))).toBe(amount);
      }),
    );
  });
});

test('minor units are canonical decimal strings', () => {
  for (const bad of ['-0', '01', '+1', '1.0', '', '1e3', ' 1']) expect(MinorUnits.safeParse(bad).success).toBe(false);
  expect(toMinorUnits(-5n)).toBe('-5');
  expect(money(1n, 'GBP')).toEqual({ amountMinor: '1', currency: 'GBP' });
});

test('names of Object.prototype are no currencies', () => {
  expect(currencyExponent('constructor')).toBe(2);
  expect(currencyExponent('JPY')).toBe(0);
});
