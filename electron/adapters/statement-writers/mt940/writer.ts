// Writes MT940: one customer statement message in the habit of the German banks, without the envelope of the SWIFT network.
import type { StatementBalance } from '../../../../shared/model/source.ts';
import type { LedgerAccount, StatementWriter } from '../../../core/ports/statement-writer.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { isDebit } from '../amounts.ts';
import { accountNotExpressible, balancesMissing } from '../failure.ts';
import { TextFile } from '../text-file.ts';
import { swiftAmount, swiftDate, swiftEntry } from './entry.ts';
import { swiftIdentifier } from './swift-text.ts';

/** @see SWIFT MT 940: 20, 25, 28C, 60F, 61 with 86, 62F */
export const mt940Writer: StatementWriter = {
  format: 'mt940',
  open(header) {
    const { account, balances, statementId } = header;
    if (balances === null) throw balancesMissing('MT940');
    const number = swiftIdentifier(account.iban ?? account.number, 35);
    if (number === null || number.includes(' ')) throw accountNotExpressible(account, 'MT940');
    const fields = [
      `:20:${statementId}`,
      `:25:${number}`,
      ':28C:1/1',
      `:60F:${swiftBalance(balances.opening, account)}`,
    ];
    return new TextFile(header, {
      head: `${fields.join('\r\n')}\r\n`,
      row: (record) => swiftEntry(record, account),
      tail: `:62F:${swiftBalance(balances.closing, account)}\r\n-\r\n`,
    });
  },
};

function swiftBalance({ amountMinor, date }: StatementBalance, { currency, exponent }: LedgerAccount): string {
  const [day, amount] = [swiftDate(date), swiftAmount({ amountMinor, exponent })];
  if (day === null || amount === null) {
    throw new AppError('EXPORT_NOT_EXPRESSIBLE', {
      what: `The balance of ${date} has more than 15 characters or a year outside 1980 to 2069, which MT940 cannot hold`,
    });
  }
  return `${isDebit(amountMinor) ? 'D' : 'C'}${day}${currency}${amount}`;
}
