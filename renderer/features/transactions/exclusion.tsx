// Excludes a row for a reason, shows who excluded it when and why, and restores it. Each can be taken back at once.
import { Button, Group, Textarea } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import type { TransactionDetail } from '../../../shared/ipc/contract/transactions.ts';
import { useMay } from '../../app/use-may.ts';
import { transactionsText } from '../../text/transactions.ts';
import { InstantText } from '../../ui/date-text.tsx';
import { useExclusion } from './use-exclusion.ts';

const text = transactionsText.panel;
const LONGEST_REASON = 500;

function takeFocus(field: HTMLTextAreaElement | null): void {
  field?.focus();
}

interface ExcludeFormProps {
  readonly running: boolean;
  readonly onExclude: (reason: string) => void;
  readonly onCancel: () => void;
}

function ExcludeForm({ running, onExclude, onCancel }: ExcludeFormProps) {
  const [reason, setReason] = useState('');
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (reason.trim() !== '') onExclude(reason.trim());
  };
  return (
    <form className="sr-exclude-form" onSubmit={submit}>
      <Textarea
        label={text.reason}
        description={text.excludeHint}
        placeholder={text.reasonPlaceholder}
        maxLength={LONGEST_REASON}
        autosize
        minRows={2}
        ref={takeFocus}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group gap="xs" justify="flex-end">
        <Button variant="default" size="compact-sm" onClick={onCancel}>
          {text.cancel}
        </Button>
        <Button type="submit" size="compact-sm" disabled={reason.trim() === ''} loading={running}>
          {text.confirmExclude}
        </Button>
      </Group>
    </form>
  );
}

interface ExcludedProps {
  readonly excluded: NonNullable<TransactionDetail['excluded']>;
  readonly running: boolean;
  /** Null where the role only reads. */
  readonly onRestore: (() => void) | null;
}

function Excluded({ excluded, running, onRestore }: ExcludedProps) {
  return (
    <div className="sr-panel-note">
      <span>{text.excludedNote}</span>
      <q className="sr-panel-excluded">{excluded.reason}</q>
      <span className="sr-quiet">
        <InstantText at={excluded.at} style="exact" /> {text.excludedBy(excluded.by)}
      </span>
      {onRestore && (
        <Button variant="default" size="compact-xs" loading={running} onClick={onRestore}>
          {text.restore}
        </Button>
      )}
    </div>
  );
}

export function Exclusion({ row }: { readonly row: TransactionDetail }) {
  const [asking, setAsking] = useState(false);
  const may = useMay()('batches.write');
  const { exclude, restore, running } = useExclusion(row);
  if (row.excluded !== null) {
    return <Excluded excluded={row.excluded} running={running} onRestore={may ? restore : null} />;
  }
  if (!may || row.state === 'removed') return null;
  const send = (reason: string): void => {
    setAsking(false);
    exclude(reason);
  };
  return (
    <div className="sr-exclude sr-no-print">
      {asking ? (
        <ExcludeForm running={running} onExclude={send} onCancel={() => setAsking(false)} />
      ) : (
        <Button variant="default" size="compact-sm" loading={running} onClick={() => setAsking(true)}>
          {text.exclude}
        </Button>
      )}
    </div>
  );
}
