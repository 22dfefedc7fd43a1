// IBAN check digits and masking. Numbers are the examples of the SWIFT IBAN registry.
import { expect, test } from 'vitest';
import { isIban, maskAccountNumber } from '../../../shared/model/iban.ts';

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
