// The connector's bank calls: opens a client for the endpoint's hosts only, lends it to the adapter, and lets go when the job ends.
import { AppError, toWireError } from '../../../shared/errors/app-error.ts';
import type { Handlers, ParsedInputOf } from '../../../shared/ipc/call.ts';
import type { TlsIdentity } from '../../../shared/ipc/contract/connections.ts';
import type { ConnectorContract, Endpoint } from '../../../shared/ipc/processes/connector-contract.ts';
import type { BankAdapter, BankSession, BankSlice, PendingSignIn } from '../ports/bank-adapter.ts';
import type { IdentifyServer, OpenHttpClient } from '../ports/http-client.ts';
import type { Job, Jobs } from './jobs.ts';
import { RecordedHttp } from './recorded-http.ts';

export interface BankJobsOptions {
  readonly adapters: readonly BankAdapter[];
  readonly openHttpClient: OpenHttpClient;
  readonly identifyServer: IdentifyServer;
  readonly jobs: Jobs;
}

type BankContract = ConnectorContract['bank'];
type BankHandlers = Handlers<ConnectorContract, unknown>['bank'];

/** One conversation with a bank: its client, its credentials, its end. */
class Conversation implements Job {
  readonly #abort = new AbortController();
  readonly http: RecordedHttp;
  readonly session: BankSession;

  constructor(endpoint: Endpoint, openHttpClient: OpenHttpClient) {
    const origins = [new URL(endpoint.issuer).origin, new URL(endpoint.resourceBase).origin];
    const { pins, authorityPem, certificatePem, privateKeyPem } = endpoint;
    const clientCertificate = { certificatePem, privateKeyPem };
    this.http = new RecordedHttp(
      openHttpClient({ origins, pins, authorityPem, clientCertificate }),
      this.#abort.signal,
    );
    this.session = { endpoint, http: this.http, signal: this.#abort.signal };
  }

  /** Who answered; there was an answer. */
  get tls(): TlsIdentity {
    const { tls } = this.http.seen;
    if (!tls) throw new TypeError('no answer was seen');
    return tls;
  }

  async end(): Promise<void> {
    this.#abort.abort();
    await this.http.close();
  }
}

class SignInJob extends Conversation {
  pending: PendingSignIn | null = null;

  override async end(): Promise<void> {
    await super.end();
    await this.pending?.close();
  }
}

class FetchJob extends Conversation {
  slices: AsyncGenerator<BankSlice, void, void> | null = null;
}

/** Runs one conversation that is no job. */
async function converse<T>(conversation: Conversation, work: (conversation: Conversation) => Promise<T>): Promise<T> {
  try {
    return await work(conversation);
  } finally {
    await conversation.end();
  }
}

/** Calls spent by a failed fetch count against the quota too. */
function withCalls(error: unknown, calls: number): unknown {
  if (!(error instanceof AppError)) return error;
  const { code, params, retryable } = error;
  return new AppError(code, { ...params, calls: String(calls) }, { retryable, cause: error });
}

async function nextSlice(job: FetchJob) {
  try {
    const next = await job.slices?.next();
    const slice = next?.done === false ? next.value : null;
    return {
      account: slice?.resourceId ?? null,
      events: slice?.events ?? [],
      complete: slice?.complete ?? false,
      failed: slice?.failed ? toWireError(slice.failed) : null,
      done: slice === null,
      ...job.http.seen,
    };
  } catch (error) {
    throw withCalls(error, job.http.seen.calls);
  }
}

/** Both hosts of a connection must be in order; the identity shown is the one with the problem, else the issuer's. */
async function identify(identifyServer: IdentifyServer, input: ParsedInputOf<BankContract['identify']>) {
  const origins = new Set([new URL(input.issuer).origin, new URL(input.resourceBase).origin]);
  const found = [];
  for (const url of origins) found.push(await identifyServer({ url, authorityPem: input.authorityPem }));
  const shown = found.find(({ problem }) => problem !== null) ?? found[0];
  if (!shown) throw new TypeError('an address has an origin');
  return { identity: shown.identity, trusted: shown.problem === null, problem: shown.problem };
}

/** The connector's answers to the `bank` calls. */
export function createBankHandlers({ adapters, openHttpClient, identifyServer, jobs }: BankJobsOptions): BankHandlers {
  const adapterOf = ({ type }: Endpoint): BankAdapter => {
    const adapter = adapters.find((each) => each.type === type);
    if (!adapter) throw new AppError('CONNECTION_TYPE_UNKNOWN', { type });
    return adapter;
  };
  return {
    identify: (input) => identify(identifyServer, input),
    async beginSignIn({ endpoint, ...request }) {
      const job = new SignInJob(endpoint, openHttpClient);
      const jobId = jobs.add(job);
      return await jobs.step(jobId, async () => {
        job.pending = await adapterOf(endpoint).beginSignIn(job.session, request);
        const { url, consentId } = job.pending;
        return { jobId, url, consentId, tls: job.tls };
      });
    },
    async finishSignIn({ jobId }) {
      const job = jobs.get(jobId, SignInJob);
      return await jobs.step(jobId, async () => {
        const signedIn = await job.pending?.finish();
        if (!signedIn) throw new TypeError('a sign-in is finished after it began');
        const { tls } = job;
        await jobs.end(jobId);
        return { ...signedIn, tls };
      });
    },
    refresh: ({ endpoint, tokens }) =>
      converse(new Conversation(endpoint, openHttpClient), async (conversation) => ({
        tokens: await adapterOf(endpoint).refresh(conversation.session, tokens),
        tls: conversation.tls,
      })),
    beginFetch({ endpoint, ...request }) {
      const job = new FetchJob(endpoint, openHttpClient);
      job.slices = adapterOf(endpoint).fetch(job.session, request);
      return { jobId: jobs.add(job) };
    },
    nextSlice: ({ jobId }) => {
      const job = jobs.get(jobId, FetchJob);
      return jobs.step(jobId, async () => {
        const slice = await nextSlice(job);
        if (slice.done) await jobs.end(jobId);
        return slice;
      });
    },
    revoke: ({ endpoint, consentId }) =>
      converse(new Conversation(endpoint, openHttpClient), async ({ session }) => {
        await adapterOf(endpoint).revoke(session, consentId);
        return {};
      }),
  };
}
