// Settings: what the office is, when it locks, how the window looks.
import { SegmentedControl, Select } from '@mantine/core';
import { APPEARANCES, useAppearance } from '../../app/appearance.tsx';
import { useMay } from '../../app/use-may.ts';
import type { OfficeStatus } from '../../../shared/ipc/contract/office.ts';
import { useAction, useCall } from '../../api/query.ts';
import { settings as words } from '../../text/settings.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Facts } from '../../ui/facts.tsx';
import { formatInstantDay } from '../../ui/format.ts';
import { Page, Section, Skeletons } from '../../ui/page.tsx';
import './settings.css';

const LOCK_MINUTES = [1, 2, 5, 10, 15] as const;

export function SettingsPage() {
  const status = useCall('office', 'status', {});
  return (
    <Page title={words.title}>
      {status.isPending && <Skeletons rows={6} />}
      {status.isError && <ErrorPanel error={status.error} onRetry={() => void status.refetch()} />}
      {status.data !== undefined && (
        <>
          <OfficeFacts status={status.data} />
          <Locking status={status.data} />
        </>
      )}
      <AppearanceChoice />
    </Page>
  );
}

function OfficeFacts({ status }: { readonly status: OfficeStatus }) {
  const { office, protection, keychain } = status;
  const protectionText =
    protection === 'keychain' ? words.protections.keychain(keychain.name) : words.protections['password-only'];
  return (
    <Section title={words.office}>
      <div className="sr-settings">
        <Facts
          items={[
            { name: words.name, value: office?.name ?? null },
            { name: words.number, value: office && <span className="sr-mono">{office.id}</span> },
            { name: words.created, value: office && formatInstantDay(office.createdAt) },
            { name: words.folder, value: <span className="sr-mono">{status.directory}</span> },
            { name: words.protection, value: protectionText },
          ]}
        />
      </div>
    </Section>
  );
}

function Locking({ status }: { readonly status: OfficeStatus }) {
  const may = useMay();
  const save = useAction('office', 'setPreferences');
  const choices = [...new Set([...LOCK_MINUTES, status.lockAfterMinutes])].sort((a, b) => a - b);
  return (
    <Section title={words.locking}>
      <div className="sr-settings">
        <Select
          label={words.lockAfter}
          w="20rem"
          data={choices.map((count) => ({ value: String(count), label: words.minutes(count) }))}
          value={String(status.lockAfterMinutes)}
          disabled={save.isPending || !may('office.manage')}
          onChange={(value) => save.mutate({ lockAfterMinutes: Number(value) })}
        />
        <p className="sr-quiet">{words.lockHint}</p>
        <p role="status" className="sr-quiet">
          {save.isSuccess && words.saved}
        </p>
        {save.isError && <ErrorPanel error={save.error} size="compact" />}
      </div>
    </Section>
  );
}

function AppearanceChoice() {
  const { appearance, setAppearance } = useAppearance();
  return (
    <Section title={words.appearance}>
      <div className="sr-settings">
        <SegmentedControl
          aria-label={words.appearance}
          value={appearance}
          data={APPEARANCES.map((value) => ({ value, label: words.appearances[value] }))}
          onChange={(value) => setAppearance(APPEARANCES.find((known) => known === value) ?? 'system')}
        />
        <p className="sr-quiet">{words.appearanceHint}</p>
      </div>
    </Section>
  );
}
