// One entry of the audit log; its facts and its hash on demand.
import { ActionIcon } from '@mantine/core';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { AuditEntry } from '../../../shared/ipc/contract/audit.ts';
import { actionWords, audit as words } from '../../text/audit.ts';
import { InstantText } from '../../ui/date-text.tsx';
import { Facts } from '../../ui/facts.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';

export interface AuditRowProps {
  readonly entry: AuditEntry;
  /** Names of people and clients by their numbers. */
  readonly names: ReadonlyMap<string, string>;
  /** Columns of the table. */
  readonly columns: number;
}

export function AuditRow({ entry, names, columns }: AuditRowProps) {
  const [open, setOpen] = useState(false);
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <>
      <tr>
        <td data-align="end">{entry.sequence}</td>
        <td className="sr-nowrap">
          <InstantText at={entry.at} style="exact" />
        </td>
        <td>{entry.user === '' ? <span className="sr-quiet">{words.nobody}</span> : entry.user}</td>
        <td title={entry.action}>{actionWords[entry.action] ?? entry.action}</td>
        <td className="sr-audit-subject" title={entry.subject ?? undefined}>
          {names.get(entry.subject ?? '') ?? entry.subject}
        </td>
        <td>
          {entry.outcome === 'denied' ? (
            <StateBadge tone="attention" word={words.outcomes.denied} />
          ) : (
            words.outcomes.done
          )}
        </td>
        <td className="sr-nowrap">
          <ActionIcon
            size="sm"
            color="gray"
            aria-expanded={open}
            aria-label={words.show(String(entry.sequence))}
            onClick={() => setOpen(!open)}
          >
            <Chevron size={14} aria-hidden="true" />
          </ActionIcon>
          <span className="sr-mono sr-quiet">{entry.hash.slice(0, 8)}</span>
        </td>
      </tr>
      {open && (
        <tr>
          <td colSpan={columns} className="sr-audit-details">
            <EntryFacts entry={entry} />
          </td>
        </tr>
      )}
    </>
  );
}

function EntryFacts({ entry }: Pick<AuditRowProps, 'entry'>) {
  const facts = Object.entries(entry.payload).map(([name, value]) => ({
    name,
    value: Array.isArray(value) ? value.join(', ') : String(value),
  }));
  return (
    <>
      {facts.length === 0 && <p className="sr-quiet">{words.noDetails}</p>}
      <Facts
        items={[
          ...facts,
          { name: words.userId, value: entry.userId && <span className="sr-mono">{entry.userId}</span> },
          { name: words.hash, value: <span className="sr-mono">{entry.hash}</span> },
        ]}
      />
    </>
  );
}
