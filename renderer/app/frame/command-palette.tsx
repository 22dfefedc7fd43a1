// Ctrl/⌘ K: go to a screen, choose a client, open an account, search transactions, lock. It does nothing that a button doesn't.
import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { Lock, Keyboard, Search, Users } from 'lucide-react';
import { useState } from 'react';
import { useCall } from '../../api/query.ts';
import { frame } from '../../text/frame.ts';
import { ClientDot } from '../../ui/client-dot.tsx';
import { useCurrentClient, type CurrentClient } from '../current-client.tsx';
import { navigate } from '../hash-location.ts';
import { PAGES } from '../pages.ts';

const words = frame.palette;
const SHOWN_PER_GROUP = 8;

export interface CommandPaletteProps {
  readonly onLock: () => void;
  readonly onHelp: () => void;
}

function screens(): SpotlightActionGroupData {
  const actions = PAGES.map(({ name, path, icon: Icon }) => ({
    id: name,
    label: frame.pages[name],
    leftSection: <Icon size={16} aria-hidden="true" />,
    onClick: () => navigate(path),
  }));
  return { group: words.screens, actions };
}

function clientActions({ client, clients, choose }: CurrentClient): SpotlightActionGroupData {
  const actions = clients.map(({ id, name, colour }) => ({
    id,
    label: name,
    leftSection: <ClientDot colour={colour} />,
    onClick: () => choose(id),
  }));
  const all = { id: 'all', label: words.showAll, leftSection: <Users size={16} />, onClick: () => choose(null) };
  return { group: words.clients, actions: client === null ? actions : [all, ...actions] };
}

function transactionSearch(query: string, { client }: CurrentClient): SpotlightActionGroupData[] {
  const text = query.trim();
  if (text === '' || client === null) return [];
  const action = {
    id: 'search-transactions',
    label: words.searchTransactions(text, client.name),
    leftSection: <Search size={16} aria-hidden="true" />,
    onClick: () => navigate(`/transactions?search=${encodeURIComponent(text)}`),
  };
  return [{ group: frame.pages.transactions, actions: [action] }];
}

function matching(groups: readonly SpotlightActionGroupData[], query: string): SpotlightActionGroupData[] {
  const wanted = query.trim().toLocaleLowerCase();
  return groups
    .map(({ group, actions }) => {
      const found = actions.filter(({ label }) => label?.toLocaleLowerCase().includes(wanted));
      return { group, actions: found.slice(0, wanted === '' ? PAGES.length : SHOWN_PER_GROUP) };
    })
    .filter(({ actions }) => actions.length > 0);
}

function useAccountActions(current: CurrentClient): SpotlightActionGroupData {
  const accounts = useCall('accounts', 'list', { clientId: current.client?.id ?? null });
  const actions = (accounts.data ?? []).map(({ id, clientId, name, numberMask }) => ({
    id,
    label: `${name} · ${numberMask}`,
    onClick: () => {
      current.choose(clientId);
      navigate(`/accounts?account=${id}`);
    },
  }));
  return { group: words.accounts, actions };
}

export function CommandPalette({ onLock, onHelp }: CommandPaletteProps) {
  const [query, setQuery] = useState('');
  const current = useCurrentClient();
  const accounts = useAccountActions(current);
  const actions: SpotlightActionGroupData = {
    group: words.actions,
    actions: [
      { id: 'lock', label: frame.top.lockNow, leftSection: <Lock size={16} />, onClick: onLock },
      { id: 'help', label: frame.top.shortcuts, leftSection: <Keyboard size={16} />, onClick: onHelp },
    ],
  };
  const groups = matching([screens(), clientActions(current), accounts, actions], query);
  return (
    <Spotlight
      actions={[...groups, ...transactionSearch(query, current)]}
      filter={(_, shown) => shown}
      query={query}
      onQueryChange={setQuery}
      shortcut="mod + K"
      attributes={{ content: { 'aria-label': frame.top.search } }}
      nothingFound={words.nothing}
      scrollable
      maxHeight={420}
      searchProps={{
        placeholder: words.placeholder,
        'aria-label': words.placeholder,
        leftSection: <Search size={16} />,
      }}
    />
  );
}
