// The filters in force, each removable by itself. It shows filters and changes none.
import { Button, Pill } from '@mantine/core';
import type { AccountSummary } from '../../../shared/ipc/contract/accounts.ts';
import { transactionsText as text } from '../../text/transactions.ts';
import { formatCalendarDate } from '../../ui/format.ts';
import { NO_FILTER, type LedgerFilter } from './ledger-view.ts';

interface Chip {
  readonly label: string;
  readonly value: string;
  readonly without: Partial<LedgerFilter>;
}

function periodText({ from, to }: LedgerFilter): string | null {
  if (from !== null && to !== null) return text.between(formatCalendarDate(from), formatCalendarDate(to));
  if (from !== null) return text.since(formatCalendarDate(from));
  return to === null ? null : text.until(formatCalendarDate(to));
}

function chipsOf(filter: LedgerFilter, accounts: readonly AccountSummary[]): Chip[] {
  const account = accounts.find(({ id }) => id === filter.accountId);
  const candidates: readonly (Omit<Chip, 'value'> & { readonly value: string | null })[] = [
    { label: text.searchChip, value: filter.search, without: { search: null } },
    { label: text.period, value: periodText(filter), without: { from: null, to: null } },
    { label: text.account, value: account?.name ?? filter.accountId, without: { accountId: null } },
    { label: text.state, value: filter.state && text.stateChoices[filter.state], without: { state: null } },
  ];
  return candidates.filter((chip): chip is Chip => chip.value !== null);
}

interface FilterChipsProps {
  readonly filter: LedgerFilter;
  readonly accounts: readonly AccountSummary[];
  readonly onChange: (change: Partial<LedgerFilter>) => void;
}

export function FilterChips({ filter, accounts, onChange }: FilterChipsProps) {
  const chips = chipsOf(filter, accounts);
  if (chips.length === 0) return null;
  return (
    <ul className="sr-ledger-chips">
      {chips.map(({ label, value, without }) => (
        <li key={label}>
          <Pill
            withRemoveButton
            onRemove={() => onChange(without)}
            removeButtonProps={{ 'aria-label': text.removeChip(label), 'aria-hidden': false, tabIndex: 0 }}
          >
            {text.chip(label, value)}
          </Pill>
        </li>
      ))}
      <li>
        <Button variant="subtle" size="compact-xs" onClick={() => onChange(NO_FILTER)}>
          {text.clearFilters}
        </Button>
      </li>
    </ul>
  );
}
