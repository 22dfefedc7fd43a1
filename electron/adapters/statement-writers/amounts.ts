// Decimal strings of amounts, from integers. Nothing here passes through a floating-point number.

/** Minor units with their exponent, as every amount of the ledger has them. */
export interface WrittenAmount {
  readonly amountMinor: string;
  readonly exponent: number;
}

/** `-12.30`: always with the currency's decimals, `mark` between. With exponent 0 there is no mark. */
export function decimalOf({ amountMinor, exponent }: WrittenAmount, mark = '.'): string {
  const negative = amountMinor.startsWith('-');
  const unsigned = unsignedOf(amountMinor, exponent);
  const whole = unsigned.slice(0, unsigned.length - exponent);
  const fraction = exponent === 0 ? '' : `${mark}${unsigned.slice(-exponent)}`;
  return `${negative ? '-' : ''}${whole}${fraction}`;
}

/** The same without its sign. */
export function magnitudeOf(amount: WrittenAmount, mark = '.'): string {
  const decimal = decimalOf(amount, mark);
  return decimal.startsWith('-') ? decimal.slice(1) : decimal;
}

/** True for money out. Nothing is money in, as in the header's totals. */
export function isDebit(amountMinor: string): boolean {
  return amountMinor.startsWith('-');
}

function unsignedOf(amountMinor: string, exponent: number): string {
  const digits = amountMinor.startsWith('-') ? amountMinor.slice(1) : amountMinor;
  return digits.padStart(exponent + 1, '0');
}
