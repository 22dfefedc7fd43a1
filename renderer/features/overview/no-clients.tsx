// An office without clients: what belongs here and the ways to get it.
import { Button, Group } from '@mantine/core';
import { Users } from 'lucide-react';
import { useAction, useCall } from '../../api/query.ts';
import { overview as words, practiceBank } from '../../text/overview.ts';
import { EmptyState } from '../../ui/page.tsx';

export interface NoClientsProps {
  /** Null for whoever may not add one: somebody gives her the clients she sees. */
  readonly onAdd: (() => void) | null;
}

export function NoClients({ onAdd }: NoClientsProps) {
  const practice = useCall('practice', 'status', {});
  const start = useAction('practice', 'start');
  if (onAdd === null) return <EmptyState icon={Users} title={words.noneForYou.title} hint={words.noneForYou.hint} />;
  return (
    <EmptyState
      icon={Users}
      title={words.empty.title}
      hint={words.empty.hint}
      action={
        <Group gap="xs">
          <Button onClick={onAdd}>{words.addClient}</Button>
          {practice.data?.running === false && (
            <Button variant="default" loading={start.isPending} onClick={() => start.mutate({})}>
              {practiceBank.startFirst}
            </Button>
          )}
        </Group>
      }
    />
  );
}
