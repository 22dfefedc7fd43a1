// Where an account's rows came from, oldest first: its history outlives any one provider.
import type { AccountDetail } from '../../../shared/ipc/contract/accounts.ts';
import { accountsText as text } from '../../text/accounts.ts';
import { InstantText } from '../../ui/date-text.tsx';
import { Table } from '../../ui/table.tsx';

const HEAD = [
  { text: text.columns.source },
  { text: text.firstSeen },
  { text: text.lastSeen },
  { text: text.batches, align: 'end' },
] as const;

export function SourceList({ sources }: Pick<AccountDetail, 'sources'>) {
  if (sources.length === 0) return <p className="sr-section-note">{text.noSources}</p>;
  return (
    <Table label={text.sources} head={HEAD}>
      {sources.map((source) => (
        <tr key={`${source.kind} ${source.name}`}>
          <td className="sr-account-name">
            {source.name}
            <span className="sr-quiet">{text.sourceKinds[source.kind]}</span>
          </td>
          <td>
            <InstantText at={source.first} />
          </td>
          <td>
            <InstantText at={source.last} />
          </td>
          <td data-align="end">{source.batches}</td>
        </tr>
      ))}
    </Table>
  );
}
