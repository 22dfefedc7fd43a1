// What would explain a difference between stated balances and rows, likeliest first. Pure: it is handed every row it may suspect.
import type { ProofFinding } from '../../../../shared/ipc/contract/statements.ts';
import { CalendarDate, daysBetween, parseCalendarDate } from '../../../../shared/model/calendar-date.ts';
import type { Period, Suspect } from '../../ports/statement-history.ts';
import { normaliseText } from '../matching/normalise-text.ts';
import type { Finding } from './findings.ts';
import { intersects } from './periods.ts';
import { dayAfter } from './points.ts';

type Candidate = ProofFinding['candidates'][number];

/** A break whose rows are asked about. `opposite` is the nearest other one that a row on its right day would heal at once. */
export interface Question extends Period {
  readonly differenceMinor: bigint;
  readonly opposite: Period | null;
}

const MOST_CANDIDATES = 10;
/** How far outside the broken days a row is still suspected. */
const REACH_DAYS = 10;
/** A double delivered by another source may be a few days off. */
const TWIN_DAYS = 5;

const distance = (left: string, right: string): number =>
  Math.abs(daysBetween(parseCalendarDate(left), parseCalendarDate(right)));

export function questionOf(finding: Finding, findings: readonly Finding[]): Question | null {
  const { from, to, differenceMinor } = finding;
  if (differenceMinor === null) return null;
  const healed = findings.filter((other) => other.differenceMinor === -differenceMinor);
  const [opposite = null] = healed.toSorted((a, b) => distance(a.from, from) - distance(b.from, from));
  return { from, to, differenceMinor, opposite };
}

/** The amounts worth looking at. */
export function suspectAmounts({ differenceMinor }: Question): bigint[] {
  const amounts = [differenceMinor, -differenceMinor];
  return differenceMinor % 2n === 0n ? [...amounts, -differenceMinor / 2n] : amounts;
}

/** The days worth looking at. */
export function suspectDays({ from, to, opposite }: Question): Period {
  const first = opposite && opposite.from < from ? opposite.from : from;
  const last = opposite && opposite.to > to ? opposite.to : to;
  return { from: dayAfter(first, -REACH_DAYS), to: dayAfter(last, REACH_DAYS) };
}

const onDay = ({ bookingDate }: Suspect): Period => ({ from: bookingDate, to: bookingDate });

/** Another booked row of the amount nearby: `same` where the words agree too. */
function twinOf(row: Suspect, suspects: readonly Suspect[]): 'same' | 'other' | null {
  const near = suspects.filter(
    (other) =>
      other !== row &&
      other.state === 'booked' &&
      other.amountMinor === row.amountMinor &&
      distance(other.bookingDate, row.bookingDate) <= TWIN_DAYS,
  );
  if (near.length === 0) return null;
  const text = normaliseText(row.description);
  return near.some(({ description }) => normaliseText(description) === text) ? 'same' : 'other';
}

/** A row booked on the wrong side of a stated balance; the smaller, the likelier. */
function lateness(row: Suspect, { from, to, differenceMinor, opposite }: Question): number | null {
  const isIn = intersects(onDay(row), { from, to });
  if (row.amountMinor === differenceMinor && opposite && intersects(onDay(row), opposite)) return 0;
  if (row.amountMinor === -differenceMinor && opposite && isIn) return 0;
  if (row.amountMinor === differenceMinor && row.bookingDate > to) return 5;
  return row.amountMinor === -differenceMinor && row.bookingDate === to ? 5 : null;
}

interface Ranked {
  readonly rank: number;
  readonly kind: Candidate['kind'];
  readonly row: Suspect;
}

const UNCOUNTED = { doubtful: 1, excluded: 2, pending: 3 } as const;

/** Every way in which a row would explain the difference. */
function explanations(row: Suspect, question: Question, suspects: readonly Suspect[]): Ranked[] {
  const { from, to, differenceMinor } = question;
  if (row.state !== 'booked')
    return row.amountMinor === differenceMinor && row.bookingDate <= dayAfter(to)
      ? [{ rank: UNCOUNTED[row.state], kind: row.state, row }]
      : [];
  const isIn = intersects(onDay(row), { from, to });
  const found: Ranked[] = [];
  const late = lateness(row, question);
  if (late !== null) found.push({ rank: late, kind: 'late', row });
  const twin = isIn && row.amountMinor === -differenceMinor ? twinOf(row, suspects) : null;
  if (twin) found.push({ rank: twin === 'same' ? 4 : 6, kind: 'twin', row });
  if (isIn && row.amountMinor * 2n === -differenceMinor) found.push({ rank: 4.5, kind: 'sign', row });
  return found;
}

function toCandidate({ kind, row }: Ranked): Candidate {
  const { transactionId, bookingDate, amountMinor, description } = row;
  return {
    kind,
    transactionId,
    bookingDate: CalendarDate.parse(bookingDate),
    amountMinor: amountMinor.toString(),
    description,
  };
}

/** At most ten, a row once. The last is always the missing amount itself: a row that never came. */
export function candidatesFor(question: Question, suspects: readonly Suspect[]): Candidate[] {
  const ranked = suspects.flatMap((row, at) =>
    explanations(row, question, suspects).map((explanation) => ({ ...explanation, at })),
  );
  // Of doubles the later one came too much.
  ranked.sort((left, right) => left.rank - right.rank || right.at - left.at);
  const likeliest = new Map(ranked.toReversed().map((explanation) => [explanation.row, explanation]));
  const rows = ranked.filter((explanation) => likeliest.get(explanation.row) === explanation);
  const missing: Candidate = {
    kind: 'missing',
    transactionId: null,
    bookingDate: null,
    amountMinor: question.differenceMinor.toString(),
    description: '',
  };
  return [...rows.slice(0, MOST_CANDIDATES - 1).map(toCandidate), missing];
}
