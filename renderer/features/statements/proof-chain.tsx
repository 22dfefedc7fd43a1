// The chain: opening, rows, sum and closing of each statement, and how it follows the one before.
import { ArrowDown, Flag, HelpCircle, Layers2, Unlink2, type LucideIcon } from 'lucide-react';
import { Link } from 'wouter';
import type { AccountSummary } from '../../../shared/ipc/contract/accounts.ts';
import type { ChainedStatement } from '../../../shared/ipc/contract/statements.ts';
import { useCurrentClient } from '../../app/current-client.tsx';
import { statementsText as text } from '../../text/statements.ts';
import { Amount } from '../../ui/amount.tsx';
import { CalendarDateText } from '../../ui/date-text.tsx';
import { formatCount } from '../../ui/format.ts';
import { ProofBadge, StateBadge, type Tone } from '../../ui/state-badge.tsx';
import { Table } from '../../ui/table.tsx';
import { batchAddress } from './statement-address.ts';

const HEAD = [
  { text: text.link },
  { text: text.period },
  { text: text.source },
  { text: text.opening, align: 'end' },
  { text: text.rows, align: 'end' },
  { text: text.sum, align: 'end' },
  { text: text.closing, align: 'end' },
  { text: text.proof },
] as const;

const LINKS: Readonly<Record<ChainedStatement['link'], { readonly tone: Tone; readonly icon: LucideIcon }>> = {
  first: { tone: 'quiet', icon: Flag },
  continues: { tone: 'good', icon: ArrowDown },
  gap: { tone: 'bad', icon: Unlink2 },
  overlap: { tone: 'attention', icon: Layers2 },
  unknown: { tone: 'quiet', icon: HelpCircle },
};

function Balance({ minor, currency }: { readonly minor: string | null; readonly currency: string }) {
  if (minor === null) return <span className="sr-quiet">{text.notStated}</span>;
  return <Amount amountMinor={minor} currency={currency} />;
}

interface ChainRowProps {
  readonly statement: ChainedStatement;
  readonly account: AccountSummary;
}

function ChainRow({ statement, account }: ChainRowProps) {
  const { choose } = useCurrentClient();
  const { from, to, link, currency } = { ...statement, currency: account.currency };
  return (
    <tr data-link={link}>
      <td>
        <StateBadge {...LINKS[link]} word={text.links[link]} meaning={text.linkMeanings[link]} />
      </td>
      <td>
        {from === null || to === null ? (
          <span className="sr-quiet">{text.undated}</span>
        ) : (
          <>
            <CalendarDateText date={from} /> – <CalendarDateText date={to} />
          </>
        )}
      </td>
      <td className="sr-statement-source">
        <Link className="sr-link" to={batchAddress(statement.batchId)} onClick={() => choose(account.clientId)}>
          {statement.source}
        </Link>
      </td>
      <td data-align="end">
        <Balance minor={statement.openingMinor} currency={currency} />
      </td>
      <td data-align="end">{formatCount(statement.rows)}</td>
      <td data-align="end">
        <Amount amountMinor={statement.bookedMinor} currency={currency} />
      </td>
      <td data-align="end">
        <Balance minor={statement.closingMinor} currency={currency} />
      </td>
      <td>
        <ProofBadge proof={statement.proof} />
      </td>
    </tr>
  );
}

interface ProofChainProps {
  readonly statements: readonly ChainedStatement[];
  readonly account: AccountSummary;
}

export function ProofChain({ statements, account }: ProofChainProps) {
  if (statements.length === 0) return <p className="sr-section-note sr-quiet">{text.noChain}</p>;
  return (
    <Table label={text.tableLabel(account.name)} head={HEAD}>
      {statements.map((statement, at) => (
        <ChainRow key={`${statement.batchId} ${at}`} statement={statement} account={account} />
      ))}
    </Table>
  );
}
