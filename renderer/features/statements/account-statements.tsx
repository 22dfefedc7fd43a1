// One account's periods with the bank's own balances and the proof of each, and of the whole account.
import { Link } from 'wouter';
import type { AccountSummary } from '../../../shared/ipc/contract/accounts.ts';
import { statementsText as text } from '../../text/statements.ts';
import { Amount } from '../../ui/amount.tsx';
import { CalendarDateText } from '../../ui/date-text.tsx';
import { formatCount } from '../../ui/format.ts';
import { Section } from '../../ui/page.tsx';
import { ProofBadge } from '../../ui/state-badge.tsx';
import { Table } from '../../ui/table.tsx';
import type { Period } from './periods-of.ts';

const HEAD = [
  { text: text.period },
  { text: text.source },
  { text: text.rows, align: 'end' },
  { text: text.opening, align: 'end' },
  { text: text.closing, align: 'end' },
  { text: text.proof },
] as const;

function Balance({ minor, currency }: { readonly minor: string | null; readonly currency: string }) {
  if (minor === null) return <span className="sr-quiet">{text.notStated}</span>;
  return <Amount amountMinor={minor} currency={currency} />;
}

function PeriodRow({ period, currency }: { readonly period: Period; readonly currency: string }) {
  const { batch, statement } = period;
  const { from, to } = statement;
  return (
    <tr>
      <td className="sr-statement-period">
        {from === null || to === null ? (
          <span className="sr-quiet">{text.undated}</span>
        ) : (
          <>
            <CalendarDateText date={from} /> – <CalendarDateText date={to} />
          </>
        )}
      </td>
      <td>
        <Link className="sr-link" to={`/import?batch=${batch.id}`}>
          {batch.source}
        </Link>
      </td>
      <td data-align="end">{formatCount(statement.rows)}</td>
      <td data-align="end">
        <Balance minor={statement.openingMinor} currency={currency} />
      </td>
      <td data-align="end">
        <Balance minor={statement.closingMinor} currency={currency} />
      </td>
      <td>
        <ProofBadge proof={statement.proof} />
      </td>
    </tr>
  );
}

interface AccountStatementsProps {
  readonly account: AccountSummary;
  readonly periods: readonly Period[];
}

export function AccountStatements({ account, periods }: AccountStatementsProps) {
  return (
    <Section
      title={`${account.name} · ${account.numberMask}`}
      aside={
        <Link className="sr-statement-whole" to={`/accounts?account=${account.id}`}>
          {text.continuity} <ProofBadge proof={account.proof.result} />
        </Link>
      }
    >
      <Table label={text.tableLabel(account.name)} head={HEAD}>
        {periods.map((period) => (
          <PeriodRow key={`${period.batch.id} ${period.statement.index}`} period={period} currency={account.currency} />
        ))}
      </Table>
    </Section>
  );
}
