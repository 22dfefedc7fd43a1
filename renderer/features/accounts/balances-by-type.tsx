// Every balance the sources stated, by its type. None is computed here.
import type { AccountDetail } from '../../../shared/ipc/contract/accounts.ts';
import { accountsText as text } from '../../text/accounts.ts';
import { Amount } from '../../ui/amount.tsx';
import { CalendarDateText, InstantText } from '../../ui/date-text.tsx';
import { Table } from '../../ui/table.tsx';

const HEAD = [
  { text: text.balanceKind },
  { text: text.balanceDate },
  { text: text.balance, align: 'end' },
  { text: text.balanceRecorded },
] as const;

export function BalancesByType({ balances }: Pick<AccountDetail, 'balances'>) {
  if (balances.length === 0) return <p className="sr-section-note">{text.noBalances}</p>;
  return (
    <>
      <Table label={text.balances} head={HEAD}>
        {balances.map((balance) => (
          <tr key={`${balance.type} ${balance.date} ${balance.recordedAt}`}>
            <td>{text.balanceTypes[balance.type]}</td>
            <td>
              <CalendarDateText date={balance.date} />
            </td>
            <td data-align="end">
              <Amount amountMinor={balance.amountMinor} currency={balance.currency} />
            </td>
            <td className="sr-quiet">
              <InstantText at={balance.recordedAt} />
            </td>
          </tr>
        ))}
      </Table>
      <p className="sr-section-note">{text.balancesHint}</p>
    </>
  );
}
