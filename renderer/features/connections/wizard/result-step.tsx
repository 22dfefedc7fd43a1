// Last step: the first sync as a dry run, and the decision on it. Leaving it open loses nothing.
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { ConnectionView, SyncOutcome } from '../../../../shared/ipc/contract/connections.ts';
import { syncText } from '../../../text/connections.ts';
import { wizardText } from '../../../text/connection-wizard.ts';
import { formatCount } from '../../../ui/format.ts';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { newRowsOf } from '../new-rows.ts';
import { SyncPanel } from '../sync-panel.tsx';
import { useSync } from '../use-sync.ts';
import { connectionAddress } from '../addresses.ts';
import { Step, StepFooter } from './wizard-frame.tsx';

const text = wizardText.result;

interface Ended {
  readonly outcome: SyncOutcome | null;
}

function Finished({ ended, connection }: { readonly ended: Ended; readonly connection: ConnectionView }) {
  const { outcome } = ended;
  return (
    <>
      <output>
        <StateBadge
          tone={outcome ? 'good' : 'quiet'}
          word={outcome ? syncText.committed(formatCount(newRowsOf(outcome))) : syncText.discarded}
        />
      </output>
      <StepFooter>
        <Button component={Link} to={connectionAddress(connection.id)} variant="default">
          {text.done}
        </Button>
        {outcome && (
          <Button component={Link} to="/transactions">
            {text.toTransactions}
          </Button>
        )}
      </StepFooter>
    </>
  );
}

export function ResultStep({ connection }: { readonly connection: ConnectionView }) {
  const [ended, setEnded] = useState<Ended | null>(null);
  const sync = useSync(connection.id, { onEnd: (outcome) => setEnded({ outcome }) });
  const { fetch, step } = sync;
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    fetch();
  }, [fetch]);
  if (ended) {
    return (
      <Step heading={text.heading}>
        <Finished ended={ended} connection={connection} />
      </Step>
    );
  }
  return (
    <Step heading={text.heading} hint={text.laterHint}>
      <SyncPanel connection={connection} sync={sync} />
      {step.at === 'idle' && (
        <StepFooter>
          <Button onClick={fetch}>{text.again}</Button>
        </StepFooter>
      )}
    </Step>
  );
}
