// CSV under attack: endless and broken files, and any rows written under any profile and read back.
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { CsvTokenizer } from '../../../electron/adapters/statements/csv/tokenizer.ts';
import { surveyStatement } from '../../../electron/adapters/statements/survey.ts';
import type { CsvProfile } from '../../../shared/model/statement-profile.ts';
import { StatementSurvey } from '../../../shared/model/statement-survey.ts';
import { aCsvProfile, named, placed } from '../../builders/csv-profiles.ts';
import { readEndless } from '../../builders/endless-file.ts';
import { SLOWEST_MS, timedOnThread } from '../../builders/thread-time.ts';
import { errorOf, readInChunks, rowsOf } from '../../contracts/statement-reader.ts';

const MEGABYTE = 1_048_576;
const HEADER = 'Date,Text,Amount,Balance\n';
const START = `${HEADER}2026-01-01,x,1.00,11.00\n`;
const profile = aCsvProfile({ balanceAfter: named('Balance', 3) });

describe('endless CSV files are refused within four megabytes', () => {
  it.each([
    ['a line', START, 'x'],
    ['a quote that is never closed', `${START}2026-01-02,"`, 'text, and lines\n'],
    ['a quoted cell of doubled quotes', `${START}2026-01-02,"`, '""'],
    ['loose quotes', `${START}2026-01-02,"`, 'a"b'],
    ['columns', START, ','],
    ['columns of quotes', START, '"",'],
    ['digits', `${START}2026-01-02,x,`, '9'],
    ['lines before a header', START.replace('Date,', 'Day,'), 'notice\n'],
    ['blanks before a quote', `${START}2026-01-02,`, ' '],
  ])('%s', (_name, start, unit) => {
    const { error, bytes, ms } = readEndless({ start, unit, profile });
    expect(error?.code).toMatch(/^STATEMENT_(MALFORMED|TOO_LARGE|PROFILE_UNFIT|FORMAT_UNKNOWN)$/);
    expect(bytes).toBeLessThanOrEqual(4 * MEGABYTE);
    expect(ms).toBeLessThan(SLOWEST_MS);
  });
  it('a million columns are refused by the survey and the parser', () => {
    const text = `${'Date,Amount,'.repeat(500_000)}\n${'2026-01-01,1.00,'.repeat(500_000)}\n`;
    expect(surveyStatement({ head: Buffer.from(text).subarray(0, MEGABYTE), complete: false }).format).toBeNull();
    expect(errorOf(() => readInChunks(Buffer.from(START + text), 65_536, profile))?.code).toBe('STATEMENT_TOO_LARGE');
  });
  it('blank lines without end cost no memory', () => {
    expect(readEndless({ start: START, unit: '\n', profile, most: 4 * MEGABYTE }).error).toBeNull();
    expect(readEndless({ start: START, unit: '\0\r\n', profile, most: 4 * MEGABYTE }).error).toBeNull();
  });
  it('a long record in tiny chunks costs no squares', () => {
    const bytes = Buffer.from(`${START}2026-01-02,"${'long text\n'.repeat(20_000)}",1.00,12.00\n`);
    const { result, ms } = timedOnThread(() => rowsOf(readInChunks(bytes, 16, profile)));
    expect(result).toHaveLength(2);
    expect(ms).toBeLessThan(SLOWEST_MS);
  });
});

describe('surveys of hostile beginnings', () => {
  it.each([
    ['quotes', '"'],
    ['delimiters', ';'],
    ['dates', '01/02/2026,1\n'],
    ['quoted lines', '"01/02/2026","1\n'],
    ['ambiguous amounts', '01/02/2026;1.234;x;y\n'],
    ['letters of a code page', '01/02/2026;\u00e9a\u00b3;1.00\n'],
    ['carriage returns', 'Date;Amount\r'],
  ])('%s', (_name, unit) => {
    const head = iconv.encode(unit.repeat(MEGABYTE / unit.length), 'windows-1252');
    const { result: survey, ms } = timedOnThread(() => surveyStatement({ head, complete: false }));
    expect(ms).toBeLessThan(SLOWEST_MS);
    expect(StatementSurvey.parse(survey)).toEqual(survey);
  });
  it('any bytes have a survey', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (head, complete) => {
        StatementSurvey.parse(surveyStatement({ head, complete }));
        const started = Buffer.concat([Buffer.from(START), head]);
        StatementSurvey.parse(surveyStatement({ head: started, complete }));
      }),
      { numRuns: 500 },
    );
  });
});

const quote = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

describe('RFC 4180 round trip', () => {
  it('any cells come back letter for letter', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', ' ', 'a', '=') }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 }),
        fc.nat({ max: 20 }),
        (table, size) => {
          const text = table.map((row) => row.map(quote).join(',')).join('\r\n');
          const tokens = new CsvTokenizer({
            delimiter: ',',
            decode: (held) => held,
            onLooseQuote: () => expect.unreachable(),
          });
          const found: (readonly string[])[] = [];
          const take = (): void => {
            for (let record = tokens.next(); record; record = tokens.next()) found.push(record.cells);
          };
          for (let at = 0; at < text.length; at += size + 1) {
            tokens.write(text.slice(at, at + size + 1));
            take();
          }
          tokens.end();
          take();
          expect(found).toEqual(table);
        },
      ),
      { numRuns: 2000 },
    );
  });

  interface Row {
    readonly cents: number;
    readonly day: number;
    readonly text: string;
  }
  const words = fc.string({
    unit: fc.constantFrom('a', 'Z', '0', ' ', '"', ';', ',', '\t', '|', '\n', 'é', 'ü', '-'),
    maxLength: 20,
  });
  const ledger = fc.array(
    fc.record({
      cents: fc.integer({ min: -99_999_999, max: 99_999_999 }),
      day: fc.integer({ min: 0, max: 3000 }),
      text: words,
    }),
    {
      minLength: 1,
      maxLength: 12,
    },
  );
  const style = fc.record({
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    charset: fc.constantFrom('utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-15'),
    decimalMark: fc.constantFrom('.', ','),
    grouping: fc.constantFrom('', 'mark', "'", ' '),
    dateOrder: fc.constantFrom('ymd', 'dmy', 'mdy'),
    kind: fc.constantFrom('signed', 'split', 'indicated'),
    hasHeader: fc.boolean(),
    skipLines: fc.nat({ max: 3 }),
    trailingMinus: fc.boolean(),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  });
  type Style = typeof style extends fc.Arbitrary<infer T> ? T : never;

  const dayOf = ({ day }: Row): string => new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10);
  function dateIn(order: string, iso: string): string {
    const [year = '', month = '', day = ''] = iso.split('-');
    return order === 'ymd' ? iso : order === 'dmy' ? `${day}.${month}.${year}` : `${month}/${day}/${year}`;
  }
  function amountIn({ decimalMark, grouping }: Style, cents: number): string {
    const digits = String(Math.abs(cents)).padStart(3, '0');
    const separator = grouping === 'mark' ? (decimalMark === '.' ? ',' : '.') : grouping;
    const whole = digits.slice(0, -2).replace(/\B(?=(?:\d{3})+$)/g, separator);
    return `${whole}${decimalMark}${digits.slice(-2)}`;
  }
  function amountCells(how: Style, { cents }: Row): string[] {
    const plain = amountIn(how, cents);
    if (how.kind === 'split') return cents < 0 ? [plain, ''] : ['', plain];
    if (how.kind === 'indicated') return [plain, cents < 0 ? 'D' : 'C'];
    return [cents >= 0 ? plain : how.trailingMinus ? `${plain}-` : `-${plain}`, ''];
  }
  function profileFor(how: Style): CsvProfile {
    const column = (header: string, index: number): ReturnType<typeof named> =>
      how.hasHeader ? named(header, index) : placed(index);
    const [first, second] = [column('Out', 2), column('In', 3)];
    const amounts = {
      signed: { kind: 'signed', amount: first },
      split: { kind: 'split', debit: first, credit: second },
      indicated: { kind: 'indicated', amount: first, indicator: second, debit: 'D', credit: 'C' },
    };
    const { delimiter, charset, decimalMark, dateOrder, hasHeader, skipLines } = how;
    return aCsvProfile({
      delimiter,
      charset,
      decimalMark,
      dateOrder,
      hasHeader,
      skipLines,
      amount: amounts[how.kind],
      bookingDate: column('Date', 0),
      description: [column('Text', 1)],
    });
  }
  function written(how: Style, rows: readonly Row[]): Buffer {
    const table = rows.map((row) => [dateIn(how.dateOrder, dayOf(row)), row.text, ...amountCells(how, row)]);
    const header = how.hasHeader ? [['Date', 'Text', 'Out', 'In']] : [];
    const lines = [...header, ...table].map((cells) => cells.map(quote).join(how.delimiter));
    const text = [...Array.from({ length: how.skipLines }, () => 'Some "notice'), ...lines, ''].join(how.lineEnd);
    return iconv.encode(text, how.charset);
  }

  it('any rows under any profile come back', () => {
    fc.assert(
      fc.property(style, ledger, fc.constantFrom(7, 1000), (how, rows, size) => {
        const expected = rows.map((row) => ({
          bookingDate: dayOf(row),
          amountMinor: String(row.cents),
          description: row.text.replace(/\s+/g, ' ').trim(),
        }));
        const found = rowsOf(readInChunks(written(how, rows), size, profileFor(how)));
        expect(
          found.map(({ bookingDate, amountMinor, description }) => ({ bookingDate, amountMinor, description })),
        ).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});
