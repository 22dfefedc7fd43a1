// The overview's row of one client.
import type { ClientOverview } from '../../../shared/ipc/contract/clients.ts';
import { useCurrentClient } from '../../app/current-client.tsx';
import { navigate } from '../../app/hash-location.ts';
import { overview as words } from '../../text/overview.ts';
import { Amount } from '../../ui/amount.tsx';
import { ClientDot } from '../../ui/client-dot.tsx';
import { InstantText } from '../../ui/date-text.tsx';
import { formatCount } from '../../ui/format.ts';
import { HealthBadge, StateBadge } from '../../ui/state-badge.tsx';

const SOON_DAYS = 7;

export function ClientRow({ client }: { readonly client: ClientOverview }) {
  const { choose } = useCurrentClient();
  function open(): void {
    choose(client.id);
    navigate('/accounts');
  }
  return (
    <tr>
      <th scope="row" className="sr-overview-name">
        <button type="button" className="sr-text-button" onClick={open}>
          <ClientDot colour={client.colour} />
          <span>{client.name}</span>
        </button>
        <span className="sr-overview-accounts">{words.accounts(client.accounts)}</span>
      </th>
      <td data-align="end">
        <Balances client={client} />
      </td>
      <td>
        <InstantText at={client.dataAsOf} />
      </td>
      <td>
        {client.health === null ? (
          <span className="sr-quiet">{words.noConnection}</span>
        ) : (
          <HealthBadge state={client.health} />
        )}
      </td>
      <td>
        <Consent days={client.consentDaysLeft} />
      </td>
      <td>
        <Proofs proofs={client.proofs} />
      </td>
      <td>
        <Open client={client} />
      </td>
    </tr>
  );
}

function Balances({ client }: { readonly client: ClientOverview }) {
  if (client.balances.length === 0) return <span className="sr-quiet">{words.noAccounts}</span>;
  return (
    <ul className="sr-overview-balances">
      {client.balances.map(({ currency, amountMinor }) => (
        <li key={currency}>
          <Amount amountMinor={amountMinor} currency={currency} />
        </li>
      ))}
    </ul>
  );
}

function Consent({ days }: { readonly days: number | null }) {
  if (days === null) return <span className="sr-quiet">{words.noConsent}</span>;
  if (days <= 0) return <StateBadge tone="bad" word={words.ended} />;
  if (days <= SOON_DAYS) return <StateBadge tone="attention" word={words.daysLeft(days)} />;
  return <>{words.daysLeft(days)}</>;
}

function Proofs({ proofs: { pass, fail, absent } }: { readonly proofs: ClientOverview['proofs'] }) {
  if (fail > 0) return <StateBadge tone="bad" word={words.failing(fail)} />;
  if (pass === 0) return <span className="sr-quiet">{words.noProof}</span>;
  return <StateBadge tone="good" word={words.proofs(pass, pass + absent)} />;
}

function Open({ client }: { readonly client: ClientOverview }) {
  const { stagedBatches, pending } = client;
  if (stagedBatches === 0 && pending === 0) return <span className="sr-quiet">{words.nothingOpen}</span>;
  return (
    <>
      {stagedBatches > 0 && <StateBadge tone="attention" word={words.staged(stagedBatches)} />}
      {stagedBatches > 0 && pending > 0 && <br />}
      {pending > 0 && words.pending(formatCount(pending))}
    </>
  );
}
