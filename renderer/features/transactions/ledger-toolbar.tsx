// Search and filters of the ledger. What is in force shows as chips beside it; here it is set.
import { Button, Menu } from '@mantine/core';
import { Check, CircleDot, Landmark } from 'lucide-react';
import { useCallback, type ReactNode } from 'react';
import type { AccountSummary } from '../../../shared/ipc/contract/accounts.ts';
import type { TransactionFilter } from '../../../shared/ipc/contract/transactions.ts';
import { transactionsText as text } from '../../text/transactions.ts';
import { SearchField, Toolbar } from '../../ui/toolbar.tsx';
import type { LedgerFilter } from './ledger-view.ts';
import { PeriodMenu } from './period-menu.tsx';

const STATES = ['booked', 'pending', 'removed'] as const satisfies readonly TransactionFilter['state'][];

interface Choice<T> {
  readonly value: T | null;
  readonly label: string;
}

interface FilterMenuProps<T> {
  readonly label: string;
  readonly icon: ReactNode;
  readonly choices: readonly Choice<T>[];
  readonly value: T | null;
  readonly onChange: (value: T | null) => void;
}

function FilterMenu<T extends string>({ label, icon, choices, value, onChange }: FilterMenuProps<T>) {
  return (
    <Menu position="bottom-start" shadow="md">
      <Menu.Target>
        <Button variant="default" leftSection={icon}>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map((choice) => (
          <Menu.Item
            key={choice.value ?? ''}
            leftSection={<Check size={14} aria-hidden opacity={choice.value === value ? 1 : 0} />}
            onClick={() => onChange(choice.value)}
          >
            {choice.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface LedgerToolbarProps {
  readonly filter: LedgerFilter;
  readonly accounts: readonly AccountSummary[];
  readonly onChange: (change: Partial<LedgerFilter>) => void;
}

export function LedgerToolbar({ filter, accounts, onChange }: LedgerToolbarProps) {
  const search = useCallback((typed: string) => onChange({ search: typed || null }), [onChange]);
  return (
    <Toolbar label={text.filters}>
      <SearchField
        value={filter.search ?? ''}
        onChange={search}
        label={text.searchLabel}
        placeholder={text.searchPlaceholder}
        width="20rem"
      />
      <PeriodMenu range={filter} onChange={onChange} />
      <FilterMenu
        label={text.account}
        icon={<Landmark size={14} aria-hidden />}
        value={filter.accountId}
        choices={[
          { value: null, label: text.allAccounts },
          ...accounts.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(accountId) => onChange({ accountId })}
      />
      <FilterMenu
        label={text.state}
        icon={<CircleDot size={14} aria-hidden />}
        value={filter.state}
        choices={[
          { value: null, label: text.anyState },
          ...STATES.map((state) => ({ value: state, label: text.stateChoices[state] })),
        ]}
        onChange={(state) => onChange({ state })}
      />
    </Toolbar>
  );
}
