// The public form of one ledger row, for inspection and preview. It leaves out what only the import needs.
import type { SourceTransaction } from '../../../shared/model/source.ts';
import type { InspectedTransaction } from '../../../shared/model/statement-inspection.ts';

export function inspectedRow(row: SourceTransaction): InspectedTransaction {
  const { bookingDate, valueDate, amountMinor, currency, exponent, state, description } = row;
  const { counterparty, counterpartyAccount, endToEndId, sourceId, children } = row;
  return {
    bookingDate,
    valueDate,
    amountMinor,
    currency,
    exponent,
    state,
    description,
    counterparty,
    counterpartyAccount,
    endToEndId,
    sourceId,
    children,
  };
}
