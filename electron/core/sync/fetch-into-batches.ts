// Moves what a bank sends, slice by slice, from the connector process into staged batches, one batch a client. It commits nothing.
import { AppError, type WireError } from '../../../shared/errors/app-error.ts';
import type { OutputOf } from '../../../shared/ipc/call.ts';
import type { BatchSummary, TlsSeen } from '../../../shared/ipc/contract/batches.ts';
import type { TlsIdentity } from '../../../shared/ipc/contract/connections.ts';
import type { ConnectorContract, Tokens } from '../../../shared/ipc/processes/connector-contract.ts';
import type { ConnectionJob } from '../../../shared/ipc/processes/vault-contract.ts';
import type { BatchId, ClientId, JobId } from '../../../shared/model/ids.ts';
import type { HostContext } from '../app/host-context.ts';
import { endpointOf, type ConnectionSecrets } from '../connections/connection-secrets.ts';
import type { RunningJob } from '../jobs/running-jobs.ts';

type Slice = OutputOf<ConnectorContract['bank']['nextSlice']>;

export interface FailedAccount {
  readonly resourceId: string;
  readonly name: string;
  readonly error: WireError;
}

/** What a whole fetch brought, ready to be committed or dropped. */
export interface Fetched {
  readonly batches: BatchSummary[];
  readonly failedAccounts: FailedAccount[];
  readonly calls: number;
  readonly tls: TlsIdentity | null;
}

export interface FetchInput {
  readonly context: HostContext;
  readonly job: ConnectionJob;
  readonly secrets: ConnectionSecrets & { tokens: Tokens };
  readonly progress: RunningJob;
}

interface OpenBatch {
  readonly batchId: BatchId;
  readonly complete: string[];
}

/** State of one fetch while it runs; `calls` and `tls` are read also when it fails. */
export interface FetchState {
  readonly batches: Map<ClientId, OpenBatch>;
  readonly failedAccounts: FailedAccount[];
  rows: number;
  calls: number;
  tls: TlsIdentity | null;
  payloadSha256: string;
  payloadBytes: number;
}

export function newFetchState(): FetchState {
  return { batches: new Map(), failedAccounts: [], rows: 0, calls: 0, tls: null, payloadSha256: '', payloadBytes: 0 };
}

const READER = 'uk-open-banking-4.0';

async function openBatches({ context, job }: FetchInput, state: FetchState): Promise<void> {
  for (const clientId of new Set(job.accounts.map((account) => account.clientId))) {
    const { batchId } = await context.vault.staging.open({
      clientId,
      kind: 'connection',
      source: job.details.institution,
      connectionId: job.id,
      reader: READER,
    });
    state.batches.set(clientId, { batchId, complete: [] });
  }
}

async function takeSlice({ context, job, progress }: FetchInput, state: FetchState, slice: Slice): Promise<void> {
  state.calls = slice.calls;
  state.tls = slice.tls ?? state.tls;
  state.payloadSha256 = slice.payloadSha256;
  state.payloadBytes = slice.payloadBytes;
  const account = job.accounts.find((candidate) => candidate.resourceId === slice.account);
  const batch = account && state.batches.get(account.clientId);
  if (!account || !batch) return;
  if (slice.failed)
    state.failedAccounts.push({ resourceId: account.resourceId, name: account.name, error: slice.failed });
  if (slice.complete) batch.complete.push(account.resourceId);
  if (slice.events.length === 0) return;
  const { clientId, resourceId } = account;
  const added = await context.vault.staging.add({ clientId, batchId: batch.batchId, resourceId, events: slice.events });
  state.rows += added.rows;
  progress.progress(state.rows);
}

async function takeAllSlices(input: FetchInput, state: FetchState, jobId: JobId): Promise<void> {
  for (;;) {
    if (input.progress.signal.aborted) throw new AppError('SYNC_CANCELLED');
    const slice = await input.context.connector.bank.nextSlice({ jobId });
    await takeSlice(input, state, slice);
    if (slice.done) return;
  }
}

function tlsSeen(tls: TlsIdentity | null): TlsSeen | null {
  return tls && { host: tls.host, protocol: tls.protocol, issuer: tls.issuer, spkiSha256: tls.spkiSha256 };
}

async function finishBatches({ context }: FetchInput, state: FetchState): Promise<BatchSummary[]> {
  const summaries: BatchSummary[] = [];
  for (const [clientId, { batchId, complete }] of state.batches) {
    const { payloadSha256, payloadBytes } = state;
    const payload = { payloadSha256, payloadBytes, reader: READER, tls: tlsSeen(state.tls) };
    summaries.push(await context.vault.staging.finish({ clientId, batchId, complete, ...payload }));
  }
  return summaries;
}

/** Drops what was staged so far; used when the fetch fails as a whole. */
export async function dropBatches(context: HostContext, state: FetchState): Promise<void> {
  for (const [clientId, { batchId }] of state.batches) await context.vault.staging.drop({ clientId, batchId });
}

/** @throws {AppError} what stops the whole connection; the caller drops the batches of `state`. */
export async function fetchIntoBatches(input: FetchInput, state: FetchState): Promise<Fetched> {
  const { context, job, secrets } = input;
  const { jobId } = await context.connector.bank.beginFetch({
    endpoint: endpointOf(job, secrets),
    tokens: secrets.tokens,
    consentId: job.consentId ?? '',
    attended: true,
    accounts: job.accounts.map(({ resourceId, name, from }) => ({ resourceId, name, from })),
  });
  await openBatches(input, state);
  try {
    await takeAllSlices(input, state, jobId);
  } finally {
    await context.connector.connectorJobs.cancel({ jobId });
  }
  return {
    batches: await finishBatches(input, state),
    failedAccounts: state.failedAccounts,
    calls: state.calls,
    tls: state.tls,
  };
}
