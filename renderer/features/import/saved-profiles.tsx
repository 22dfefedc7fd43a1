// The office's profiles: export, import, remove. Removing one can be taken back.
import { Button, Group } from '@mantine/core';
import type { SavedProfile } from '../../../shared/model/statement-profile.ts';
import { useAction, useCall } from '../../api/query.ts';
import { useMay } from '../../app/use-may.ts';
import { wordReader } from '../../text/batch.ts';
import { profilesText as text } from '../../text/profiles.ts';
import { InstantText } from '../../ui/date-text.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Section } from '../../ui/page.tsx';
import { Table } from '../../ui/table.tsx';
import { showFailure, showToast } from '../../ui/toasts.tsx';
import { ProfileExport } from './profile-export.tsx';
import { ProfileImport } from './profile-import.tsx';

const HEAD = [
  { text: text.savedColumns.name },
  { text: text.savedColumns.format },
  { text: text.savedColumns.saved },
  { text: text.savedColumns.actions, align: 'end' },
] as const;

function RemoveButton({ saved }: { readonly saved: SavedProfile }) {
  const remove = useAction('profiles', 'remove');
  const save = useAction('profiles', 'save');
  const { name, signature, profile } = saved;
  const back = (): void => void save.mutateAsync({ name, signature, profile }).catch(showFailure);
  const done = (): void => showToast({ message: text.removed(name), action: { label: text.undo, run: back } });
  return (
    <Button
      variant="default"
      aria-label={text.removeOf(name)}
      loading={remove.isPending}
      onClick={() => void remove.mutateAsync({ profileId: saved.id }).then(done, showFailure)}
    >
      {text.remove}
    </Button>
  );
}

function ProfileRow({ saved }: { readonly saved: SavedProfile }) {
  const may = useMay();
  return (
    <tr>
      <td className="sr-file-name">{saved.name}</td>
      <td>{wordReader(saved.profile.format)}</td>
      <td>
        <InstantText at={saved.savedAt} /> <span className="sr-quiet">{text.savedBy(saved.savedBy)}</span>
      </td>
      <td data-align="end">
        <Group gap="xs" justify="flex-end" wrap="nowrap">
          <ProfileExport shared={saved} />
          {may('batches.write') && <RemoveButton saved={saved} />}
        </Group>
      </td>
    </tr>
  );
}

export function SavedProfiles() {
  const may = useMay();
  const list = useCall('profiles', 'list', {});
  return (
    <Section title={text.saved} aside={may('batches.write') && <ProfileImport />}>
      <p className="sr-quiet">{list.data?.length === 0 ? text.savedNone : text.savedHint}</p>
      {list.isError && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && list.data.length > 0 && (
        <Table label={text.savedLabel} head={HEAD}>
          {list.data.map((saved) => (
            <ProfileRow key={saved.id} saved={saved} />
          ))}
        </Table>
      )}
    </Section>
  );
}
