// Takes out of a text what must never reach a log. It would rather redact a harmless number than let an account through.

interface Rule {
  readonly pattern: RegExp;
  readonly label: string;
}

/** In this order: a certificate contains what looks like tokens, a token what looks like account numbers. @see security.md §3 row 33 */
const RULES: readonly Rule[] = [
  { label: '[pem]', pattern: /-----BEGIN [\s\S]*?(?:-----END [^-]*-----|$)/g },
  { label: '[token]', pattern: /\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)*/g },
  { label: '[token]', pattern: /\b(?:Bearer|DPoP|Basic)\s+[^\s"',]+/gi },
  { label: '[iban]', pattern: /(?<![A-Z0-9])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}(?![A-Z0-9])/gi },
  { label: '[token]', pattern: /[A-Za-z0-9+/]{20,}={1,2}/g },
  { label: '[token]', pattern: /(?=[a-z0-9+/]*[A-Z])(?=[A-Za-z+/]*\d)[A-Za-z0-9+/]{40,}/g },
  { label: '[token]', pattern: /[\w-]{32,}/g },
  { label: '[digits]', pattern: /(?<![\d-])(?!\d{4}-\d{2}-\d{2}(?!\d))\d(?:[ -]?\d){8,}/g },
];

/** Names whose value is never written, whatever it looks like. */
const SECRET_NAME = /passw|passphrase|secret|token|credential|private|authorization|cookie|recovery/i;

/** `text` without IBANs, card and account numbers, tokens, keys and certificates. */
export function redactText(text: string): string {
  return RULES.reduce((rest, { pattern, label }) => rest.replace(pattern, label), text);
}

/** One named value of a log entry as it may be written. */
export function redactField<Value extends string | number | boolean | null>(
  name: string,
  value: Value,
): Value | string {
  if (value !== null && SECRET_NAME.test(name)) return '[secret]';
  if (typeof value === 'boolean' || value === null) return value;
  const redacted = redactText(String(value));
  return redacted === String(value) ? value : redacted;
}
