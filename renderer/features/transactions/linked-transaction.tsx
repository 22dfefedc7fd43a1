// The pending row a booking settled, or the booking that settled a pending row.
import { Button } from '@mantine/core';
import { Link2 } from 'lucide-react';
import type { TransactionDetail, TransactionRow } from '../../../shared/ipc/contract/transactions.ts';
import { transactionsText } from '../../text/transactions.ts';
import { Amount } from '../../ui/amount.tsx';
import { formatCalendarDate } from '../../ui/format.ts';

const text = transactionsText.panel;

interface LinkedTransactionProps {
  readonly row: TransactionDetail;
  readonly linked: NonNullable<TransactionDetail['linked']>;
  readonly onOpen: (id: TransactionRow['id']) => void;
}

export function LinkedTransaction({ row, linked, onOpen }: LinkedTransactionProps) {
  const day = formatCalendarDate(linked.bookingDate);
  return (
    <div className="sr-panel-linked">
      <Link2 size={14} aria-hidden />
      <span>
        {row.state === 'booked' ? text.settles(day) : text.settledBy(day)}{' '}
        <Amount
          amountMinor={linked.amountMinor}
          currency={row.currency}
          exponent={row.exponent}
          pending={linked.state === 'pending'}
        />
      </span>
      <Button variant="default" size="compact-xs" onClick={() => onOpen(linked.id)}>
        {text.openLinked}
      </Button>
    </div>
  );
}
