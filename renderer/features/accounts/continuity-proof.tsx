// The continuity proof as arithmetic a person can follow, and where it breaks. The vault did the sum.
import { Button, Group } from '@mantine/core';
import { Link } from 'wouter';
import type { AccountDetail, AccountProof } from '../../../shared/ipc/contract/accounts.ts';
import { useCurrentClient } from '../../app/current-client.tsx';
import { useMay } from '../../app/use-may.ts';
import { navigate } from '../../app/hash-location.ts';
import { accountsText as text } from '../../text/accounts.ts';
import { Amount } from '../../ui/amount.tsx';
import { CalendarDateText } from '../../ui/date-text.tsx';
import { ProofBadge } from '../../ui/state-badge.tsx';
import { brokenDayAddress } from './account-address.ts';

interface LineProps {
  readonly name: string;
  readonly date?: AccountProof['from'];
  readonly amountMinor: string | null;
  readonly currency: string;
  readonly kind?: 'sum' | 'difference';
}

function Line({ name, date = null, amountMinor, currency, kind }: LineProps) {
  if (amountMinor === null) return null;
  return (
    <tr data-kind={kind}>
      <th scope="row">{name}</th>
      <td>{date !== null && <CalendarDateText date={date} />}</td>
      <td data-align="end">
        <Amount amountMinor={amountMinor} currency={currency} />
      </td>
    </tr>
  );
}

function BrokenDay({ account }: { readonly account: AccountDetail }) {
  const { choose } = useCurrentClient();
  const day = account.proof.firstBrokenDay;
  if (day === null) return null;
  const openRows = (): void => {
    choose(account.clientId);
    navigate(brokenDayAddress(account.id, day));
  };
  return (
    <p className="sr-proof-break">
      <span>
        {text.firstBrokenDay}:{' '}
        <strong>
          <CalendarDateText date={day} />
        </strong>
      </span>
      <Button variant="default" size="compact-xs" onClick={openRows}>
        {text.seeBrokenDay}
      </Button>
    </p>
  );
}

/** The statements screen's address of this account's proof, over all days it has data of. */
function statementsAddress({ id, proof, daily }: AccountDetail): string {
  const ends = [proof.from, proof.to, daily[0]?.date, daily.at(-1)?.date];
  const days = ends.flatMap((day) => day ?? []).toSorted();
  const parameters = new URLSearchParams({ account: id });
  const [first, last] = [days[0], days.at(-1)];
  if (first !== undefined && last !== undefined) {
    parameters.set('from', first);
    parameters.set('to', last);
  }
  return `/statements?${parameters}`;
}

function Ways({ account }: { readonly account: AccountDetail }) {
  const may = useMay();
  const address = statementsAddress(account);
  return (
    <Group gap="xs" mt="xs" className="sr-no-print">
      <Button component={Link} to={address} variant="default" size="compact-sm">
        {text.seeStatements}
      </Button>
      {may('statements.export') && (
        <Button component={Link} to={`${address}&view=export`} variant="default" size="compact-sm">
          {text.exportAccount}
        </Button>
      )}
    </Group>
  );
}

export function ContinuityProof({ account }: { readonly account: AccountDetail }) {
  const { proof, currency } = account;
  return (
    <div className="sr-proof" data-result={proof.result}>
      <p className="sr-proof-verdict">
        <ProofBadge proof={proof.result} /> {text.proofTitles[proof.result]}
      </p>
      <p className="sr-quiet">{text.proofHints[proof.result]}</p>
      <table className="sr-table">
        <tbody>
          <Line name={text.opening} date={proof.from} amountMinor={proof.openingMinor} currency={currency} />
          <Line name={text.sum} amountMinor={proof.sumMinor} currency={currency} />
          <Line name={text.closing} date={proof.to} amountMinor={proof.closingMinor} currency={currency} kind="sum" />
          <Line name={text.difference} amountMinor={proof.differenceMinor} currency={currency} kind="difference" />
        </tbody>
      </table>
      <BrokenDay account={account} />
      <Ways account={account} />
    </div>
  );
}
