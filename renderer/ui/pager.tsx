// Newer and older pages of a list that is not scrolled as a whole.
import { Button, Group } from '@mantine/core';
import { pager as words } from '../text/common.ts';
import { formatCount } from './format.ts';

export interface PagerProps {
  readonly label: string;
  readonly offset: number;
  readonly size: number;
  readonly total: number;
  readonly onChange: (offset: number) => void;
}

export function Pager({ label, offset, size, total, onChange }: PagerProps) {
  const last = Math.min(total, offset + size);
  return (
    <Group gap="xs" role="group" aria-label={label}>
      <Button variant="default" disabled={offset === 0} onClick={() => onChange(Math.max(0, offset - size))}>
        {words.newer}
      </Button>
      <span>{words.shown(formatCount(offset + 1), formatCount(last), formatCount(total))}</span>
      <Button variant="default" disabled={last >= total} onClick={() => onChange(offset + size)}>
        {words.older}
      </Button>
    </Group>
  );
}
