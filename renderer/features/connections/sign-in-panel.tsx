// The sign-in in the system browser: open it, wait for the bank's answer, cancel. No password ever passes through here.
import { Button, Loader } from '@mantine/core';
import { ExternalLink } from 'lucide-react';
import type { ConnectionView } from '../../../shared/ipc/contract/connections.ts';
import { useAction, useCall } from '../../api/query.ts';
import { wizardText } from '../../text/connection-wizard.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { SignInNames } from './sign-in-names.tsx';
import { useRunningJob } from './use-running-job.ts';

const text = wizardText.signIn;

interface SignInPanelProps {
  readonly connection: ConnectionView;
  readonly onDone: (connection: ConnectionView) => void;
}

function PracticeNames() {
  const practice = useCall('practice', 'status', {});
  return practice.data ? <SignInNames signIns={practice.data.signIns} /> : null;
}

function Waiting({ institution }: { readonly institution: string }) {
  const { progress, cancel } = useRunningJob('sign-in', institution);
  return (
    <output className="sr-waiting">
      <Loader size="sm" aria-hidden />
      <div>
        <p className="sr-waiting-title">{text.waiting}</p>
        <p className="sr-quiet">{text.waitingHint}</p>
      </div>
      <Button variant="default" disabled={progress === null} onClick={cancel}>
        {text.cancel}
      </Button>
    </output>
  );
}

export function SignInPanel({ connection, onDone }: SignInPanelProps) {
  const authorise = useAction('connections', 'authorise');
  const open = (): void => authorise.mutate({ connectionId: connection.id }, { onSuccess: onDone });
  return (
    <div className="sr-sign-in">
      <p className="sr-quiet">{text.hint}</p>
      {connection.practice && <PracticeNames />}
      {authorise.isError && <ErrorPanel error={authorise.error} />}
      {authorise.isPending ? (
        <Waiting institution={connection.institution} />
      ) : (
        <div>
          <Button leftSection={<ExternalLink size={14} aria-hidden />} onClick={open}>
            {authorise.isError ? text.again : text.open}
          </Button>
        </div>
      )}
    </div>
  );
}
