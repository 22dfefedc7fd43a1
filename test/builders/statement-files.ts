// Writes small and large statement files of an invented ledger in OFX and CAMT.053, for tests and benches. Same input, same bytes.

/** One row of the invented ledger. `amountMinor` in cents, plus is money in. */
export interface LedgerRow {
  readonly date: string;
  readonly amountMinor: number;
  readonly name: string;
  readonly text: string;
  readonly id: string;
}

const NAMES = [
  'Nordwind Energie',
  'Café Zürich',
  'Harbour Supplies Ltd',
  'Ana & Söhne',
  'City Water',
  'Łódź Print',
  'M. Okonkwo',
];

/** Row `index` of a deterministic ledger: about four rows a day from 2020-01-01 on, both signs, twins every 97 rows. */
export function ledgerRow(index: number): LedgerRow {
  const twin = index % 97 === 1 ? index - 1 : index;
  const day = new Date(Date.UTC(2020, 0, 1 + Math.floor(twin / 4)));
  const amountMinor = ((twin * 7919) % 500_000) - 240_000;
  return {
    date: day.toISOString().slice(0, 10),
    amountMinor: amountMinor === 0 ? 1 : amountMinor,
    name: NAMES[twin % NAMES.length] ?? '',
    text: `Invoice ${twin} of ${twin % 12} goods`,
    id: `T${String(index).padStart(9, '0')}`,
  };
}

export function ledgerRows(count: number): LedgerRow[] {
  return Array.from({ length: count }, (_, index) => ledgerRow(index));
}

/** `-12.30` of minor units with two decimals. */
export function decimal(amountMinor: number): string {
  const digits = String(Math.abs(amountMinor)).padStart(3, '0');
  return `${amountMinor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const OFX_1_HEADER = [
  'OFXHEADER:100',
  'DATA:OFXSGML',
  'VERSION:102',
  'SECURITY:NONE',
  'ENCODING:USASCII',
  'CHARSET:1252',
  'COMPRESSION:NONE',
  'OLDFILEUID:NONE',
  'NEWFILEUID:NONE',
  '',
  '',
].join('\r\n');
const OFX_2_HEADER =
  '<?xml version="1.0" encoding="UTF-8"?>\n<?OFX OFXHEADER="200" VERSION="220" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>\n';

/** How a statement file is written. `openingMinor` matters to CAMT only; OFX states the closing balance alone. */
export interface StatementFile {
  readonly rows: readonly LedgerRow[];
  readonly openingMinor?: number;
  /** 2.x XML with end tags instead of 1.x SGML without. */
  readonly xml?: boolean;
}

export function ofxRowText(row: LedgerRow, xml: boolean): string {
  const leaf = (name: string, value: string): string => `<${name}>${value}${xml ? `</${name}>` : ''}\n`;
  return [
    '<STMTTRN>\n',
    leaf('TRNTYPE', row.amountMinor < 0 ? 'DEBIT' : 'CREDIT'),
    leaf('DTPOSTED', `${row.date.replaceAll('-', '')}120000[-5:EST]`),
    leaf('TRNAMT', decimal(row.amountMinor)),
    leaf('FITID', row.id),
    leaf('NAME', escapeXml(row.name)),
    leaf('MEMO', escapeXml(row.text)),
    '</STMTTRN>\n',
  ].join('');
}

function ofxHead(xml: boolean): string {
  const leaf = (name: string, value: string): string => `<${name}>${value}${xml ? `</${name}>` : ''}\n`;
  const status = `<STATUS>\n${leaf('CODE', '0')}${leaf('SEVERITY', 'INFO')}</STATUS>\n`;
  return [
    xml ? OFX_2_HEADER : OFX_1_HEADER,
    `<OFX>\n<SIGNONMSGSRSV1>\n<SONRS>\n${status}${leaf('DTSERVER', '20260105120000')}${leaf('LANGUAGE', 'ENG')}`,
    `<FI>\n${leaf('ORG', 'Practice Bank')}${leaf('FID', '1')}</FI>\n</SONRS>\n</SIGNONMSGSRSV1>\n`,
    `<BANKMSGSRSV1>\n<STMTTRNRS>\n${leaf('TRNUID', '0')}${status}<STMTRS>\n${leaf('CURDEF', 'EUR')}`,
    `<BANKACCTFROM>\n${leaf('BANKID', '10020030')}${leaf('ACCTID', '5500123')}${leaf('ACCTTYPE', 'CHECKING')}</BANKACCTFROM>\n`,
    `<BANKTRANLIST>\n${leaf('DTSTART', '20200101')}${leaf('DTEND', '20991231')}`,
  ].join('');
}

function ofxTail(xml: boolean, closingMinor: number): string {
  const leaf = (name: string, value: string): string => `<${name}>${value}${xml ? `</${name}>` : ''}\n`;
  const balance = `<LEDGERBAL>\n${leaf('BALAMT', decimal(closingMinor))}${leaf('DTASOF', '20991231')}</LEDGERBAL>\n`;
  return `</BANKTRANLIST>\n${balance}</STMTRS>\n</STMTTRNRS>\n</BANKMSGSRSV1>\n</OFX>\n`;
}

export function ofxText({ rows, openingMinor = 0, xml = false }: StatementFile): string {
  const closing = rows.reduce((sum, row) => sum + row.amountMinor, openingMinor);
  return ofxHead(xml) + rows.map((row) => ofxRowText(row, xml)).join('') + ofxTail(xml, closing);
}

export function camtEntryText(row: LedgerRow): string {
  const debit = row.amountMinor < 0;
  const party = debit ? 'Cdtr' : 'Dbtr';
  return [
    `<Ntry><Amt Ccy="EUR">${decimal(Math.abs(row.amountMinor))}</Amt><CdtDbtInd>${debit ? 'DBIT' : 'CRDT'}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>`,
    `<BookgDt><Dt>${row.date}</Dt></BookgDt><ValDt><Dt>${row.date}</Dt></ValDt><AcctSvcrRef>${row.id}</AcctSvcrRef>`,
    '<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>',
    `<NtryDtls><TxDtls><Refs><EndToEndId>E2E-${row.id}</EndToEndId></Refs><RltdPties><${party}><Pty><Nm>${escapeXml(row.name)}</Nm></Pty></${party}>`,
    `<${party}Acct><Id><IBAN>GB33BUKB20201555555555</IBAN></Id></${party}Acct></RltdPties>`,
    `<RmtInf><Ustrd>${escapeXml(row.text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n`,
  ].join('');
}

function camtBalance(code: string, amountMinor: number, date: string): string {
  const sign = amountMinor < 0 ? 'DBIT' : 'CRDT';
  const amount = `<Amt Ccy="EUR">${decimal(Math.abs(amountMinor))}</Amt><CdtDbtInd>${sign}</CdtDbtInd>`;
  return `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${amount}<Dt><Dt>${date}</Dt></Dt></Bal>\n`;
}

function camtHead(openingMinor: number, closingMinor: number): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>\n',
    '<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-01-05T12:00:00+01:00</CreDtTm></GrpHdr>\n',
    '<Stmt><Id>S1</Id><CreDtTm>2026-01-05T12:00:00+01:00</CreDtTm>',
    '<FrToDt><FrDtTm>2020-01-01T00:00:00+01:00</FrDtTm><ToDtTm>2099-12-31T00:00:00+01:00</ToDtTm></FrToDt>\n',
    '<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy><Nm>Operating account</Nm></Acct>\n',
    camtBalance('OPBD', openingMinor, '2020-01-01'),
    camtBalance('CLBD', closingMinor, '2099-12-31'),
  ].join('');
}

const CAMT_TAIL = '</Stmt></BkToCstmrStmt></Document>\n';

export function camtText({ rows, openingMinor = 0 }: StatementFile): string {
  const closing = rows.reduce((sum, row) => sum + row.amountMinor, openingMinor);
  return camtHead(openingMinor, closing) + rows.map(camtEntryText).join('') + CAMT_TAIL;
}

/** A large file in pieces of about 64 KiB, so that nobody holds it whole. */
export function* largeStatement(format: 'ofx' | 'camt', count: number): Generator<Uint8Array> {
  let closing = 0;
  for (let index = 0; index < count; index += 1) closing += ledgerRow(index).amountMinor;
  let text = format === 'ofx' ? ofxHead(false) : camtHead(0, closing);
  for (let index = 0; index < count; index += 1) {
    text += format === 'ofx' ? ofxRowText(ledgerRow(index), false) : camtEntryText(ledgerRow(index));
    if (text.length < 65_536) continue;
    yield Buffer.from(text, 'utf8');
    text = '';
  }
  yield Buffer.from(text + (format === 'ofx' ? ofxTail(false, closing) : CAMT_TAIL), 'utf8');
}
