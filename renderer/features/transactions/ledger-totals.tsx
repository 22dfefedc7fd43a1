// Exact totals of everything that is filtered, a currency each, pending apart. The sums come from the vault; nothing is added here.
import type { TransactionPage } from '../../../shared/ipc/contract/transactions.ts';
import { transactionsText as text } from '../../text/transactions.ts';
import { Amount } from '../../ui/amount.tsx';
import { formatCount } from '../../ui/format.ts';

type Total = TransactionPage['totals'][number];

function CurrencyTotal({ total }: { readonly total: Total }) {
  return (
    <li className="sr-ledger-total">
      <Amount amountMinor={total.bookedMinor} currency={total.currency} />
      {total.pending > 0 && (
        <span className="sr-ledger-pending">
          {text.pending(formatCount(total.pending))}{' '}
          <Amount amountMinor={total.pendingMinor} currency={total.currency} pending />
        </span>
      )}
    </li>
  );
}

interface LedgerTotalsProps {
  readonly page: TransactionPage;
  /** True while the figures of another filter are on their way. */
  readonly busy: boolean;
}

export function LedgerTotals({ page, busy }: LedgerTotalsProps) {
  return (
    <ul className="sr-ledger-totals" aria-label={text.totals} aria-live="polite" aria-busy={busy}>
      <li className="sr-ledger-total">
        <span className="sr-number">{formatCount(page.total)}</span>
        <span className="sr-ledger-pending">{text.rows(page.total)}</span>
      </li>
      {page.totals.map((total) => (
        <CurrencyTotal key={total.currency} total={total} />
      ))}
    </ul>
  );
}
