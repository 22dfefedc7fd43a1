// OFX 2.2 bank statements. Amounts are signed; a batch is one row, because OFX knows no details.
import { formatDecimalAmount } from '../../../shared/model/money.ts';
import type { LedgerRow, RowKind } from '../ledger/ledger-row.ts';
import type { Statement } from './statement.ts';
import { cut, element } from './xml.ts';

/** @see OFX 2.2 §11.4.4.3 */
const TYPES: Readonly<Record<RowKind, string>> = {
  card: 'POS',
  'credit-transfer': 'PAYMENT',
  receipt: 'DIRECTDEP',
  'direct-debit': 'DIRECTDEBIT',
  'standing-order': 'REPEATPMT',
  payroll: 'PAYMENT',
  'card-takings': 'DEP',
  fee: 'SRVCHG',
  interest: 'INT',
  'internal-transfer': 'XFER',
};

const digits = (date: string): string => date.replaceAll('-', '');

/** `20260705002000.000[+1:BST]`: the bank's own clock. @see OFX 2.2 §3.2.8.2 */
function ofxDateTime(bookedAt: string): string {
  const zone = bookedAt.endsWith('+01:00') ? '[+1:BST]' : '[0:GMT]';
  return `${bookedAt.slice(0, 19).replace(/[-T:]/g, '')}.000${zone}`;
}

function transaction(row: LedgerRow, currency: string): string {
  const foreign =
    row.foreign === null
      ? ''
      : `<ORIGCURRENCY>${element('CURRATE', row.foreign.rate)}${element('CURSYM', row.foreign.currency)}</ORIGCURRENCY>`;
  return [
    '<STMTTRN>',
    element('TRNTYPE', TYPES[row.kind]),
    element('DTPOSTED', ofxDateTime(row.bookedAt)),
    element('DTAVAIL', digits(row.valueDate)),
    element('TRNAMT', formatDecimalAmount(row.amountMinor, currency)),
    element('FITID', row.id),
    element('REFNUM', row.endToEndId),
    element('NAME', cut(row.party?.name ?? row.description, 32)),
    element('MEMO', cut(row.description, 255)),
    foreign,
    '</STMTTRN>',
  ].join('');
}

function balance(statement: Statement): string {
  const amount = element('BALAMT', formatDecimalAmount(statement.closingMinor, statement.account.currency));
  return `<LEDGERBAL>${amount}${element('DTASOF', digits(statement.to))}</LEDGERBAL>`;
}

/** An OFX 2.2 file in UTF-8. @see OFX 2.2 §11.4.2 */
export function writeOfx(statement: Statement): string {
  const { account } = statement;
  const status = '<STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>';
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>',
    '<?OFX OFXHEADER="200" VERSION="220" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>',
    `<OFX><SIGNONMSGSRSV1><SONRS>${status}<DTSERVER>${digits(statement.to)}</DTSERVER><LANGUAGE>ENG</LANGUAGE>`,
    '<FI><ORG>Practice Bank</ORG><FID>0475</FID></FI></SONRS></SIGNONMSGSRSV1>',
    `<BANKMSGSRSV1><STMTTRNRS><TRNUID>0</TRNUID>${status}<STMTRS>${element('CURDEF', account.currency)}`,
    `<BANKACCTFROM>${element('BANKID', account.sortCodeAccountNumber.slice(0, 6))}${element('ACCTID', account.iban)}`,
    `${element('ACCTTYPE', account.type === 'SVGS' ? 'SAVINGS' : 'CHECKING')}</BANKACCTFROM>`,
    `<BANKTRANLIST>${element('DTSTART', digits(statement.from))}${element('DTEND', digits(statement.to))}`,
    ...statement.rows.map((row) => transaction(row, account.currency)),
    `</BANKTRANLIST>${balance(statement)}</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`,
    '',
  ].join('\n');
}
