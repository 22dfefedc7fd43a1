// The proof of one account and period: its chain of statements, what does not fit, and what to do. The vault did every sum.
import { Button } from '@mantine/core';
import { Download, Printer } from 'lucide-react';
import { Link } from 'wouter';
import type { AccountSummary } from '../../../shared/ipc/contract/accounts.ts';
import { usePagedCall, useCall } from '../../api/query.ts';
import { navigate } from '../../app/hash-location.ts';
import { useCurrentClient } from '../../app/current-client.tsx';
import { useMay } from '../../app/use-may.ts';
import { ui } from '../../text/common.ts';
import { statementsText as text } from '../../text/statements.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { EmptyState, Page, Section, Skeletons } from '../../ui/page.tsx';
import { FileX2 } from 'lucide-react';
import { ExportDialog } from './export-dialog.tsx';
import { ProofChain } from './proof-chain.tsx';
import { ProofFindings } from './proof-findings.tsx';
import { ProofPeriod } from './proof-period.tsx';
import { ProofVerdict } from './proof-verdict.tsx';
import { gridAddress, proofAddress, type ProofView } from './statement-address.ts';

interface ProofProps {
  readonly view: ProofView;
  readonly account: AccountSummary;
}

function backTo({ accountId, from, to }: ProofView): string {
  const month = from.slice(0, 7) === to.slice(0, 7) ? from.slice(0, 7) : null;
  return gridAddress(Number(from.slice(0, 4)), { accountId, month });
}

function Actions({ view }: { readonly view: ProofView }) {
  const may = useMay();
  return (
    <>
      <Button component={Link} to={backTo(view)} variant="default">
        {text.back}
      </Button>
      <Button variant="default" leftSection={<Printer size={14} aria-hidden="true" />} onClick={() => window.print()}>
        {ui.print}
      </Button>
      {may('statements.export') && (
        <Button
          leftSection={<Download size={14} aria-hidden="true" />}
          onClick={() => navigate(proofAddress(view.accountId, view, true), { replace: true })}
        >
          {text.exportAction}
        </Button>
      )}
    </>
  );
}

function ProofBody({ view, account }: ProofProps) {
  const { from, to } = view;
  const { clientId, id: accountId } = account;
  const query = usePagedCall('statements', 'proof', { clientId, accountId, from, to });
  const [first, last] = [from.slice(0, 7), to.slice(0, 7)];
  const coverage = usePagedCall('statements', 'coverage', { clientId, from: first, to: last });
  const failed = [query, coverage].find(({ isError }) => isError);
  if (failed) return <ErrorPanel error={failed.error} onRetry={() => void failed.refetch()} />;
  if (query.data === undefined || coverage.data === undefined) return <Skeletons rows={10} />;
  const { statements, findings } = query.data;
  const months = coverage.data.find((one) => one.accountId === accountId)?.months ?? [];
  return (
    <div aria-busy={query.isPlaceholderData}>
      <ProofVerdict months={months.map(({ state }) => state)} statements={statements.length} findings={findings} />
      {findings.length > 0 && (
        <Section title={text.findings}>
          <ProofFindings findings={findings} account={account} />
        </Section>
      )}
      <Section title={text.chain}>
        <ProofChain statements={statements} account={account} />
      </Section>
    </div>
  );
}

function AccountProofPage({ view, account }: ProofProps) {
  const { clients } = useCurrentClient();
  const client = clients.find(({ id }) => id === account.clientId)?.name ?? '';
  const close = (): void => navigate(proofAddress(view.accountId, view), { replace: true });
  return (
    <Page
      title={text.proofTitle(account.name)}
      lead={[client, account.institution, account.numberMask, account.currency]
        .filter((part) => part !== '')
        .join(' · ')}
      actions={<Actions view={view} />}
    >
      <ProofPeriod view={view} />
      <ProofBody key={account.id} view={view} account={account} />
      {view.exporting && <ExportDialog account={account} client={client} range={view} onClose={close} />}
    </Page>
  );
}

export function ProofPage({ view }: { readonly view: ProofView }) {
  const accounts = useCall('accounts', 'list', { clientId: null });
  const account = accounts.data?.find(({ id }) => id === view.accountId);
  if (account) return <AccountProofPage view={view} account={account} />;
  return (
    <Page title={text.title}>
      {accounts.isPending && <Skeletons rows={10} />}
      {accounts.isError && <ErrorPanel error={accounts.error} onRetry={() => void accounts.refetch()} />}
      {accounts.isSuccess && (
        <EmptyState
          icon={FileX2}
          title={text.unknownTitle}
          hint={text.unknownHint}
          action={
            <Button component={Link} to="/statements">
              {text.back}
            </Button>
          }
        />
      )}
    </Page>
  );
}
