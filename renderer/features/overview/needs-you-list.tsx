// What waits for a person, in the program's order: whose move, why, by when, and the way there.
import { Button } from '@mantine/core';
import { CircleCheck } from 'lucide-react';
import type { ClientSummary, NeedsYou } from '../../../shared/ipc/contract/clients.ts';
import { ERROR_CODES, type ErrorCode } from '../../../shared/errors/codes.ts';
import { useCurrentClient } from '../../app/current-client.tsx';
import { navigate } from '../../app/hash-location.ts';
import { moveWords } from '../../text/common.ts';
import { errorTexts } from '../../../shared/errors/texts.ts';
import { needsYou as words } from '../../text/overview.ts';
import { ClientDot } from '../../ui/client-dot.tsx';
import { InstantText } from '../../ui/date-text.tsx';
import { Section } from '../../ui/page.tsx';

function isErrorCode(text: string): text is ErrorCode {
  return ERROR_CODES.some((code) => code === text);
}

function reasonText({ kind, reason }: NeedsYou): string {
  if (isErrorCode(reason)) return errorTexts[reason].title;
  return words.reasons[reason] ?? words.fallback[kind];
}

function placeOf({ kind, subjectId, reason }: NeedsYou): string {
  if (kind === 'batch' && reason === 'undecided') return '/import?view=doubts';
  const subject = subjectId ?? '';
  if (kind === 'proof' && reason === 'pending-overdue') return `/transactions?account=${subject}&state=pending`;
  const places: Record<NeedsYou['kind'], string> = {
    connection: `/connections?connection=${subject}`,
    proof: `/accounts?account=${subject}`,
    batch: `/import?batch=${subject}`,
    backup: '/backups',
    recovery: '/security',
  };
  return places[kind];
}

export interface NeedsYouListProps {
  readonly items: readonly NeedsYou[];
  readonly clients: readonly ClientSummary[];
}

export function NeedsYouList({ items, clients }: NeedsYouListProps) {
  return (
    <Section
      title={words.title}
      aside={items.length > 0 && <span className="sr-quiet">{words.all(items.length)}</span>}
    >
      {items.length === 0 && (
        <p className="sr-needs-none">
          <CircleCheck size={16} aria-hidden="true" /> {words.none}. <span className="sr-quiet">{words.noneHint}</span>
        </p>
      )}
      <ol className="sr-needs">
        {items.map((item) => (
          <NeedsYouItem
            key={`${item.kind} ${item.subjectId ?? ''} ${item.reason}`}
            item={item}
            client={clients.find(({ id }) => id === item.clientId) ?? null}
          />
        ))}
      </ol>
    </Section>
  );
}

interface NeedsYouItemProps {
  readonly item: NeedsYou;
  readonly client: ClientSummary | null;
}

function NeedsYouItem({ item, client }: NeedsYouItemProps) {
  const { choose } = useCurrentClient();
  function go(): void {
    if (client !== null) choose(client.id);
    navigate(placeOf(item));
  }
  return (
    <li>
      <span className="sr-needs-move">{moveWords[item.whoseMove]}</span>
      <span className="sr-needs-what">
        <b>{item.clientId === null && item.subjectId === null ? words.kinds[item.kind] : item.subject}</b>
        {' · '}
        {reasonText(item)}
        <span className="sr-needs-client sr-truncate" title={client?.name}>
          <ClientDot colour={client?.colour ?? null} /> {client?.name ?? words.office}
        </span>
      </span>
      <span className="sr-needs-by">
        {item.by !== null && (
          <>
            {words.due} <InstantText at={item.by} />
          </>
        )}
      </span>
      <Button variant="default" size="compact-xs" onClick={go}>
        {words.goFor[item.reason] ?? words.go[item.kind]}
      </Button>
    </li>
  );
}
