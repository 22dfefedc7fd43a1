// CAMT.053.001.08 account statements. Amounts are unsigned with an indicator; a batch carries its details as transaction details.
import { formatDecimalAmount } from '../../../shared/model/money.ts';
import type { BatchDetail, LedgerRow, Party } from '../ledger/ledger-row.ts';
import { bankTransactionCode } from '../present.ts';
import type { Statement } from './statement.ts';
import { cut, element } from './xml.ts';

function amount(amountMinor: bigint, currency: string): string {
  const unsigned = amountMinor < 0n ? -amountMinor : amountMinor;
  return `<Amt Ccy="${currency}">${formatDecimalAmount(unsigned, currency)}</Amt>`;
}

const indicator = (amountMinor: bigint): string => element('CdtDbtInd', amountMinor < 0n ? 'DBIT' : 'CRDT');

function balance(code: string, amountMinor: bigint, at: { date: string; currency: string }): string {
  const type = `<Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>`;
  return `<Bal>${type}${amount(amountMinor, at.currency)}${indicator(amountMinor)}<Dt><Dt>${at.date}</Dt></Dt></Bal>`;
}

function relatedParty(party: Party, incoming: boolean): string {
  const name = `<Pty>${element('Nm', cut(party.name, 140))}</Pty>`;
  const account = party.iban === null ? '' : `<Id><IBAN>${party.iban}</IBAN></Id>`;
  const [side, sideAccount] = incoming ? ['Dbtr', 'DbtrAcct'] : ['Cdtr', 'CdtrAcct'];
  return `<RltdPties><${side}>${name}</${side}>${account === '' ? '' : `<${sideAccount}>${account}</${sideAccount}>`}</RltdPties>`;
}

function references(endToEndId: string | null, owner: string | null): string {
  return `<Refs>${element('AcctSvcrRef', owner)}<EndToEndId>${endToEndId ?? 'NOTPROVIDED'}</EndToEndId></Refs>`;
}

function remittance(text: string): string {
  return `<RmtInf>${element('Ustrd', cut(text, 140))}</RmtInf>`;
}

function exchange(row: LedgerRow, currency: string): string {
  if (row.foreign === null) return '';
  const rate = `<CcyXchg>${element('SrcCcy', row.foreign.currency)}${element('TrgtCcy', currency)}${element('XchgRate', row.foreign.rate)}</CcyXchg>`;
  return `<AmtDtls><InstdAmt>${amount(row.foreign.amountMinor, row.foreign.currency)}${rate}</InstdAmt></AmtDtls>`;
}

function batchDetail(detail: BatchDetail, currency: string): string {
  const head = `${references(detail.endToEndId, null)}${amount(detail.amountMinor, currency)}${indicator(detail.amountMinor)}`;
  return `<TxDtls>${head}${relatedParty(detail.party, detail.amountMinor > 0n)}${remittance(detail.reference)}</TxDtls>`;
}

function entryDetails(row: LedgerRow, currency: string): string {
  if (row.details.length > 0) {
    const total = `${amount(row.amountMinor, currency).replaceAll('Amt', 'TtlAmt')}${indicator(row.amountMinor)}`;
    const details = row.details.map((detail) => batchDetail(detail, currency)).join('');
    return `<NtryDtls><Btch><NbOfTxs>${row.details.length}</NbOfTxs>${total}</Btch>${details}</NtryDtls>`;
  }
  const party = row.party === null ? '' : relatedParty(row.party, row.amountMinor > 0n);
  const head = `${references(row.endToEndId, row.id)}${amount(row.amountMinor, currency)}${indicator(row.amountMinor)}`;
  return `<NtryDtls><TxDtls>${head}${exchange(row, currency)}${party}${remittance(row.description)}</TxDtls></NtryDtls>`;
}

function entry(row: LedgerRow, currency: string): string {
  const [code, subCode] = bankTransactionCode(row.kind);
  return [
    `<Ntry>${amount(row.amountMinor, currency)}${indicator(row.amountMinor)}<Sts><Cd>BOOK</Cd></Sts>`,
    `<BookgDt><DtTm>${row.bookedAt}</DtTm></BookgDt><ValDt><Dt>${row.valueDate}</Dt></ValDt>${element('AcctSvcrRef', row.id)}`,
    `<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>${code}</Cd><SubFmlyCd>${subCode}</SubFmlyCd></Fmly></Domn></BkTxCd>`,
    `${entryDetails(row, currency)}${element('AddtlNtryInf', cut(row.description, 500))}</Ntry>`,
  ].join('');
}

/** A CAMT.053.001.08 file in UTF-8. @see ISO 20022 camt.053.001.08 BankToCustomerStatement */
export function writeCamt053(statement: Statement): string {
  const { account, from, to } = statement;
  const created = `${to}T23:59:59+00:00`;
  const id = `${account.accountId}-${to.replaceAll('-', '')}`;
  const agent = '<Svcr><FinInstnId><BICFI>PRACGB2LXXX</BICFI></FinInstnId></Svcr>';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>',
    `<GrpHdr><MsgId>${id}</MsgId><CreDtTm>${created}</CreDtTm></GrpHdr>`,
    `<Stmt><Id>${id}</Id><CreDtTm>${created}</CreDtTm><FrToDt><FrDtTm>${from}T00:00:00+00:00</FrDtTm><ToDtTm>${created}</ToDtTm></FrToDt>`,
    `<Acct><Id><IBAN>${account.iban}</IBAN></Id><Ccy>${account.currency}</Ccy>${element('Nm', cut(account.name, 70))}`,
    `<Ownr>${element('Nm', cut(account.company, 140))}</Ownr>${agent}</Acct>`,
    balance('OPBD', statement.openingMinor, { date: from, currency: account.currency }),
    balance('CLBD', statement.closingMinor, { date: to, currency: account.currency }),
    ...statement.rows.map((row) => entry(row, account.currency)),
    '</Stmt></BkToCstmrStmt></Document>',
    '',
  ].join('\n');
}
