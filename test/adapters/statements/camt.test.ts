// CAMT as banks really write it: signs and reversals, statuses, dates, ids, parties, batches, foreign amounts, balances, versions, charsets.
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { SourceEvent, SourceTransaction } from '../../../shared/model/source.ts';
import { errorOf, readInChunks } from '../../contracts/statement-reader.ts';

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.08';
const IBAN = 'DE89370400440532013000';
const OTHER = 'GB33BUKB20201555555555';

interface EntryParts {
  readonly amount?: string;
  readonly indicator?: string;
  readonly status?: string;
  readonly dates?: string;
  readonly ids?: string;
  readonly details?: string;
  readonly more?: string;
  readonly reversal?: string;
}

function entry(parts: EntryParts = {}): string {
  const {
    amount = '<Amt Ccy="EUR">10.00</Amt>',
    indicator = 'DBIT',
    reversal = '',
    ids = '',
    details = '',
    more = '',
  } = parts;
  const { status = '<Sts><Cd>BOOK</Cd></Sts>', dates = '<BookgDt><Dt>2026-01-31</Dt></BookgDt>' } = parts;
  const nested = details === '' ? '' : `<NtryDtls>${details}</NtryDtls>`;
  return `<Ntry>${amount}<CdtDbtInd>${indicator}</CdtDbtInd>${reversal}${status}${dates}${ids}<BkTxCd/>${nested}${more}</Ntry>`;
}

function balance(
  code: string,
  amount: string,
  parts: { date?: string; currency?: string; indicator?: string } = {},
): string {
  const { date = '2026-01-31', currency = 'EUR', indicator = 'CRDT' } = parts;
  return `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${indicator}</CdtDbtInd><Dt><Dt>${date}</Dt></Dt></Bal>`;
}

function file(content: string, namespace = ` xmlns="${NAMESPACE}"`): string {
  const account = `<Acct><Id><IBAN>${IBAN}</IBAN></Id><Ccy>EUR</Ccy></Acct>`;
  return `<?xml version="1.0"?><Document${namespace}><BkToCstmrStmt><GrpHdr/><Stmt><Id>1</Id>${account}${content}</Stmt></BkToCstmrStmt></Document>`;
}

const read = (text: string | Buffer): SourceEvent[] => readInChunks(Buffer.from(text), 4096);
const rowsOf = (events: SourceEvent[]): SourceTransaction[] =>
  events.flatMap((event) => (event.type === 'transactions' ? event.items : []));
const warningsOf = (events: SourceEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'warning' ? [event.warning.code] : []));
const firstRow = (content: string): SourceTransaction => {
  const [row] = rowsOf(read(file(content)));
  if (!row) throw new Error('no row');
  return row;
};
const endOf = (text: string): Extract<SourceEvent, { type: 'statement-end' }> => {
  const end = read(text).find((event) => event.type === 'statement-end');
  if (end?.type !== 'statement-end') throw new Error('no end');
  return end;
};
const errorFor = (text: string): string | undefined => errorOf(() => read(text))?.code;

const parties = `<RltdPties><Dbtr><Pty><Nm>Payer</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>${OTHER}</IBAN></Id></DbtrAcct><Cdtr><Pty><Nm>Payee</Nm></Pty></Cdtr><CdtrAcct><Id><Othr><Id>77 88</Id></Othr></Id></CdtrAcct></RltdPties>`;

describe('CAMT signs and states', () => {
  it.each([
    ['CRDT', '', '1000'],
    ['DBIT', '', '-1000'],
    ['CRDT', '<RvslInd>true</RvslInd>', '1000'],
    ['DBIT', '<RvslInd>true</RvslInd>', '-1000'],
    ['DBIT', '<RvslInd>false</RvslInd>', '-1000'],
  ])('%s %s gives %s', (indicator, reversal, amountMinor) => {
    expect(firstRow(entry({ indicator, reversal }))).toMatchObject({
      amountMinor,
      rawSign: indicator,
      rawAmount: '10.00',
    });
  });
  it.each([
    ['<Sts>BOOK</Sts>', 'booked'],
    ['<Sts><Cd>BOOK</Cd></Sts>', 'booked'],
    ['<Sts>PDNG</Sts>', 'pending'],
    ['<Sts><Cd>FUTR</Cd></Sts>', 'pending'],
    ['', 'booked'],
  ])('%s is %s', (status, state) => expect(firstRow(entry({ status })).state).toBe(state));
  it('an entry for information is no row, and is said aloud', () => {
    const events = read(file(entry() + entry({ status: '<Sts>INFO</Sts>' })));
    expect(rowsOf(events)).toHaveLength(1);
    expect(warningsOf(events)).toEqual(['ENTRY_INFORMATION_ONLY']);
  });
  it('an unknown status is refused, not guessed', () => {
    expect(errorFor(file(entry({ status: '<Sts><Prtry>LATER</Prtry></Sts>' })))).toBe('STATEMENT_UNSUPPORTED');
  });
  it('a report without a status is refused: its entries may be pending', () => {
    const report = file(entry({ status: '' }))
      .replaceAll('BkToCstmrStmt', 'BkToCstmrAcctRpt')
      .replaceAll('Stmt>', 'Rpt>');
    expect(errorFor(report.replaceAll('AcctRptRpt', 'AcctRpt').replace('camt.053', 'camt.052'))).toBe(
      'STATEMENT_MALFORMED',
    );
  });
});

describe('CAMT amounts', () => {
  it('trailing zeros beyond the currency’s decimals lose nothing', () =>
    expect(firstRow(entry({ amount: '<Amt Ccy="EUR">8.85000</Amt>' })).amountMinor).toBe('-885'));
  it.each([
    ['JPY', '2700', '-2700', 0],
    ['KWD', '1.234', '-1234', 3],
    ['CLF', '1.2345', '-12345', 4],
  ])('%s %s', (...[currency, text, amountMinor, exponent]) => {
    expect(firstRow(entry({ amount: `<Amt Ccy="${currency}">${text}</Amt>` }))).toMatchObject({
      amountMinor,
      exponent,
      currency,
    });
  });
  it.each(['8.855', '8,85', '-8.85', '', '1e3', '1 000.00', '٣', '9'.repeat(19), '0x10'])(
    '%s EUR is refused',
    (text) => {
      expect(errorFor(file(entry({ amount: `<Amt Ccy="EUR">${text}</Amt>` })))).toBe('STATEMENT_MALFORMED');
    },
  );
  it.each(['<Amt>1.00</Amt>', '<Amt Ccy="euros">1.00</Amt>', ''])('%s is refused', (amount) => {
    expect(errorFor(file(entry({ amount })))).toBe('STATEMENT_MALFORMED');
  });
  it('keeps the original amount with the bank’s rate beside the account amount', () => {
    const amounts =
      '<AmtDtls><InstdAmt><Amt Ccy="USD">11.00</Amt></InstdAmt><TxAmt><Amt Ccy="EUR">10.00</Amt><CcyXchg><SrcCcy>USD</SrcCcy><XchgRate>1.1</XchgRate></CcyXchg></TxAmt></AmtDtls>';
    const expected = { amountMinor: '-1100', currency: 'USD', exponent: 2, rate: '1.1' };
    expect(firstRow(entry({ details: `<TxDtls>${amounts}</TxDtls>` })).foreign).toEqual(expected);
    expect(firstRow(entry({ ids: amounts })).foreign).toEqual(expected);
    expect(firstRow(entry()).foreign).toBeNull();
  });
});

describe('CAMT dates keep the bank’s digits', () => {
  it.each([
    ['<BookgDt><Dt>2026-01-31</Dt></BookgDt>', '2026-01-31'],
    ['<BookgDt><DtTm>2026-01-31T23:59:59-11:00</DtTm></BookgDt>', '2026-01-31'],
    ['<BookgDt><DtTm>2026-01-31T00:00:00.000000000</DtTm></BookgDt>', '2026-01-31'],
    ['<BookgDt><Dt>2026-01-31+14:00</Dt></BookgDt>', '2026-01-31'],
    ['<ValDt><Dt>2026-02-02</Dt></ValDt>', '2026-02-02'],
  ])('%s is %s', (dates, date) => expect(firstRow(entry({ dates })).bookingDate).toBe(date));
  it('a day that does not exist is refused', () =>
    expect(errorFor(file(entry({ dates: '<BookgDt><Dt>2026-02-30</Dt></BookgDt>' })))).toBe('STATEMENT_MALFORMED'));
  it('no date at all is refused where the statement names none either', () =>
    expect(errorFor(file(entry({ dates: '' })))).toBe('STATEMENT_MALFORMED'));
});

describe('CAMT ids', () => {
  const refs = (text: string): string => `<TxDtls><Refs>${text}</Refs></TxDtls>`;
  it.each([
    ['<AcctSvcrRef>A</AcctSvcrRef>', refs('<EndToEndId>E</EndToEndId>'), 'A', 'E'],
    ['', refs('<AcctSvcrRef>B</AcctSvcrRef><EndToEndId>E</EndToEndId>'), 'B', 'E'],
    ['', refs('<EndToEndId>E</EndToEndId><UETR>U</UETR>'), 'E', 'E'],
    ['', refs('<EndToEndId>NOTPROVIDED</EndToEndId><UETR>U</UETR>'), 'U', null],
    [
      '',
      refs('<EndToEndId>00012345678901234567890123</EndToEndId>'),
      '00012345678901234567890123',
      '00012345678901234567890123',
    ],
    ['', '', null, null],
  ])('%s %s', (...[ids, details, sourceId, endToEndId]) =>
    expect(firstRow(entry({ ids, details }))).toMatchObject({ sourceId, endToEndId }),
  );
  it('NtryRef comes before the end-to-end id', () => {
    const text = entry({ details: refs('<EndToEndId>E</EndToEndId>') }).replace('<Ntry>', '<Ntry><NtryRef>N</NtryRef>');
    expect(firstRow(text).sourceId).toBe('N');
  });
});

describe('CAMT parties and text', () => {
  const details = `<TxDtls>${parties}<RmtInf><Ustrd>Rent</Ustrd><Ustrd>January</Ustrd><Strd><CdtrRefInf><Ref>RF18</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>`;
  it('money in came from the debtor, money out went to the creditor', () => {
    expect(firstRow(entry({ indicator: 'CRDT', details }))).toMatchObject({
      counterparty: 'Payer',
      counterpartyAccount: OTHER,
    });
    expect(firstRow(entry({ indicator: 'DBIT', details }))).toMatchObject({
      counterparty: 'Payee',
      counterpartyAccount: '77 88',
    });
  });
  it('a reversal keeps the roles of the payment that it takes back', () => {
    expect(firstRow(entry({ indicator: 'CRDT', reversal: '<RvslInd>true</RvslInd>', details })).counterparty).toBe(
      'Payee',
    );
  });
  it('a party with our own account is not the other side', () => {
    const own = details.replace(OTHER, IBAN);
    expect(firstRow(entry({ indicator: 'CRDT', details: own }))).toMatchObject({
      counterparty: 'Payee',
      counterpartyAccount: '77 88',
    });
  });
  it('reads names of version 02, ultimate parties and institutions', () => {
    const old = '<TxDtls><RltdPties><Cdtr><Nm>Old</Nm></Cdtr></RltdPties></TxDtls>';
    const ultimate = '<TxDtls><RltdPties><UltmtCdtr><Nm>Last</Nm></UltmtCdtr></RltdPties></TxDtls>';
    const agent =
      '<TxDtls><RltdPties><Cdtr><Agt><FinInstnId><BICFI>BANKDEFF</BICFI></FinInstnId></Agt></Cdtr></RltdPties></TxDtls>';
    expect([old, ultimate, agent].map((text) => firstRow(entry({ details: text })).counterparty)).toEqual([
      'Old',
      'Last',
      'BANKDEFF',
    ]);
  });
  it('joins remittance text and references, else takes the bank’s own text', () => {
    expect(firstRow(entry({ details })).description).toBe('Rent January RF18');
    expect(firstRow(entry({ more: '<AddtlNtryInf> Card \n payment </AddtlNtryInf>' })).description).toBe(
      'Card payment',
    );
  });
});

describe('CAMT batches', () => {
  const child = (amount: string, name: string): string =>
    `<TxDtls><Refs><EndToEndId>${name}</EndToEndId></Refs><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd><RltdPties><Cdtr><Nm>${name}</Nm></Cdtr></RltdPties></TxDtls>`;
  it('the entry is the row, its details are children that add up', () => {
    const events = read(
      file(entry({ amount: '<Amt Ccy="EUR">664.05</Amt>', details: child('564.05', 'A') + child('100.00', 'B') })),
    );
    const [row] = rowsOf(events);
    expect(row).toMatchObject({ amountMinor: '-66405', counterparty: null });
    expect(row?.children.map(({ amount, counterparty }) => [amount?.amountMinor, counterparty])).toEqual([
      ['-56405', 'A'],
      ['-10000', 'B'],
    ]);
    expect(warningsOf(events)).toEqual([]);
  });
  it('children that do not add up are said aloud; the entry counts', () => {
    const events = read(file(entry({ details: child('4.00', 'A') + child('5.00', 'B') })));
    expect(rowsOf(events)[0]?.amountMinor).toBe('-1000');
    expect(warningsOf(events)).toEqual(['BATCH_SUM_DIFFERS']);
  });
  it('a batch longer than a raw record keeps every child', () => {
    const children = Array.from({ length: 12_000 }, (_, index) => child('1.00', `Employee ${index}`)).join('');
    const events = read(file(entry({ amount: '<Amt Ccy="EUR">12000.00</Amt>', details: children }) + entry()));
    const [batch, after] = rowsOf(events);
    expect(batch?.children).toHaveLength(12_000);
    expect(batch?.raw).toHaveLength(1_000_000);
    expect(after?.raw).toBe(entry());
    expect(warningsOf(events)).toEqual(['RAW_CUT']);
  });
});

describe('CAMT balances and statements', () => {
  const page = (text: string): string =>
    file(text).replace('<GrpHdr/>', '<GrpHdr><MsgPgntn><PgNb>1</PgNb><LastPgInd>false</LastPgInd></MsgPgntn></GrpHdr>');
  it('opening is OPBD, else PRCD; closing is the latest CLBD; signs by indicator', () => {
    const end = endOf(
      file(
        balance('PRCD', '5.00') +
          balance('CLBD', '1.00', { date: '2026-01-30' }) +
          balance('CLBD', '5.00', { indicator: 'DBIT' }) +
          entry(),
      ),
    );
    expect(end.opening).toEqual({ amountMinor: '500', date: '2026-01-31' });
    expect(end.closing).toEqual({ amountMinor: '-500', date: '2026-01-31' });
    expect(endOf(file(balance('PRCD', '5.00') + balance('OPBD', '6.00') + entry())).opening?.amountMinor).toBe('600');
  });
  it('keeps every balance with its type', () => {
    const codes = ['OPBD', 'CLBD', 'ITBD', 'OPAV', 'CLAV', 'ITAV', 'PRCD', 'FWAV', 'XPCD', 'INFO'];
    const types = endOf(file(codes.map((code) => balance(code, '1.00')).join('') + entry())).balances.map(
      (found) => found.type,
    );
    expect(new Set(types).size).toBe(codes.length);
  });
  it('a statement whose balances do not move says that it has no entries', () => {
    const events = read(file(balance('OPBD', '5.00') + balance('CLBD', '5.00')));
    expect(rowsOf(events)).toEqual([]);
    expect(warningsOf(events)).toEqual(['NO_TRANSACTIONS']);
  });
  it('so does one whose summary counts none', () => {
    expect(warningsOf(read(file('<TxsSummry><TtlNtries><NbOfNtries>0</NbOfNtries></TtlNtries></TxsSummry>')))).toEqual([
      'NO_TRANSACTIONS',
    ]);
  });
  it('balances that move without entries are an error', () => {
    expect(errorFor(file(balance('OPBD', '5.00') + balance('CLBD', '6.00')))).toBe('STATEMENT_NO_TRANSACTIONS');
  });
  it('a summary that counts other entries, a balance without value, an own type and a missing page are said aloud', () => {
    const summary = '<TxsSummry><TtlNtries><NbOfNtries>2</NbOfNtries></TtlNtries></TxsSummry>';
    expect(warningsOf(read(page(balance('OPBD', 'x') + balance('OWN', '1.00') + summary + entry())))).toEqual([
      'PAGE_INCOMPLETE',
      'BALANCE_UNREADABLE',
      'BALANCE_TYPE_UNKNOWN',
      'SUMMARY_DIFFERS',
    ]);
  });
  it('a file without an account number is refused', () => {
    expect(errorFor(file(entry()).replace(/<Acct>.*<\/Acct>/, ''))).toBe('STATEMENT_MALFORMED');
  });
});

describe('CAMT versions, namespaces and charsets', () => {
  it('no namespace is read with a warning', () =>
    expect(warningsOf(read(file(entry(), '')))).toEqual(['NAMESPACE_MISSING']));
  it('prefixed elements and an envelope around the document are read', () => {
    const inner = file(entry(), ` xmlns:c="${NAMESPACE}"`)
      .replace('<?xml version="1.0"?>', '')
      .replace(/<(\/?)([A-Z])/g, '<$1c:$2');
    expect(rowsOf(read(`<env:Box xmlns:env="urn:x">${inner}</env:Box>`))).toHaveLength(1);
  });
  it('an undeclared prefix is no XML', () =>
    expect(errorFor(file(entry()).replace('<Sts>', '<x:Sts>').replace('</Sts>', '</x:Sts>'))).toBe(
      'STATEMENT_MALFORMED',
    ));
  it('a version newer than the reader is said aloud', () =>
    expect(warningsOf(read(file(entry()).replace('053.001.08', '053.001.99')))).toEqual(['VERSION_UNKNOWN']));
  it.each(['utf-16le', 'utf-16be'])('reads %s', (charset) => {
    const text = file(entry({ more: '<AddtlNtryInf>Łódź 😀</AddtlNtryInf>' }));
    expect(rowsOf(read(iconv.encode(text, charset, { addBOM: true })))[0]?.description).toBe('Łódź 😀');
  });
  it('reads a declared ISO-8859-1', () => {
    const text = file(entry({ more: '<AddtlNtryInf>Café</AddtlNtryInf>' })).replace(
      'version="1.0"',
      'version="1.0" encoding="ISO-8859-1"',
    );
    expect(rowsOf(read(iconv.encode(text, 'latin1')))[0]?.description).toBe('Café');
  });
  it('a charset nobody knows is named', () => {
    expect(
      errorOf(() => read(file(entry()).replace('version="1.0"', 'version="1.0" encoding="klingon"'))),
    ).toMatchObject({
      code: 'STATEMENT_UNSUPPORTED',
      params: { what: 'the charset klingon' },
    });
  });
  it('elements of other parts are not entries', () => {
    const inside = `<Ntry><Ntry>${entry()}</Ntry></Ntry>`;
    expect(rowsOf(read(file(`<SplmtryData><Envlp>${inside}</Envlp></SplmtryData>${entry()}`)))).toHaveLength(1);
  });
  it('an error names line and what was expected', () => {
    const error = errorOf(() =>
      read(`\n\n${file(entry({ indicator: 'MAYBE' })).replace('<?xml version="1.0"?>', '')}`),
    );
    expect(error).toMatchObject({
      code: 'STATEMENT_MALFORMED',
      params: { line: '3', expected: 'CRDT or DBIT in Ntry/CdtDbtInd', found: 'MAYBE' },
    });
  });
});
