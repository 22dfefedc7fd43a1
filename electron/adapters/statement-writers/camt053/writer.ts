// Writes CAMT.053.001.08: one statement, valid against the ISO schema. It says of itself that no bank issued it.
import type { LedgerHeader, LedgerSum, StatementWriter } from '../../../core/ports/statement-writer.ts';
import type { StatementBalance } from '../../../../shared/model/source.ts';
import { decimalOf, magnitudeOf } from '../amounts.ts';
import { accountNotExpressible, balancesMissing } from '../failure.ts';
import { TextFile } from '../text-file.ts';
import { shortened } from '../texts.ts';
import { element, leaf } from '../xml.ts';
import { camtEntry } from './entry.ts';
import { accountId, camtAmount, day, direction } from './parts.ts';

const PROLOGUE =
  '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">';

/** @see ISO 20022 external code set, CashAccountType */
const KINDS: Readonly<Record<LedgerHeader['account']['kind'], string>> = {
  current: 'CACC',
  savings: 'SVGS',
  card: 'CARD',
  loan: 'LOAN',
  other: 'OTHR',
};

/** @see camt.053.001.08, AccountStatement9 */
export const camt053Writer: StatementWriter = {
  format: 'camt053',
  open(header) {
    const { statementId, createdAt, balances, from, to } = header;
    if (balances === null) throw balancesMissing('CAMT.053');
    const made = leaf('MsgId', statementId) + leaf('CreDtTm', createdAt);
    const origin = `Written by ${header.software} from the ledger of ${header.office}; not issued by the bank.`;
    return new TextFile(header, {
      head: [
        `${PROLOGUE}<BkToCstmrStmt>${element('GrpHdr', made)}\n<Stmt>`,
        leaf('Id', statementId) + leaf('CreDtTm', createdAt),
        element('FrToDt', leaf('FrDtTm', `${from}T00:00:00`), leaf('ToDtTm', `${to}T23:59:59`)),
        account(header),
        balance('OPBD', balances.opening, header),
        balance('CLBD', balances.closing, header),
        `${summary(header)}\n`,
      ].join(''),
      row: (record) => camtEntry(record),
      tail: `${leaf('AddtlStmtInf', shortened(origin, 500))}</Stmt></BkToCstmrStmt></Document>\n`,
    });
  },
};

/** @see CashAccount39 */
function account({ account }: LedgerHeader): string {
  const id = accountId(account.iban ?? account.number);
  if (id === '') throw accountNotExpressible(account, 'CAMT.053');
  const institution = leaf('Nm', account.institution && shortened(account.institution, 140));
  return element(
    'Acct',
    id,
    element('Tp', leaf('Cd', KINDS[account.kind])),
    leaf('Ccy', account.currency),
    leaf('Nm', shortened(account.name, 70)),
    element('Svcr', element('FinInstnId', institution)),
  );
}

/** @see CashBalance8 */
function balance(code: string, { amountMinor, date }: StatementBalance, { account }: LedgerHeader): string {
  const { currency, exponent } = account;
  const type = element('Tp', element('CdOrPrtry', leaf('Cd', code)));
  return element('Bal', type, camtAmount({ amountMinor, currency, exponent }), direction(amountMinor), day('Dt', date));
}

/** Sums only where all rows are in one currency: a sum over several would mean nothing. @see TotalTransactions6 */
function summary({ totals, account }: LedgerHeader): string {
  const { rows, credits, debits } = totals;
  const entries = leaf('NbOfNtries', String(rows));
  if (credits.rows + debits.rows !== rows) return element('TxsSummry', element('TtlNtries', entries));
  const { exponent } = account;
  const gross = BigInt(credits.sumMinor) - BigInt(debits.sumMinor);
  const net = (BigInt(credits.sumMinor) + BigInt(debits.sumMinor)).toString();
  const half = (name: string, { rows, sumMinor }: LedgerSum): string =>
    element(name, leaf('NbOfNtries', String(rows)), leaf('Sum', magnitudeOf({ amountMinor: sumMinor, exponent })));
  return element(
    'TxsSummry',
    element(
      'TtlNtries',
      entries,
      leaf('Sum', decimalOf({ amountMinor: gross.toString(), exponent })),
      element('TtlNetNtry', leaf('Amt', magnitudeOf({ amountMinor: net, exponent })), direction(net)),
    ),
    half('TtlCdtNtries', credits),
    half('TtlDbtNtries', debits),
  );
}
