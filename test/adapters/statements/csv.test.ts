// CSV under a profile: the reader contract, quotes, charsets, states, accounts and the running balance.
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { csvReader } from '../../../electron/adapters/statements/csv/reader.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import type { SourceEvent, SourceTransaction } from '../../../shared/model/source.ts';
import type { CsvProfile } from '../../../shared/model/statement-profile.ts';
import { aCsvProfile, named, placed } from '../../builders/csv-profiles.ts';
import { errorOf, readInChunks, rowsOf, statementReaderContract } from '../../contracts/statement-reader.ts';

const HEADER = 'Date,Text,Amount,Balance';
const balanced = aCsvProfile({ balanceAfter: named('Balance', 3) });

statementReaderContract(csvReader, [
  {
    name: 'a plain table',
    bytes: Buffer.from(`${HEADER}\n2026-01-01,Łódź,1.00,11.00\n2026-01-02,Café,-2.00,9.00\n`),
    rows: 2,
    profile: balanced,
    openEnded: true,
  },
  {
    name: 'what parsers trip over',
    bytes: Buffer.from(
      `\ufeffReport "of\r\n\r\n${HEADER}\r\n2026-01-01,"a ""b"", 😀\r\nc",+1.00,"11.00"\r\n${HEADER}\r\n2026-01-02,5" pipe, "-2.00" ,9.00,,\r\n,,,\r\nTotal,,9.00\r\n\0\0\0`,
    ),
    rows: 2,
    profile: { ...balanced, ignoredRows: ['Total'], skipLines: 2 },
    openEnded: true,
  },
  {
    name: 'CR line ends, no header, two accounts',
    bytes: Buffer.from('A1|31/01/2026|é|1,5\rA1|31/01/2026|é|1,5\rB2|31/01/2026|x|2\r'),
    rows: 3,
    profile: aCsvProfile({
      delimiter: '|',
      hasHeader: false,
      decimalMark: ',',
      dateOrder: 'dmy',
      amount: { kind: 'signed', amount: placed(3) },
      bookingDate: placed(1),
      description: [],
      account: placed(0),
    }),
    openEnded: true,
  },
]);

const read = (text: string | Buffer, profile: CsvProfile): SourceEvent[] =>
  readInChunks(Buffer.from(text), 50, profile);
const rows = (text: string, profile: CsvProfile): SourceTransaction[] => rowsOf(read(text, profile));
const table = (...lines: readonly string[]): string => `${[HEADER, ...lines].join('\n')}\n`;
const refusal = (text: string | Buffer, profile: CsvProfile): AppError | null => errorOf(() => read(text, profile));
const warnings = (events: readonly SourceEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'warning' ? [event.warning.code] : []));
const ends = (events: readonly SourceEvent[]): Extract<SourceEvent, { type: 'statement-end' }>[] =>
  events.filter((event) => event.type === 'statement-end');

describe('CSV records', () => {
  const texts = (...lines: readonly string[]): (string | undefined)[] =>
    rows(table(...lines), aCsvProfile()).map(({ description }) => description);
  it('reads quotes, lines within cells, delimiters within cells, quotes within plain cells', () => {
    expect(texts('2026-01-01,"a ""b"", c",1,', '2026-01-01,"two\r\nlines",1,', '2026-01-01,5" pipe,1,')).toEqual([
      'a "b", c',
      'two lines',
      '5" pipe',
    ]);
  });
  it('a quote that is not doubled is text within one line, and said', () => {
    const events = read(table('2026-01-01,"the "big" one",1.00,'), aCsvProfile());
    expect([rowsOf(events)[0]?.description, warnings(events)]).toEqual(['the "big" one', ['NOTATION_UNUSUAL']]);
  });
  it('a lost quote never swallows a row', () => {
    const error = refusal(
      table('2026-01-01,"lost,1.00,', '2026-01-02,"next",2.00,', '2026-01-03,"third",3.00,'),
      aCsvProfile(),
    );
    expect(error?.code).toBe('STATEMENT_MALFORMED');
    expect(error?.params['line']).toBe('2');
  });
  it.each([
    ['2026-01-01,unquoted, comma,1.00,', 'one cell too many'],
    ['2026-01-01,1.00', 'cells missing'],
    ['Some notice', 'a notice'],
  ])('%s is refused: %s', (line) => {
    const error = refusal(table('2026-01-01,x,1.00,', line), aCsvProfile());
    expect([error?.code, error?.params['line']]).toEqual(['STATEMENT_MALFORMED', '3']);
  });
  it('counts lines within cells, CR and CRLF', () => {
    const error = refusal(`${HEADER}\r\n2026-01-01,"a\rb\nc",1.00,\r\rbad\r`, aCsvProfile());
    expect(error?.params['line']).toBe('6');
  });
  it('formula cells, Excel texts and guarded cells are only text', () => {
    expect(texts(`2026-01-01,"=cmd|' /C calc'!A0",1,`, '2026-01-01,"=""00123""",1,', "2026-01-01,'=1+1,1,")).toEqual([
      "=cmd|' /C calc'!A0",
      '00123',
      '=1+1',
    ]);
  });
  it('headers and cells named like object properties change nothing', () => {
    const profile = aCsvProfile({ description: [named('__proto__', 1)] });
    const found = rows('Date,__proto__,Amount,constructor\n2026-01-01,hasOwnProperty,1.00,toString\n', profile);
    expect(found[0]?.description).toBe('hasOwnProperty');
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });
  it('a last row without a line end is said to be possibly incomplete, unless a quote closes it', () => {
    expect(warnings(read(`${HEADER}\n2026-01-01,x,1.00,1`, aCsvProfile()))).toEqual(['LAST_LINE_OPEN']);
    expect(warnings(read(`${HEADER}\n2026-01-01,x,1.00,"1"`, aCsvProfile()))).toEqual([]);
  });
  it('finds the header where the bank wrote more lines before it, whatever their quotes', () => {
    const text = `Owner "Max\n"Period\n\n${table('2026-01-01,x,1.00,')}`;
    expect(rows(text, aCsvProfile())).toHaveLength(1);
  });
  it('a row among the lines before the first one is refused, never lost', () => {
    const headless = aCsvProfile({
      hasHeader: false,
      skipLines: 1,
      amount: { kind: 'signed', amount: placed(2) },
      bookingDate: placed(0),
      description: [],
    });
    const two = '2026-01-01,x,1.00,\n2026-01-02,x,1.00,\n';
    expect(rows(`Notice\n${two}`, headless)).toHaveLength(2);
    expect(refusal(two, headless)?.params['line']).toBe('1');
    expect(refusal(`Dates,Text,Amount\n${two}${table('2026-01-03,x,1.00,')}`, aCsvProfile())?.params['line']).toBe('2');
  });
  it('columns may move; a column that is gone or twice is refused', () => {
    expect(rows('Amount,Date,Text\n1.00,2026-01-01,x\n', aCsvProfile())[0]?.amountMinor).toBe('100');
    expect(refusal('Date,Text,Sum\n2026-01-01,x,1\n', aCsvProfile())?.code).toBe('STATEMENT_PROFILE_UNFIT');
    expect(refusal('Amount,Amount,Date,Text\n1,2,2026-01-01,x\n', aCsvProfile())?.params['what']).toContain('several');
  });
  it('a table without rows is no statement', () => {
    expect(refusal(table(), aCsvProfile())?.code).toBe('STATEMENT_NO_TRANSACTIONS');
    expect(refusal(table('Total,,1.00,'), aCsvProfile({ ignoredRows: ['Total'] }))?.params['contains']).toContain(
      '1 row',
    );
  });
  it('a total with an amount in the row is left out only by its first cell', () => {
    const profile = aCsvProfile({ ignoredRows: ['Total'] });
    expect(rows(table('2026-01-01,Total petrol,1.00,', 'Total,,1.00,', '2026-01-01,Total,,'), profile)).toHaveLength(1);
    expect(refusal(table('2026-01-01,x,1.00,', '2026-01-02,Total'), profile)?.code).toBe('STATEMENT_MALFORMED');
  });
});

describe('CSV profiles', () => {
  it('no profile, or one of another format, is refused', () => {
    const bytes = Buffer.from(table('2026-01-01,x,1.00,'));
    expect(errorOf(() => readInChunks(bytes, 50))?.code).toBe('STATEMENT_PROFILE_NEEDED');
    const qif = {
      format: 'qif',
      charset: 'utf-8',
      dateOrder: 'mdy',
      decimalMark: '.',
      currency: aCsvProfile().currency,
    } as const;
    expect(errorOf(() => readInChunks(bytes, 50, { ...qif, currency: qif.currency ?? neverCurrency() }))?.code).toBe(
      'STATEMENT_PROFILE_UNFIT',
    );
  });
  it('without a currency nothing is read', () =>
    expect(refusal(table('2026-01-01,x,1.00,'), aCsvProfile({ currency: null }))?.code).toBe(
      'STATEMENT_PROFILE_UNFIT',
    ));
});

function neverCurrency(): never {
  throw new Error('the profile has a currency');
}

describe('CSV charsets', () => {
  const text = table('2026-01-01,Żółć €,1.00,');
  it('UTF-16 is the same in chunks of any size', () => {
    const bytes = iconv.encode(text, 'utf-16be');
    const whole = readInChunks(bytes, bytes.length, aCsvProfile());
    for (const size of [1, 3, 64]) expect(readInChunks(bytes, size, aCsvProfile())).toEqual(whole);
  });
  it.each(['utf-16le', 'utf-16be', 'utf-8', 'windows-1250', 'iso-8859-2'] as const)('%s', (charset) => {
    const written = charset.startsWith('iso') ? text.replace('€', 'E') : text;
    const found = rowsOf(read(iconv.encode(written, charset), aCsvProfile({ charset })));
    expect(found[0]?.description).toBe(charset.startsWith('iso') ? 'Żółć E' : 'Żółć €');
  });
  it('a byte-order mark and UTF-8 decide against the profile, and it is said', () => {
    const events = read(`\ufeff${text}`, aCsvProfile({ charset: 'windows-1250' }));
    expect([rowsOf(events)[0]?.description, warnings(events)]).toEqual(['Żółć €', ['CHARSET_DIFFERS']]);
    const wide = iconv.encode(text, 'utf-16le', { addBOM: true });
    expect(rowsOf(read(wide, aCsvProfile()))[0]?.description).toBe('Żółć €');
  });
  it('a file that is not UTF-8 is not read as UTF-8', () => {
    const bytes = iconv.encode(text, 'windows-1250');
    expect(refusal(bytes, aCsvProfile())?.code).toBe('STATEMENT_PROFILE_UNFIT');
  });
  it('records of another charset in a UTF-8 file are read in the profile’s code page, and it is said', () => {
    const mixed = Buffer.concat([
      Buffer.from(table('2026-01-01,Łódź,1.00,')),
      Buffer.alloc(70_000, '\n'),
      iconv.encode('2026-01-02,Łódź,2.00,\n', 'windows-1250'),
    ]);
    const found = read(mixed, aCsvProfile({ charset: 'windows-1250' }));
    expect(rowsOf(found).map(({ description }) => description)).toEqual(['Łódź', 'Łódź']);
    expect(warnings(found)).toEqual(['CHARSET_DIFFERS', 'CHARSET_MIXED']);
    expect(refusal(mixed, aCsvProfile())?.params['what']).toMatch(/line \d+ is not utf-8/);
  });
  it('half a character of UTF-16 and a lone surrogate are refused', () => {
    const bytes = iconv.encode(text, 'utf-16le');
    expect(refusal(Buffer.concat([bytes, Buffer.from([0x41])]), aCsvProfile())?.code).toBe('STATEMENT_MALFORMED');
    const lone = Buffer.concat([bytes, Buffer.from([0x00, 0xd8, 0x41, 0x00])]);
    expect(refusal(lone, aCsvProfile())?.code).toBe('STATEMENT_MALFORMED');
  });
});

describe('CSV signs and states', () => {
  const split = aCsvProfile({ amount: { kind: 'split', debit: named('Out', 2), credit: named('In', 3) } });
  const splitTable = (...lines: readonly string[]): string => ['Date,Text,Out,In', ...lines, ''].join('\n');
  it('two columns: a minus is only an ornament, zero is no amount', () => {
    const found = rows(splitTable('2026-01-01,a,-1.00,0.00', '2026-01-01,b,,2.00', '2026-01-01,c,-3.00,'), split);
    expect(found.map(({ amountMinor, rawSign }) => [amountMinor, rawSign])).toEqual([
      ['-100', 'out'],
      ['200', 'in'],
      ['-300', 'out'],
    ]);
  });
  it.each([
    [['2026-01-01,a,1.00,2.00'], 'both filled'],
    [['2026-01-01,a,1.00,', '2026-01-01,b,,'], 'none filled'],
    [['2026-01-01,a,1.00,', '2026-01-01,b,-1.00,'], 'a sign that changes'],
  ])('%s is refused: %s', (lines) => expect(refusal(splitTable(...lines), split)?.code).toBe('STATEMENT_MALFORMED'));

  const indicated = aCsvProfile({
    amount: { kind: 'indicated', amount: named('Amount', 2), indicator: named('Balance', 3), debit: 'S', credit: 'H' },
  });
  it('a column says the direction, in any case', () => {
    const found = rows(table('2026-01-01,a,1.00,S', '2026-01-01,b,2.00,h'), indicated);
    expect(found.map(({ amountMinor, rawSign }) => [amountMinor, rawSign])).toEqual([
      ['-100', 'S'],
      ['200', 'h'],
    ]);
  });
  it('another direction, and a minus beside one, are refused', () => {
    expect(refusal(table('2026-01-01,a,1.00,X'), indicated)?.code).toBe('STATEMENT_PROFILE_UNFIT');
    expect(refusal(table('2026-01-01,a,-1.00,S'), indicated)?.code).toBe('STATEMENT_MALFORMED');
  });
  it('a card that writes purchases with a plus: amounts and balance turn', () => {
    const events = read(table('2026-01-01,shop,30.00,130.00', '2026-01-02,payment,-130.00,0.00'), {
      ...balanced,
      signInverted: true,
    });
    expect(rowsOf(events).map(({ amountMinor }) => amountMinor)).toEqual(['-3000', '13000']);
    expect(ends(events)[0]).toMatchObject({ opening: { amountMinor: '-10000' }, closing: { amountMinor: '0' } });
  });
  it('states by text; an unknown text is refused, an ignored row is left out', () => {
    const status = { column: named('Balance', 3), booked: ['done', ''], pending: ['open'], ignored: ['failed'] };
    const profile = aCsvProfile({ status });
    const found = rows(
      table('2026-01-01,a,1.00,Done', '2026-01-01,b,1.00,', '2026-01-01,c,1.00,OPEN', '2026-01-01,d,x,failed'),
      profile,
    );
    expect(found.map(({ state }) => state)).toEqual(['booked', 'booked', 'pending']);
    expect(refusal(table('2026-01-01,a,1.00,perhaps'), profile)?.code).toBe('STATEMENT_PROFILE_UNFIT');
  });
  it('a fee is part of its row; a negative one is refused', () => {
    const profile = aCsvProfile({ fee: named('Balance', 3) });
    expect(
      rows(table('2026-01-01,a,-20.00,0.50', '2026-01-01,b,5.00,'), profile).map(({ amountMinor }) => amountMinor),
    ).toEqual(['-2050', '500']);
    expect(refusal(table('2026-01-01,a,-20.00,-0.50'), profile)?.code).toBe('STATEMENT_MALFORMED');
  });
});

describe('CSV running balance', () => {
  const proof = (...lines: readonly string[]): unknown => {
    const events = read(table(...lines), balanced);
    const [end] = ends(events);
    return [end?.opening?.amountMinor ?? null, end?.closing?.amountMinor ?? null, warnings(events)];
  };
  it('oldest first and newest first', () => {
    expect(proof('2026-01-01,a,1.00,11.00', '2026-01-02,b,-2.00,9.00')).toEqual(['1000', '900', []]);
    expect(proof('2026-01-02,b,-2.00,9.00', '2026-01-01,a,1.00,11.00')).toEqual(['1000', '900', []]);
  });
  it('stated once a day', () =>
    expect(proof('2026-01-01,a,1.00,', '2026-01-01,b,1.00,12.00', '2026-01-02,c,-2.00,10.00')).toEqual([
      '1000',
      '1000',
      [],
    ]));
  it('a break is named with its line and nothing is proven', () => {
    const events = read(
      table('2026-01-01,a,1.00,11.00', '2026-01-02,b,-2.00,9.00', '2026-01-03,c,5.00,15.00'),
      balanced,
    );
    expect(ends(events)[0]).toMatchObject({ opening: null, closing: null, from: '2026-01-01', to: '2026-01-03' });
    const [warning] = events.flatMap((event) => (event.type === 'warning' ? [event.warning] : []));
    expect([warning?.code, warning?.text]).toEqual(['BALANCE_CHAIN_BREAKS', expect.stringContaining('Line 4')]);
  });
  it('one row closes but proves nothing', () => expect(proof('2026-01-01,a,1.00,11.00')).toEqual([null, '1100', []]));
  it('rows that chain both ways on one day prove nothing', () =>
    expect(proof('2026-01-01,a,1.00,1.00', '2026-01-01,b,-1.00,0.00')).toEqual([null, null, []]));
  it('a last row without a balance proves nothing oldest first', () =>
    expect(proof('2026-01-01,a,1.00,11.00', '2026-01-02,b,-2.00,9.00', '2026-01-03,c,5.00,')).toEqual([
      null,
      null,
      [],
    ]));
  it('twins stay two', () =>
    expect(rows(table('2026-01-01,a,1.00,', '2026-01-01,a,1.00,'), aCsvProfile())).toHaveLength(2));
});

describe('CSV accounts', () => {
  const profile = aCsvProfile({ account: named('Text', 1), description: [] });
  it('accounts that alternate become one statement each', () => {
    const events = read(table('2026-01-01,A1,1.00,', '2026-01-01,B1,2.00,', '2026-01-02,A1,3.00,'), profile);
    expect(events.map(({ type }) => type)).toEqual([
      'statement',
      'transactions',
      'statement-end',
      'statement',
      'transactions',
      'statement-end',
    ]);
    expect(rowsOf(events).map(({ amountMinor }) => amountMinor)).toEqual(['100', '300', '200']);
  });
  it('an IBAN is recognised, a missing account refused', () => {
    const [event] = read(table('2026-01-01,DE89 3704 0044 0532 0130 00,1.00,'), profile);
    expect(event).toMatchObject({ account: { id: 'DE89370400440532013000', iban: 'DE89370400440532013000' } });
    expect(refusal(table('2026-01-01,,1.00,'), profile)?.code).toBe('STATEMENT_MALFORMED');
  });
  it('in long files accounts must stand together', { timeout: 30_000 }, () => {
    const of = (account: string, count: number): string[] =>
      Array.from({ length: count }, () => `2026-01-01,${account},1.00,`);
    const together = read(table(...of('A1', 21_000), ...of('B1', 100)), profile);
    expect([together.filter(({ type }) => type === 'statement').length, rowsOf(together).length]).toEqual([2, 21_100]);
    const error = refusal(table(...of('A1', 100), ...of('B1', 21_000), ...of('A1', 1)), profile);
    expect(error?.code).toBe('STATEMENT_UNSUPPORTED');
  });
});
