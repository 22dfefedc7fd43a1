// What does not fit, in words: how much, from which day on, what would explain it, and what to do next.
import { Button, Group } from '@mantine/core';
import { CalendarX2, CircleX, Layers2, type LucideIcon } from 'lucide-react';
import { Link } from 'wouter';
import type { AccountSummary } from '../../../shared/ipc/contract/accounts.ts';
import { addDays } from '../../../shared/model/calendar-date.ts';
import type { ProofFinding } from '../../../shared/ipc/contract/statements.ts';
import { useCurrentClient } from '../../app/current-client.tsx';
import { statementsText as text } from '../../text/statements.ts';
import { Amount } from '../../ui/amount.tsx';
import { CalendarDateText } from '../../ui/date-text.tsx';
import { Facts } from '../../ui/facts.tsx';
import { StateBadge, type Tone } from '../../ui/state-badge.tsx';
import { findingWords } from './finding-words.ts';
import { ProofCandidates } from './proof-candidates.tsx';
import { DOUBTS_ADDRESS, rowsAddress } from './statement-address.ts';

const KINDS: Readonly<Record<ProofFinding['kind'], { readonly tone: Tone; readonly icon: LucideIcon }>> = {
  mismatch: { tone: 'bad', icon: CircleX },
  gap: { tone: 'bad', icon: CalendarX2 },
  overlap: { tone: 'attention', icon: Layers2 },
};

const DAYS_AROUND = 3;

interface FindingProps {
  readonly finding: ProofFinding;
  readonly account: AccountSummary;
}

function Figures({ finding, account }: FindingProps) {
  const { differenceMinor, firstBrokenDay } = finding;
  return (
    <Facts
      items={[
        {
          name: text.difference,
          value: differenceMinor && <Amount amountMinor={differenceMinor} currency={account.currency} />,
        },
        { name: text.firstBrokenDay, value: firstBrokenDay && <CalendarDateText date={firstBrokenDay} /> },
      ]}
    />
  );
}

function NextSteps({ finding, account }: FindingProps) {
  const { choose } = useCurrentClient();
  const stay = (): void => choose(account.clientId);
  const day = finding.firstBrokenDay ?? finding.to;
  const around = { from: addDays(day, -DAYS_AROUND), to: addDays(day, DAYS_AROUND) };
  return (
    <Group gap="xs" className="sr-no-print">
      {finding.kind === 'gap' && (
        <Button component={Link} to="/import" size="compact-sm" onClick={stay}>
          {text.importFile}
        </Button>
      )}
      <Button component={Link} to={rowsAddress(account.id, around)} variant="default" size="compact-sm" onClick={stay}>
        {text.rowsAround}
      </Button>
      {finding.kind === 'overlap' && (
        <Button component={Link} to={DOUBTS_ADDRESS} variant="default" size="compact-sm" onClick={stay}>
          {text.doubts}
        </Button>
      )}
    </Group>
  );
}

function FindingCard({ finding, account }: FindingProps) {
  const words = findingWords(finding, account.currency);
  return (
    <li className="sr-finding" data-kind={finding.kind}>
      <p className="sr-finding-title">
        <StateBadge {...KINDS[finding.kind]} word={text.kinds[finding.kind]} />
        <span>{words.days}</span>
      </p>
      <p>{words.what}</p>
      <Figures finding={finding} account={account} />
      {finding.candidates.length > 0 && <ProofCandidates finding={finding} account={account} />}
      <p>
        <strong>{text.nextStep}</strong> {words.next}
      </p>
      <NextSteps finding={finding} account={account} />
    </li>
  );
}

interface ProofFindingsProps {
  readonly findings: readonly ProofFinding[];
  readonly account: AccountSummary;
}

export function ProofFindings({ findings, account }: ProofFindingsProps) {
  return (
    <ul className="sr-findings" aria-label={text.findings}>
      {findings.map((finding) => (
        <FindingCard key={`${finding.kind} ${finding.from} ${finding.to}`} finding={finding} account={account} />
      ))}
    </ul>
  );
}
