// "Sync now": fetch one connection's assigned accounts, stage them, show or commit the difference, and record how it went.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import type { SyncOutcome, TlsIdentity } from '../../../shared/ipc/contract/connections.ts';
import type { ConnectionJob } from '../../../shared/ipc/processes/vault-contract.ts';
import type { BatchId, ClientId, ConnectionId } from '../../../shared/model/ids.ts';
import type { HostContext } from '../app/host-context.ts';
import { failureOf, recordFailure } from '../connections/record-failure.ts';
import { runJob, type RunningJob, type RunningJobs } from '../jobs/running-jobs.ts';
import {
  dropBatches,
  fetchIntoBatches,
  newFetchState,
  type FailedAccount,
  type Fetched,
  type FetchState,
} from './fetch-into-batches.ts';
import { freshSecrets, renewTokens, type SignedInSecrets } from './fresh-tokens.ts';

export interface Sync {
  run(connectionId: ConnectionId, dryRun: boolean): Promise<SyncOutcome>;
  commit(connectionId: ConnectionId, batches: readonly BatchReference[]): Promise<SyncOutcome>;
}

interface BatchReference {
  readonly clientId: ClientId;
  readonly batchId: BatchId;
}

interface Attempt {
  readonly context: HostContext;
  readonly job: ConnectionJob;
  readonly progress: RunningJob;
  /** State of the current fetch, so that a failure can be recorded and dropped. */
  state: FetchState;
}

function assertReady(context: HostContext, job: ConnectionJob): void {
  const institution = job.details.institution;
  if (job.paused) throw new AppError('CONNECTION_NOT_READY', { institution });
  if (job.accounts.length === 0) throw new AppError('SYNC_NOTHING_ASSIGNED', { institution });
  if (job.nextAllowed && Date.parse(job.nextAllowed) > context.clock.now()) {
    throw new AppError('BANK_RATE_LIMITED', { institution, retryAfter: job.nextAllowed }, { retryable: true });
  }
}

/** One fetch, and a second one after renewing the tokens where the bank no longer takes the first. */
async function fetchWithRenewal(attempt: Attempt, secrets: SignedInSecrets): Promise<Fetched> {
  const { context, job, progress } = attempt;
  try {
    return await fetchIntoBatches({ context, job, secrets, progress }, attempt.state);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'BANK_UNAUTHORISED') throw error;
    await dropBatches(context, attempt.state);
    attempt.state = newFetchState();
    const renewed = await renewTokens(context, job, secrets);
    return await fetchIntoBatches({ context, job, secrets: renewed, progress }, attempt.state);
  }
}

async function fetchAll(attempt: Attempt): Promise<Fetched> {
  const { context, job } = attempt;
  try {
    assertReady(context, job);
    return await fetchWithRenewal(attempt, await freshSecrets(context, job));
  } catch (error) {
    const { calls, tls } = attempt.state;
    await dropBatches(context, attempt.state);
    await recordFailure(context, { connectionId: job.id, error, calls, tls });
    throw error;
  }
}

async function commitAll(context: HostContext, batches: readonly BatchReference[]): Promise<BatchSummary[]> {
  const committed: BatchSummary[] = [];
  for (const { clientId, batchId } of batches) {
    await context.vault.batches.commit({ clientId, batchId });
    committed.push(await context.vault.batches.get({ clientId, batchId }));
    context.emit('clients.changed', { clientId });
  }
  return committed;
}

interface Seen {
  readonly calls: number;
  readonly tls: TlsIdentity | null;
  readonly newRows: number;
  readonly committed: boolean;
}

const GOOD = { ok: true, cause: null, causeParams: {}, nextAllowed: null };

/** The gravest first: a security stop or a consent that ended stands before what may heal by itself. */
function outcomeOf(failed: readonly FailedAccount[]): ReturnType<typeof failureOf> | typeof GOOD {
  const gravest = failed.find(({ error }) => /^(TLS|CONSENT)_/.test(error.code)) ?? failed[0];
  return gravest ? failureOf(gravest.error) : GOOD;
}

async function record(
  context: HostContext,
  connectionId: ConnectionId,
  { failed, ...seen }: Seen & { readonly failed: readonly FailedAccount[] },
): Promise<void> {
  await context.vault.vaultConnections.recordTry({ connectionId, ...outcomeOf(failed), ...seen });
  context.emit('connections.changed', { connectionId });
}

const newRowsOf = (batches: readonly BatchSummary[]): number =>
  batches.reduce((sum, batch) => sum + batch.counts.new, 0);
const referenceOf = ({ clientId, id }: BatchSummary): BatchReference => ({ clientId, batchId: id });

/** The sync use case. One connection syncs once at a time. */
export function createSync(context: HostContext, jobs: RunningJobs): Sync {
  const running = new Set<ConnectionId>();
  /** Accounts that failed in the last look: committing what it staged is no good sync then. */
  const failedInLook = new Map<ConnectionId, readonly FailedAccount[]>();

  async function attempt(job: ConnectionJob, progress: RunningJob, dryRun: boolean): Promise<SyncOutcome> {
    const {
      batches: staged,
      failedAccounts,
      calls,
      tls,
    } = await fetchAll({ context, job, progress, state: newFetchState() });
    const seen = { calls, tls, committed: !dryRun };
    if (dryRun) {
      failedInLook.set(job.id, failedAccounts);
      await record(context, job.id, { ...seen, newRows: 0, failed: [] });
      return { connectionId: job.id, committed: false, batches: staged, failedAccounts };
    }
    const batches = await commitAll(context, staged.map(referenceOf));
    failedInLook.delete(job.id);
    await record(context, job.id, { ...seen, newRows: newRowsOf(batches), failed: failedAccounts });
    return { connectionId: job.id, committed: true, batches, failedAccounts };
  }

  return {
    async run(connectionId, dryRun) {
      if (running.has(connectionId)) throw new AppError('SYNC_ALREADY_RUNNING', { connection: connectionId });
      running.add(connectionId);
      try {
        const job = await context.vault.vaultConnections.job({ connectionId });
        const describe = { kind: 'sync', label: job.details.institution, unit: 'rows' } as const;
        return await runJob(jobs, describe, (progress) => attempt(job, progress, dryRun));
      } finally {
        running.delete(connectionId);
      }
    },
    async commit(connectionId, references) {
      const batches = await commitAll(context, references);
      const seen = { calls: 0, tls: null, newRows: newRowsOf(batches), committed: true };
      await record(context, connectionId, { ...seen, failed: failedInLook.get(connectionId) ?? [] });
      return { connectionId, committed: true, batches, failedAccounts: [] };
    },
  };
}
