// Name, state and account by which the batch history is searched. It filters nothing itself.
import { Select } from '@mantine/core';
import { useCallback } from 'react';
import type { BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import { useCall } from '../../api/query.ts';
import { importText as text } from '../../text/import.ts';
import { SearchField, Toolbar } from '../../ui/toolbar.tsx';
import type { HistoryView } from './history-view.ts';

const STATES = ['committed', 'undone'] as const;

interface HistoryToolbarProps {
  readonly clientId: BatchSummary['clientId'];
  readonly view: HistoryView;
  readonly show: (change: Partial<HistoryView>) => void;
}

export function HistoryToolbar({ clientId, view, show }: HistoryToolbarProps) {
  const accounts = useCall('accounts', 'list', { clientId }).data ?? [];
  const find = useCallback((typed: string) => show({ find: typed }), [show]);
  return (
    <Toolbar label={text.historyFilters}>
      <SearchField value={view.find} onChange={find} label={text.historySearch} />
      <Select
        aria-label={text.historyState}
        placeholder={text.anyState}
        clearable
        value={view.state}
        data={STATES.map((value) => ({ value, label: text.states[value] }))}
        onChange={(value) => show({ state: STATES.find((state) => state === value) ?? null })}
      />
      <Select
        aria-label={text.historyAccount}
        placeholder={text.anyAccount}
        clearable
        searchable
        value={view.account}
        data={accounts.map(({ id, name, numberMask }) => ({ value: id, label: `${name} · ${numberMask}` }))}
        onChange={(account) => show({ account })}
      />
    </Toolbar>
  );
}
