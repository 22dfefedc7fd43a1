// The columns of the ledger table. Which rows there are and what a click does is decided elsewhere.
import { Ban, Clock3, Layers, TriangleAlert } from 'lucide-react';
import type { TransactionRow } from '../../../shared/ipc/contract/transactions.ts';
import { transactionsText as text } from '../../text/transactions.ts';
import { Amount } from '../../ui/amount.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { CalendarDateText } from '../../ui/date-text.tsx';

function StateMark({ row }: { readonly row: TransactionRow }) {
  if (row.state === 'booked') return null;
  if (row.overdue) {
    return (
      <span className="sr-ledger-mark" data-overdue title={text.overdueMeaning}>
        <TriangleAlert size={12} aria-hidden /> {text.overdue}
      </span>
    );
  }
  const Icon = row.state === 'removed' ? Ban : Clock3;
  return (
    <span className="sr-ledger-mark">
      <Icon size={12} aria-hidden /> {text.states[row.state]}
    </span>
  );
}

function Description({ row }: { readonly row: TransactionRow }) {
  return (
    <span title={row.description}>
      <StateMark row={row} />
      {row.children > 0 && (
        <span className="sr-ledger-mark" title={text.details(row.children)}>
          <Layers size={12} aria-hidden /> <span aria-label={text.details(row.children)}>{row.children}</span>
        </span>
      )}
      <span className="sr-ledger-words">{row.description}</span>
    </span>
  );
}

function RowAmount({ row }: { readonly row: TransactionRow }) {
  const { amountMinor, currency, exponent } = row;
  return <Amount amountMinor={amountMinor} currency={currency} exponent={exponent} pending={row.state === 'pending'} />;
}

const DATE: Column<TransactionRow> = {
  key: 'bookingDate',
  header: text.columns.bookingDate,
  width: '8rem',
  sortable: true,
  cell: (row) => <CalendarDateText date={row.bookingDate} />,
};

const COUNTERPARTY: Column<TransactionRow> = {
  key: 'counterparty',
  header: text.columns.counterparty,
  width: 'minmax(8rem, 1.2fr)',
  sortable: true,
  cell: (row) => <span title={row.counterparty ?? undefined}>{row.counterparty}</span>,
};

const DESCRIPTION: Column<TransactionRow> = {
  key: 'description',
  header: text.columns.description,
  width: 'minmax(10rem, 2fr)',
  sortable: true,
  cell: (row) => <Description row={row} />,
};

const ACCOUNT: Column<TransactionRow> = {
  key: 'account',
  header: text.columns.account,
  width: 'minmax(7rem, 0.9fr)',
  // Names of one client's accounts begin alike and end apart.
  cell: (row) => (
    <span className="sr-ledger-account sr-quiet" title={row.accountName}>
      <bdi dir="ltr">{row.accountName}</bdi>
    </span>
  ),
};

const AMOUNT: Column<TransactionRow> = {
  key: 'amount',
  header: text.columns.amount,
  width: '9rem',
  align: 'end',
  sortable: true,
  cell: (row) => <RowAmount row={row} />,
};

export const LEDGER_COLUMNS: readonly Column<TransactionRow>[] = [DATE, COUNTERPARTY, DESCRIPTION, ACCOUNT, AMOUNT];
/** Where one account is chosen, its name in every row says nothing. */
export const ONE_ACCOUNT_COLUMNS = LEDGER_COLUMNS.filter((column) => column !== ACCOUNT);
