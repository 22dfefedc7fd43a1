// The audit log, newest first, filtered and a page at a time, with the mark whether its chain is whole. It changes nothing.
import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { FileOutput, Printer } from 'lucide-react';
import { useState } from 'react';
import type { AuditFilter } from '../../../shared/ipc/contract/audit.ts';
import { useCurrentClient } from '../../app/current-client.tsx';
import { useMay } from '../../app/use-may.ts';
import { usePagedCall, useCall } from '../../api/query.ts';
import type { Output } from '../../api/client.ts';
import { audit as words } from '../../text/audit.ts';
import { ui } from '../../text/common.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { formatCount } from '../../ui/format.ts';
import { Pager } from '../../ui/pager.tsx';
import { Section, Skeletons } from '../../ui/page.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Table } from '../../ui/table.tsx';
import { AuditFilters, isFiltered, NO_FILTER } from './audit-filters.tsx';
import { AuditRow } from './audit-row.tsx';
import { CheckpointKey } from './checkpoint-key.tsx';
import { ExportDialog } from './export-dialog.tsx';

const PAGE = 50;
const { columns } = words;
const HEAD = [
  { text: columns.number, align: 'end' },
  { text: columns.at },
  { text: columns.user },
  { text: columns.action },
  { text: columns.subject },
  { text: columns.outcome },
  { text: columns.details },
] as const;

interface Place {
  readonly clientId: string | null;
  readonly filter: AuditFilter;
  readonly offset: number;
}

export function AuditLog() {
  const { client } = useCurrentClient();
  const clientId = client?.id ?? null;
  const [kept, setPlace] = useState<Place>({ clientId, filter: NO_FILTER, offset: 0 });
  // Another client begins at its own newest entry, unfiltered.
  const place = kept.clientId === clientId ? kept : { clientId, filter: NO_FILTER, offset: 0 };
  const log = usePagedCall('audit', 'list', { clientId, filter: place.filter, offset: place.offset, limit: PAGE });
  const name = client?.name ?? words.office;
  const mark = log.data && (
    <StateBadge
      tone={log.data.intact ? 'good' : 'bad'}
      word={log.data.intact ? words.intact : words.broken}
      meaning={log.data.intact ? words.intactMeaning : words.brokenMeaning}
    />
  );
  return (
    <div className="sr-security-view">
      <Section title={`${words.title}: ${name}`} aside={mark}>
        {log.isError && <ErrorPanel error={log.error} onRetry={() => void log.refetch()} />}
        {log.isPending && <Skeletons rows={8} />}
        {log.data && (
          <>
            <AuditFilters
              value={place.filter}
              users={log.data.users}
              actions={log.data.actions}
              onChange={(filter) => setPlace({ clientId, filter, offset: 0 })}
            />
            <Entries
              log={log.data}
              filtered={isFiltered(place.filter)}
              offset={place.offset}
              onOffset={(offset) => setPlace({ ...place, offset })}
            />
            <AuditTools name={name} clientId={clientId} />
          </>
        )}
      </Section>
    </div>
  );
}

interface EntriesProps {
  readonly log: Output<'audit', 'list'>;
  readonly filtered: boolean;
  readonly offset: number;
  readonly onOffset: (offset: number) => void;
}

function Entries({ log, filtered, offset, onOffset }: EntriesProps) {
  const { clients } = useCurrentClient();
  const names = new Map<string, string>([...log.users, ...clients].map(({ id, name }) => [id, name]));
  if (log.total === 0) return <p className="sr-quiet sr-security-none">{filtered ? words.noMatch : words.none}</p>;
  return (
    <>
      <Table label={words.title} head={HEAD}>
        {log.entries.map((entry) => (
          <AuditRow key={entry.sequence} entry={entry} names={names} columns={HEAD.length} />
        ))}
      </Table>
      <Group justify="space-between" mt="sm" className="sr-no-print">
        <span className="sr-quiet" role="status">
          {words.entries(log.total, formatCount(log.total))}
        </span>
        <Pager label={words.title} offset={offset} size={PAGE} total={log.total} onChange={onOffset} />
      </Group>
    </>
  );
}

interface AuditToolsProps {
  readonly name: string;
  readonly clientId: Parameters<typeof ExportDialog>[0]['clientId'];
}

function AuditTools({ name, clientId }: AuditToolsProps) {
  const may = useMay();
  const [exporting, dialog] = useDisclosure(false);
  const state = useCall('security', 'state', {});
  return (
    <>
      {state.data && <CheckpointKey value={state.data.audit.checkpointKey} />}
      <Group gap="xs" mt="sm" className="sr-no-print">
        {may('audit.export') && (
          <Button variant="default" leftSection={<FileOutput size={14} aria-hidden="true" />} onClick={dialog.open}>
            {words.export.button}
          </Button>
        )}
        <Button variant="default" leftSection={<Printer size={14} aria-hidden="true" />} onClick={() => window.print()}>
          {ui.print}
        </Button>
      </Group>
      {exporting && <ExportDialog name={name} clientId={clientId} onClose={dialog.close} />}
    </>
  );
}
