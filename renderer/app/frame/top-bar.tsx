// The top bar: search, running work, how old the data is, who is signed in, lock.
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { CircleQuestionMark, Lock, Search } from 'lucide-react';
import type { OfficeStatus } from '../../../shared/ipc/contract/office.ts';
import { useCall } from '../../api/query.ts';
import { frame } from '../../text/frame.ts';
import { InstantText } from '../../ui/date-text.tsx';
import { JobsBar } from '../../ui/jobs-bar.tsx';
import { Keys } from '../../ui/keys.tsx';
import { useCurrentClient } from '../current-client.tsx';

export interface TopBarProps {
  readonly status: OfficeStatus;
  readonly onLock: () => void;
  readonly onHelp: () => void;
}

export function TopBar({ status, onLock, onHelp }: TopBarProps) {
  return (
    <header className="sr-top sr-no-print">
      <button type="button" className="sr-top-search" onClick={spotlight.open}>
        <Search size={14} aria-hidden="true" />
        <span className="sr-top-search-text sr-truncate">{frame.top.search}</span>
        <Keys keys={['mod', 'K']} />
      </button>
      <div className="sr-top-work">
        <JobsBar />
      </div>
      <div className="sr-top-side">
        <DataAsOf />
        {status.user !== null && (
          <span className="sr-top-user sr-truncate" title={frame.top.roles[status.user.role]}>
            {status.user.name}
          </span>
        )}
        <Tooltip label={frame.top.shortcuts}>
          <ActionIcon aria-label={frame.top.shortcuts} color="gray" onClick={onHelp}>
            <CircleQuestionMark size={16} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
        <Button variant="default" leftSection={<Lock size={13} aria-hidden="true" />} onClick={onLock}>
          {frame.top.lock}
        </Button>
      </div>
    </header>
  );
}

/** The oldest "as of" of what the window shows: the chosen client, or all. */
function DataAsOf() {
  const { client } = useCurrentClient();
  const overview = useCall('clients', 'overview', {});
  const shown = (overview.data?.clients ?? []).filter(({ id }) => client === null || id === client.id);
  const oldest = shown
    .map(({ dataAsOf }) => dataAsOf)
    .filter((at) => at !== null)
    .sort()[0];
  if (oldest === undefined) return null;
  return (
    <span className="sr-top-age sr-quiet" title={frame.top.dataMeaning}>
      {frame.top.dataAsOf} <InstantText at={oldest} />
    </span>
  );
}
