// Security: what protects this office and what doesn't, the check of everything, and the audit log.
import './security.css';
import { Button } from '@mantine/core';
import { useAction, useCall } from '../../api/query.ts';
import { security as words } from '../../text/security.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { AuditLog } from './audit-log.tsx';
import { Protections } from './protections.tsx';
import { RecoveryState } from './recovery-state.tsx';
import { VerifyResult } from './verify-result.tsx';

export function SecurityPage() {
  const status = useCall('office', 'status', {});
  const verify = useAction('office', 'verify');
  const button = (
    <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate({})}>
      {words.verify}
    </Button>
  );
  return (
    <Page title={words.title} lead={words.lead} actions={button}>
      <p role="status">{verify.isPending && words.verifying}</p>
      {verify.isError && <ErrorPanel error={verify.error} onRetry={() => verify.mutate({})} />}
      {verify.isSuccess && <VerifyResult report={verify.data} />}
      {status.data !== undefined && (
        <>
          <RecoveryState status={status.data} />
          <div className="sr-security-columns">
            <Protections status={status.data} />
            <Section title={words.limits}>
              <ul className="sr-points">
                {words.limitsList.map((text) => (
                  <li key={text}>{text}</li>
                ))}
              </ul>
            </Section>
          </div>
        </>
      )}
      <AuditLog />
    </Page>
  );
}
