// Short figures and months for the axes of a picture, as the locale writes them.
const compact = new Intl.NumberFormat(navigator.language, { notation: 'compact', maximumFractionDigits: 1 });
const month = new Intl.DateTimeFormat(navigator.language, { timeZone: 'UTC', month: 'short', year: 'numeric' });

export function formatCompact(value: number): string {
  return compact.format(value).replace('-', '\u2212');
}

/** The month of a day given as milliseconds UTC. */
export function formatMonth(day: number): string {
  return month.format(day);
}
