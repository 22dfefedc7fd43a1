// Security: what protects this office, its people, one's own sign-in and the audit log, each a view with an address of its own.
import './security.css';
import { Button, Tabs } from '@mantine/core';
import { useState } from 'react';
import { navigate, useHashSearch } from '../../app/hash-location.ts';
import { useMay } from '../../app/use-may.ts';
import type { RecoveryKit } from '../../../shared/ipc/contract/office.ts';
import type { Permission } from '../../../shared/model/roles.ts';
import { useAction } from '../../api/query.ts';
import { security as words } from '../../text/security.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { KitFlow } from '../../ui/kit-flow.tsx';
import { Page } from '../../ui/page.tsx';
import { AuditLog } from './audit-log.tsx';
import { OwnSignIn } from './own-sign-in.tsx';
import { People } from './people.tsx';
import { ProtectionView } from './protection-view.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { VerifyResult } from './verify-result.tsx';

type View = keyof typeof words.views;

const NEEDS: Readonly<Record<View, Permission>> = {
  protection: 'security.read',
  people: 'users.read',
  'sign-in': 'signed-in',
  audit: 'audit.read',
};
const VIEWS = Object.keys(NEEDS) as View[];

/** What is shown once and takes the screen until it is on paper. */
export type ShownOnce =
  { readonly kind: 'kit'; readonly kit: RecoveryKit } | { readonly kind: 'codes'; readonly codes: readonly string[] };

export function SecurityPage() {
  const [once, setOnce] = useState<ShownOnce | null>(null);
  function done(): void {
    setOnce(null);
    // The address may have asked for what is done now.
    if (once?.kind === 'kit') navigate('?view=protection', { replace: true });
  }
  if (once?.kind === 'kit') return <KitFlow kit={once.kit} shell={Page} open onDone={done} />;
  if (once?.kind === 'codes') return <RecoveryCodes codes={once.codes} onDone={done} />;
  return <Views onShownOnce={setOnce} />;
}

function Views({ onShownOnce }: { readonly onShownOnce: (once: ShownOnce) => void }) {
  const may = useMay();
  const verify = useAction('office', 'verify');
  const asked = new URLSearchParams(useHashSearch()).get('view');
  const offered = VIEWS.filter((view) => may(NEEDS[view]));
  const view = offered.find((name) => name === asked) ?? 'protection';
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
      <Tabs value={view} keepMounted={false} onChange={(next) => navigate(`?view=${next ?? view}`)}>
        <Tabs.List className="sr-no-print" aria-label={words.title}>
          {offered.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {words.views[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="protection">
          <ProtectionView onKit={(kit) => onShownOnce({ kind: 'kit', kit })} onVerify={() => verify.mutate({})} />
        </Tabs.Panel>
        <Tabs.Panel value="people">
          <People />
        </Tabs.Panel>
        <Tabs.Panel value="sign-in">
          <OwnSignIn onCodes={(codes) => onShownOnce({ kind: 'codes', codes })} />
        </Tabs.Panel>
        <Tabs.Panel value="audit">
          <AuditLog />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
