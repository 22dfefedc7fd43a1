// A finding in sentences: which days, what does not fit, what to do. It adds up nothing.
import type { ProofFinding } from '../../../shared/ipc/contract/statements.ts';
import { currencyExponent } from '../../../shared/model/currency.ts';
import { daysBetween } from '../../../shared/model/calendar-date.ts';
import { statementsText as text } from '../../text/statements.ts';
import { formatAmount, formatCalendarDate, formatCount } from '../../ui/format.ts';

export interface FindingWords {
  readonly days: string;
  readonly what: string;
  readonly next: string;
}

function daysText({ from, to }: Pick<ProofFinding, 'from' | 'to'>): string {
  return from === to ? formatCalendarDate(from) : text.span(formatCalendarDate(from), formatCalendarDate(to));
}

/** The size of a difference, without its sign. */
function sizeText(minor: string, currency: string): string {
  return `${formatAmount(minor.replace('-', ''), currencyExponent(currency))} ${currency}`;
}

export function findingWords(finding: ProofFinding, currency: string): FindingWords {
  const { kind, differenceMinor } = finding;
  const span = daysText(finding);
  const count = daysBetween(finding.from, finding.to) + 1;
  const days = text.daysLong(span, count, formatCount(count));
  if (kind === 'overlap') return { days, what: text.overlapWhat, next: text.overlapNext };
  if (differenceMinor === null) return { days, what: text.gapSilent, next: text.gapNext(span) };
  const size = sizeText(differenceMinor, currency);
  const short = differenceMinor.startsWith('-');
  if (kind === 'gap') return { days, what: text.gapWhat(size, short), next: text.gapNext(span) };
  const next = finding.candidates.some(({ transactionId }) => transactionId !== null)
    ? text.mismatchLook
    : text.mismatchNext(span);
  return { days, what: text.mismatchWhat(size, short), next };
}
