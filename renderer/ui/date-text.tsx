// Dates on the screen: a bank's calendar date in the locale's order, an instant as "how long ago"; the exact form on hover.
import { ui } from '../text/common.ts';
import { formatCalendarDate, formatInstant, formatRelative } from './format.ts';

/** A bank's own date; ISO on hover. */
export function CalendarDateText({ date }: { readonly date: string }) {
  return (
    <time className="sr-date" dateTime={date} title={date}>
      {formatCalendarDate(date)}
    </time>
  );
}

export interface InstantTextProps {
  /** Null is said in words: never. */
  readonly at: string | null;
  /** `relative`: 3 hours ago. `exact`: date and time. */
  readonly style?: 'relative' | 'exact';
}

/** A point in time. */
export function InstantText({ at, style = 'relative' }: InstantTextProps) {
  if (at === null) return <span className="sr-quiet">{ui.never}</span>;
  const text = style === 'exact' ? formatInstant(at) : formatRelative(at, Date.now());
  return (
    <time className="sr-date" dateTime={at} title={`${formatInstant(at)} · ${at}`}>
      {text}
    </time>
  );
}

/** "as of …": how old the data under it is. */
export function AsOf({ at }: { readonly at: string | null }) {
  return (
    <span className="sr-quiet">
      {at === null ? ui.noData : ui.asOf} {at !== null && <InstantText at={at} />}
    </span>
  );
}
