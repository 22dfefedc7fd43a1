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
          {text.pending(formatCount(total.pending))}
          <Amount amountMinor={total.pendingMinor} currency={total.currency} pending />
        </span>
      )}
    </li>
  );
}

export function LedgerTotals({ page, busy }: { readonly page: TransactionPage; readonly busy: boolean }) {
  return (
    <section className="sr-ledger-totals" aria-label={text.totals} role="status" aria-busy={busy}>
      <span className="sr-ledger-count">{text.rows(page.total, formatCount(page.total))}</span>
      <ul>
        {page.totals.map((total) => (
          <CurrencyTotal key={total.currency} total={total} />
        ))}
      </ul>
    </section>
  );
}
