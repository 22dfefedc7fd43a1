// The audit log, newest first, a page at a time, with the mark whether its chain is whole. It changes nothing.
import { Button, Group } from '@mantine/core';
import { Printer } from 'lucide-react';
import { useState } from 'react';
import type { AuditEntry } from '../../../shared/ipc/contract/audit.ts';
import { useCurrentClient } from '../../app/current-client.tsx';
import { usePagedCall } from '../../api/query.ts';
import { ui } from '../../text/common.ts';
import { audit as words } from '../../text/security.ts';
import { InstantText } from '../../ui/date-text.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatCount } from '../../ui/format.ts';
import { Pager } from '../../ui/pager.tsx';
import { Section, Skeletons } from '../../ui/page.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Table } from '../../ui/table.tsx';

const PAGE = 50;
const { columns } = words;
const HEAD = [
  { text: columns.number, align: 'end' },
  { text: columns.at },
  { text: columns.user },
  { text: columns.action },
  { text: columns.subject },
  { text: columns.outcome },
  { text: columns.hash },
] as const;

export function AuditLog() {
  const { client } = useCurrentClient();
  const clientId = client?.id ?? null;
  const [place, setPlace] = useState({ clientId, offset: 0 });
  // Another client begins at its own newest entry.
  const offset = place.clientId === clientId ? place.offset : 0;
  const log = usePagedCall('audit', 'list', { clientId, offset, limit: PAGE });
  const mark = log.data && (
    <StateBadge
      tone={log.data.intact ? 'good' : 'bad'}
      word={log.data.intact ? words.intact : words.broken}
      meaning={log.data.intact ? words.intactMeaning : words.brokenMeaning}
    />
  );
  return (
    <Section title={`${words.title}: ${client?.name ?? words.office}`} aside={mark}>
      {log.isError && <ErrorPanel error={log.error} onRetry={() => void log.refetch()} />}
      {log.isPending && <Skeletons rows={8} />}
      {log.data?.total === 0 && <p className="sr-quiet">{words.none}</p>}
      {log.data !== undefined && log.data.total > 0 && (
        <>
          <Table label={words.title} head={HEAD}>
            {log.data.entries.map((entry) => (
              <AuditRow key={entry.sequence} entry={entry} />
            ))}
          </Table>
          <Group justify="space-between" mt="sm" className="sr-no-print">
            <span className="sr-quiet">{words.entries(formatCount(log.data.total))}</span>
            <Pager
              label={words.title}
              offset={offset}
              size={PAGE}
              total={log.data.total}
              onChange={(next) => setPlace({ clientId, offset: next })}
            />
            <Button
              variant="subtle"
              leftSection={<Printer size={14} aria-hidden="true" />}
              onClick={() => window.print()}
            >
              {ui.print}
            </Button>
          </Group>
        </>
      )}
    </Section>
  );
}

function AuditRow({ entry }: { readonly entry: AuditEntry }) {
  return (
    <tr>
      <td data-align="end">{entry.sequence}</td>
      <td className="sr-nowrap">
        <InstantText at={entry.at} style="exact" />
      </td>
      <td>{entry.user}</td>
      <td title={entry.action}>{words.actions[entry.action] ?? entry.action}</td>
      <td>{entry.subject}</td>
      <td>
        {entry.outcome === 'denied' ? (
          <StateBadge tone="attention" word={words.outcomes.denied} />
        ) : (
          words.outcomes.done
        )}
      </td>
      <td className="sr-mono sr-quiet" title={entry.hash}>
        {entry.hash.slice(0, 8)}
      </td>
    </tr>
  );
}
