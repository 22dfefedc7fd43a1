// What MT940 and MT942 files of each habit mean: dates, marks, amounts, accounts, field 86, envelopes, pages, reports, errors. Fixtures are written here.
import { describe, expect, it } from 'vitest';
import { detectStatement } from '../../../electron/adapters/statements/readers.ts';
import type { SourceEvent, SourceTransaction } from '../../../shared/model/source.ts';
import { errorOf, readInChunks } from '../../contracts/statement-reader.ts';

type End = Extract<SourceEvent, { type: 'statement-end' }>;
type Begin = Extract<SourceEvent, { type: 'statement' }>;

const read = (text: string | Buffer): SourceEvent[] => readInChunks(Buffer.from(text), 64);
const rowsOf = (events: readonly SourceEvent[]): SourceTransaction[] =>
  events.flatMap((event) => (event.type === 'transactions' ? event.items : []));
const endsOf = (events: readonly SourceEvent[]): End[] =>
  events.filter((event): event is End => event.type === 'statement-end');
const accountsOf = (events: readonly SourceEvent[]): Begin['account'][] =>
  events.filter((event): event is Begin => event.type === 'statement').map(({ account }) => account);
const warningsOf = (events: readonly SourceEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'warning' ? [event.warning.code] : []));

const HEADER = ':20:STARTUMS\n:25:12345678/1020304050\n:28C:1/1\n:60F:C231229EUR100,00\n';
const FOOTER = ':62F:C240105EUR100,00\n-\n';
const statement = (entries: string): string => `${HEADER}${entries}\n${FOOTER}`;
const only = (entry: string): SourceTransaction => {
  const [row, ...more] = rowsOf(read(statement(entry)));
  if (!row || more.length > 0) throw new Error('not one row');
  return row;
};
const informed = (information: string): SourceTransaction => only(`:61:2401020102D1,NTRFNONREF\n:86:${information}`);
const expectedIn = (text: string): string | undefined => errorOf(() => read(text))?.params['expected'];

describe('dates', () => {
  it.each([
    ['2401020103', '2024-01-03', '2024-01-02'],
    ['2312310102', '2024-01-02', '2023-12-31'],
    ['2401011230', '2023-12-30', '2024-01-01'],
    ['240102', '2024-01-02', '2024-01-02'],
    ['240102    ', '2024-01-02', '2024-01-02'],
    ['2402290301', '2024-03-01', '2024-02-29'],
    ['9912310103', '2000-01-03', '1999-12-31'],
    ['2407010102', '2024-01-02', '2024-07-01'],
  ])('%s: booked %s, value %s', (digits, bookingDate, valueDate) => {
    expect(only(`:61:${digits}D1,NTRFNONREF`)).toMatchObject({ bookingDate, valueDate });
  });
  it.each([
    ['2302300301', '2023-03-01', '2023-02-28'],
    ['2402300230', '2024-02-29', '2024-02-29'],
    ['2302290228', '2023-02-28', '2023-02-28'],
  ])(
    '%s is a day of twelve months of 30 days: the month’s last day, with a warning',
    (digits, bookingDate, valueDate) => {
      const events = read(statement(`:61:${digits}D1,NTRFNONREF`));
      expect(rowsOf(events)).toMatchObject([{ bookingDate, valueDate }]);
      expect(warningsOf(events)).toEqual(['DATE_NOT_IN_CALENDAR']);
    },
  );
  it.each(['240431', '2401020431', '240231', '241301', '240100'])('%s is refused', (digits) => {
    expect(expectedIn(statement(`:61:${digits}D1,NTRFNONREF`))).toBe('days that exist in :61:');
  });
  it('an opening balance without a date takes the first entry’s', () => {
    const events = read(statement(':61:240102D0,NTRFNONREF').replace('C231229', 'C000000'));
    expect(endsOf(events)[0]?.opening).toEqual({ amountMinor: '10000', date: '2024-01-02' });
    expect(warningsOf(events)).toEqual(['DATE_UNREADABLE']);
  });
  it('the period begins on the opening day where an entry is booked on it, else on the day after', () => {
    expect(endsOf(read(statement(':61:240102D0,NTRFNONREF')))[0]).toMatchObject({
      from: '2023-12-30',
      to: '2024-01-05',
    });
    expect(endsOf(read(statement(':61:231229D0,NTRFNONREF')))[0]).toMatchObject({ from: '2023-12-29' });
  });
});

describe('marks and amounts', () => {
  it.each([
    ['C', '1', 'booked'],
    ['D', '-1', 'booked'],
    ['RC', '-1', 'booked'],
    ['RD', '1', 'booked'],
    ['EC', '1', 'pending'],
    ['ED', '-1', 'pending'],
  ])('%s', (mark, sign, state) => {
    expect(only(`:61:240102${mark}R1,23NTRFNONREF`)).toMatchObject({
      amountMinor: `${sign}23`,
      state,
      rawSign: mark,
      rawAmount: '1,23',
    });
  });
  it.each([
    ['50,', '5000', []],
    ['50,1', '5010', []],
    ['000000001213,28', '121328', []],
    ['1,230', '123', []],
    ['500', '50000', ['NOTATION_UNUSUAL']],
    [',5', '50', ['NOTATION_UNUSUAL']],
  ])('%s', (amount, amountMinor, warnings) => {
    const events = read(statement(`:61:240102C${amount}NTRFNONREF`));
    expect(rowsOf(events)).toMatchObject([{ amountMinor }]);
    expect(warningsOf(events)).toEqual(warnings);
  });
  it.each(['1.213,28', '1213.28', '1,234', '-5,00', '1 000,00', '9999999999999999999,'])('%s is refused', (amount) => {
    expect(errorOf(() => read(statement(`:61:240102C${amount}NTRFNONREF`)))?.code).toBe('STATEMENT_MALFORMED');
  });
  it('yen have no decimals, dinars three', () => {
    const yen = statement(':61:240102CY500,NTRF').replaceAll('EUR100,00', 'JPY100,');
    const dinar = statement(':61:240102C1,234NTRF').replaceAll('EUR100,00', 'KWD100,000');
    expect(rowsOf(read(yen))).toMatchObject([{ amountMinor: '500', currency: 'JPY', exponent: 0 }]);
    expect(rowsOf(read(dinar))).toMatchObject([{ amountMinor: '1234', currency: 'KWD', exponent: 3 }]);
  });
  it('an original amount stands beside', () => {
    expect(only(':61:240102D4,50NTRFNONREF//B1\n/OCMT/USD5,//CHGS/EUR0,5/').foreign).toEqual({
      amountMinor: '-500',
      currency: 'USD',
      exponent: 2,
      rate: null,
    });
  });
});

describe('references', () => {
  it.each([
    ['NTRFNONREF//BANK1', 'BANK1', 'NTRF'],
    ['NTRFMYREF//NONREF', null, 'NTRF'],
    ['S051', null, 'S051'],
    ['FMSC01916//A//B', 'A//B', 'FMSC'],
  ])('%s', (rest, sourceId, bankCode) => {
    expect(only(`:61:240102D1,${rest}`)).toMatchObject({ sourceId, bankCode });
  });
  it('Rabobank’s name behind a reference of 16 characters, and its account in the details', () => {
    expect(only(':61:240102D1,N0440121470966      W.P. Jansen\n:86:a\n:86:b')).toMatchObject({
      counterparty: 'W.P. Jansen',
      counterpartyAccount: '0121470966',
      description: 'a b',
    });
    expect(
      only(':61:240102D1,N102EREF\nNL91ABNA0417164300\n:86:/EREF/E1/BENM//NAME/J DOE/REMI/Rent/ISDT/2024-01-01'),
    ).toMatchObject({
      counterparty: 'J DOE',
      counterpartyAccount: 'NL91ABNA0417164300',
      endToEndId: 'E1',
      description: 'Rent',
    });
  });
});

describe('field 86', () => {
  it('German: tags over several subfields, name, IBAN, code', () => {
    const row = informed(
      '166?00GUTSCHRIFT?100399?20EREF+123456789012345678901?212?22KREF+K?23MREF+M?24SVWZ+Invoice 4711 of the mon?25th of May?30COBADEFFXXX?31DE89370400440532013000?32Nordwind Energie Vertriebs?33 GmbH?34992',
    );
    expect(row).toMatchObject({
      endToEndId: '123456789012345678901 2',
      description: 'Invoice 4711 of the month of May',
      counterparty: 'Nordwind Energie Vertriebs GmbH',
      counterpartyAccount: 'DE89370400440532013000',
      bankCode: '166',
    });
  });
  it('German: a full subfield goes on without a blank, also from ?29 in ?60; a short one ends a reference', () => {
    const full = 'abcdefghijklmnopqrstuvwxyz1';
    expect(informed(`166?20EREF+E1?21rest?22SVWZ+x`)).toMatchObject({ endToEndId: 'E1', description: 'rest x' });
    expect(informed(`166?29${full}?602`).description).toBe(`${full}2`);
    expect(informed('166?20SVWZ+a?21b').description).toBe('a b');
  });
  it('German: no reference, no letters, no purpose, a separator in the text', () => {
    expect(informed('166?20EREF+NOTPROVIDED?21SVWZ+x').endToEndId).toBeNull();
    expect(informed('166?00SAMMLER?200904059001').description).toBe('SAMMLER 0904059001');
    expect(informed('166?00ENTGELT').description).toBe('ENTGELT');
    expect(informed('166?20Why? Because?').description).toBe('Why? Because?');
  });
  it('German: bank code and number where there is no IBAN; ?38 where there is one beside', () => {
    expect(informed('008?20x?3010020030?311234').counterpartyAccount).toBe('10020030/1234');
    expect(informed('008?20x?3010020030?311234?38DE89370400440532013000').counterpartyAccount).toBe(
      'DE89370400440532013000',
    );
  });
  it('German: tags with a colon where none has a plus', () => {
    expect(informed('166?20EREF: E7?21SVWZ: Rent')).toMatchObject({ endToEndId: 'E7', description: 'Rent' });
  });
  it('lines of 61 beside the tag and 65 go on without a blank, shorter ones with one', () => {
    const first = `166?20${'x'.repeat(54)}`.padEnd(61, 'y');
    expect(informed(`${first}\nz`).description).toBe(`${first.slice(6)}z`);
    expect(informed(`166?20word\nnext`).description).toBe('word next');
    expect(informed(`${'a'.repeat(65)}\n${'b'.repeat(64)}\nc`).description).toBe(
      `${'a'.repeat(65)}${'b'.repeat(64)} c`,
    );
  });
  it('a time that the line’s end cuts is no field', () => {
    expect(informed('106?20SVWZ+12-09-2014T16\n:20:37 Folgenr').description).toBe('12-09-2014T16:20:37 Folgenr');
  });
  it('ABN AMRO and ING: codewords', () => {
    expect(
      informed('/TRTP/SEPA OVERBOEKING/IBAN/NL91ABNA0417164300/BIC/ABNANL2A/NAME/J DOE/REMI/Rent May/EREF/NOTPROVIDED'),
    ).toMatchObject({
      counterparty: 'J DOE',
      counterpartyAccount: 'NL91ABNA0417164300',
      description: 'Rent May',
      endToEndId: null,
    });
    expect(informed('/EREF/E9//CNTP/NL91ABNA0417164300/ABNANL2A/J DOE/CITY//REMI/USTD//Rent/')).toMatchObject({
      counterparty: 'J DOE',
      counterpartyAccount: 'NL91ABNA0417164300',
      description: 'Rent',
      endToEndId: 'E9',
    });
  });
  it('Triodos, Knab, mBank', () => {
    expect(informed('000>100987654321>20KOS>21TEN')).toMatchObject({
      counterpartyAccount: '0987654321',
      description: 'KOS TEN',
    });
    expect(informed('FACTUUR\nREK: NL91ABNA0417164300/NAAM: PICQER')).toMatchObject({
      counterparty: 'PICQER',
      counterpartyAccount: 'NL91ABNA0417164300',
    });
    expect(informed('911; Z RACH.: \n61109010140000071219812874; OD: JAN NOWAK  \nUL. 1; TYT.: X')).toMatchObject({
      counterparty: 'JAN NOWAK',
      counterpartyAccount: 'PL61109010140000071219812874',
    });
  });
  it('the non-SWIFT field names owner and counterparty', () => {
    const events = read(
      statement(':61:240102D1,S051\n:NS:01Rent\n02May\n15Landlord\n3310020030\n341234').replace(
        ':28C:',
        ':NS:22Owner Ltd\n23x\n:28C:',
      ),
    );
    expect(accountsOf(events)).toMatchObject([{ name: 'Owner Ltd' }]);
    expect(rowsOf(events)).toMatchObject([
      { description: 'Rent May', counterparty: 'Landlord', counterpartyAccount: '10020030/1234' },
    ]);
  });
  it('behind the closing balance it belongs to the statement', () => {
    const text = `${HEADER}:61:240102D0,NTRF\n:86:own\n${FOOTER.replace('-\n', ':86:not own\n-\n')}`;
    expect(rowsOf(read(text))).toMatchObject([{ description: 'own' }]);
  });
  it('a hyphen line within an entry is text', () => {
    expect(informed('one\n-\ntwo').description).toBe('one - two');
  });
  it('control characters leave the texts and stay in the raw record', () => {
    const row = informed('a\u0002b\u0000c');
    expect(row.description).toBe('a b c');
    expect(row.raw).toBe(':61:2401020102D1,NTRFNONREF\n:86:a\u0002b\u0000c');
  });
});

describe('accounts', () => {
  it.each([
    ['DE89370400440532013000', 'DE89370400440532013000', 'DE89370400440532013000'],
    ['COBADEFF/DE89370400440532013000', 'DE89370400440532013000', 'DE89370400440532013000'],
    ['NL91ABNA0417164300EUR', 'NL91ABNA0417164300', 'NL91ABNA0417164300'],
    ['45050050/76198810', '45050050/0076198810', null],
    ['70011110/4005287001EUR', '70011110/4005287001', null],
    ['1291.99.348EUR', '1291.99.348', null],
    ['UBRTHUHB/123456/EUR', 'UBRTHUHB/123456', null],
    ['123456 EUR', '123456', null],
    ['70011110/4005287001USD', '70011110/4005287001USD', null],
  ])('%s', (field, id, iban) => {
    const events = read(statement(':61:240102D0,NTRF').replace('12345678/1020304050', field));
    expect(accountsOf(events)).toMatchObject([{ id, iban, currency: 'EUR', kind: 'current' }]);
  });
});

describe('envelopes and line ends', () => {
  const message = statement(':61:240102D0,NTRFNONREF//B');
  it.each([
    ['ABN AMRO', `ABNANL2A\n940\nABNANL2A\n${message}`, 'text'],
    ['ING', `0000 01INGBNL2AXXXX00001\n0000 01INGBNL2AXXXX00001\n940 00\n${message.replace(/-\n$/, '-XXX\n')}`, 'text'],
    ['Rabobank', `:940:\n${message}`, 'text'],
    [
      'SWIFT',
      `{1:F01X}{2:O9400000}{4:\r\n${message.replaceAll('\n', '\r\n').replace(/-\r\n$/, '-}{5:{CHK:1}}\r\n')}`,
      'fin',
    ],
    ['batch', `\u0001\n${message.replace(/-\n$/, '-\u0003\n')}`, 'text'],
    ['batch on one line', `\u0001${message.replace(/-\n$/, '-\u0003\n')}`, 'text'],
    ['mark and blank lines', `\ufeff\n\r\n${message}`, 'text'],
    ['CR alone', message.replaceAll('\n', '\r'), 'text'],
    ['UTF-16', Buffer.from(`\ufeff${message}`, 'utf16le'), 'text'],
    ['no end at all', message.replace(/\n-\n$/, ''), 'text'],
  ])('%s', (_name, text, version) => {
    const twice = Buffer.concat([Buffer.from(text), Buffer.from('')]);
    expect(detectStatement(twice)).toMatchObject({ format: 'mt940', version });
    expect(rowsOf(read(twice))).toMatchObject([{ sourceId: 'B' }]);
  });
  it('messages follow one another with marks, envelopes or nothing between them', () => {
    const bare = message.replace(/-\n$/, '');
    expect(endsOf(read(`${bare}${bare}ABNANL2A\n940\n${message}$\n{1:F01X}{2:O9400000}{4:\n${bare}-}`))).toHaveLength(
      4,
    );
  });
});

describe('charset', () => {
  const named = (name: Buffer, currency = 'EUR'): { charset: string | undefined; description: string | undefined } => {
    const [before = '', after = ''] = statement(':61:240102D0,NTRF\n:86:@').replaceAll('EUR', currency).split('@');
    const bytes = Buffer.concat([Buffer.from(before), name, Buffer.from(after)]);
    return { charset: detectStatement(bytes)?.charset, description: rowsOf(read(bytes))[0]?.description };
  };
  it.each([
    ['utf-8', Buffer.from('Müller'), 'EUR', 'Müller'],
    ['windows-1252', Buffer.from([0x4d, 0xfc, 0x6c, 0x80]), 'EUR', 'Mül€'],
    ['windows-1250', Buffer.from([0xa3, 0xf3, 0x64, 0x9f]), 'PLN', 'Łódź'],
    ['ibm850', Buffer.from([0x4d, 0x81, 0x6c, 0x8a]), 'EUR', 'Mülè'],
    ['ibm852', Buffer.from([0x4d, 0x81, 0x6c, 0x8b]), 'HUF', 'Mülő'],
  ])('%s', (charset, bytes, currency, description) => {
    expect(named(bytes, currency)).toEqual({ charset, description });
  });
  it('a character of UTF-8 that the line’s end cuts stays whole', () => {
    const text = Buffer.concat([Buffer.from('x'.repeat(64)), Buffer.from([0xc3, 0x0a, 0xbc])]);
    expect(named(Buffer.concat([text, Buffer.from('y')])).description).toBe(`${'x'.repeat(64)}üy`);
  });
});

describe('pages', () => {
  const page = (opening: string, closing: string): string =>
    `:20:P\n:25:12345678/1020304050\n:28C:1/1\n:60${opening}:C240101EUR1,00\n:61:240102D0,NTRF\n:62${closing}:C240102EUR1,00\n-\n`;
  it('are statements of their own', () => {
    const events = read(page('F', 'M') + page('M', 'M') + page('M', 'F'));
    expect(endsOf(events).map(({ balances }) => balances.map(({ type }) => type).join(' '))).toEqual([
      'opening-booked interim-booked',
      'interim-booked interim-booked',
      'interim-booked closing-booked',
    ]);
    expect(warningsOf(events)).toEqual([]);
  });
  it.each([
    ['the last is missing', page('F', 'M')],
    ['the first is missing', page('M', 'F')],
    ['of two accounts', page('F', 'M') + page('M', 'F').replace('1020304050', '1020304051')],
  ])('%s: said', (_name, text) => expect(warningsOf(read(text))).toEqual(['PAGE_INCOMPLETE']));
});

describe('reports', () => {
  const report = (end: string): string =>
    `:20:R\n:25:12345678/1020304050\n:28C:1/1\n:34F:EURD0,\n:34F:EURC0,\n:13D:2401021200+0100\n:61:2401020102D1,50NTRFNONREF\n:86:x\n${end}`;
  it('bring pending rows, no balances, and a day', () => {
    const events = read(report(':90D:1EUR1,50\n:90C:0EUR0,\n-\n'));
    expect(detectStatement(Buffer.from(report('-\n')))?.format).toBe('mt942');
    expect(rowsOf(events)).toMatchObject([{ amountMinor: '-150', state: 'pending', currency: 'EUR' }]);
    expect(endsOf(events)).toMatchObject([
      { from: '2024-01-02', to: '2024-01-02', opening: null, closing: null, balances: [] },
    ]);
    expect(warningsOf(events)).toEqual([]);
  });
  it.each([':90D:2EUR1,50\n', ':90D:1EUR1,51\n', ':90C:1EUR1,\n'])('%s differs: said', (total) => {
    expect(warningsOf(read(report(total)))).toEqual(['SUMMARY_DIFFERS']);
  });
  it('without sums or end mark is cut off', () => expect(expectedIn(report(''))).toBe('an end mark, :90D: or :90C:'));
  it('may state that it is empty', () => {
    const empty = report(':90D:0EUR0,\n:90C:0EUR0,\n').replace(/:61:[^]*:86:x\n/, '');
    expect(rowsOf(read(empty))).toEqual([]);
    expect(warningsOf(read(empty))).toEqual(['NO_TRANSACTIONS']);
  });
  it('may stand beside statements; a list of planned entries with balances is none of them', () => {
    const planned = statement(':61:240102D5,NTRF').replace('STARTUMS', 'STARTDISP');
    const events = read(statement(':61:240102D0,NTRF') + report('-\n') + planned);
    expect(rowsOf(events).map(({ state }) => state)).toEqual(['booked', 'pending', 'pending']);
    expect(endsOf(events).map(({ opening }) => opening?.amountMinor ?? null)).toEqual(['10000', null, null]);
  });
});

describe('refused', () => {
  const whole = statement(':61:240102D0,NTRF\n:86:x');
  it.each([
    ['no reference', whole.replace(/:20:.*\n/, ''), ':20:'],
    ['no account', whole.replace(/:25:.*\n/, ''), ':25: before it'],
    ['no opening balance', whole.replace(/:60F:.*\n/, ''), 'the opening balance :60F:, or :34F: of a report'],
    ['no closing balance', whole.replace(/:62F:.*\n/, ''), ':61:, :86: or the closing balance :62F:'],
    ['an information without entry', whole.replace(/:61:.*\n/, ''), ':61:, :86: or the closing balance :62F:'],
    [
      'an entry behind the closing balance',
      whole.replace('-\n', ':61:240102D0,NTRF\n'),
      'the end of the message or :20: behind the closing balance',
    ],
    ['an entry behind the end mark', `${whole}:61:240102D0,NTRF\n`, ':20:'],
    ['a closing balance cut off', whole.replace(/0\n-\n$/, ''), 'the end of :62F:'],
    ['SWIFT blocks without their end', `{1:F01X}{2:O9400000}{4:\n${whole}`, 'the end mark -}'],
    [
      'an amount twice',
      whole.replace('C231229EUR100,00', 'C231229EUR100,00,00'),
      'mark, date, currency and amount in :60F:',
    ],
  ])('%s', (_name, text, expected) => expect(expectedIn(text)).toBe(expected));
  it('no rows without a word about it is no success', () => {
    const empty = `${HEADER}${FOOTER}`;
    expect(rowsOf(read(empty))).toEqual([]);
    expect(errorOf(() => read(empty.replace('240105EUR100', '240105EUR101')))?.code).toBe('STATEMENT_NO_TRANSACTIONS');
  });
  it('errors name line and offset and hide account numbers', () => {
    const error = errorOf(() => read(whole.replace(':61:240102', ':61:DE89370400440532013000')));
    expect(error?.params).toMatchObject({ line: '5', offset: String(HEADER.length) });
    expect(JSON.stringify(error?.params)).not.toContain('0532013');
  });
});
