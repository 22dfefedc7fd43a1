// What a CSV proposal asks and what it does not: only what the cells leave open, with the cells that would read differently.
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { surveyStatement } from '../../../electron/adapters/statements/survey.ts';
import type { CsvProfile } from '../../../shared/model/statement-profile.ts';
import type { ProfileProposal, SurveyQuestion } from '../../../shared/model/statement-survey.ts';
import { readInChunks, rowsOf } from '../../contracts/statement-reader.ts';

function propose(text: string | Buffer): ProfileProposal {
  const { proposal } = surveyStatement({ head: Buffer.from(text), complete: true });
  if (!proposal) throw new Error('no proposal');
  return proposal;
}

function profileOf(text: string | Buffer): CsvProfile {
  const { profile } = propose(text);
  if (profile?.format !== 'csv') throw new Error('no profile');
  return profile;
}

const asked = (text: string | Buffer): string[] => propose(text).questions.map(({ topic }) => topic);
const question = (text: string, topic: string): SurveyQuestion | undefined =>
  propose(text).questions.find((found) => found.topic === topic);
const table = (...lines: readonly string[]): string => ['Date;Description;Amount;Currency', ...lines, ''].join('\n');

describe('date order', () => {
  it('a day beyond 12 in any row decides', () => {
    const text = table('01/02/2026;a;-1,50;EUR', '13/02/2026;b;-1,50;EUR');
    expect([asked(text), profileOf(text).dateOrder]).toEqual([[], 'dmy']);
    const american = table('01/02/2026;a;-1,50;EUR', '02/13/2026;b;-1,50;EUR');
    expect([asked(american), profileOf(american).dateOrder]).toEqual([[], 'mdy']);
  });
  it('none does: it is asked, with cells that differ', () => {
    const text = table('01/02/2026;a;-1,50;EUR', '05/05/2026;b;-1,50;EUR', '01.02.2026;c;-1,50;EUR');
    expect(question(text, 'dateOrder')).toEqual({
      topic: 'dateOrder',
      options: ['dmy', 'mdy'],
      examples: ['01/02/2026', '01.02.2026'],
    });
  });
  it('dates that read alike are not asked', () => expect(asked(table('05/05/2026;b;-1,50;EUR'))).toEqual([]));
  it('ISO dates and months by name are not asked', () => {
    expect(asked(table('2026-02-01;a;-1,50;EUR'))).toEqual([]);
    expect(asked(table('12-Jan-2026;a;-1,50;EUR'))).toEqual([]);
  });
  it('short years: a row alone leaves the order open, rows decades apart do not', () => {
    expect(question(table('11/10/12;a;-1,50;EUR'), 'dateOrder')?.options).toEqual(['ymd', 'dmy', 'mdy']);
    expect(asked(table('31/12/26;a;-1,50;EUR', '05/12/26;b;-1,50;EUR'))).toEqual([]);
  });
});

describe('decimal mark', () => {
  it('1.234 alone is asked', () => {
    const text = table('2026-01-01;a;-1.234;EUR', '2026-01-01;b;-500;EUR');
    expect(question(text, 'decimalMark')).toEqual({ topic: 'decimalMark', options: ['.', ','], examples: ['-1.234'] });
  });
  it.each([
    ['-1.234;-12,50', ','],
    ['-1,234;-12.50', '.'],
    ['-1.234.567;-1.234', ','],
    ['-1.234;-1.234,5', ','],
  ])('%s is decided', (cells, mark) => {
    const text = table(...cells.split(';').map((cell) => `2026-01-01;a;${cell};EUR`));
    expect([asked(text), profileOf(text).decimalMark]).toEqual([[], mark]);
  });
  it('whole numbers are not asked', () => expect(asked(table('2026-01-01;a;-500;EUR'))).toEqual([]));
});

describe('sign', () => {
  it('one column without any minus is asked', () =>
    expect(question(table('2026-01-01;a;1,50;EUR'), 'sign')).toEqual({
      topic: 'sign',
      options: ['false', 'true'],
      examples: ['1,50'],
    }));
  it('the payment of a card’s bill with a minus is asked', () => {
    const text = table('2026-01-13;Shop;30,00;EUR', '2026-01-14;PAYMENT RECEIVED - THANK YOU;-130,00;EUR');
    expect(question(text, 'sign')?.examples).toEqual(['-130,00']);
  });
  it.each(['-1,50', '1,50-', '(1,50)', '\u22121,50'])('%s decides', (cell) =>
    expect(asked(table(`2026-01-01;a;${cell};EUR`, '2026-01-01;b;2,00;EUR'))).toEqual([]),
  );
  it.each([
    ['D', 'C'],
    ['Soll', 'Haben'],
    ['Debit', 'Credit'],
    ['DBIT', 'CRDT'],
  ])('a column of %s and %s says it', (debit, credit) => {
    const text = [
      'Date;Description;Amount (EUR);D/C',
      `2026-01-01;a;1,50;${debit}`,
      `2026-01-02;b;2,00;${credit}`,
    ].join('\n');
    expect(asked(text)).toEqual([]);
    expect(profileOf(text).amount).toMatchObject({ kind: 'indicated', debit, credit });
  });
  it('one of the two alone brings the other from the dictionary', () =>
    expect(profileOf('Date;Description;Amount (EUR);D/C\n2026-01-01;a;1,50;D\n').amount).toMatchObject({
      debit: 'D',
      credit: 'C',
    }));
});

describe('currency', () => {
  it('nothing names one: it is asked', () => {
    const text = 'Date;Description;Amount\n2026-01-01;a;-1,50\n';
    expect(question(text, 'currency')?.options).toContain('EUR');
    expect(profileOf(text).currency).toBeNull();
  });
  it('a symbol of several currencies is asked with them', () => {
    expect(question('Date;Description;Amount\n2026-01-01;a;-$1.50\n', 'currency')?.options).toContain('CAD');
    expect(question('Date;Description;Amount\n2026-01-01;a;-1.50 kr\n', 'currency')?.options).toEqual([
      'SEK',
      'NOK',
      'DKK',
      'ISK',
    ]);
  });
  it.each([
    ['Date;Description;Amount (GBP)\n2026-01-01;a;-1,50\n', 'GBP'],
    ['Date;Description;Amount in CHF\n2026-01-01;a;-1,50\n', 'CHF'],
    ['Date;Description;Amount\n2026-01-01;a;-1,50 €\n', 'EUR'],
    ['Currency;SEK\nDate;Description;Amount\n2026-01-01;a;-1,50\n', 'SEK'],
  ])('%j is decided', (text, currency) => expect([asked(text), profileOf(text).currency]).toEqual([[], currency]));
});

describe('columns', () => {
  it('two columns of dates without names are asked', () => {
    const text = '2026-01-01;2026-01-03;Shop;-1,50\n2026-01-02;2026-01-02;Rent;-2,00\n';
    expect(question(text, 'bookingDate')?.options).toEqual(['column 1', 'column 2']);
  });
  it('two columns of amounts are asked, unless one is the balance of the other', () => {
    expect(question('2026-01-01;Shop;-1,50;7,00\n2026-01-02;Rent;-2,00;9,00\n', 'amount')?.options).toEqual([
      'column 3',
      'column 4',
    ]);
    const chained = '2026-01-01;a;8,50;-1,50\n2026-01-02;b;6,50;-2,00\n2026-01-03;c;9,50;3,00\n';
    expect(asked(chained)).toEqual(['currency']);
    expect(profileOf(chained)).toMatchObject({ amount: { amount: { index: 3 } }, balanceAfter: { index: 2 } });
  });
  it('an unknown state is asked', () => {
    const text = 'Date;Description;Amount (EUR);Status\n2026-01-01;a;-1,50;Booked\n2026-01-01;b;-1,50;Odd\n';
    expect(question(text, 'status')).toEqual({
      topic: 'status',
      options: ['booked', 'pending', 'ignored'],
      examples: ['odd'],
    });
  });
  it('a fee is part of the row where the balance says so, else it is asked', () => {
    const header = 'Date;Description;Amount (EUR);Fee;Balance\n';
    const onTop = `${header}2026-01-01;a;-1,50;0,50;8,00\n2026-01-02;b;-1,00;0,25;6,75\n`;
    const within = `${header}2026-01-01;a;-1,50;0,50;8,00\n2026-01-02;b;-1,00;0,25;7,00\n`;
    expect([asked(onTop), profileOf(onTop).fee?.header]).toEqual([[], 'Fee']);
    expect([asked(within), profileOf(within).fee]).toEqual([[], null]);
    expect(question(onTop.replace('Balance', 'Other'), 'fee')).toMatchObject({
      options: ['none', 'Fee'],
      examples: ['0,50', '0,25'],
    });
  });
  it('a heading among the rows may open another part: it is refused, not left out', () => {
    const text = table('2026-01-01;a;-1,50;EUR', 'Pending', '2026-01-02;b;-1,50;EUR');
    expect(profileOf(text).ignoredRows).toEqual([]);
    expect(() => readInChunks(Buffer.from(text), 64, profileOf(text))).toThrow('STATEMENT_MALFORMED');
  });
  it('a balance with its date before the header is no row', () => {
    const text = `Saldo;31.12.2025;1.000,00\n${table('2026-01-01;a;-1,50;EUR')}`;
    expect(profileOf(text)).toMatchObject({ skipLines: 1, hasHeader: true });
    expect(rowsOf(readInChunks(Buffer.from(text), 64, profileOf(text)))).toHaveLength(1);
  });
  it('a row that lost its shape is never proposed to be left out', () => {
    const text = table('2026-01-01;a;-1,50;EUR', '2026-01-02;-1,50', '2026-01-03;c;d;-1,50;EUR');
    expect(profileOf(text).ignoredRows).toEqual([]);
    expect(() => readInChunks(Buffer.from(text), 64, profileOf(text))).toThrow('STATEMENT_MALFORMED');
  });
  it('totals behind the rows are left out by their words', () => {
    const text = table('2026-01-01;a;-1,50;EUR', 'Total 2026: 1 row;;;', ';;Saldo am 31.01.;');
    expect(profileOf(text).ignoredRows).toEqual(['Total', 'Saldo am']);
    expect(rowsOf(readInChunks(Buffer.from(text), 64, profileOf(text)))).toHaveLength(1);
  });
  it('a table without dates has no profile and is no statement', () =>
    expect(surveyStatement({ head: Buffer.from('Name;Size\na;1\n'), complete: true }).format).toBeNull());
  it('a header alone has a profile in which all that only rows could tell is asked', () => {
    expect(profileOf(table()).bookingDate).toEqual({ header: 'Date', index: 0 });
    expect(asked(table()).sort()).toEqual(['dateOrder', 'decimalMark', 'sign']);
  });
});

describe('charset', () => {
  const words = (text: string, charset: string): Buffer => iconv.encode(text, charset);
  it.each([
    ['Buchungstag;Verwendungszweck;Betrag;Währung\n13.01.2026;Müller;-1,50;EUR\n', 'windows-1252', 'windows-1252'],
    ['Buchungstag;Verwendungszweck;Betrag in €\n13.01.2026;Müller;-1,50\n', 'iso-8859-15', 'iso-8859-15'],
    ['Data operacji;Opis operacji;Kwota;Waluta\n2026-01-13;Żółta łódź;-1,50;PLN\n', 'windows-1250', 'windows-1250'],
  ])('%j is decided', (text, charset, expected) => {
    const bytes = words(text, charset);
    expect([asked(bytes), profileOf(bytes).charset]).toEqual([[], expected]);
  });
  it('letters that differ between code pages, in a file whose language nothing tells, are asked', () => {
    const bytes = words('2026-01-13;Kov\u00e8r;-1,50 EUR\n2026-01-14;b;2,00 EUR\n', 'windows-1252');
    const found = propose(bytes).questions.find(({ topic }) => topic === 'charset');
    expect(found?.options).toEqual(['windows-1252', 'windows-1250']);
    expect(found?.examples).toEqual(['Kovèr', 'Kovčr']);
  });
});

describe('signature', () => {
  it('is of the header, not of the rows or the lines before it', () => {
    const one = table('2026-01-01;a;-1,50;EUR');
    const other = `Report\n\n${table('2027-01-01;b;2,50;EUR').replace('Description', ' DESCRIPTION ')}`;
    expect(propose(one).signature).toBe(propose(other).signature);
    expect(propose(one).signature).not.toBe(propose(one.replaceAll(';', '|')).signature);
    expect(propose(one).signature).not.toBe(propose(one.replace('Amount', 'Betrag')).signature);
  });
});
