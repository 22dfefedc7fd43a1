// Backups: write one, prove one, see what was written and proven. A restore goes into an empty place only, so it begins at first run.
import './backups.css';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ArchiveRestore } from 'lucide-react';
import type { BackupRecord } from '../../../shared/ipc/contract/backups.ts';
import { useMay } from '../../app/use-may.ts';
import { useCall } from '../../api/query.ts';
import { backups as words } from '../../text/backups.ts';
import { InstantText } from '../../ui/date-text.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { EmptyState, Page, Section, Skeletons } from '../../ui/page.tsx';
import { Table } from '../../ui/table.tsx';
import { BackupRow } from './backup-row.tsx';
import { CreateBackup } from './create-backup.tsx';
import { InspectBackup } from './inspect-backup.tsx';

const { columns } = words;
const HEAD = [
  { text: columns.created },
  { text: columns.path },
  { text: columns.clients, align: 'end' },
  { text: columns.rows, align: 'end' },
  { text: columns.size, align: 'end' },
  { text: columns.opens },
  { text: columns.proven },
  { text: columns.actions },
] as const;

export function BackupsPage() {
  const list = useCall('backups', 'list', {});
  const may = useMay();
  const [creating, dialog] = useDisclosure(false);
  const create = may('backups.create') && <Button onClick={dialog.open}>{words.create}</Button>;
  return (
    <Page title={words.title} lead={words.lead} actions={list.data?.length === 0 ? undefined : create}>
      {list.isError && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeletons rows={4} />}
      {list.data?.length === 0 && (
        <EmptyState icon={ArchiveRestore} title={words.empty.title} hint={words.empty.hint} action={create} />
      )}
      {list.data !== undefined && list.data.length > 0 && <BackupList records={list.data} />}
      <InspectBackup />
      <CreateBackup opened={creating} onClose={dialog.close} />
    </Page>
  );
}

function BackupList({ records }: { readonly records: readonly BackupRecord[] }) {
  const proven = records
    .map(({ verifiedAt }) => verifiedAt)
    .filter((at) => at !== null)
    .sort()
    .at(-1);
  const aside = (
    <span className="sr-quiet">
      {words.lastProven} <InstantText at={proven ?? null} />
    </span>
  );
  return (
    <Section title={words.list} aside={aside}>
      <Table label={words.list} head={HEAD}>
        {records.map((record) => (
          <BackupRow key={record.path} record={record} />
        ))}
      </Table>
    </Section>
  );
}
