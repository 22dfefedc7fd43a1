// An account's statements in the order of their days, each with how it follows the one before. Pure.
import type { ChainedStatement } from '../../../../shared/ipc/contract/statements.ts';
import { CalendarDate } from '../../../../shared/model/calendar-date.ts';
import type { HistoryStatement, Period } from '../../ports/statement-history.ts';
import { byTime, periodOf } from './periods.ts';

interface Placed {
  readonly statement: HistoryStatement;
  readonly period: Period;
}

function linkOf(placed: Placed, before: Placed | null): ChainedStatement['link'] {
  if (before === null) return 'first';
  const closing = before.statement.closingMinor;
  const opening = placed.statement.openingMinor;
  const stated = closing !== null && opening !== null;
  // Several statements of one day meet on it.
  if (stated && closing === opening && placed.period.from >= before.period.to) return 'continues';
  if (placed.period.from <= before.period.to) return 'overlap';
  return stated ? 'gap' : 'unknown';
}

const dateOrNull = (date: string | null): CalendarDate | null => (date === null ? null : CalendarDate.parse(date));

function toChained({ statement, period }: Placed, link: ChainedStatement['link']): ChainedStatement {
  const { batchId, source, rows, openingMinor, bookedMinor, closingMinor, proof } = statement;
  return {
    batchId,
    source,
    from: dateOrNull(period.from),
    to: dateOrNull(period.to),
    rows,
    openingMinor: openingMinor?.toString() ?? null,
    bookedMinor: bookedMinor.toString(),
    closingMinor: closingMinor?.toString() ?? null,
    proof,
    link,
  };
}

/** A statement follows the one that reached furthest before it. Those without any day are left out: they say nothing about time. */
export function chainOf(statements: readonly HistoryStatement[]): ChainedStatement[] {
  const placed = statements.flatMap((statement): Placed[] => {
    const period = periodOf(statement);
    return period ? [{ statement, period }] : [];
  });
  let before: Placed | null = null;
  return placed
    .toSorted((left, right) => byTime(left.period, right.period))
    .map((each) => {
      const chained = toChained(each, linkOf(each, before));
      if (before === null || each.period.to >= before.period.to) before = each;
      return chained;
    });
}
