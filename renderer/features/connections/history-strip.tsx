// Ninety days at a glance: good days low, failed days tall, so that shape says what colour repeats.
import { useState } from 'react';
import type { ConnectionView } from '../../../shared/ipc/contract/connections.ts';
import { connectionsText as text } from '../../text/connections.ts';
import { formatCount, formatInstantDay } from '../../ui/format.ts';
import { historyDays, kindOf, type HistoryDay } from './history-days.ts';

interface HistoryStripProps {
  readonly history: ConnectionView['history'];
  readonly size: 'small' | 'large';
}

function dayText(day: HistoryDay): string {
  const name = formatInstantDay(new Date(day.dayMs).toISOString());
  return text.historyDay(name, { good: day.good, failed: day.failed, rows: formatCount(day.newRows) });
}

export function HistoryStrip({ history, size }: HistoryStripProps) {
  const [now] = useState(() => Date.now());
  const failed = history.filter(({ ok }) => !ok).length;
  return (
    <span className="sr-strip" data-size={size}>
      <span className="sr-visually-hidden">{text.historySummary(history.length - failed, failed)}</span>
      {historyDays(history, now).map((day) => (
        <span key={day.dayMs} className="sr-strip-day" data-kind={kindOf(day)} title={dayText(day)} />
      ))}
    </span>
  );
}
