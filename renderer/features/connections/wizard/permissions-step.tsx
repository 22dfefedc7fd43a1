// Fourth step: what the bank will be asked for and why, and from when. Then the connection is stored and its keys pinned.
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ConnectionDetails, ConnectionView, Pin } from '../../../../shared/ipc/contract/connections.ts';
import { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import { useAction } from '../../../api/query.ts';
import { wizardText } from '../../../text/connection-wizard.ts';
import { LEAST_PERMISSIONS } from '../../../../shared/model/connection-permissions.ts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { PermissionList } from '../permission-list.tsx';
import { Step, StepFooter } from './wizard-frame.tsx';

const text = wizardText.permissions;

/** The start of the year before last: what an accountant's current and last file need. */
function usualStart(): string {
  return `${new Date().getFullYear() - 2}-01-01`;
}

interface PermissionsStepProps {
  readonly details: ConnectionDetails;
  readonly pins: readonly [Pin, Pin];
  readonly onBack: () => void;
  readonly onCreated: (connection: ConnectionView) => void;
}

export function PermissionsStep({ details, pins, onBack, onCreated }: PermissionsStepProps) {
  const [start, setStart] = useState(usualStart);
  const create = useAction('connections', 'create');
  const startDate = CalendarDate.safeParse(start);
  const submit = (): void => {
    if (startDate.success)
      create.mutate({ ...details, pins: [...pins], startDate: startDate.data }, { onSuccess: onCreated });
  };
  return (
    <Step heading={text.heading} hint={text.hint}>
      <PermissionList names={LEAST_PERMISSIONS['uk-open-banking']} />
      <p className="sr-note">{text.never}</p>
      <TextInput
        type="date"
        className="sr-start-date"
        label={text.start}
        description={text.startHint}
        value={start}
        onChange={(event) => setStart(event.currentTarget.value)}
      />
      {create.isError && <ErrorPanel error={create.error} />}
      <StepFooter onBack={onBack}>
        <Button loading={create.isPending} disabled={!startDate.success} onClick={submit}>
          {text.create}
        </Button>
      </StepFooter>
    </Step>
  );
}
