// IBAN check digits and masking. Numbers are the examples of the SWIFT IBAN registry.
import { expect, test } from 'vitest';
import { isIban, maskAccountNumber, maskNumbersIn, maskNumbersInWords } from '../../../shared/model/iban.ts';

test.each(['GB29NWBK60161331926819', 'DE89370400440532013000', 'NO9386011117947', 'MT84MALT011000012345MTLCAST001S'])(
  '%s holds',
  (iban) => {
    expect(isIban(iban)).toBe(true);
  },
);

test.each(['GB29NWBK60161331926818', 'gb29NWBK60161331926819', 'GB29 NWBK 6016 1331 9268 19', 'GB', ''])(
  '%s does not',
  (text) => {
    expect(isIban(text)).toBe(false);
  },
);

test('masking shows country and last four only', () => {
  expect(maskAccountNumber('GB29NWBK60161331926819')).toBe('GB•• •••• 6819');
  expect(maskAccountNumber('12345678')).toBe('•••• 5678');
});

test.each([
  ['paid from GB29NWBK60161331926819 twice', 'paid from ••••6819 twice'],
  ['card 4111111111111111', 'card ••••1111'],
  ['invoice 1234 of 2026-01-31, Verwendungszweck', 'invoice 1234 of 2026-01-31, Verwendungszweck'],
])('numbers in “%s” are masked', (text, masked) => {
  expect(maskNumbersIn(text)).toBe(masked);
});

test('in words also where blanks divide them', () => {
  const words = 'card 4111 1111 1111 1111, account GB29 NWBK 6016 1331 9268 19, 2 of 3 on 2026-01-31';
  expect(maskNumbersInWords(words)).toBe('card ••••1111, account GB29 NWBK ••••6819, 2 of 3 on 2026-01-31');
});
