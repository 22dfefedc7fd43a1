// Runs the statement reader contract over BAI2 files written here, then files cut off and endless ones: an expected error or what the bytes hold.
import { describe, expect, it } from 'vitest';
import { bai2Reader } from '../../../electron/adapters/statements/bai2/reader.ts';
import { readEndless } from '../../builders/endless-file.ts';
import { bai2File, bai2Text } from '../../builders/bai2-files.ts';
import { ledgerRows } from '../../builders/statement-files.ts';
import { SLOWEST_MS } from '../../builders/thread-time.ts';
import { statementReaderContract } from '../../contracts/statement-reader.ts';

const rows = ledgerRows(4);
const plain = bai2Text({ rows });

/** What parsers trip over at chunk borders: CRLF, characters of two to four bytes, slashes and commas in text, a line without a code, joined records. */
function odd(): string {
  return bai2File(
    [
      [
        { rows, opening: null },
        { rows: [], account: '7' },
      ],
      [{ rows, currency: 'JPY' }],
    ],
    {
      lineEnd: '\r\n',
    },
  )
    .replace('88,Invoice 0', '88,😀 Łódź, 1/2 // and 16,195 /x,\r\nwrapped')
    .replace('/\r\n49,', '/   49,')
    .replace(/^/, '\ufeff\r\n');
}

statementReaderContract(bai2Reader, [
  { name: 'BAI2, plain', bytes: Buffer.from(plain), rows: 4 },
  { name: 'BAI2, CR alone', bytes: Buffer.from(bai2Text({ rows, lineEnd: '\r' })), rows: 4 },
  {
    name: 'BAI2 in physical records of 100 without line ends',
    bytes: Buffer.from(bai2Text({ rows, lineEnd: '', length: 100 })),
    rows: 4,
  },
  { name: 'BAI2 with everything odd', bytes: Buffer.from(odd()), rows: 8 },
]);

const MEGABYTE = 1_048_576;

const upTo = (mark: string): string => plain.slice(0, plain.indexOf(mark) + mark.length);

describe('endless files are refused within four megabytes and two seconds', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['digits of an amount', upTo('16,475,'), '9'],
    ['a line of text', upTo('88,'), 'text '],
    ['continuations of a text', upTo('88,Inv'), 'x\n88,text'],
    ['lines without a code', upTo('88,Inv'), 'text\n'],
    ['balances', `${upTo('03,0123456789,,')}010,0,,/\n`, '88,040,1,,,041,1,,/\n'],
    ['empty summaries', `${upTo('03,0123456789,,')}010,0,,/\n`, '88,,,,,,,,,/\n'],
    ['blank lines in a record', upTo('88,Inv'), '\n'],
    ['carriage returns', upTo('88,Inv'), '\r'],
    ['slashes', upTo('88,Inv'), '/ '],
    ['slashes and blanks', upTo('88,Inv'), '/                              '],
    ['a header without an end', `${plain.slice(0, 30)},`, ' '],
    ['records of the wrong level', upTo('2359,EUR,2/\n'), '98,0,0,2/\n'],
    ['text behind the last record', plain, 'x\n'],
  ];
  for (const [name, start, unit] of cases) {
    it(name, () => {
      const { error, bytes, ms } = readEndless({ start, unit });
      expect(error?.code).toMatch(/^STATEMENT_(MALFORMED|TOO_LARGE|FORMAT_UNKNOWN)$/);
      expect(bytes).toBeLessThanOrEqual(4 * MEGABYTE);
      expect(ms).toBeLessThan(SLOWEST_MS);
    });
  }
});
