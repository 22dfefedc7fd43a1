// The accounts of one client as a table. A row opens the account.
import type { AccountSummary } from '../../../shared/ipc/contract/accounts.ts';
import type { ClientSummary } from '../../../shared/ipc/contract/clients.ts';
import type { ConnectionView } from '../../../shared/ipc/contract/connections.ts';
import { Link } from 'wouter';
import { accountsText as text } from '../../text/accounts.ts';
import { Amount } from '../../ui/amount.tsx';
import { InstantText } from '../../ui/date-text.tsx';
import { Section } from '../../ui/page.tsx';
import { HealthBadge, ProofBadge } from '../../ui/state-badge.tsx';
import { Table } from '../../ui/table.tsx';
import { accountAddress } from './account-address.ts';

const HEAD = [
  { text: text.columns.account },
  { text: text.columns.number },
  { text: text.columns.booked, align: 'end' },
  { text: text.columns.pending, align: 'end' },
  { text: text.columns.asOf },
  { text: text.columns.proof },
  { text: text.columns.source },
] as const;

function Source({ connection }: { readonly connection: ConnectionView | undefined }) {
  if (!connection) return <span className="sr-quiet">{text.fromFiles}</span>;
  return (
    <span className="sr-account-source">
      <span className="sr-truncate">{connection.institution}</span>
      <HealthBadge state={connection.health.state} />
    </span>
  );
}

interface AccountRowProps {
  readonly account: AccountSummary;
  readonly connection: ConnectionView | undefined;
}

function AccountRow({ account, connection }: AccountRowProps) {
  const { currency } = account;
  return (
    <tr>
      <td className="sr-account-name">
        <Link className="sr-link" to={accountAddress(account.id)}>
          {account.name}
        </Link>
        <span className="sr-quiet">
          {account.institution} · {text.kinds[account.kind]}
        </span>
      </td>
      <td className="sr-account-number">{account.numberMask}</td>
      <td data-align="end">
        <Amount amountMinor={account.bookedMinor} currency={currency} />
      </td>
      <td data-align="end">
        {account.pendingMinor !== '0' && <Amount amountMinor={account.pendingMinor} currency={currency} pending />}
      </td>
      <td>
        <InstantText at={account.dataAsOf} />
      </td>
      <td>
        <ProofBadge proof={account.proof.result} />
      </td>
      <td>
        <Source connection={connection} />
      </td>
    </tr>
  );
}

interface AccountsOfClientProps {
  readonly client: ClientSummary;
  readonly withHeading: boolean;
  readonly accounts: readonly AccountSummary[];
  readonly connections: readonly ConnectionView[];
}

export function AccountsOfClient({ client, withHeading, accounts, connections }: AccountsOfClientProps) {
  if (accounts.length === 0) return null;
  const table = (
    <Table label={text.tableLabel(client.name)} head={HEAD}>
      {accounts.map((account) => (
        <AccountRow
          key={account.id}
          account={account}
          connection={connections.find(({ id }) => id === account.connectionId)}
        />
      ))}
    </Table>
  );
  return withHeading ? <Section title={client.name}>{table}</Section> : table;
}
