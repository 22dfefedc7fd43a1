// One transaction with everything that is known of it, and the way to exclude or restore it.
import { ActionIcon } from '@mantine/core';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TransactionDetail, TransactionRow } from '../../../shared/ipc/contract/transactions.ts';
import { useCall } from '../../api/query.ts';
import { transactionsText } from '../../text/transactions.ts';
import { Amount } from '../../ui/amount.tsx';
import { CalendarDateText } from '../../ui/date-text.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Skeletons } from '../../ui/page.tsx';
import { BookingChildren } from './booking-children.tsx';
import { Exclusion } from './exclusion.tsx';
import { LinkedTransaction } from './linked-transaction.tsx';
import { Provenance } from './provenance.tsx';

const text = transactionsText.panel;

interface TransactionPanelProps {
  readonly clientId: TransactionDetail['clientId'];
  readonly transactionId: TransactionRow['id'];
  readonly onClose: () => void;
  readonly onOpen: (id: TransactionRow['id']) => void;
}

function date(value: TransactionDetail['valueDate']): ReactNode {
  return value === null ? null : <CalendarDateText date={value} />;
}

function foreign({ foreign: original }: TransactionDetail): ReactNode {
  if (original === null) return null;
  const { amountMinor, currency, exponent, rate } = original;
  return (
    <>
      <Amount amountMinor={amountMinor} currency={currency} exponent={exponent} />
      {rate !== null && <span className="sr-quiet">{text.rate(rate)}</span>}
    </>
  );
}

function balanceAfter({ balanceAfterMinor, currency, exponent }: TransactionDetail): ReactNode {
  if (balanceAfterMinor === null) return null;
  return <Amount amountMinor={balanceAfterMinor} currency={currency} exponent={exponent} />;
}

function factsOf(row: TransactionDetail) {
  return [
    { name: text.booking, value: date(row.bookingDate) },
    { name: text.value, value: date(row.valueDate) },
    { name: text.transaction, value: date(row.transactionDate) },
    { name: text.account, value: row.accountName },
    { name: text.description, value: row.description },
    { name: text.counterpartyAccount, value: row.counterpartyAccount },
    { name: text.foreign, value: foreign(row) },
    { name: text.balanceAfter, value: balanceAfter(row) },
    { name: text.endToEndId, value: row.endToEndId },
    { name: text.occurrence, value: text.occurrenceText(row.occurrence) },
  ];
}

function StateNote({ state, overdue, excluded }: Pick<TransactionDetail, 'state' | 'overdue' | 'excluded'>) {
  if (state === 'booked' || excluded !== null) return null;
  if (state === 'removed') return <p className="sr-panel-note">{text.removedNote}</p>;
  return (
    <p className="sr-panel-note" data-overdue={overdue || undefined}>
      {overdue ? text.overdueNote : text.pendingNote}
    </p>
  );
}

function PanelBody({ row, onOpen }: { readonly row: TransactionDetail } & Pick<TransactionPanelProps, 'onOpen'>) {
  return (
    <>
      <div className="sr-panel-amount">
        <Amount
          amountMinor={row.amountMinor}
          currency={row.currency}
          exponent={row.exponent}
          pending={row.state === 'pending'}
        />
      </div>
      <h2 className="sr-panel-title">{row.counterparty ?? row.description}</h2>
      <StateNote {...row} />
      <Exclusion key={row.id} row={row} />
      {row.linked !== null && <LinkedTransaction row={row} linked={row.linked} onOpen={onOpen} />}
      <Facts items={factsOf(row)} />
      {row.details.length > 0 && <BookingChildren details={row.details} />}
      <Provenance row={row} />
    </>
  );
}

export function TransactionPanel({ clientId, transactionId, onClose, onOpen }: TransactionPanelProps) {
  const query = useCall('transactions', 'get', { clientId, transactionId });
  return (
    <aside className="sr-panel" aria-label={text.label} aria-busy={query.isPending}>
      <ActionIcon className="sr-panel-close sr-no-print" aria-label={text.close} onClick={onClose}>
        <X size={16} aria-hidden />
      </ActionIcon>
      {query.isPending && <Skeletons rows={10} />}
      {query.isError && <ErrorPanel error={query.error} size="compact" onRetry={() => void query.refetch()} />}
      {query.data && <PanelBody row={query.data} onOpen={onOpen} />}
    </aside>
  );
}
