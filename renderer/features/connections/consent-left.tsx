// How long the client's consent still lasts; an icon and a word where it gets short.
import type { Health } from '../../../shared/ipc/contract/connections.ts';
import { connectionsText as text } from '../../text/connections.ts';
import { formatInstantDay } from '../../ui/format.ts';
import { StateBadge } from '../../ui/state-badge.tsx';

/** The office warns at 30, 14, 7 and 1 days. */
const SHORT_DAYS = 14;

export function ConsentLeft({ health }: { readonly health: Health }) {
  const { consentDaysLeft: days, consentExpiresAt } = health;
  if (days === null || consentExpiresAt === null) return <span className="sr-quiet">{text.consentNone}</span>;
  const until = text.consentUntil(formatInstantDay(consentExpiresAt));
  const words = text.consentDays(days);
  if (days > SHORT_DAYS) return <span title={until}>{words}</span>;
  return <StateBadge tone={days <= 0 ? 'bad' : 'attention'} word={words} meaning={until} />;
}
