// Statement files of the bank's own ledger, as a customer would download them. Booked rows only.
import { z } from 'zod';
import { addDays, CalendarDate } from '../../../shared/model/calendar-date.ts';
import { Iban } from '../../../shared/model/iban.ts';
import { bookedBalanceAt, type Ledger } from '../ledger/ledger.ts';
import { writeCamt053 } from './camt053.ts';
import { writeOfx } from './ofx.ts';

export const StatementRequest = z.strictObject({
  iban: Iban,
  format: z.enum(['ofx', 'camt053']),
  from: CalendarDate,
  to: CalendarDate,
});
export type StatementRequest = z.infer<typeof StatementRequest>;

const WRITERS = { ofx: writeOfx, camt053: writeCamt053 } as const;

/** @throws {RangeError} when the bank has no such account or the period is upside down */
export function statementFile(ledger: Ledger, request: StatementRequest): string {
  const account = ledger.accountByIban(request.iban);
  if (account === undefined) throw new RangeError('no such account');
  if (request.from > request.to) throw new RangeError('period is upside down');
  const { from, to } = request;
  return WRITERS[request.format]({
    account,
    from,
    to,
    openingMinor: bookedBalanceAt(account, addDays(from, -1)),
    closingMinor: bookedBalanceAt(account, to),
    rows: account.rows.filter((row) => row.state === 'booked' && row.bookingDate >= from && row.bookingDate <= to),
  });
}
