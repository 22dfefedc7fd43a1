// Which client the whole window shows: one, or all. Only the switcher in the frame changes it, so that two are never mixed by accident.
import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import type { ClientSummary } from '../../shared/ipc/contract/clients.ts';
import { useCall } from '../api/query.ts';

export interface CurrentClient {
  /** The chosen client; null means all clients. */
  readonly client: ClientSummary | null;
  readonly clients: readonly ClientSummary[];
  /** False until the list of clients is known. */
  readonly ready: boolean;
  readonly choose: (clientId: ClientSummary['id'] | null) => void;
}

const Context = createContext<CurrentClient | null>(null);

export function CurrentClientProvider({ children }: { readonly children: ReactNode }) {
  const [chosen, choose] = useState<ClientSummary['id'] | null>(null);
  const list = useCall('clients', 'list', {});
  const value = useMemo(() => {
    const clients = list.data ?? [];
    return { client: clients.find(({ id }) => id === chosen) ?? null, clients, ready: !list.isPending, choose };
  }, [chosen, list.data, list.isPending]);
  return <Context value={value}>{children}</Context>;
}

/** The client the window shows. */
export function useCurrentClient(): CurrentClient {
  const value = useContext(Context);
  if (value === null) throw new TypeError('useCurrentClient needs CurrentClientProvider');
  return value;
}
