// Bytes that are no text, texts that spreadsheets would run, and names of object properties, in every format: refused, or read with the same amounts.
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { SourceEvent } from '../../../shared/model/source.ts';
import type { StatementProfile } from '../../../shared/model/statement-profile.ts';
import { bai2Text } from '../../builders/bai2-files.ts';
import { aCsvProfile } from '../../builders/csv-profiles.ts';
import { mt940Text, mt942Text } from '../../builders/mt940-files.ts';
import { camtText, decimal, ledgerRows, ofxText } from '../../builders/statement-files.ts';
import { errorOf, readInChunks, rowsOf } from '../../contracts/statement-reader.ts';

const MARK = 'WORD';
const rows = ledgerRows(3).map((row) => ({ ...row, text: MARK, name: 'Name' }));
const amounts = rows.map(({ amountMinor }) => String(amountMinor));

const csv = [
  'Date,Text,Amount',
  ...rows.map(({ date, text, amountMinor }) => `${date},${text},${decimal(amountMinor)}`),
  '',
].join('\n');
const qif = [
  '!Type:Bank',
  ...rows.map(({ date, text, amountMinor }) => `D${date}\nT${decimal(amountMinor)}\nM${text}\n^`),
  '',
].join('\n');
const qifProfile = (charset: 'utf-8' | 'windows-1252'): StatementProfile => ({
  format: 'qif',
  charset,
  dateOrder: 'ymd',
  decimalMark: '.',
  currency: aCsvProfile().currency,
});

interface File {
  readonly name: string;
  readonly text: string;
  readonly profile?: StatementProfile;
  /** XML is of one charset, and of characters that XML allows; a profile may allow UTF-8 alone. */
  readonly strict?: true;
}

const FILES: readonly File[] = [
  { name: 'OFX 1', text: ofxText({ rows }) },
  { name: 'OFX 2', text: ofxText({ rows, xml: true }) },
  { name: 'CAMT', text: camtText({ rows }), strict: true },
  { name: 'MT940', text: mt940Text({ rows }) },
  { name: 'MT942', text: mt942Text({ rows }) },
  { name: 'CSV in UTF-8', text: csv, profile: aCsvProfile(), strict: true },
  { name: 'CSV in windows-1252', text: csv, profile: aCsvProfile({ charset: 'windows-1252' }) },
  { name: 'QIF in UTF-8', text: qif, profile: qifProfile('utf-8'), strict: true },
  { name: 'QIF in windows-1252', text: qif, profile: qifProfile('windows-1252') },
  { name: 'BAI2', text: bai2Text({ rows }) },
];

/** The first text of the file replaced by bytes. */
function withBytes(text: string, bytes: readonly number[]): Buffer {
  const at = text.indexOf(MARK);
  return Buffer.concat([Buffer.from(text.slice(0, at)), Buffer.from(bytes), Buffer.from(text.slice(at + MARK.length))]);
}

function expectSameAmounts(events: readonly SourceEvent[]): void {
  const found = rowsOf(events);
  expect(found.map(({ amountMinor }) => amountMinor)).toEqual(amounts);
  for (const { description, counterparty, raw } of found)
    for (const text of [description, counterparty ?? '', raw]) expect(text.isWellFormed()).toBe(true);
}

const NO_UTF8: readonly (readonly [string, readonly number[]])[] = [
  ['a lone surrogate as UTF-8 would write it', [0xed, 0xa0, 0x80]],
  ['a slash in two bytes', [0xc0, 0xaf]],
  ['half a character', [0xe2, 0x82]],
  ['windows-1252 among UTF-8', [0xc3, 0x84, 0x20, 0xe9, 0x20]],
  ['bytes that no charset has', [0x85, 0x9d]],
  ['the mark of UTF-16', [0xff, 0xfe]],
];

const TEXTS = [
  '=HYPERLINK("http://127.0.0.1")',
  '@SUM(1)',
  '+1',
  '-2',
  '__proto__',
  'constructor',
  'toString',
  '\u202e',
  '\uffff',
];

for (const { name, text, profile = null, strict = false } of FILES) {
  const read = (bytes: Buffer): SourceEvent[] => readInChunks(bytes, 97, profile);

  describe(name, () => {
    it.each(NO_UTF8)(`${strict ? 'refuses' : 'reads beside the same amounts'} %s`, (_what, bytes) => {
      const file = withBytes(text, bytes);
      if (strict) expect(errorOf(() => read(file))?.code).toMatch(/^STATEMENT_(MALFORMED|PROFILE_UNFIT)$/);
      else expectSameAmounts(read(file));
    });

    it.each(TEXTS.filter((word) => name !== 'CAMT' || word !== '\uffff'))(
      'keeps the text “%s” as it stands',
      (word) => {
        // A table needs its quotes.
        const written = name.startsWith('CSV') ? `"${word.replaceAll('"', '""')}"` : word;
        const events = read(withBytes(text, Array.from(Buffer.from(written))));
        expectSameAmounts(events);
        const [first] = rowsOf(events);
        expect(`${first?.description} ${first?.counterparty}`).toContain(word);
      },
    );

    it.skipIf(name.startsWith('OFX'))('in UTF-16 is read, but not with a lone surrogate', () => {
      for (const charset of ['utf-16le', 'utf-16be']) {
        const plain = name === 'CAMT' ? text.replace('UTF-8', 'UTF-16') : text;
        expectSameAmounts(read(iconv.encode(plain, charset, { addBOM: true })));
        const at = plain.indexOf(MARK);
        const lone = Buffer.from(charset === 'utf-16le' ? [0x00, 0xd8] : [0xd8, 0x00]);
        const before = iconv.encode(plain.slice(0, at), charset, { addBOM: true });
        const after = iconv.encode(plain.slice(at + MARK.length), charset, { addBOM: false });
        const file = Buffer.concat([before, lone, after]);
        expect(errorOf(() => read(file))?.code).toBe('STATEMENT_MALFORMED');
      }
    });
  });
}
