// The last 90 days of a connection, a day each: how many tries went well or failed and what they brought.
import type { ConnectionView } from '../../../shared/ipc/contract/connections.ts';

export const HISTORY_DAYS = 90;

export interface HistoryDay {
  /** Midnight of the day at this computer. */
  readonly dayMs: number;
  readonly good: number;
  readonly failed: number;
  readonly newRows: number;
}

export type DayKind = 'good' | 'failed' | 'mixed' | 'none';

function midnight(timeMs: number): number {
  return new Date(timeMs).setHours(0, 0, 0, 0);
}

/** Oldest first, always 90 entries, the last one is today. */
export function historyDays(history: ConnectionView['history'], nowMs: number): HistoryDay[] {
  const today = new Date(midnight(nowMs));
  return Array.from({ length: HISTORY_DAYS }, (_, index) => {
    const back = HISTORY_DAYS - 1 - index;
    const dayMs = new Date(today.getFullYear(), today.getMonth(), today.getDate() - back).getTime();
    const tries = history.filter(({ at }) => midnight(Date.parse(at)) === dayMs);
    const good = tries.filter(({ ok }) => ok);
    const newRows = tries.reduce((sum, each) => sum + each.newRows, 0);
    return { dayMs, good: good.length, failed: tries.length - good.length, newRows };
  });
}

export function kindOf({ good, failed }: HistoryDay): DayKind {
  if (good > 0) return failed > 0 ? 'mixed' : 'good';
  return failed > 0 ? 'failed' : 'none';
}
