// CSV: what RFC 4180 asks for, cells that no spreadsheet runs, and our own reader, which needs no question about our own table.
import { assert, constantFrom, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvField, inertText, textOfInert } from '../../../electron/adapters/statement-writers/csv/cells.ts';
import { csvWriter } from '../../../electron/adapters/statement-writers/csv/writer.ts';
import { csvReader } from '../../../electron/adapters/statements/csv/reader.ts';
import type { LedgerRecord } from '../../../electron/core/ports/statement-writer.ts';
import { MinorUnits } from '../../../shared/model/money.ts';
import type { SourceEvent, SourceTransaction } from '../../../shared/model/source.ts';
import {
  type WrittenLedger,
  aLedger,
  aRecord,
  anAccount,
  ledgers,
  writtenBytes,
} from '../../builders/written-ledger.ts';

const csvOf = (ledger: WrittenLedger): string => writtenBytes(csvWriter, ledger, 3).toString('utf8');

/** The fields of RFC 4180 text, by its grammar alone, not by any code of ours. */
function fieldsOf(text: string): string[][] {
  const records: string[][] = [[]];
  const token = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    records.at(-1)!.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '\r\n') records.push([]);
    if (token.lastIndex === text.length) return records.slice(0, -1);
  }
  throw new Error('no RFC 4180 text');
}

const cellOf = (records: string[][], row: number, title: string): string =>
  records[row + 1]![records[0]!.indexOf(title)]!;

describe('cells', () => {
  const dangerous = /^[=+\-@\t\r\n\0＝＋－＠]/;
  const texts = tuple(constantFrom('', "'", "''", '=', '+', '-', '@', '\t', '\r', '\0', '＝', '"', ' '), string()).map(
    (parts) => parts.join(''),
  );

  it('never begin like a formula, whatever the text, and give the text back', () => {
    assert(
      property(texts, (text) => {
        const cell = inertText(text);
        expect(cell).not.toMatch(dangerous);
        expect(textOfInert(cell)).toBe(text);
      }),
      { numRuns: 5000 },
    );
  });

  it('stay as they are where nothing could run', () => {
    for (const text of ['Acme', "O'Brien", "'quoted'", ' =1', '1-2', '']) expect(inertText(text)).toBe(text);
  });

  it('are quoted so that no separator, quote or line end of a text begins another cell', () => {
    assert(
      property(string({ unit: constantFrom('a', ',', '"', '\r', '\n', ';', ' ', '=', "'") }), (text) => {
        expect(fieldsOf(`${csvField(text)},x\r\n`)).toEqual([[text, 'x']]);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('CSV', () => {
  it('marks its charset, ends lines with CRLF and gives every line the same fields', () => {
    assert(
      property(ledgers({ digits: 16 }), (ledger) => {
        const text = csvOf(ledger);
        expect(text.startsWith('\ufeffAccount,Booking date,')).toBe(true);
        const records = fieldsOf(text);
        expect(records).toHaveLength(ledger.rows.length + 1);
        expect(new Set(records.map((record) => record.length))).toEqual(new Set([18]));
      }),
      { numRuns: 50 },
    );
  });

  it('keeps every text inert and every negative amount a plain number', () => {
    const attacks = ['=cmd|" /C calc"!A0', '+1', '-1+cmd', '@SUM(A1)', '＝1', "'=1", '=HYPERLINK("http://x","y")'];
    const rows = attacks.map((attack, index) =>
      aRecord(index + 1, {
        description: attack,
        counterparty: attack,
        counterpartyAccount: attack,
        endToEndId: attack,
        sourceId: attack,
        bankCode: attack,
        amountMinor: MinorUnits.parse(`-${index + 1}`),
      }),
    );
    const records = fieldsOf(csvOf(aLedger(rows, { account: anAccount({ iban: null, number: '=A1' }) })));
    rows.forEach((row, index) => {
      const cells = records[index + 1]!;
      expect(cells.filter((cell) => /^[=+\-@＝]/.test(cell) && !/^-\d+(\.\d+)?$/.test(cell))).toEqual([]);
      expect(cellOf(records, index, 'Amount')).toBe(`-0.0${index + 1}`);
      for (const title of ['Description', 'Counterparty', 'Counterparty account', 'Bank reference'])
        expect(textOfInert(cellOf(records, index, title))).toBe(row.description);
    });
  });

  it('states the booked balance after each row, and none where none is known', () => {
    const rows = [aRecord(1), aRecord(2, { amountMinor: MinorUnits.parse('50') })];
    const ledger = aLedger(rows);
    const known = fieldsOf(csvOf(ledger));
    expect([0, 1].map((row) => cellOf(known, row, 'Balance'))).toEqual(['1222.06', '1222.56']);
    const unknown = fieldsOf(csvOf({ rows, header: { ...ledger.header, balances: null } }));
    expect([0, 1].map((row) => cellOf(unknown, row, 'Balance'))).toEqual(['', '']);
  });
});

/** What our reader makes of our own table under the profile it proposes itself. */
function readBack(ledger: WrittenLedger): {
  rows: SourceTransaction[];
  end: Extract<SourceEvent, { type: 'statement-end' }>;
} {
  const bytes = writtenBytes(csvWriter, ledger);
  const detection = csvReader.detect(bytes)!;
  const proposal = csvReader.propose!(bytes, detection);
  expect(proposal.questions).toEqual([]);
  const parser = csvReader.open(detection, proposal.profile);
  const events = [...parser.write(bytes), ...parser.end()];
  expect(events.filter((event) => event.type === 'warning')).toEqual([]);
  return {
    rows: events.flatMap((event) => (event.type === 'transactions' ? event.items : [])),
    end: events.find((event) => event.type === 'statement-end')!,
  };
}

/** Some rows of realistic size, so that a column of the proposal can be recognised by what is in it. */
function withKnownRows(ledger: WrittenLedger): WrittenLedger {
  const known = [1, 2, 3].map((index) =>
    aRecord(1000 + index, { transactionDate: aRecord(0).bookingDate, amountMinor: MinorUnits.parse(`-${index}250`) }),
  );
  return aLedger([...known, ...ledger.rows]);
}

describe('our own reader', () => {
  const kept = (row: LedgerRecord | SourceTransaction): unknown => {
    const { amountMinor, currency, exponent, bookingDate, valueDate, transactionDate, endToEndId } = row;
    const { description, counterparty, counterpartyAccount } = row;
    const texts = { description, counterparty, counterpartyAccount, endToEndId };
    return { amountMinor, currency, exponent, bookingDate, valueDate, transactionDate, ...texts };
  };

  it('reads the same ledger back, with its proof, without a question', () => {
    assert(
      property(ledgers({ digits: 9 }), (random) => {
        const ledger = withKnownRows(random);
        const read = readBack(ledger);
        expect(read.rows.map(kept)).toEqual(ledger.rows.map(kept));
        expect(read.rows.map((row) => row.sourceId)).toEqual(ledger.rows.map((row) => row.sourceId));
        const { opening, closing } = ledger.header.balances!;
        expect(read.end.opening?.amountMinor).toBe(opening.amountMinor);
        expect(read.end.closing?.amountMinor).toBe(closing.amountMinor);
      }),
      { numRuns: 60 },
    );
  });
});
