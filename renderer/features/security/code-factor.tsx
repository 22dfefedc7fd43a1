// Codes of an authenticator app: set up, recovery codes made anew, removed.
import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { CodeEnrolment, type FactorState } from '../../../shared/ipc/contract/factors.ts';
import { client } from '../../api/client.ts';
import { useAction } from '../../api/query.ts';
import { openJson, replyKey, useSecretAction } from '../../api/secrets.ts';
import { codes as words } from '../../text/own-sign-in.ts';
import { ConfirmDestroy } from '../../ui/confirm-destroy.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Facts } from '../../ui/facts.tsx';
import { formatInstantDay } from '../../ui/format.ts';
import { Section } from '../../ui/page.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { EnrolCode } from './enrol-code.tsx';
import { RecoveryCodeList } from './recovery-code-list.ts';

export interface CodeFactorProps {
  readonly code: FactorState['code'];
  /** Recovery codes to be shown once. */
  readonly onCodes: (codes: readonly string[]) => void;
}

export function CodeFactor({ code, onCodes }: CodeFactorProps) {
  const aside = <StateBadge tone={code === null ? 'attention' : 'good'} word={code === null ? words.none : words.on} />;
  return (
    <Section title={words.title} aside={aside}>
      <div className="sr-own-form">
        <p className="sr-quiet">{words.meaning}</p>
        {code === null ? <Begin onCodes={onCodes} /> : <Enrolled code={code} onCodes={onCodes} />}
      </div>
    </Section>
  );
}

function Begin({ onCodes }: Pick<CodeFactorProps, 'onCodes'>) {
  const [enrolment, setEnrolment] = useState<CodeEnrolment | null>(null);
  const begin = useSecretAction(async () => {
    const sealed = await client.factors.beginCode({ replyKey: await replyKey() });
    return openJson(CodeEnrolment, 'one-time-codes', sealed.enrolment);
  }, setEnrolment);
  return (
    <>
      <div>
        <Button loading={begin.isPending} onClick={() => begin.mutate()}>
          {words.begin}
        </Button>
      </div>
      {begin.isError && <ErrorPanel error={begin.error} size="compact" />}
      {enrolment !== null && <EnrolCode enrolment={enrolment} onClose={() => setEnrolment(null)} onCodes={onCodes} />}
    </>
  );
}

interface EnrolledProps extends CodeFactorProps {
  readonly code: NonNullable<FactorState['code']>;
}

function Enrolled({ code, onCodes }: EnrolledProps) {
  const [renewing, renewal] = useDisclosure(false);
  const [removing, removal] = useDisclosure(false);
  const renew = useSecretAction(async () => {
    const { recoveryCodes } = await client.factors.renewRecoveryCodes({ replyKey: await replyKey() });
    return openJson(RecoveryCodeList, 'recovery-codes', recoveryCodes);
  }, onCodes);
  const remove = useAction('factors', 'removeCode', () => showToast({ message: words.removed }));
  return (
    <>
      <Facts
        items={[
          { name: words.since, value: formatInstantDay(code.enrolledAt) },
          { name: words.left, value: words.leftCount(code.recoveryCodesLeft) },
        ]}
      />
      <Group gap="xs">
        <Button variant="default" onClick={renewal.open}>
          {words.renew}
        </Button>
        <Button variant="default" onClick={removal.open}>
          {words.remove}
        </Button>
      </Group>
      <ConfirmDestroy
        opened={renewing}
        onClose={renewal.close}
        title={words.renew}
        lost={words.renewLost}
        confirm={words.renew}
        onConfirm={() => renew.mutate()}
        running={renew.isPending}
        error={renew.error}
      />
      <ConfirmDestroy
        opened={removing}
        onClose={removal.close}
        title={words.remove}
        lost={words.removeLost}
        confirm={words.remove}
        onConfirm={() => remove.mutate({})}
        running={remove.isPending}
        error={remove.error}
      />
    </>
  );
}
