// The calendar day it is for the person at this computer.
import { parseCalendarDate, type CalendarDate } from '../../../shared/model/calendar-date.ts';

export function today(): CalendarDate {
  const now = new Date();
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return parseCalendarDate(parts.map((part) => String(part).padStart(2, '0')).join('-'));
}
