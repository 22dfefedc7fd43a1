// CSV amounts and dates under a profile: what is read, what is refused and how the refusal names its place.
import { describe, expect, it } from 'vitest';
import { csvDecimal } from '../../../electron/adapters/statements/csv/amounts.ts';
import { csvDate } from '../../../electron/adapters/statements/csv/dates.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import type { SourceEvent, SourceTransaction } from '../../../shared/model/source.ts';
import type { CsvProfile, DateOrder, DecimalMark } from '../../../shared/model/statement-profile.ts';
import { aCsvProfile, named } from '../../builders/csv-profiles.ts';
import { errorOf, readInChunks, rowsOf } from '../../contracts/statement-reader.ts';

const HEADER = 'Date,Text,Amount,Balance';
const read = (text: string, profile: CsvProfile): SourceEvent[] => readInChunks(Buffer.from(text), 50, profile);
const rows = (text: string, profile: CsvProfile): SourceTransaction[] => rowsOf(read(text, profile));
const table = (...lines: readonly string[]): string => `${[HEADER, ...lines].join('\n')}\n`;
const refusal = (text: string, profile: CsvProfile): AppError | null => errorOf(() => read(text, profile));
const warnings = (events: readonly SourceEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'warning' ? [event.warning.code] : []));

describe('CSV amounts', () => {
  const cases: readonly (readonly [string, DecimalMark, string | null])[] = [
    ['1.234,56', ',', '1234.56'],
    ['1.234,56-', ',', '-1234.56'],
    ['-1.234,56', ',', '-1234.56'],
    ['- 1 234,56', ',', '-1234.56'],
    ['1\u202f234,56', ',', '1234.56'],
    ['1\u00a0234,56 €', ',', '1234.56'],
    ['\u2212 5', ',', '-5'],
    ['(123.45)', '.', '-123.45'],
    ['$(1,123.45)', '.', null],
    ['($1,123.45)', '.', '-1123.45'],
    ['-$12.50', '.', '-12.50'],
    ['$-12.50', '.', '-12.50'],
    ['+7', '.', '7'],
    ["1'234.50", '.', '1234.50'],
    ['1’234’567.50', '.', '1234567.50'],
    ['1,23,456.78', '.', '123456.78'],
    ['12,34,567', '.', '1234567'],
    ['1,234', '.', '1234'],
    ['1,234', ',', '1.234'],
    ['1.234', ',', '1234'],
    [',5', ',', '0.5'],
    ['5,', ',', '5'],
    ['EUR 5,00', ',', '5.00'],
    ['5,00 PLN', ',', '5.00'],
    ['R$ 5,00', ',', '5.00'],
    ['1,23', '.', null],
    ['12.34', ',', null],
    ['1.2.3', '.', null],
    ['1,2345', '.', null],
    ['1.234.56', ',', null],
    ['1.234 567', ',', null],
    ['--5', '.', null],
    ['-5-', '.', null],
    ['-(5)', '.', null],
    ['(-5)', '.', null],
    ['EUR 5 EUR', '.', null],
    ['1e3', '.', null],
    ['0x10', '.', null],
    ['٣', '.', null],
    ['１２', '.', null],
    ['', '.', null],
    ['.', '.', null],
    ['NaN', '.', null],
    ['5 %', '.', null],
    ['9'.repeat(65), '.', null],
  ];
  it.each(cases)('%s under %s is %s', (cell, mark, expected) => {
    const found = csvDecimal(cell, mark);
    expect(found === null ? null : `${found.sign === '-' ? '-' : ''}${found.text}`).toBe(expected);
  });

  const amountsUnder = (cell: string, parts: Readonly<Record<string, unknown>> = {}): string | undefined =>
    rows(table(`2026-01-01,x,"${cell}"`.concat(',')), aCsvProfile(parts))[0]?.amountMinor;
  it.each([
    ['="12.50"', '1250'],
    ["'-12.50", '-1250'],
    ['12.5000', '1250'],
    ['€ 12.50', '1250'],
    ['0', '0'],
  ])('%s is %s cents', (cell, minor) => expect(amountsUnder(cell.replaceAll('"', '""'))).toBe(minor));
  it('follows the currency’s decimals', () => {
    expect(amountsUnder('1.234', { currency: 'KWD' })).toBe('1234');
    expect(amountsUnder('1,234', { currency: 'JPY' })).toBe('1234');
  });

  const bad: readonly (readonly [string, string])[] = [
    ['12,50', 'STATEMENT_PROFILE_UNFIT'],
    ['1.234,56', 'STATEMENT_PROFILE_UNFIT'],
    ['1.234', 'STATEMENT_PROFILE_UNFIT'],
    ['12.345', 'STATEMENT_PROFILE_UNFIT'],
    ['12.3456', 'STATEMENT_MALFORMED'],
    ['12.50 USD', 'STATEMENT_MALFORMED'],
    ['12.50 pcs', 'STATEMENT_MALFORMED'],
    ['', 'STATEMENT_MALFORMED'],
    ['n/a', 'STATEMENT_MALFORMED'],
    ['9'.repeat(19), 'STATEMENT_MALFORMED'],
  ];
  it.each(bad)('%s is refused with %s, its line and its column', (cell, code) => {
    const error = refusal(table('2026-01-01,x,1.00,', `2026-01-02,x,"${cell}",`), aCsvProfile());
    expect(error?.code).toBe(code);
    expect(JSON.stringify(error?.params)).toMatch(/line 3.*column “amount”/);
  });
  it('account numbers are masked in refusals', () => {
    const error = refusal(table('2026-01-01,x,DE89370400440532013000,'), aCsvProfile());
    expect(error?.params['found']).toBe('••••3000');
  });
});

describe('CSV dates', () => {
  const cases: readonly (readonly [string, DateOrder, string | null])[] = [
    ['31.12.2026', 'dmy', '2026-12-31'],
    ['31/12/26', 'dmy', '2026-12-31'],
    ['1.2.2026', 'dmy', '2026-02-01'],
    ['01/02/2026', 'mdy', '2026-01-02'],
    ['01/02/2026', 'dmy', '2026-02-01'],
    ['2026-12-31T23:59:59.999-11:00', 'ymd', '2026-12-31'],
    ['2026-12-31T00:00:00Z', 'dmy', '2026-12-31'],
    ['31.12.2026 23:59', 'dmy', '2026-12-31'],
    ['12/31/2026 11:59 PM', 'mdy', '2026-12-31'],
    ['12-Jan-2026', 'mdy', '2026-01-12'],
    ['12 janv. 2026', 'dmy', '2026-01-12'],
    ['3 juin 2026', 'dmy', '2026-06-03'],
    ['3 juillet 2026', 'dmy', '2026-07-03'],
    ['Jan 12, 2026', 'dmy', '2026-01-12'],
    ['20261231', 'ymd', '2026-12-31'],
    ['20261231235959', 'ymd', '2026-12-31'],
    ['31122026', 'dmy', '2026-12-31'],
    ['26-12-31', 'ymd', '2026-12-31'],
    ['31.12.69', 'dmy', '2069-12-31'],
    ['31.12.70', 'dmy', '1970-12-31'],
    ['2026. 12. 31.', 'ymd', '2026-12-31'],
    ['31/01/2026', 'mdy', null],
    ['01/31/2026', 'dmy', null],
    ['31.02.2026', 'dmy', null],
    ['20261231', 'dmy', null],
    ['31.12.2026', 'ymd', null],
    ['31.12.26', 'ymd', null],
    ['31.12/2026', 'dmy', null],
    ['46022', 'ymd', null],
    ['12-Xyz-2026', 'dmy', null],
    ['2026-1231', 'ymd', null],
    ['', 'ymd', null],
  ];
  it.each(cases)('%s as %s is %s', (cell, order, date) => expect(csvDate(cell, order)).toBe(date));

  it('a row that contradicts the order stops the import with its line and cell', () => {
    const profile = aCsvProfile({ dateOrder: 'mdy' });
    const error = refusal(table('01/02/2026,x,1.00,', '13/02/2026,x,1.00,'), profile);
    expect(error?.code).toBe('STATEMENT_PROFILE_UNFIT');
    expect(error?.params['what']).toMatch(/line 3, column “date”.*13\/02\/2026/);
  });
  it('a day that exists in no order is damage', () =>
    expect(refusal(table('30.02.2026,x,1.00,'), aCsvProfile({ dateOrder: 'dmy' }))?.code).toBe('STATEMENT_MALFORMED'));
  it('a value date that is none is left out and said', () => {
    const events = read(table('2026-01-01,x,1.00,soon'), aCsvProfile({ valueDate: named('Balance', 3) }));
    expect([rowsOf(events)[0]?.valueDate, warnings(events)]).toEqual([null, ['DATE_UNREADABLE']]);
  });
});
