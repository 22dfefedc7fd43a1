// Typed hooks over the contract: useCall reads and caches, useAction changes something and refreshes what is on the screen.
import {
  keepPreviousData,
  QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { invoke, type Area, type CallName, type Input, type Output } from './client.ts';

/** The cache of one window. `always`: the program is reached without a network, whatever the system says of being online. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: false, networkMode: 'always', refetchOnWindowFocus: false, staleTime: 10_000 },
      // Inputs of actions may be passwords: none is kept after its screen is gone.
      mutations: { retry: false, networkMode: 'always', gcTime: 0 },
    },
  });
}

/** The cache key of a call; without an input, of all calls of that name. */
export function callKey(area: Area, name?: string, input?: unknown): readonly unknown[] {
  return [area, name, input].filter((part) => part !== undefined);
}

function callQuery<A extends Area, N extends CallName<A>>(area: A, name: N, input: Input<A, N>) {
  return { queryKey: callKey(area, name, input), queryFn: () => invoke(area, name, input) };
}

/** Reads through the cache: `useCall('accounts', 'list', {…})`. */
export function useCall<A extends Area, N extends CallName<A>>(
  area: A,
  name: N,
  input: Input<A, N>,
): UseQueryResult<Output<A, N>> {
  return useQuery<Output<A, N>>(callQuery(area, name, input));
}

/** The same for pages and filters: shows the answer to the previous input until the next one is there. */
export function usePagedCall<A extends Area, N extends CallName<A>>(
  area: A,
  name: N,
  input: Input<A, N>,
): UseQueryResult<Output<A, N>> {
  return useQuery<Output<A, N>>({ ...callQuery(area, name, input), placeholderData: keepPreviousData });
}

/**
 * Changes something: `useAction('clients', 'add').mutate({ name })`. Afterwards everything on the screen is read again. `onSuccess` is heard
 * even where what asked has left the screen by then; one given to `mutate` is not.
 */
export function useAction<A extends Area, N extends CallName<A>>(
  area: A,
  name: N,
  onSuccess?: (output: Output<A, N>) => void,
): UseMutationResult<Output<A, N>, Error, Input<A, N>> {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (input: Input<A, N>) => invoke(area, name, input),
    ...(onSuccess ? { onSuccess } : {}),
    onSettled: () => cache.invalidateQueries(),
  });
}
