// One text for one JSON value, for hashes and associated data. It takes no floats, dates or undefined values: what can't be exact is refused.

/** JSON without fractions. */
export type CanonicalValue =
  string | number | boolean | null | readonly CanonicalValue[] | { readonly [name: string]: CanonicalValue };

function member([name, value]: readonly [string, CanonicalValue]): string {
  return `${JSON.stringify(name)}:${canonicalJson(value)}`;
}

/**
 * The canonical text: no blanks, members sorted by UTF-16 code units, numbers safe integers only.
 * @throws {TypeError} for a number that is not a safe integer
 * @see RFC 8785 §3.2 (of which this is the subset without fractions)
 */
export function canonicalJson(value: CanonicalValue): string {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new TypeError('not a safe integer');
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item: CanonicalValue) => canonicalJson(item)).join(',')}]`;
  const members = Object.entries(value as Readonly<Record<string, CanonicalValue>>);
  members.sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${members.map(member).join(',')}}`;
}
