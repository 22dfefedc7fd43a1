// Says on the import screen how many rows wait for a decision, and leads there.
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import type { ClientSummary } from '../../../shared/ipc/contract/clients.ts';
import { useCall } from '../../api/query.ts';
import { doubtText as text } from '../../text/doubts.ts';
import { formatCount } from '../../ui/format.ts';
import { Section } from '../../ui/page.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { DOUBTS_ADDRESS } from './batch-address.ts';

export function DoubtsWaiting({ clientId }: { readonly clientId: ClientSummary['id'] }) {
  const total = useCall('batches', 'doubts', { clientId, offset: 0, limit: 1 }).data?.total ?? 0;
  if (total === 0) return null;
  return (
    <Section title={text.title}>
      <div className="sr-staged">
        <span className="sr-quiet">{text.lead}</span>
        <StateBadge tone="attention" word={text.waiting(formatCount(total))} />
        <Button component={Link} to={DOUBTS_ADDRESS} variant="default">
          {text.open}
        </Button>
      </div>
    </Section>
  );
}
