// What identifies an account. Its full number stays hidden until it is asked for.
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AccountDetail } from '../../../shared/ipc/contract/accounts.ts';
import { useCall } from '../../api/query.ts';
import { accountsText as text } from '../../text/accounts.ts';
import { formatCount } from '../../ui/format.ts';
import { Facts } from '../../ui/facts.tsx';

const inGroups = (iban: string): string => iban.replace(/(.{4})(?=.)/g, '$1 ');

function AccountNumber({ account }: { readonly account: AccountDetail }) {
  const [shown, setShown] = useState(false);
  if (account.iban === null) return account.numberMask;
  return (
    <span className="sr-account-reveal">
      <span className="sr-mono">{shown ? inGroups(account.iban) : account.numberMask}</span>
      <Button variant="default" size="compact-xs" aria-pressed={shown} onClick={() => setShown(!shown)}>
        {shown ? text.hideNumber : text.showNumber}
      </Button>
    </span>
  );
}

function useConnectionName(account: AccountDetail): string {
  const connections = useCall('connections', 'list', {});
  const connection = connections.data?.find(({ id }) => id === account.connectionId);
  return connection ? `${text.fromConnection}: ${connection.institution}` : text.fromFiles;
}

export function AccountIdentity({ account }: { readonly account: AccountDetail }) {
  const connection = useConnectionName(account);
  return (
    <Facts
      items={[
        { name: account.iban === null ? text.number : text.iban, value: <AccountNumber account={account} /> },
        { name: text.institution, value: account.institution },
        { name: text.kind, value: text.kinds[account.kind] },
        { name: text.currency, value: account.currency },
        { name: text.rows, value: formatCount(account.transactions) },
        { name: text.columns.source, value: connection },
      ]}
    />
  );
}
