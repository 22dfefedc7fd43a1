// One year at a time: the one before, the one after, never one that has not begun.
import { ActionIcon, Group } from '@mantine/core';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { statementsText as text } from '../../text/statements.ts';

const FIRST_YEAR = 1970;

interface YearPagerProps {
  readonly year: number;
  readonly lastYear: number;
  readonly onChange: (year: number) => void;
}

export function YearPager({ year, lastYear, onChange }: YearPagerProps) {
  return (
    <Group gap="xs" role="group" aria-label={text.year} wrap="nowrap">
      <ActionIcon
        variant="default"
        size="md"
        aria-label={text.yearBefore(year - 1)}
        disabled={year <= FIRST_YEAR}
        onClick={() => onChange(year - 1)}
      >
        <ChevronLeft size={15} aria-hidden="true" />
      </ActionIcon>
      <strong className="sr-coverage-year" aria-live="polite">
        {year}
      </strong>
      <ActionIcon
        variant="default"
        size="md"
        aria-label={text.yearAfter(year + 1)}
        disabled={year >= lastYear}
        onClick={() => onChange(year + 1)}
      >
        <ChevronRight size={15} aria-hidden="true" />
      </ActionIcon>
    </Group>
  );
}
