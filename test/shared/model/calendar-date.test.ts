// Calendar dates keep the bank's digits in every time zone.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, CalendarDate, daysBetween, parseCalendarDate } from '../../../shared/model/calendar-date.ts';

test.each(['2024-02-29', '2000-02-29', '2026-12-31', '0001-01-01'])('%s exists', (text) => {
  expect(parseCalendarDate(text)).toBe(text);
});

test.each([
  '2023-02-29',
  '1900-02-29',
  '2026-02-30',
  '2026-13-01',
  '2026-00-10',
  '2026-01-00',
  '2026-1-1',
  '2026-01-01T00:00:00Z',
  '',
])('%s does not', (text) => {
  expect(() => parseCalendarDate(text)).toThrow(expect.objectContaining({ code: 'DATE_INVALID' }));
});

test('adding days and counting them are inverse, whatever the time zone of the machine', () => {
  const zone = process.env['TZ'];
  try {
    for (const name of ['UTC', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Europe/Berlin']) {
      process.env['TZ'] = name;
      fc.assert(
        fc.property(fc.integer({ min: -40_000, max: 40_000 }), (days) => {
          const start = CalendarDate.parse('2026-03-29');
          expect(daysBetween(start, addDays(start, days))).toBe(days);
        }),
        { numRuns: 50 },
      );
    }
  } finally {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  }
});
