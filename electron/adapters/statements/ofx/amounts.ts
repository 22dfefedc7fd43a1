// OFX amounts as decimals with `.`: point or comma as mark, grouping only where it cannot be mistaken. What could mean two amounts is refused.

/** A plain decimal for the shared money parser. `unusual`: the notation is not the specification's but can mean only this. */
export interface OfxDecimal {
  readonly text: string;
  readonly unusual: boolean;
}

/**
 * The decimal an OFX amount means, null where it is none or could be two (`1.234` in a currency with two decimals).
 * @see OFX 2.2 §3.2.9.1: the mark is a period or a comma; digit grouping is not allowed
 */
export function ofxDecimal(written: string, exponent: number): OfxDecimal | null {
  if (written.length > 64) return null;
  if (/^[+-]?\d+(?:\.\d{1,2})?$/.test(written)) return { text: written, unusual: false };
  const match = /^(?:([A-Z]{0,3}\p{Sc}|[A-Z]{3})\s*)?([+-]?)\s*([\d.,' \u00a0]*\d[.,]?)$/u.exec(written);
  if (!match) return null;
  const [, symbol, sign = '', digits = ''] = match;
  const plain = plainDigits(digits, exponent);
  if (plain === null) return null;
  return { text: `${sign}${plain.text}`, unusual: plain.unusual || symbol !== undefined };
}

function plainDigits(digits: string, exponent: number): OfxDecimal | null {
  const [whole = '', fraction, more] = digits.split(/[.,]/);
  if (/^\d*$/.test(whole) && more === undefined) return singleMark(whole, fraction, exponent);
  return grouped(digits);
}

function singleMark(whole: string, fraction: string | undefined, exponent: number): OfxDecimal | null {
  if (fraction === undefined) return { text: whole, unusual: false };
  if (!/^\d*$/.test(fraction)) return null;
  const couldBeGrouping = fraction.length === 3 && exponent !== 3 && /^[1-9]\d{0,2}$/.test(whole);
  if (couldBeGrouping) return null;
  return { text: `${whole === '' ? '0' : whole}.${fraction}`, unusual: false };
}

/** `1.234.567,89`, `1,234,567.89`, `1'234.56`, `1 234,56`: groups of three by one mark, at most one other mark behind them. */
function grouped(digits: string): OfxDecimal | null {
  const match = /^(\d{1,3})([.,' \u00a0])(\d{3}(?:\2\d{3})*)(?:(?!\2)([.,])(\d{0,2}))?$/.exec(digits);
  if (!match) return null;
  const [, first = '', separator = '', groups = '', decimalMark, fraction = ''] = match;
  const groupCount = groups.split(separator).length;
  // One group and no decimal mark, `1.234`, was ambiguous above; `1 234` cannot be a decimal.
  if (decimalMark === undefined && groupCount === 1 && /[.,]/.test(separator)) return null;
  return { text: `${first}${groups.split(separator).join('')}.${fraction}`, unusual: true };
}
