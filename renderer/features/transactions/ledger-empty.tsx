// What stands in place of the ledger's rows: nothing there yet, or nothing that matches.
import { Button, Group } from '@mantine/core';
import { FilterX, Rows3 } from 'lucide-react';
import { Link } from 'wouter';
import { transactionsText as text } from '../../text/transactions.ts';
import { EmptyState } from '../../ui/page.tsx';
import { NO_FILTER, type LedgerFilter } from './ledger-view.ts';

interface LedgerEmptyProps {
  readonly filtered: boolean;
  readonly onClear: (filter: LedgerFilter) => void;
}

export function LedgerEmpty({ filtered, onClear }: LedgerEmptyProps) {
  if (filtered) {
    return (
      <EmptyState
        icon={FilterX}
        title={text.noMatchTitle}
        hint={text.noMatchHint}
        action={<Button onClick={() => onClear(NO_FILTER)}>{text.clearFilters}</Button>}
      />
    );
  }
  return (
    <EmptyState
      icon={Rows3}
      title={text.noneTitle}
      hint={text.noneHint}
      action={
        <Group gap="xs">
          <Button component={Link} to="/connections">
            {text.connectBank}
          </Button>
          <Button component={Link} to="/import" variant="default">
            {text.importFile}
          </Button>
        </Group>
      }
    />
  );
}
