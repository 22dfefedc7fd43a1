// Keeps the cache true to what the program reports: changed clients and connections are read again, a lock forgets everything.
import type { QueryClient } from '@tanstack/react-query';
import type { OfficeStatus } from '../../shared/ipc/contract/office.ts';
import { client, type Area } from './client.ts';
import { callKey } from './query.ts';

const AFTER_CLIENT_CHANGE: readonly Area[] = [
  'clients',
  'accounts',
  'transactions',
  'batches',
  'statements',
  'audit',
  'security',
];
const AFTER_CONNECTION_CHANGE: readonly Area[] = ['connections', 'clients', 'audit'];

function refresh(cache: QueryClient, areas: readonly Area[]): void {
  for (const area of areas) void cache.invalidateQueries({ queryKey: callKey(area) });
}

function adoptStatus(cache: QueryClient, status: OfficeStatus): void {
  // Nothing read while the office was open may stay in the window's memory once it is locked.
  if (status.state !== 'unlocked') cache.removeQueries({ predicate: (query) => query.queryKey[0] !== 'office' });
  cache.setQueryData(callKey('office', 'status', {}), status);
}

/** Listens until the returned function is called. */
export function followEvents(cache: QueryClient): () => void {
  const unsubscribe = [
    client.clients.onChanged(() => refresh(cache, AFTER_CLIENT_CHANGE)),
    client.connections.onChanged(() => refresh(cache, AFTER_CONNECTION_CHANGE)),
    client.users.onChanged(() => void cache.invalidateQueries()),
    client.office.onStatusChanged((status) => adoptStatus(cache, status)),
  ];
  return () => unsubscribe.forEach((stop) => stop());
}
