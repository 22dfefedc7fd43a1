// Picks the period of the ledger: a named one, or two dates. Dates are the bank's calendar days.
import { Button, Popover, TextInput } from '@mantine/core';
import { CalendarRange } from 'lucide-react';
import { useState } from 'react';
import { CalendarDate } from '../../../shared/model/calendar-date.ts';
import { transactionsText as text } from '../../text/transactions.ts';
import { PERIODS, periodOf, periodRange, type DateRange } from './periods.ts';
import { today } from './today.ts';

function dateOf(value: string): CalendarDate | null {
  const parsed = CalendarDate.safeParse(value);
  return parsed.success ? parsed.data : null;
}

interface PeriodMenuProps {
  readonly range: DateRange;
  readonly onChange: (range: DateRange) => void;
}

export function PeriodMenu({ range, onChange }: PeriodMenuProps) {
  const [opened, setOpened] = useState(false);
  const chosen = periodOf(range, today());
  const choose = (next: DateRange): void => {
    onChange(next);
    setOpened(false);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" shadow="md" trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<CalendarRange size={14} aria-hidden />}
          onClick={() => setOpened((was) => !was)}
        >
          {text.period}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="sr-ledger-periods" aria-label={text.period}>
        {PERIODS.map((period) => (
          <Button
            key={period}
            variant={period === chosen ? 'light' : 'subtle'}
            aria-pressed={period === chosen}
            onClick={() => choose(periodRange(period, today()))}
          >
            {text.presets[period]}
          </Button>
        ))}
        <TextInput
          type="date"
          label={text.from}
          value={range.from ?? ''}
          max={range.to ?? undefined}
          onChange={(event) => onChange({ ...range, from: dateOf(event.currentTarget.value) })}
        />
        <TextInput
          type="date"
          label={text.to}
          value={range.to ?? ''}
          min={range.from ?? undefined}
          onChange={(event) => onChange({ ...range, to: dateOf(event.currentTarget.value) })}
        />
        <Button className="sr-ledger-anytime" variant="default" onClick={() => choose({ from: null, to: null })}>
          {text.anyTime}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
