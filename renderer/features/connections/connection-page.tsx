// One connection: health with its cause in words, who answers at the other end, consent, accounts, the last 90 days.
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import type { ConnectionView } from '../../../shared/ipc/contract/connections.ts';
import { useMay } from '../../app/use-may.ts';
import { connectionsText as text } from '../../text/connections.ts';
import { Page, Section } from '../../ui/page.tsx';
import { HealthBadge } from '../../ui/state-badge.tsx';
import { wizardAddress } from './addresses.ts';
import { ConnectionAccounts } from './connection-accounts.tsx';
import { ConnectionMenu } from './connection-menu.tsx';
import { HealthDetails } from './health-details.tsx';
import { HistoryStrip } from './history-strip.tsx';
import { PermissionList } from './permission-list.tsx';
import { PinList } from './pin-list.tsx';
import { PracticePanel } from './practice-panel.tsx';
import { SyncButton } from './sync-button.tsx';
import { TlsFacts } from './tls-facts.tsx';

function Actions({ connection }: { readonly connection: ConnectionView }) {
  const may = useMay();
  return (
    <>
      <Button component={Link} to="/connections" variant="default">
        {text.back}
      </Button>
      {may('connections.manage') && <ConnectionMenu connection={connection} />}
      {connection.stage !== 'ready' && may('connections.manage') && (
        <Button component={Link} to={wizardAddress(connection.id)}>
          {text.continueSetup}
        </Button>
      )}
      <SyncButton connection={connection} variant="filled" />
    </>
  );
}

function Identity({ connection }: { readonly connection: ConnectionView }) {
  return (
    <Section title={text.tls}>
      {connection.tls ? <TlsFacts identity={connection.tls} /> : <p className="sr-note">{text.tlsNone}</p>}
      <h3 className="sr-subheading">{text.pins}</h3>
      <PinList pins={connection.pins} seen={connection.tls?.spkiSha256 ?? null} />
      <p className="sr-note">{text.pinsHint}</p>
    </Section>
  );
}

export function ConnectionPage({ connection }: { readonly connection: ConnectionView }) {
  const kind = connection.practice ? text.practice : text.types[connection.type];
  return (
    <Page
      title={connection.institution}
      lead={
        <>
          {kind} · <HealthBadge state={connection.health.state} />
        </>
      }
      actions={<Actions connection={connection} />}
    >
      <HealthDetails connection={connection} />
      <Section title={text.history} aside={<span className="sr-quiet">{text.historyKey}</span>}>
        <HistoryStrip history={connection.history} size="large" />
      </Section>
      <div className="sr-connection-columns">
        <div>
          <Section title={text.accountsTitle}>
            <ConnectionAccounts connection={connection} />
          </Section>
          <Section title={text.permissions}>
            <PermissionList names={connection.permissions} />
          </Section>
        </div>
        <Identity connection={connection} />
      </div>
      {connection.practice && (
        <Section title={text.practiceBank}>
          <PracticePanel />
        </Section>
      )}
    </Page>
  );
}
