// What doesn't fit in an account's chain of statements: breaks between stated balances, days nobody covers, days covered twice. Pure.
import type { AccountHistory, Period } from '../../ports/statement-history.ts';
import { gapsOf, intersects, mergePeriods, overlapsOf, periodOf } from './periods.ts';
import { dayAfter, stretchesOf, type Stretch } from './points.ts';

export interface Finding extends Period {
  readonly kind: 'gap' | 'overlap' | 'mismatch';
  readonly differenceMinor: bigint | null;
  readonly firstBrokenDay: string | null;
}

/** A weekend with its holidays brings no booking: statements without stated days begin and end with theirs. */
const QUIET_DAYS = 4;

export function statementPeriods({ statements }: AccountHistory): Period[] {
  return statements.flatMap((statement) => periodOf(statement) ?? []);
}

function toBreak(stretch: Stretch, periods: readonly Period[]): Finding {
  const { before, after, differenceMinor } = stretch;
  const days = stretch.from <= stretch.to ? stretch : { from: after.date, to: after.date };
  const between = before.edge === 'end' && after.edge === 'start';
  const covered = stretch.from <= stretch.to && periods.some((period) => intersects(period, stretch));
  const kind = between && !covered ? 'gap' : 'mismatch';
  return { kind, from: days.from, to: days.to, differenceMinor, firstBrokenDay: after.date };
}

/** Stretches whose stated balances and rows disagree. Each one reports its own difference only. */
export function breaksOf(history: AccountHistory): Finding[] {
  const broken = stretchesOf(history).filter(({ differenceMinor }) => differenceMinor !== 0n);
  const periods = statementPeriods(history);
  return broken.map((stretch) => toBreak(stretch, periods));
}

function silentGaps(history: AccountHistory): Finding[] {
  const told = stretchesOf(history);
  return gapsOf(mergePeriods(statementPeriods(history)))
    .filter(({ from, to }) => dayAfter(from, QUIET_DAYS) <= to)
    .filter((gap) => !told.some(({ from, to }) => from <= gap.from && gap.to <= to))
    .map((gap) => ({ ...gap, kind: 'gap', differenceMinor: null, firstBrokenDay: null }));
}

/** Everything in the order of its days. */
export function findingsOf(history: AccountHistory): Finding[] {
  const overlaps = overlapsOf(statementPeriods(history)).map((days): Finding => ({
    ...days,
    kind: 'overlap',
    differenceMinor: null,
    firstBrokenDay: null,
  }));
  const all = [...breaksOf(history), ...silentGaps(history), ...overlaps];
  return all.sort((left, right) => left.from.localeCompare(right.from, 'en') || left.to.localeCompare(right.to, 'en'));
}
