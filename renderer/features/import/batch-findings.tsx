// What the reader found in a batch: format, accounts and where they go, periods, balances, proof, remarks.
import { Select } from '@mantine/core';
import type { AccountSummary } from '../../../shared/ipc/contract/accounts.ts';
import type { BatchStatement, BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import { maskAccountNumber } from '../../../shared/model/iban.ts';
import { useAction, useCall } from '../../api/query.ts';
import { wordReader } from '../../text/batch.ts';
import { importText as text } from '../../text/import.ts';
import { Amount } from '../../ui/amount.tsx';
import { CountsText } from '../../ui/batch-counts.tsx';
import { CalendarDateText, InstantText } from '../../ui/date-text.tsx';
import { Facts } from '../../ui/facts.tsx';
import { formatCount } from '../../ui/format.ts';
import { ProofBadge } from '../../ui/state-badge.tsx';
import { Table } from '../../ui/table.tsx';
import { showFailure } from '../../ui/toasts.tsx';

const HEAD = [
  { text: text.accountInFile },
  { text: text.goesTo },
  { text: text.period },
  { text: text.opening, align: 'end' },
  { text: text.closing, align: 'end' },
  { text: text.proof },
  { text: text.changes },
] as const;

const NEW_ACCOUNT = 'new';

function Period({ statement: { from, to } }: { readonly statement: BatchStatement }) {
  if (from === null || to === null) return <span className="sr-quiet">{text.noPeriod}</span>;
  return (
    <>
      <CalendarDateText date={from} /> – <CalendarDateText date={to} />
    </>
  );
}

function Balance({ minor, currency }: { readonly minor: string | null; readonly currency: string | null }) {
  if (minor === null || currency === null) return <span className="sr-quiet">{text.notStated}</span>;
  return <Amount amountMinor={minor} currency={currency} />;
}

interface StatementProps {
  readonly batch: BatchSummary;
  readonly statement: BatchStatement;
  readonly accounts: readonly AccountSummary[];
}

function Target({ batch, statement, accounts }: StatementProps) {
  const assign = useAction('batches', 'assign');
  if (batch.state !== 'staged') return statement.accountName;
  const choose = (value: string | null): void => {
    const accountId = accounts.find(({ id }) => id === value)?.id ?? null;
    const input = { clientId: batch.clientId, batchId: batch.id, statement: statement.index, accountId };
    assign.mutate(input, { onError: showFailure });
  };
  return (
    <Select
      aria-label={text.goesToLabel(statement.account.name ?? maskAccountNumber(statement.account.id))}
      className="sr-target"
      placeholder={text.chooseAccount}
      error={statement.ambiguous && text.accountNeeded}
      value={statement.ambiguous ? null : (statement.accountId ?? NEW_ACCOUNT)}
      disabled={assign.isPending}
      data={[
        { value: NEW_ACCOUNT, label: text.newAccount },
        ...accounts.map(({ id, name, numberMask }) => ({ value: id, label: `${name} · ${numberMask}` })),
      ]}
      onChange={choose}
    />
  );
}

function StatementRow({ batch, statement, accounts }: StatementProps) {
  const { account } = statement;
  return (
    <tr>
      <td className="sr-found-account">
        {account.name ?? account.institution ?? maskAccountNumber(account.id)}
        <span className="sr-quiet">
          {maskAccountNumber(account.iban ?? account.id)} {account.currency}
        </span>
      </td>
      <td>
        <Target batch={batch} statement={statement} accounts={accounts} />
      </td>
      <td>
        <Period statement={statement} />
      </td>
      <td data-align="end">
        <Balance minor={statement.openingMinor} currency={account.currency} />
      </td>
      <td data-align="end">
        <Balance minor={statement.closingMinor} currency={account.currency} />
      </td>
      <td>
        <ProofBadge proof={statement.proof} />
      </td>
      <td>
        <CountsText counts={statement.counts} />
      </td>
    </tr>
  );
}

export function BatchFindings({ batch }: { readonly batch: BatchSummary }) {
  const accounts = useCall('accounts', 'list', { clientId: batch.clientId });
  const rows = batch.statements.reduce((sum, statement) => sum + statement.rows, 0);
  return (
    <div className="sr-findings">
      <Facts
        items={[
          { name: text.source, value: text.sources[batch.kind] },
          { name: text.reader, value: wordReader(batch.reader ?? batch.receipt?.reader ?? '') },
          { name: text.created, value: <InstantText at={batch.createdAt} style="exact" /> },
          { name: text.rows, value: formatCount(rows) },
        ]}
      />
      <Table label={text.detection} head={HEAD}>
        {batch.statements.map((statement) => (
          <StatementRow key={statement.index} batch={batch} statement={statement} accounts={accounts.data ?? []} />
        ))}
      </Table>
      {batch.warnings.length > 0 && (
        <details className="sr-remarks">
          <summary>{text.warnings(batch.warnings.length)}</summary>
          <ul>
            {batch.warnings.map(({ code, text: words }) => (
              <li key={`${code} ${words}`}>{words}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
