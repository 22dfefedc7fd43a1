// Figures and dates as the user's locale writes them. Amounts stay integers until they are text; bank dates never meet a time zone.
import type { Instant } from '../../shared/model/instant.ts';

const locale = navigator.language;

// Formats are costly to make and free to use again: a scrolling ledger needs hundreds a second.
const amountFormats = new Map<number, Intl.NumberFormat>();
const countFormat = new Intl.NumberFormat(locale);
const calendarDateFormat = new Intl.DateTimeFormat(locale, {
  timeZone: 'UTC',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

function amountFormat(exponent: number): Intl.NumberFormat {
  const known = amountFormats.get(exponent);
  if (known) return known;
  const format = new Intl.NumberFormat(locale, { minimumFractionDigits: exponent, maximumFractionDigits: exponent });
  amountFormats.set(exponent, format);
  return format;
}

function decimalText(amountMinor: string, exponent: number): Intl.StringNumericLiteral {
  const negative = amountMinor.startsWith('-');
  const digits = amountMinor.replace('-', '').padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = exponent === 0 ? '' : `.${digits.slice(-exponent)}`;
  return `${negative ? '-' : ''}${whole}${fraction}` as Intl.StringNumericLiteral;
}

/** An amount without its currency: `−1,234.50`. Exact at any size. */
export function formatAmount(amountMinor: string, exponent: number): string {
  return amountFormat(exponent).format(decimalText(amountMinor, exponent)).replace('-', '\u2212');
}

/** A count with the locale's grouping. */
export function formatCount(count: number): string {
  return countFormat.format(count);
}

/** A share from 0 to 1 as a percentage. */
export function formatPercent(share: number): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

/** Bytes in the unit a person reads: `1.4 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const power = bytes < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3));
  const unit = units[power] ?? 'byte';
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: power === 0 ? 0 : 1 });
  return format.format(bytes / 1000 ** power);
}

/** A calendar date in the locale's order. */
export function formatCalendarDate(date: string): string {
  return calendarDateFormat.format(new Date(`${date}T00:00:00Z`));
}

/** A point in time in the computer's own time zone. */
export function formatInstant(instant: string): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return format.format(new Date(instant));
}

/** The same, only the day. */
export function formatInstantDay(instant: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(instant));
}

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** How long ago or until: `3 hours ago`, `in 2 days`. */
export function formatRelative(instant: Instant | string, nowMs: number): string {
  const distance = Date.parse(instant) - nowMs;
  const [unit, size] = STEPS.find(([, ms]) => Math.abs(distance) >= ms) ?? (['minute', 60_000] as const);
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.round(distance / size), unit);
}
