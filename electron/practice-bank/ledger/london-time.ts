// Clock times as a bank in London writes them: local digits with the offset of that day. No system time zone is asked.
import type { CalendarDate } from '../../../shared/model/calendar-date.ts';

const sundays = new Map<number, string>();

function lastSunday(year: number, month: number): string {
  const known = sundays.get(year * 100 + month);
  if (known !== undefined) return known;
  const last = new Date(Date.UTC(year, month, 0));
  last.setUTCDate(last.getUTCDate() - last.getUTCDay());
  const text = last.toISOString().slice(0, 10);
  sundays.set(year * 100 + month, text);
  return text;
}

/** `+01:00` from the last Sunday of March to the day before the last Sunday of October, else `+00:00`; by day, not by hour. */
export function londonOffset(date: CalendarDate): '+00:00' | '+01:00' {
  const year = Number(date.slice(0, 4));
  return date >= lastSunday(year, 3) && date < lastSunday(year, 10) ? '+01:00' : '+00:00';
}

/** `2026-07-01T00:20:00+01:00`: a summer night is still the day before in UTC. */
export function londonDateTime(date: CalendarDate, secondOfDay: number): string {
  const part = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(secondOfDay / 3600), Math.floor(secondOfDay / 60) % 60];
  return `${date}T${part(hours)}:${part(minutes)}:${part(secondOfDay % 60)}${londonOffset(date)}`;
}

/** 0 is Sunday. */
export function weekday(date: CalendarDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

export function lastDayOfMonth(date: CalendarDate): number {
  return new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).getUTCDate();
}
