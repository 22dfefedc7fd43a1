// Every connection with its health: state, cause in words, whose move, and when. A row opens the connection.
import { Link } from 'wouter';
import type { ConnectionView } from '../../../shared/ipc/contract/connections.ts';
import { connectionsText as text } from '../../text/connections.ts';
import { InstantText } from '../../ui/date-text.tsx';
import { HealthBadge } from '../../ui/state-badge.tsx';
import { Table } from '../../ui/table.tsx';
import { connectionAddress } from './addresses.ts';
import { ConsentLeft } from './consent-left.tsx';
import { healthSentence } from './health-sentence.ts';
import { HistoryStrip } from './history-strip.tsx';
import { SyncButton } from './sync-button.tsx';

const HEAD = [
  { text: text.columns.institution },
  { text: text.columns.state },
  { text: text.columns.lastGood },
  { text: text.columns.next },
  { text: text.columns.consent },
  { text: text.columns.days },
  { text: text.columns.sync, align: 'end' },
] as const;

function NextAllowed({ at }: { readonly at: ConnectionView['health']['nextAllowed'] }) {
  return at === null ? <span className="sr-quiet">{text.anyTime}</span> : <InstantText at={at} />;
}

function ConnectionRow({ connection }: { readonly connection: ConnectionView }) {
  const { health, accounts } = connection;
  const assigned = accounts.filter(({ clientId }) => clientId !== null).length;
  return (
    <tr>
      <td className="sr-connection-name">
        <Link className="sr-link" to={connectionAddress(connection.id)}>
          {connection.institution}
        </Link>
        <span className="sr-quiet">
          {connection.practice ? text.practice : text.types[connection.type]} ·{' '}
          {text.assigned(assigned, accounts.length)}
        </span>
      </td>
      <td className="sr-connection-health">
        <HealthBadge state={health.state} />
        <span className="sr-quiet">{healthSentence(connection)}</span>
      </td>
      <td>
        <InstantText at={health.lastGoodSync} />
      </td>
      <td>
        <NextAllowed at={health.nextAllowed} />
      </td>
      <td>
        <ConsentLeft health={health} />
      </td>
      <td>
        <HistoryStrip history={connection.history} size="small" />
      </td>
      <td data-align="end">
        <SyncButton connection={connection} variant="default" />
      </td>
    </tr>
  );
}

export function ConnectionList({ connections }: { readonly connections: readonly ConnectionView[] }) {
  return (
    <div className="sr-connections">
      <Table label={text.list} head={HEAD}>
        {connections.map((connection) => (
          <ConnectionRow key={connection.id} connection={connection} />
        ))}
      </Table>
    </div>
  );
}
