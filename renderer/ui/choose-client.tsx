// Asks which client a screen is about, where showing several at once would mix them.
import './choose-client.css';
import { UnstyledButton } from '@mantine/core';
import { Users } from 'lucide-react';
import type { CSSProperties } from 'react';
import { useCurrentClient } from '../app/current-client.tsx';
import { chooseClient as text } from '../text/choose-client.ts';
import { EmptyState, Page, Skeletons } from './page.tsx';

export interface ChooseClientProps {
  /** The screen's title. */
  readonly title: string;
  /** Why this screen needs one client. */
  readonly why: string;
}

export function ChooseClient({ title, why }: ChooseClientProps) {
  const { clients, ready, choose } = useCurrentClient();
  if (!ready) {
    return (
      <Page title={title}>
        <Skeletons rows={4} />
      </Page>
    );
  }
  return (
    <Page title={title}>
      <EmptyState
        icon={Users}
        title={clients.length === 0 ? text.noneTitle : text.title}
        hint={clients.length === 0 ? text.noneHint : why}
      />
      <ul className="sr-choose">
        {clients.map((client) => (
          <li key={client.id} style={{ '--sr-choose-colour': `var(--sr-client-${client.colour})` } as CSSProperties}>
            <UnstyledButton className="sr-choose-client" onClick={() => choose(client.id)}>
              <span className="sr-choose-colour" aria-hidden />
              <span className="sr-truncate">{client.name}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </Page>
  );
}
