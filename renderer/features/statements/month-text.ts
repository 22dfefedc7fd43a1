// Months as the user's locale writes them. A month is a calendar fact and meets no time zone.
const locale = navigator.language;
const short = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'short' });
const long = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'long', year: 'numeric' });

const firstDay = (month: string): Date => new Date(`${month}-01T00:00:00Z`);

/** `Mar`. */
export function shortMonth(month: string): string {
  return short.format(firstDay(month));
}

/** `March 2026`. */
export function longMonth(month: string): string {
  return long.format(firstDay(month));
}
