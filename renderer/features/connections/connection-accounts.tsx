// The accounts a consent exposes and whose they are. An account of another client is shown with that client's name, never mixed.
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import type { ConnectionView } from '../../../shared/ipc/contract/connections.ts';
import { maskAccountNumber } from '../../../shared/model/iban.ts';
import { useCurrentClient } from '../../app/current-client.tsx';
import { useMay } from '../../app/use-may.ts';
import { connectionsText as text } from '../../text/connections.ts';
import { ClientDot } from '../../ui/client-dot.tsx';
import { CalendarDateText } from '../../ui/date-text.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Table } from '../../ui/table.tsx';
import { wizardAddress } from './addresses.ts';

const HEAD = [{ text: text.account }, { text: text.number }, { text: text.client }] as const;

function Owner({ clientId }: Pick<ConnectionView['accounts'][number], 'clientId'>) {
  const { clients } = useCurrentClient();
  const owner = clients.find(({ id }) => id === clientId);
  if (clientId === null) return <span className="sr-quiet">{text.unassigned}</span>;
  if (!owner) return <span className="sr-quiet">{text.ofAnother}</span>;
  return (
    <span>
      <ClientDot colour={owner.colour} /> {owner.name}
    </span>
  );
}

export function ConnectionAccounts({ connection }: { readonly connection: ConnectionView }) {
  const may = useMay();
  const { accounts, startDateAsked, startDateGranted } = connection;
  return (
    <div className="sr-consent">
      {accounts.length > 0 && (
        <Table label={text.accountsTitle} head={HEAD}>
          {accounts.map(({ resourceId, account, clientId }) => (
            <tr key={resourceId}>
              <td>{account.name ?? account.institution ?? resourceId}</td>
              <td>
                {maskAccountNumber(account.iban ?? account.id)} {account.currency}
              </td>
              <td>
                <Owner clientId={clientId} />
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Facts
        items={[
          { name: text.startAsked, value: startDateAsked && <CalendarDateText date={startDateAsked} /> },
          {
            name: text.startGranted,
            value: startDateGranted ? <CalendarDateText date={startDateGranted} /> : text.startOpen,
          },
        ]}
      />
      {connection.stage !== 'created' && may('connections.manage') && (
        <div>
          <Button component={Link} to={wizardAddress(connection.id)} variant="default">
            {text.assign}
          </Button>
        </div>
      )}
    </div>
  );
}
