// One sync as a person goes through it: fetch without committing, look, then commit or discard.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ConnectionView, SyncOutcome } from '../../../shared/ipc/contract/connections.ts';
import { asWireError, client } from '../../api/client.ts';

export type SyncStep =
  | { readonly at: 'idle' }
  | { readonly at: 'fetching' }
  | { readonly at: 'review' | 'committing' | 'discarding'; readonly outcome: SyncOutcome }
  | { readonly at: 'failed'; readonly error: unknown };

export interface SyncEnd {
  /** The committed batches, or null where they were discarded. */
  readonly onEnd: (outcome: SyncOutcome | null) => void;
}

export function useSync(connectionId: ConnectionView['id'], { onEnd }: SyncEnd) {
  const cache = useQueryClient();
  const [step, setStep] = useState<SyncStep>({ at: 'idle' });

  async function guarded(work: () => Promise<SyncStep>): Promise<void> {
    try {
      setStep(await work());
    } catch (error) {
      setStep(asWireError(error).code === 'SYNC_CANCELLED' ? { at: 'idle' } : { at: 'failed', error });
    } finally {
      await cache.invalidateQueries();
    }
  }

  const fetch = (): void => {
    setStep({ at: 'fetching' });
    void guarded(async () => ({
      at: 'review',
      outcome: await client.connections.sync({ connectionId, dryRun: true }),
    }));
  };
  const commit = (outcome: SyncOutcome): void => {
    setStep({ at: 'committing', outcome });
    const batches = outcome.batches.map(({ clientId, id }) => ({ clientId, batchId: id }));
    void guarded(async () => {
      onEnd(await client.connections.commit({ connectionId, batches }));
      return { at: 'idle' };
    });
  };
  const discard = (outcome: SyncOutcome): void => {
    setStep({ at: 'discarding', outcome });
    void guarded(async () => {
      for (const { clientId, id } of outcome.batches) await client.batches.discard({ clientId, batchId: id });
      onEnd(null);
      return { at: 'idle' };
    });
  };
  return { step, fetch, commit, discard, reset: () => setStep({ at: 'idle' }) };
}
export type Sync = ReturnType<typeof useSync>;
