// ZIP archives: every statement in them is read as if it lay beside the others; what lies, lures or swells is refused before it costs anything.
import { describe, expect, it } from 'vitest';
import { inspectStatement } from '../../../electron/adapters/statements/inspect.ts';
import { previewStatement } from '../../../electron/adapters/statements/preview.ts';
import { surveyStatement } from '../../../electron/adapters/statements/survey.ts';
import { StatementStream } from '../../../electron/adapters/statements/read-statement.ts';
import { CsvProfile } from '../../../shared/model/statement-profile.ts';
import { mt940Text } from '../../builders/mt940-files.ts';
import { camtText, ledgerRows, ofxText } from '../../builders/statement-files.ts';
import { zipOf, type ZipFile } from '../../builders/zip-files.ts';

const rows = ledgerRows(5);
const camt: ZipFile = { name: 'camt/january.xml', content: camtText({ rows }) };
const ofx: ZipFile = { name: 'february.ofx', content: ofxText({ rows }) };
const mt940: ZipFile = { name: 'march.sta', content: mt940Text({ rows }), stored: true };
const CSV = 'Date,Amount,Text\n2026-01-02,-12.50,Rent\n2026-01-03,100.00,Invoice 7\n2026-01-31,1.00,Interest\n';

const inspect = (bytes: Buffer, pieces = bytes.length) =>
  inspectStatement(
    'a.zip',
    Array.from({ length: Math.ceil(bytes.length / pieces) }, (_, index) =>
      bytes.subarray(index * pieces, (index + 1) * pieces),
    ),
  );

describe('a ZIP archive', () => {
  it('is read file by file, whatever the chunks', async () => {
    const bytes = zipOf([camt, ofx, mt940], { comment: 'from the bank' });
    for (const pieces of [bytes.length, 1000, 7]) {
      const { statements, error, warnings, format } = await inspect(bytes, pieces);
      expect(error).toBeNull();
      expect(statements.map(({ transactions }) => transactions.length)).toEqual([5, 5, 5]);
      expect(format).toBe('camt');
      expect(warnings).toEqual([]);
    }
  });

  it('names its reader and gives the rest piece by piece', () => {
    const stream = new StatementStream();
    stream.write(zipOf([camt, ofx]));
    const pieces = Array.from(stream.rest());
    expect(pieces.length).toBeGreaterThan(3);
    expect(stream.reader).toMatch(/^zip camt \S+ ofx 1\.02$/);
  });

  it('passes over what is no statement, with a word', async () => {
    const files = [
      { name: '__MACOSX/._january.xml', content: 'x' },
      { name: 'readme.pdf', content: '%PDF-1.7' },
      { name: 'empty.txt', content: '' },
      { name: 'inner.zip', content: zipOf([camt]) },
      camt,
    ];
    const { statements, error, warnings } = await inspect(zipOf(files));
    expect(error).toBeNull();
    expect(statements).toHaveLength(1);
    expect(warnings).toMatchObject([{ code: 'PART_NOT_READ' }]);
    expect(warnings[0]?.text).toContain('“readme.pdf” was not read: a PDF document');
    expect(warnings[0]?.text).toContain('(3 times');
  });

  it('without a statement is an error that names what it holds', async () => {
    const files = [
      { name: 'inner.zip', content: zipOf([camt]) },
      { name: 'b.pdf', content: '%PDF-1.7' },
    ];
    const { error } = await inspect(zipOf(files));
    expect(error).toMatchObject({
      code: 'STATEMENT_NO_TRANSACTIONS',
      params: { contains: 'a ZIP archive with “inner.zip”, “b.pdf”' },
    });
    expect((await inspect(zipOf([]))).error?.params).toEqual({ contains: 'a ZIP archive with no files' });
  });

  it('says which of its files is damaged', async () => {
    const broken = { ...camt, content: String(camt.content).slice(0, -40) };
    const { error } = await inspect(zipOf([ofx, broken]));
    expect(error).toMatchObject({ code: 'STATEMENT_MALFORMED', params: { entry: 'camt/january.xml' } });
    expect(error?.params['where']).toMatch(/^file “camt\/january.xml”, line /);
  });

  it('that is a workbook is no statement', async () => {
    const { error } = await inspect(zipOf([{ name: '[Content_Types].xml', content: '<Types/>' }]));
    expect(error).toMatchObject({ code: 'STATEMENT_FORMAT_UNKNOWN' });
  });

  it('is surveyed: its statements, the first one, the one that asks', () => {
    const survey = (files: readonly ZipFile[]) => surveyStatement({ head: zipOf(files), complete: true });
    expect(survey([{ name: 'a.pdf', content: '%PDF' }, camt, ofx])).toMatchObject({
      format: 'camt',
      entries: ['camt/january.xml', 'february.ofx'],
      error: null,
    });
    const asking = survey([ofx, { name: 'a.csv', content: CSV }]);
    expect(asking).toMatchObject({ format: 'csv', entries: ['february.ofx', 'a.csv'] });
    const profile = CsvProfile.parse({ ...asking.proposal?.profile, currency: 'GBP' });
    const preview = previewStatement({ head: zipOf([ofx, { name: 'a.csv', content: CSV }]), complete: true, profile });
    expect(preview).toMatchObject({ count: 3, sumMinor: '8850', error: null });
    expect(survey([{ name: 'a.pdf', content: '%PDF' }]).error?.code).toBe('STATEMENT_NO_TRANSACTIONS');
    const cut = surveyStatement({ head: zipOf([camt]).subarray(0, 300), complete: false });
    expect(cut).toMatchObject({ format: null, entries: [], error: null });
  });
});

const good = Buffer.from(String(camt.content));
const zeros = Buffer.alloc(80_000_000);

describe('a hostile archive is refused', { timeout: 20_000 }, () => {
  const cases: readonly (readonly [string, string, () => Buffer])[] = [
    ['broken off', 'STATEMENT_MALFORMED', () => zipOf([camt]).subarray(0, -30)],
    ['beginning only', 'STATEMENT_MALFORMED', () => Buffer.from('PK\u0003\u0004')],
    ['bytes behind its end', 'STATEMENT_MALFORMED', () => Buffer.concat([zipOf([camt]), Buffer.from('x')])],
    ['more files counted than there are', 'STATEMENT_MALFORMED', () => zipOf([camt], { count: 2 })],
    ['fewer files counted than there are', 'STATEMENT_MALFORMED', () => zipOf([camt, ofx], { count: 1 })],
    [
      'too many files',
      'STATEMENT_TOO_LARGE',
      () => zipOf(Array.from({ length: 1001 }, (_, n) => ({ name: `${n}`, content: '' }))),
    ],
    ['ZIP64', 'STATEMENT_UNSUPPORTED', () => zipOf([camt], { count: 0xffff })],
    ['an encrypted file', 'STATEMENT_UNSUPPORTED', () => zipOf([{ ...camt, flags: 0x801 }])],
    ['an unknown method', 'STATEMENT_UNSUPPORTED', () => zipOf([{ ...camt, method: 14 }])],
    ['an absolute name', 'STATEMENT_UNSUPPORTED', () => zipOf([{ ...camt, name: '/etc/passwd' }])],
    ['a name with a drive', 'STATEMENT_UNSUPPORTED', () => zipOf([{ ...camt, name: 'C:\\a.xml' }])],
    ['a name that climbs', 'STATEMENT_UNSUPPORTED', () => zipOf([{ ...camt, name: 'a/../../b.xml' }])],
    ['a name that climbs by backslash', 'STATEMENT_UNSUPPORTED', () => zipOf([{ ...camt, name: '..\\b.xml' }])],
    ['a name with a zero', 'STATEMENT_UNSUPPORTED', () => zipOf([{ ...camt, name: 'a\0.xml' }])],
    ['a link', 'STATEMENT_UNSUPPORTED', () => zipOf([{ ...camt, mode: 0o120777 }])],
    ['a folder with content', 'STATEMENT_MALFORMED', () => zipOf([ofx, { ...camt, name: 'camt/' }])],
    ['two files of one name', 'STATEMENT_MALFORMED', () => zipOf([camt, camt])],
    ['another name beside the file', 'STATEMENT_MALFORMED', () => zipOf([{ ...camt, localName: 'camt/februar!.xml' }])],
    [
      'two files of the same bytes',
      'STATEMENT_MALFORMED',
      () =>
        zipOf([
          { name: 'aa', content: good },
          { name: 'bb', content: good, localName: 'aa', offset: 0 },
        ]),
    ],
    ['a wrong checksum', 'STATEMENT_MALFORMED', () => zipOf([{ ...camt, crc32: 1 }])],
    ['more bytes than stated', 'STATEMENT_MALFORMED', () => zipOf([{ ...camt, size: 100 }])],
    ['fewer bytes than stated', 'STATEMENT_MALFORMED', () => zipOf([{ ...camt, size: good.length + 1 }])],
    ['damaged packed bytes', 'STATEMENT_MALFORMED', () => zipOf([{ ...camt, packed: Buffer.alloc(300, 0xff) }])],
    ['packed bytes that break off', 'STATEMENT_MALFORMED', () => zipOf([{ ...camt, packed: Buffer.from([0x05]) }])],
    ['a bomb by ratio', 'STATEMENT_TOO_LARGE', () => zipOf([{ name: 'a.xml', content: zeros }])],
    [
      'a bomb that hides its size',
      'STATEMENT_MALFORMED',
      () => zipOf([{ name: 'a.xml', content: Buffer.concat([good, zeros]), size: 4_000_000 }]),
    ],
    ['a size beyond the limit', 'STATEMENT_TOO_LARGE', () => zipOf([{ ...camt, size: 0x7fffffff }])],
  ];
  for (const [name, code, build] of cases) {
    it(name, async () => {
      const bytes = build();
      const before = process.memoryUsage().rss;
      const started = performance.now();
      const { error, statements } = await inspect(bytes, 1_048_576);
      expect(error?.code).toBe(code);
      expect(statements).toEqual([]);
      expect(performance.now() - started).toBeLessThan(2000);
      expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
    });
  }

  it('one that is too large, before all of it came', () => {
    const stream = new StatementStream();
    stream.write(zipOf([camt]));
    const fill = (): void => {
      for (let piece = 0; piece < 65; piece += 1) stream.write(Buffer.alloc(1_048_576));
    };
    expect(fill).toThrow('STATEMENT_TOO_LARGE');
  });
});
