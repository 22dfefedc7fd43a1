// Writes OFX 2.2: one bank or card statement. Foreign amounts and batch details have no place in it and stay out.
import type { LedgerHeader, StatementWriter } from '../../../core/ports/statement-writer.ts';
import { decimalOf } from '../amounts.ts';
import { balancesMissing } from '../failure.ts';
import { TextFile } from '../text-file.ts';
import { shortened } from '../texts.ts';
import { element, leaf } from '../xml.ts';
import { ofxAccountFrom } from './account.ts';
import { ofxDay, ofxRow } from './row.ts';

/** @see OFX 2.2 §2.2.2 */
const PROLOGUE =
  '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\r\n' +
  '<?OFX OFXHEADER="200" VERSION="220" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>\r\n';

const SUCCESS = element('STATUS', leaf('CODE', '0'), leaf('SEVERITY', 'INFO'));

export const ofxWriter: StatementWriter = {
  format: 'ofx',
  open(header) {
    const { account, balances } = header;
    if (balances === null) throw balancesMissing('OFX');
    const card = account.kind === 'card';
    const [set, response, statement] = card
      ? ['CREDITCARDMSGSRSV1', 'CCSTMTTRNRS', 'CCSTMTRS']
      : ['BANKMSGSRSV1', 'STMTTRNRS', 'STMTRS'];
    const closing = { ...balances.closing, exponent: account.exponent };
    return new TextFile(header, {
      head: [
        PROLOGUE,
        `<OFX>\r\n${signOn(header)}\r\n<${set}><${response}>`,
        leaf('TRNUID', header.statementId),
        SUCCESS,
        `<${statement}>${leaf('CURDEF', account.currency)}${ofxAccountFrom(account)}\r\n<BANKTRANLIST>`,
        leaf('DTSTART', ofxDay(header.from)),
        `${leaf('DTEND', ofxDay(header.to))}\r\n`,
      ].join(''),
      row: (record) => ofxRow(record, account.currency),
      tail: [
        '</BANKTRANLIST>\r\n',
        element('LEDGERBAL', leaf('BALAMT', decimalOf(closing)), leaf('DTASOF', ofxDay(closing.date))),
        `\r\n</${statement}></${response}></${set}>\r\n</OFX>\r\n`,
      ].join(''),
    });
  },
};

/** @see OFX 2.2 §2.5.1.6 */
function signOn({ createdAt, account }: LedgerHeader): string {
  const instant = `${createdAt.replace(/[-:TZ]/g, '')}[0:GMT]`;
  const institution = element('FI', leaf('ORG', account.institution && shortened(account.institution, 32)));
  const answer = element('SONRS', SUCCESS, leaf('DTSERVER', instant), leaf('LANGUAGE', 'ENG'), institution);
  return element('SIGNONMSGSRSV1', answer);
}
