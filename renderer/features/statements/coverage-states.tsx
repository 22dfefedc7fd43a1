// What each state of a month looks like: an icon of its own shape and a word; colour only repeats them.
import { CalendarX2, CircleCheck, CircleDashed, CircleX, Copy, Minus, type LucideIcon } from 'lucide-react';
import type { CoverageState } from '../../../shared/ipc/contract/statements.ts';
import type { Tone } from '../../ui/state-badge.tsx';

export const STATES: Readonly<Record<CoverageState, { readonly tone: Tone; readonly icon: LucideIcon }>> = {
  proven: { tone: 'good', icon: CircleCheck },
  mismatch: { tone: 'bad', icon: CircleX },
  duplicate: { tone: 'attention', icon: Copy },
  unproven: { tone: 'quiet', icon: CircleDashed },
  missing: { tone: 'attention', icon: CalendarX2 },
  none: { tone: 'quiet', icon: Minus },
};
