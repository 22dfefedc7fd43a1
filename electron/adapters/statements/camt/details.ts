// Maps one TxDtls to what a row or a batch child needs of it, so that the element itself can be dropped at once.
import type { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import { optionalText, plainText } from '../values.ts';
import { type CamtElement, all, find, textAt } from './elements.ts';
import {
  type CamtAmount,
  accountNumber,
  amountOf,
  bankCodeOf,
  dateOf,
  dateOfText,
  partyName,
  signOf,
} from './parts.ts';

export interface CamtParty {
  readonly name: string | null;
  readonly account: string | null;
}

/** The amounts of an `AmtDtls` in the order in which they can name the original currency. */
export interface CamtAmountDetails {
  readonly amounts: readonly CamtAmount[];
  readonly rate: string | null;
}

export interface CamtDetail {
  readonly amount: CamtAmount | null;
  readonly unreadableAmount: boolean;
  readonly sign: 1n | -1n | null;
  readonly amounts: CamtAmountDetails;
  readonly debtor: CamtParty;
  readonly creditor: CamtParty;
  readonly description: string;
  readonly endToEndId: string | null;
  readonly servicerReference: string | null;
  readonly uetr: string | null;
  readonly transactionDate: CalendarDate | null;
  readonly bankCode: string | null;
}

const NOT_PROVIDED = 'NOTPROVIDED';

/** @see ISO 20022 camt.053.001.08, EntryTransaction10 (TxDtls) */
export function mapDetail(details: CamtElement): CamtDetail {
  const references = find(details, 'Refs');
  const parties = find(details, 'RltdPties');
  const stated = find(details, 'Amt') ?? find(details, 'AmtDtls', 'TxAmt', 'Amt');
  const amount = amountOf(stated);
  const endToEndId = optionalText(textAt(references, 'EndToEndId'), 128);
  return {
    amount,
    unreadableAmount: stated !== undefined && amount === null,
    sign: signOf(textAt(details, 'CdtDbtInd')),
    amounts: mapAmountDetails(find(details, 'AmtDtls'), amount),
    debtor: mapParty(parties, 'Dbtr'),
    creditor: mapParty(parties, 'Cdtr'),
    description: describe(details),
    endToEndId: endToEndId === NOT_PROVIDED ? null : endToEndId,
    servicerReference: optionalText(textAt(references, 'AcctSvcrRef'), 256),
    uetr: optionalText(textAt(references, 'UETR'), 256),
    transactionDate: dateOf(find(details, 'RltdDts', 'TxDtTm')) ?? dateOfText(textAt(details, 'RltdDts', 'TxDtTm')),
    bankCode: bankCodeOf(details),
  };
}

/** `also` is the detail's own amount, which may be in the original currency. */
export function mapAmountDetails(details: CamtElement | undefined, also: CamtAmount | null): CamtAmountDetails {
  if (!details) return { amounts: also === null ? [] : [also], rate: null };
  const kinds = ['InstdAmt', 'TxAmt', 'CntrValAmt', 'AnncdPstngAmt'].map((kind) => find(details, kind));
  const amounts = kinds.map((kind) => amountOf(find(kind, 'Amt')));
  const rates = kinds.map((kind) => textAt(kind, 'CcyXchg', 'XchgRate'));
  return {
    amounts: [...amounts, also].filter((amount) => amount !== null),
    rate: optionalText(
      rates.find((rate) => rate !== undefined),
      40,
    ),
  };
}

function mapParty(parties: CamtElement | undefined, role: 'Dbtr' | 'Cdtr'): CamtParty {
  const account = find(parties, `${role}Acct`);
  const name =
    partyName(find(parties, role)) ??
    partyName(find(parties, `Ultmt${role}`)) ??
    optionalText(textAt(account, 'Nm'), 4000);
  return { name, account: accountNumber(account).number };
}

function describe(details: CamtElement): string {
  const remittance = find(details, 'RmtInf');
  const free = all(remittance, 'Ustrd').map((part) => part.text.trim());
  const structured = all(remittance, 'Strd').flatMap((part) => [
    textAt(part, 'CdtrRefInf', 'Ref') ?? textAt(part, 'CdtrRefInf', 'CdtrRef'),
    ...all(part, 'RfrdDocInf').map((document) => textAt(document, 'Nb')),
    ...all(part, 'AddtlRmtInf').map((text) => text.text.trim()),
  ]);
  const text = [...free, ...structured].filter((part) => part !== undefined && part !== '').join(' ');
  return plainText(text === '' ? (textAt(details, 'AddtlTxInf') ?? '') : text, 4000);
}
