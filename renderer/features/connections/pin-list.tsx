// The keys a connection is pinned to, and which of them the bank showed last.
import type { ConnectionView } from '../../../shared/ipc/contract/connections.ts';
import { connectionsText as text } from '../../text/connections.ts';
import { formatInstantDay } from '../../ui/format.ts';
import { StateBadge } from '../../ui/state-badge.tsx';

interface PinListProps {
  readonly pins: ConnectionView['pins'];
  /** The key seen at the last contact. */
  readonly seen: string | null;
}

export function PinList({ pins, seen }: PinListProps) {
  return (
    <ul className="sr-pins">
      {pins.map(({ spkiSha256, role, pinnedAt }) => (
        <li key={spkiSha256}>
          <span className="sr-pin-role">{text.pinRoles[role]}</span>
          <span className="sr-mono">{spkiSha256}</span>
          <span className="sr-quiet">{text.pinnedOn(formatInstantDay(pinnedAt))}</span>
          {spkiSha256 === seen && <StateBadge tone="good" word={text.pinSeen} />}
        </li>
      ))}
    </ul>
  );
}
