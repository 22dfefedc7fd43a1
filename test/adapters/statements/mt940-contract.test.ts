// Runs the statement reader contract over MT940 and MT942 files written here, then cut and endless ones: an expected error or every row the bytes hold.
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { mt940Reader, mt942Reader } from '../../../electron/adapters/statements/mt940/reader.ts';
import type { SourceEvent } from '../../../shared/model/source.ts';
import { readEndless } from '../../builders/endless-file.ts';
import { mt940Text, mt942Text } from '../../builders/mt940-files.ts';
import { ledgerRows } from '../../builders/statement-files.ts';
import { SLOWEST_MS } from '../../builders/thread-time.ts';
import { countRows, errorOf, readInChunks, rowsOf, statementReaderContract } from '../../contracts/statement-reader.ts';

const rows = ledgerRows(4);
const plain = mt940Text({ rows });

/** What parsers trip over at chunk borders: CRLF, characters of two to four bytes across a line's end, a time cut like a field, NS, hyphen lines. */
function odd(): string {
  return mt940Text({ rows, blocks: true, lineEnd: '\r\n' })
    .replace('Invoice ', '😀 Łódź <b> 12-09-2014T16\r\n:26:37 :xx: ')
    .replace(':62F:', ':86:- \r\n-\r\n\r\n:zz:more\r\n:NS:01more\r\n15Name\r\n:62F:')
    .replace(':60F:', ':NS:22Überstein\r\n:13:x\r\n:60F:');
}

statementReaderContract(mt940Reader, [
  { name: 'MT940, plain', bytes: Buffer.from(plain), rows: 4 },
  { name: 'MT940, CR alone', bytes: Buffer.from(mt940Text({ rows, lineEnd: '\r' })), rows: 4 },
  { name: 'MT940 with everything odd', bytes: Buffer.from(odd()), rows: 4 },
]);
statementReaderContract(mt942Reader, [
  { name: 'MT942 between 01 and 03', bytes: Buffer.from(mt942Text({ rows })), rows: 4 },
]);

describe('a last letter whose byte is a blank elsewhere', () => {
  it('stays, in UTF-8 and IBM 852', () => {
    const entry = ':61:2001010101D1,00NTRFdéjà//voilà\r\nlà\r\n:86:çà et là\r\n';
    const text = `:20:1\r\n:25:1/1\r\n:60F:C200101HUF0,00\r\n${entry}:62F:D200101HUF1,00\r\n-\r\n`;
    const [row] = rowsOf(readInChunks(Buffer.from(text), 50));
    expect(row).toMatchObject({ sourceId: 'voilà', description: 'çà et là', raw: entry.trimEnd() });
    const dos = text.replace(entry, ':61:2001010101D1,00NTRFNONREF//Mülőá\r\n:86:Mülő Marcellá\r\n');
    const [hungarian] = rowsOf(readInChunks(iconv.encode(dos, 'ibm852'), 50));
    expect(hungarian).toMatchObject({ sourceId: 'Mülőá', description: 'Mülő Marcellá' });
    expect(hungarian?.raw).toMatch(/Marcellá$/);
  });
});

describe('a file cut off anywhere', () => {
  it('never gives a total that its closing balance does not prove', () => {
    const bytes = Buffer.from(`${plain}${mt940Text({ rows, account: '50880050/0194774601', opening: 12_345 })}`);
    let read = 0;
    for (let end = 0; end < bytes.length; end += 1) {
      let events: SourceEvent[] = [];
      if (errorOf(() => (events = readInChunks(bytes.subarray(0, end), 4096))) !== null) continue;
      read += 1;
      for (const event of events)
        if (event.type === 'statement-end') expect(event.closing?.amountMinor).toBe(closingOf(events, event));
      expect(countRows(events) % 4).toBe(0);
    }
    expect(read).toBeGreaterThan(0);
  });
});

/** Opening and rows of the statement that `end` closes. */
function closingOf(events: readonly SourceEvent[], end: Extract<SourceEvent, { type: 'statement-end' }>): string {
  const before = events.slice(0, events.indexOf(end));
  const own = before.slice(before.findLastIndex((event) => event.type === 'statement'));
  const amounts = own
    .flatMap((event) => (event.type === 'transactions' ? event.items : []))
    .map((row) => BigInt(row.amountMinor));
  return amounts.reduce((sum, amount) => sum + amount, BigInt(end.opening?.amountMinor ?? 'none')).toString();
}

const MEGABYTE = 1_048_576;

const upTo = (mark: string): string => plain.slice(0, plain.indexOf(mark) + mark.length);

describe('endless files are refused within four megabytes and two seconds', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['digits of an amount', `${upTo(':61:')}2001010101D`, '9'],
    ['digits of a balance', `${upTo(':60F:')}C200101EUR`, '9'],
    ['a line of text', upTo(':86:'), 'text '],
    ['lines of text', upTo(':86:'), 'text\n'],
    ['subfields', upTo(':86:'), '?20'],
    ['tags in a purpose', `${upTo(':86:')}166?20`, 'EREF+ '],
    ['fields 86 of one entry', upTo(':86:'), 'x\n:86:'],
    ['blank lines in a text', upTo(':86:'), '\n'],
    ['blank lines before a message', `${plain}\n`, '\n'],
    ['lines of an envelope', `${plain}\n`, 'ABNANL2A\n'],
    ['carriage returns', upTo(':86:'), '\r'],
    ['fields of a header', upTo(':28C:1/1\n'), ':28C:1/1\n'],
    ['unknown fields', upTo(':28C:1/1\n'), ':99:x\n'],
    ['available balances', plain.slice(0, -2), ':64:C200101EUR1,00\n'],
    ['sums of a report', mt942Text({ rows }).slice(0, -3), ':90D:1EUR1,00\n'],
    ['lines of field NS', upTo(':61:2001010101D1,NTRF\n') + '2001010101D1,NTRF\n:NS:', '01x\n'],
  ];
  for (const [name, start, unit] of cases) {
    it(name, () => {
      const { error, bytes, ms } = readEndless({ start, unit });
      expect(error?.code).toMatch(/^STATEMENT_(MALFORMED|TOO_LARGE)$/);
      expect(bytes).toBeLessThanOrEqual(4 * MEGABYTE);
      expect(ms).toBeLessThan(SLOWEST_MS);
    });
  }
});
