// Third step: who answers at that address. A person compares the fingerprint; two keys are pinned, or none.
import { Button, Checkbox, Loader, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Pin, type ConnectionDetails, type TlsIdentity } from '../../../../shared/ipc/contract/connections.ts';
import type { PracticeBankView } from '../../../../shared/ipc/contract/practice.ts';
import { useCall } from '../../../api/query.ts';
import { wizardText } from '../../../text/connection-wizard.ts';
import { ErrorPanel, WireErrorPanel } from '../../../ui/error-panel.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { TlsFacts } from '../tls-facts.tsx';
import { Fingerprint } from './fingerprint.tsx';
import { Step, StepFooter } from './wizard-frame.tsx';

const text = wizardText.identity;

interface IdentityStepProps {
  readonly details: ConnectionDetails;
  readonly bank: PracticeBankView | null;
  readonly onBack: () => void;
  readonly onConfirmed: (pins: readonly [Pin, Pin]) => void;
}

function Comparison({ seen, bank }: { readonly seen: Pin; readonly bank: PracticeBankView | null }) {
  const published = bank?.pins?.current;
  if (published === undefined) return <p>{text.compare}</p>;
  const same = published === seen;
  return (
    <>
      <p>{text.practiceCompare}</p>
      <Fingerprint value={published} />
      <StateBadge tone={same ? 'good' : 'bad'} word={same ? text.matches : text.differs} />
    </>
  );
}

function backupError(backup: string, current: Pin): string | null {
  if (!Pin.safeParse(backup).success) return text.backupInvalid;
  return backup === current ? text.backupSame : null;
}

interface ConfirmProps extends Omit<IdentityStepProps, 'details'> {
  readonly identity: TlsIdentity;
}

function Confirm({ identity, bank, onBack, onConfirmed }: ConfirmProps) {
  const seen = identity.spkiSha256;
  const [backup, setBackup] = useState(bank?.pins?.backup ?? '');
  const [compared, setCompared] = useState(false);
  const problem = backupError(backup.trim(), seen);
  const differs = (bank?.pins?.current ?? seen) !== seen;
  return (
    <>
      <div className="sr-compare-pins">
        <p>{text.seen}</p>
        <Fingerprint value={seen} />
        <Comparison seen={seen} bank={bank} />
      </div>
      <Checkbox
        label={text.confirm}
        checked={compared}
        disabled={differs}
        onChange={(event) => setCompared(event.currentTarget.checked)}
      />
      <TextInput
        className="sr-backup-pin"
        classNames={{ input: 'sr-mono' }}
        label={text.backup}
        description={text.backupHint}
        value={backup}
        spellCheck={false}
        error={backup === '' ? null : problem}
        onChange={(event) => setBackup(event.currentTarget.value)}
      />
      <StepFooter onBack={onBack}>
        <Button disabled={!compared || problem !== null} onClick={() => onConfirmed([seen, backup.trim()])}>
          {wizardText.next}
        </Button>
      </StepFooter>
    </>
  );
}

export function IdentityStep({ details, bank, onBack, onConfirmed }: IdentityStepProps) {
  const { issuer, resourceBase, authorityPem } = details;
  const query = useCall('connections', 'identify', { issuer, resourceBase, authorityPem });
  const again = (): void => void query.refetch();
  // Only an answer given just now counts: an older one may come from another server.
  const answer = query.isFetching || query.isError ? undefined : query.data;
  const refused = answer !== undefined && (!answer.trusted || answer.problem !== null);
  return (
    <Step heading={text.heading} hint={text.hint}>
      {query.isFetching && (
        <output className="sr-waiting">
          <Loader size="sm" aria-hidden /> {text.asking}
        </output>
      )}
      {query.isError && <ErrorPanel error={query.error} onRetry={again} />}
      {answer?.problem && <WireErrorPanel error={answer.problem} onRetry={again} />}
      {refused && !answer.problem && <p role="alert">{text.untrusted}</p>}
      {answer && <TlsFacts identity={answer.identity} />}
      {answer && !refused ? (
        <Confirm identity={answer.identity} bank={bank} onBack={onBack} onConfirmed={onConfirmed} />
      ) : (
        <StepFooter onBack={onBack}>{null}</StepFooter>
      )}
    </Step>
  );
}
