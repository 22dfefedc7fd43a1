// One account: identity, balances, picture, continuity proof, sources.
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import type { AccountDetail, AccountSummary } from '../../../shared/ipc/contract/accounts.ts';
import { useCall } from '../../api/query.ts';
import { useCurrentClient } from '../../app/current-client.tsx';
import { navigate } from '../../app/hash-location.ts';
import { accountsText as text } from '../../text/accounts.ts';
import { Amount } from '../../ui/amount.tsx';
import { AsOf } from '../../ui/date-text.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Page, Section, Skeletons } from '../../ui/page.tsx';
import { transactionsAddress } from './account-address.ts';
import { AccountIdentity } from './account-identity.tsx';
import { BalanceChart } from './balance-chart.tsx';
import { BalancesByType } from './balances-by-type.tsx';
import { ContinuityProof } from './continuity-proof.tsx';
import { SourceList } from './source-list.tsx';

function Actions({ account }: { readonly account: AccountSummary }) {
  const { choose } = useCurrentClient();
  const openLedger = (): void => {
    choose(account.clientId);
    navigate(transactionsAddress(account.id));
  };
  return (
    <>
      <Button component={Link} to="/accounts" variant="default">
        {text.back}
      </Button>
      <Button onClick={openLedger}>{text.seeTransactions}</Button>
    </>
  );
}

function Balance({ account }: { readonly account: AccountSummary }) {
  const { bookedMinor, pendingMinor, currency, dataAsOf } = account;
  return (
    <p className="sr-account-balance">
      <Amount amountMinor={bookedMinor} currency={currency} />
      {pendingMinor !== '0' && (
        <span className="sr-quiet">
          {text.pendingApart} <Amount amountMinor={pendingMinor} currency={currency} pending />
        </span>
      )}
      <AsOf at={dataAsOf} />
    </p>
  );
}

function Details({ account }: { readonly account: AccountDetail }) {
  return (
    <>
      <Section title={text.chart}>
        <BalanceChart account={account} />
      </Section>
      <div className="sr-account-columns">
        <div>
          <Section title={text.proof}>
            <ContinuityProof account={account} />
          </Section>
          <Section title={text.balances}>
            <BalancesByType balances={account.balances} />
          </Section>
        </div>
        <div>
          <Section title={text.identity}>
            <AccountIdentity account={account} />
          </Section>
          <Section title={text.sources}>
            <SourceList sources={account.sources} />
          </Section>
        </div>
      </div>
    </>
  );
}

export function AccountPage({ account }: { readonly account: AccountSummary }) {
  const detail = useCall('accounts', 'get', { clientId: account.clientId, accountId: account.id });
  const lead = `${account.institution} · ${text.kinds[account.kind]} · ${account.numberMask}`;
  return (
    <Page title={account.name} lead={lead} actions={<Actions account={account} />}>
      <Balance account={account} />
      {detail.isPending && <Skeletons rows={10} />}
      {detail.isError && <ErrorPanel error={detail.error} onRetry={() => void detail.refetch()} />}
      {detail.data && <Details account={detail.data} />}
    </Page>
  );
}
