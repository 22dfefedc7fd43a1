// What a writer wrote, our own reader of that format reads back as the same ledger, within the limits that the writers' README names.
import { assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { camt053Writer } from '../../../electron/adapters/statement-writers/camt053/writer.ts';
import { mt940Writer } from '../../../electron/adapters/statement-writers/mt940/writer.ts';
import { ofxWriter } from '../../../electron/adapters/statement-writers/ofx/writer.ts';
import type { LedgerRecord, StatementWriter } from '../../../electron/core/ports/statement-writer.ts';
import { CurrencyCode } from '../../../shared/model/currency.ts';
import { isIban } from '../../../shared/model/iban.ts';
import type { SourceEvent, SourceTransaction } from '../../../shared/model/source.ts';
import { StatementProof } from '../../../shared/model/statement-proof.ts';
import {
  type WrittenLedger,
  aLedger,
  aRecord,
  anAccount,
  ledgers,
  writtenBytes,
} from '../../builders/written-ledger.ts';
import { readInChunks } from '../../contracts/statement-reader.ts';

type Part<Type extends SourceEvent['type']> = Extract<SourceEvent, { type: Type }>;

interface ReadLedger {
  readonly statement: Part<'statement'>;
  readonly rows: readonly SourceTransaction[];
  readonly end: Part<'statement-end'>;
  readonly warnings: readonly string[];
}

function readBack(writer: StatementWriter, ledger: WrittenLedger): ReadLedger {
  const events = readInChunks(writtenBytes(writer, ledger, 3), 1000);
  const of = <Type extends SourceEvent['type']>(type: Type): Part<Type>[] =>
    events.filter((event): event is Part<Type> => event.type === type);
  expect(of('statement')).toHaveLength(1);
  return {
    statement: of('statement')[0]!,
    rows: of('transactions').flatMap((event) => event.items),
    end: of('statement-end')[0]!,
    warnings: of('warning').map(({ warning }) => warning.code),
  };
}

/** What every format keeps: no amount, day or number of rows may ever differ. */
function money(row: LedgerRecord | SourceTransaction): unknown {
  const { amountMinor, currency, exponent, bookingDate } = row;
  return { amountMinor, currency, exponent, bookingDate };
}

function proves(read: ReadLedger, { header }: WrittenLedger): void {
  const proof = new StatementProof(read.statement.account);
  for (const row of read.rows) proof.add(row);
  expect(read.end.closing).toEqual(header.balances?.closing);
  expect(proof.result(header.balances!.opening, read.end.closing)).toBe('pass');
}

function roundTrip(
  writer: StatementWriter,
  expected: (row: LedgerRecord) => Partial<SourceTransaction>,
  digits: number,
): void {
  const check = (ledger: WrittenLedger): void => {
    const read = readBack(writer, ledger);
    expect(read.rows.map(money)).toEqual(ledger.rows.map(money));
    expect(read.rows.every((row) => row.state === 'booked')).toBe(true);
    read.rows.forEach((row, index) => expect(row).toMatchObject(expected(ledger.rows[index]!)));
    expect(read.warnings.filter((code) => code !== 'BATCH_SUM_DIFFERS')).toEqual([]);
    proves(read, ledger);
  };
  const shape = { digits };
  it('random ledgers come back', () => assert(property(ledgers(shape), check), { numRuns: 150 }));
  it('so do long texts', () => assert(property(ledgers({ digits, words: 150 }), check), { numRuns: 30 }));
  for (const currency of ['JPY', 'KWD', 'CLF'])
    it(`so do amounts in ${currency}`, () =>
      assert(property(ledgers({ digits: 9, currency }), check), { numRuns: 30 }));
  it('a period without rows comes back as one', () => {
    const ledger = aLedger([]);
    const read = readBack(writer, ledger);
    expect(read.rows).toEqual([]);
    proves(read, ledger);
  });
  it('the same ledger is the same bytes, however it is sliced', () => {
    const ledger = aLedger(Array.from({ length: 50 }, (_, index) => aRecord(index + 1)));
    expect(writtenBytes(writer, ledger, 7).equals(writtenBytes(writer, ledger, 50))).toBe(true);
  });
}

/** The longest beginning of at most `max` characters that divides none, without a blank at its end. */
function beginning(text: string, max: number): string {
  let short = '';
  for (const character of text) {
    if (short.length + character.length > max) break;
    short += character;
  }
  return short.trimEnd();
}

describe('OFX', () => {
  roundTrip(
    ofxWriter,
    (row) => ({
      valueDate: row.valueDate,
      transactionDate: row.transactionDate,
      sourceId: row.transactionId,
      counterparty: row.counterparty === null ? null : beginning(row.counterparty, 100),
      counterpartyAccount: row.counterpartyAccount,
      description: beginning(row.description, 255),
    }),
    16,
  );

  const numbers = [
    ['an IBAN that fits', 'GB29NWBK60161331926819'],
    ['an IBAN of 27 characters', 'FR1420041010050500013M02606'],
    ['an IBAN of 31 characters', 'MT84MALT011000012345MTLCAST001S'],
  ] as const;
  for (const [name, iban] of numbers) {
    it(`names the account by ${name}`, () => {
      const { account } = readBack(
        ofxWriter,
        aLedger([aRecord(1)], { account: anAccount({ iban, number: iban }) }),
      ).statement;
      expect(account).toMatchObject({ iban, institution: 'Bank of Elsewhere', kind: 'current' });
    });
  }

  for (const number of ['987654321/098-121', '290/0001/12345678-1']) {
    it(`names the account by ${number}, as its reader called it`, () => {
      const account = anAccount({ iban: null, number });
      expect(readBack(ofxWriter, aLedger([aRecord(1)], { account })).statement.account.id).toBe(number);
    });
  }

  it('writes a card as a card', () => {
    const account = anAccount({ iban: null, number: '4111XXXXXXXX1111', kind: 'card' });
    const read = readBack(ofxWriter, aLedger([aRecord(1)], { account }));
    expect(read.statement.account).toMatchObject({ id: '4111XXXXXXXX1111', kind: 'card' });
    expect(read.rows).toHaveLength(1);
  });

  it('states a row in another currency with its rate', () => {
    const currency = CurrencyCode.parse('USD');
    const amount = { amountMinor: aRecord(1).amountMinor, currency, exponent: 2 };
    const row = aRecord(1, { currency, foreign: { ...amount, rate: '0.9211' } });
    expect(readBack(ofxWriter, aLedger([row])).rows[0]).toMatchObject({ currency: 'USD', foreign: { rate: '0.9211' } });
  });

  it('keeps the type the bank stated, unless it contradicts the sign', () => {
    const bankCodes = ['POS', 'CREDIT', 'PMNT-RCDT-ESCT'];
    const rows = bankCodes.map((bankCode, index) => aRecord(index + 1, { bankCode }));
    expect(readBack(ofxWriter, aLedger(rows)).rows.map((row) => row.bankCode)).toEqual(['POS', 'DEBIT', 'DEBIT']);
  });
});

describe('CAMT.053', () => {
  const fits = (id: string | null): string | null => (id !== null && id.length > 35 ? null : id);
  roundTrip(
    camt053Writer,
    (row) => {
      const batch = row.children.length > 1;
      return {
        valueDate: row.valueDate,
        sourceId: fits(row.sourceId) ?? row.transactionId,
        bankCode: row.bankCode,
        foreign: row.foreign,
        description: batch ? beginning(row.description, 500) : row.description,
        counterparty: batch ? null : row.counterparty && beginning(row.counterparty, 140),
        counterpartyAccount: batch ? null : row.counterpartyAccount,
        endToEndId: batch ? null : row.endToEndId,
        transactionDate: batch ? null : row.transactionDate,
        children: row.children,
      };
    },
    16,
  );

  it('states period, opening balance and account', () => {
    const ledger = aLedger([aRecord(1)]);
    const read = readBack(camt053Writer, ledger);
    const { account, balances, from, to } = ledger.header;
    expect(read.end).toMatchObject({ from, to, ...balances });
    const { iban, currency, name, institution, kind } = account;
    expect(read.statement).toMatchObject({
      statementId: ledger.header.statementId,
      account: { iban, currency, name, institution, kind },
    });
  });

  it('writes an account without IBAN and every kind', () => {
    for (const kind of ['current', 'savings', 'card', 'loan', 'other'] as const) {
      const account = anAccount({ iban: null, number: '20-00-00 12345678', kind });
      expect(readBack(camt053Writer, aLedger([aRecord(1)], { account })).statement.account).toMatchObject({
        id: '20-00-00 12345678',
        kind,
      });
    }
  });
});

/** What SWIFT's character set and the layout of field 86 leave of a text. */
const SWIFT_WORDS: Readonly<Record<string, string>> = {
  Grüße: 'Gruesse',
  Łódź: 'Lodz',
  naïve: 'naive',
  'R&D': 'R+D',
  '<b>': '(b)',
  '"quoted"': "'quoted'",
  '€': 'EUR',
  '=1+1': '.1+1',
  '@home': '(at)home',
  'EREF+fake': 'EREF.fake',
  'a,b;c': 'a,b,c',
  '100%': '100.',
  Ωmega: '.mega',
  '😀': '.',
  'what?20': 'what.20',
  _x0041_: '-x0041-',
};
const inSwift = (text: string): string =>
  text
    .split(' ')
    .map((word) => SWIFT_WORDS[word] ?? word)
    .join(' ');

describe('MT940', () => {
  roundTrip(
    mt940Writer,
    (row) => ({
      valueDate: row.valueDate ?? row.bookingDate,
      transactionDate: null,
      sourceId: row.sourceId !== null && row.sourceId.length <= 16 ? row.sourceId : null,
      endToEndId: row.endToEndId,
      counterpartyAccount: row.counterpartyAccount,
      foreign: row.foreign,
    }),
    13,
  );

  it('keeps short texts as SWIFT can spell them', () => {
    const short = ledgers({ digits: 9, words: 5 });
    assert(
      property(short, (ledger) => {
        const read = readBack(mt940Writer, ledger).rows;
        read.forEach((row, index) => {
          const { description, counterparty } = ledger.rows[index]!;
          expect(row.description).toBe(inSwift(description));
          expect(row.counterparty).toBe(counterparty === null ? null : inSwift(counterparty));
        });
      }),
      { numRuns: 100 },
    );
  });

  it('keeps the beginning of long texts, more than 150 characters of it', () => {
    const description = Array.from({ length: 80 }, (_, index) => `word${index}`).join(' ');
    const read = readBack(mt940Writer, aLedger([aRecord(1, { description })])).rows[0]!;
    expect(description.startsWith(read.description)).toBe(true);
    expect(read.description.length).toBeGreaterThan(150);
  });

  it('names the account and both balances', () => {
    const ledger = aLedger([aRecord(1)]);
    const read = readBack(mt940Writer, ledger);
    expect(read.statement.account).toMatchObject({ iban: ledger.header.account.iban, currency: 'EUR' });
    expect(read.end.opening).toEqual(ledger.header.balances?.opening);
  });

  it('keeps to 65 characters of the SWIFT set a line', () => {
    assert(
      property(ledgers({ digits: 13, words: 60 }), (ledger) => {
        for (const line of writtenBytes(mt940Writer, ledger).toString('latin1').split('\r\n')) {
          expect(line.replace(/^:\d\d[A-Z]?:/, '').length).toBeLessThanOrEqual(65);
          expect(line).toMatch(/^[A-Za-z0-9/\-?:().,'+ ]*$/);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('numbers of the other side', () => {
  it('are all real, so that the round trips prove something', () => {
    expect(
      ['GB29NWBK60161331926819', 'FR1420041010050500013M02606', 'MT84MALT011000012345MTLCAST001S'].every(isIban),
    ).toBe(true);
  });
});
