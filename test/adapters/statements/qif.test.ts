// QIF as Quicken, Microsoft Money and banks write it: dates and marks that are asked for, splits, several accounts, hostile and cut files.
import { describe, expect, it } from 'vitest';
import { previewStatement } from '../../../electron/adapters/statements/preview.ts';
import { qifReader } from '../../../electron/adapters/statements/qif/reader.ts';
import type { SourceEvent, SourceTransaction } from '../../../shared/model/source.ts';
import { UNNAMED_ACCOUNT } from '../../../shared/model/source.ts';
import { CurrencyCode } from '../../../shared/model/currency.ts';
import type { QifProfile } from '../../../shared/model/statement-profile.ts';
import { errorOf, readInChunks, rowsOf, statementReaderContract } from '../../contracts/statement-reader.ts';

const aProfile = (changes: Partial<QifProfile> = {}): QifProfile => ({
  format: 'qif',
  charset: 'utf-8',
  dateOrder: 'mdy',
  decimalMark: '.',
  currency: CurrencyCode.parse('USD'),
  ...changes,
});

const lines = (...text: string[]): Buffer => Buffer.from(`${text.join('\n')}\n`);
const QUICKEN = lines(
  '!Type:Bank',
  "D1/ 5'26",
  'T-1,234.56',
  'N1001',
  'PGreenfield Timber',
  'MInvoice 88',
  'LSupplies',
  '^',
  "D12/31'25",
  'U2,000.00',
  'T2,000.00',
  'PHarbour Bakery',
  'SSales',
  'Ebread',
  '$1,500.00',
  'SVAT',
  '$500.00',
  '^',
);
const ACCOUNTS = lines(
  '!Option:AutoSwitch',
  '!Account',
  'NCurrent',
  'TBank',
  '^',
  '!Type:Bank',
  'D01/02/2026',
  'T100.00',
  'POpening Balance',
  'L[Current]',
  '^',
  'D01/03/2026',
  'T-10.00',
  'PFerry',
  '^',
  '!Account',
  'NCard',
  'TCCard',
  '^',
  '!Type:CCard',
  'D01/04/2026',
  'T-7.25',
  'PCoffee',
  '^',
  '!Type:Cat',
  'NSupplies',
  '^',
);

statementReaderContract(qifReader, [
  { name: 'Quicken', bytes: QUICKEN, rows: 2, profile: aProfile(), openEnded: true },
  { name: 'two accounts', bytes: ACCOUNTS, rows: 2, profile: aProfile(), openEnded: true },
]);

const read = (bytes: Uint8Array, profile = aProfile()): SourceEvent[] => readInChunks(bytes, 100, profile);
const rows = (bytes: Uint8Array, profile = aProfile()): SourceTransaction[] => rowsOf(read(bytes, profile));
const propose = (bytes: Uint8Array) => {
  const detection = qifReader.detect(bytes);
  const proposal = detection && qifReader.propose?.(bytes, detection);
  if (!proposal) throw new Error('no proposal');
  return proposal;
};

describe('QIF', () => {
  it('reads dates with apostrophes and blanks, grouped amounts, payee, memo, number and splits', () => {
    const [first, second] = rows(QUICKEN);
    expect(first).toMatchObject({
      bookingDate: '2026-01-05',
      amountMinor: '-123456',
      rawAmount: '-1,234.56',
      rawSign: '-',
      counterparty: 'Greenfield Timber',
      description: 'Invoice 88',
      bankCode: '1001',
    });
    expect(second).toMatchObject({ bookingDate: '2025-12-31', amountMinor: '200000', description: 'Harbour Bakery' });
    expect(second?.children.map(({ amount, description }) => [amount?.amountMinor, description])).toEqual([
      ['150000', 'bread'],
      ['50000', 'VAT'],
    ]);
  });

  it('keeps accounts apart, takes an opening balance for what it is, and says what was left out', () => {
    const events = read(ACCOUNTS);
    const statements = events.filter((event) => event.type === 'statement');
    expect(statements.map(({ account }) => [account.id, account.kind])).toEqual([
      ['Current', 'current'],
      ['Card', 'card'],
    ]);
    const ends = events.filter((event) => event.type === 'statement-end');
    expect(ends.map(({ opening, from }) => [opening, from])).toEqual([
      [{ amountMinor: '10000', date: '2026-01-02' }, '2026-01-03'],
      [null, '2026-01-04'],
    ]);
    expect(events.flatMap((event) => (event.type === 'warning' ? [event.warning.code] : []))).toEqual([
      'PART_NOT_READ',
    ]);
  });

  it('does not name an account that the file does not name', () => {
    const [statement] = read(QUICKEN);
    expect(statement).toMatchObject({ account: { id: UNNAMED_ACCOUNT, currency: 'USD', name: null } });
  });

  it('asks for the date order where no day tells, and for the currency always', () => {
    const open = propose(lines('!Type:Bank', 'D01/02/2026', 'T1.00', '^', 'D03/04/2026', 'T2.50', '^'));
    expect(open.profile).toMatchObject({ currency: null, decimalMark: '.' });
    expect(open.questions.map(({ topic, options }) => [topic, options.length > 1])).toEqual([
      ['dateOrder', true],
      ['currency', true],
    ]);
    expect(open.questions[0]?.examples).toContain('01/02/2026');
    const decided = propose(lines('!Type:Bank', 'D01/02/2026', 'T1,00', '^', 'D31/03/2026', 'T2,50', '^'));
    expect(decided.profile).toMatchObject({ dateOrder: 'dmy', decimalMark: ',' });
    expect(decided.questions.map(({ topic }) => topic)).toEqual(['currency']);
  });

  it('asks for the decimal mark where no amount tells', () => {
    const { questions } = propose(lines('!Type:Bank', 'D2026-02-01', 'T1.234', '^'));
    expect(questions.map(({ topic }) => topic)).toEqual(['decimalMark', 'currency']);
  });

  it('is known again by its account; without one only by itself', () => {
    const one = lines('!Account', 'NCurrent', '^', '!Type:Bank', 'D2026-02-01', 'T1.00', '^');
    const next = lines('!Account', 'NCurrent', '^', '!Type:Bank', 'D2026-03-01', 'T9.00', '^');
    expect(propose(one).signature).toBe(propose(next).signature);
    const bare = (day: string): string => propose(lines('!Type:Bank', `D2026-03-${day}`, 'T9.00', '^')).signature;
    expect(bare('01')).toBe(bare('01'));
    expect(bare('01')).not.toBe(bare('02'));
  });

  it.each([
    ['a month 31', lines('!Type:Bank', 'D31/01/2026', 'T1.00', '^'), aProfile(), 'STATEMENT_PROFILE_UNFIT'],
    ['another decimal mark', lines('!Type:Bank', 'D1/31/2026', 'T1.234,5', '^'), aProfile(), 'STATEMENT_PROFILE_UNFIT'],
    ['three decimals', lines('!Type:Bank', 'D1/31/2026', 'T1.239', '^'), aProfile(), 'STATEMENT_PROFILE_UNFIT'],
    ['no currency', QUICKEN, aProfile({ currency: null }), 'STATEMENT_PROFILE_UNFIT'],
    ['no date', lines('!Type:Bank', 'T1.00', '^'), aProfile(), 'STATEMENT_MALFORMED'],
    ['no amount', lines('!Type:Bank', 'D1/31/2026', '^'), aProfile(), 'STATEMENT_MALFORMED'],
    ['no end', lines('!Type:Bank', 'D1/31/2026', 'T1.00'), aProfile(), 'STATEMENT_MALFORMED'],
    ['a list within a record', lines('!Type:Bank', 'D1/31/2026', '!Type:Bank'), aProfile(), 'STATEMENT_MALFORMED'],
    ['investments', lines('!Type:Invst', 'D1/31/2026', '^'), aProfile(), 'STATEMENT_UNSUPPORTED'],
    ['lists without rows', lines('!Type:Cat', 'NFood', '^'), aProfile(), 'STATEMENT_NO_TRANSACTIONS'],
    ['a header alone', lines('!Type:Bank'), aProfile(), 'STATEMENT_NO_TRANSACTIONS'],
  ])('refuses %s', (_name, bytes, profile, code) => {
    expect(errorOf(() => read(bytes, profile))?.code).toBe(code);
  });

  it('needs a profile, and one of its own format', () => {
    expect(errorOf(() => readInChunks(QUICKEN, 50))?.code).toBe('STATEMENT_PROFILE_NEEDED');
  });

  it('reads Windows text, every line end, padding and prototype keys as text', () => {
    const text = '!Type:Bank\r\nD1/31/2026\r\nT-1.00\r\nPCafé\r\nM__proto__\r\n^\r\n';
    const [row] = rows(Buffer.from(`${text}\0\0\0`, 'latin1'), aProfile({ charset: 'windows-1252' }));
    expect(row).toMatchObject({ counterparty: 'Café', description: '__proto__' });
    expect(rows(Buffer.from(text.replaceAll('\r\n', '\r')))).toHaveLength(1);
  });

  it('stops at an endless line and an endless record', () => {
    const endless = Buffer.concat([Buffer.from('!Type:Bank\nM'), Buffer.alloc(3_000_000, 'x')]);
    expect(errorOf(() => read(endless))?.code).toBe('STATEMENT_TOO_LARGE');
    const record = Buffer.concat([Buffer.from('!Type:Bank\n'), Buffer.from('Mxxxxxxxx\n'.repeat(200_000))]);
    expect(errorOf(() => read(record))?.code).toBe('STATEMENT_TOO_LARGE');
  });

  it('shows in the preview what a profile makes of it', () => {
    const preview = previewStatement({ head: QUICKEN, complete: true, profile: aProfile() });
    expect(preview).toMatchObject({ count: 2, sumMinor: '76544', error: null });
    const wrong = previewStatement({ head: QUICKEN, complete: true, profile: aProfile({ dateOrder: 'dmy' }) });
    expect(wrong.error?.code).toBe('STATEMENT_PROFILE_UNFIT');
  });
});
