// The connector's bank calls: opens a client for the endpoint's hosts only, lends it to the adapter, and lets go when the job ends.
import { AppError, toWireError } from '../../../shared/errors/app-error.ts';
import type { Handlers, ParsedInputOf } from '../../../shared/ipc/call.ts';
import type { ConnectorContract, Endpoint } from '../../../shared/ipc/processes/connector-contract.ts';
import type { BankAdapter, BankSlice, PendingSignIn } from '../ports/bank-adapter.ts';
import type { IdentifyServer, OpenHttpClient } from '../ports/http-client.ts';
import { Conversation } from './conversation.ts';
import { Jobs, type Job, type JobsOptions } from './jobs.ts';

export interface BankJobsOptions extends JobsOptions {
  readonly adapters: readonly BankAdapter[];
  readonly openHttpClient: OpenHttpClient;
  readonly identifyServer: IdentifyServer;
}

type BankContract = ConnectorContract['bank'];
type BankHandlers = Handlers<ConnectorContract, unknown>['bank'];

/** A sign-in between its two halves. */
interface SignInJob extends Job {
  readonly conversation: Conversation;
  pending: PendingSignIn | null;
}

/** A fetch between two slices. */
interface FetchJob extends Job {
  readonly conversation: Conversation;
  readonly slices: AsyncGenerator<BankSlice, void, void>;
}

function newSignInJob(conversation: Conversation): SignInJob {
  return {
    conversation,
    pending: null,
    async end() {
      await conversation.end();
      await this.pending?.close();
    },
  };
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
    const next = await job.slices.next();
    const slice = next.done === true ? null : next.value;
    return {
      account: slice?.resourceId ?? null,
      events: slice?.events ?? [],
      complete: slice?.complete ?? false,
      failed: slice?.failed ? toWireError(slice.failed) : null,
      done: slice === null,
      ...job.conversation.http.seen,
    };
  } catch (error) {
    throw withCalls(error, job.conversation.http.seen.calls);
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

type FindAdapter = (endpoint: Endpoint) => BankAdapter;

function signInHandlers(
  { openHttpClient }: BankJobsOptions,
  jobs: Jobs<SignInJob>,
  adapterOf: FindAdapter,
): Pick<BankHandlers, 'beginSignIn' | 'finishSignIn'> {
  return {
    beginSignIn({ endpoint, ...request }) {
      const jobId = jobs.add(newSignInJob(new Conversation(endpoint, openHttpClient)));
      return jobs.step(jobId, async (job) => {
        job.pending = await adapterOf(endpoint).beginSignIn(job.conversation.session, request);
        const { url, consentId } = job.pending;
        return { jobId, url, consentId, tls: job.conversation.tls };
      });
    },
    finishSignIn: ({ jobId }) =>
      jobs.step(jobId, async ({ pending, conversation }) => {
        const signedIn = await pending?.finish();
        if (!signedIn) throw new TypeError('a sign-in is finished after it began');
        await jobs.end(jobId);
        return { ...signedIn, tls: conversation.tls };
      }),
  };
}

function fetchHandlers(
  { openHttpClient }: BankJobsOptions,
  jobs: Jobs<FetchJob>,
  adapterOf: FindAdapter,
): Pick<BankHandlers, 'beginFetch' | 'nextSlice'> {
  return {
    beginFetch({ endpoint, ...request }) {
      const adapter = adapterOf(endpoint);
      const conversation = new Conversation(endpoint, openHttpClient);
      const slices = adapter.fetch(conversation.session, request);
      return { jobId: jobs.add({ conversation, slices, end: () => conversation.end() }) };
    },
    nextSlice: ({ jobId }) =>
      jobs.step(jobId, async (job) => {
        const slice = await nextSlice(job);
        if (slice.done) await jobs.end(jobId);
        return slice;
      }),
  };
}

/** The connector's answers to the `bank` calls, and the way to end one of their jobs. */
export function createBankJobs(options: BankJobsOptions): { handlers: BankHandlers; end: Jobs<Job>['end'] } {
  const { adapters, openHttpClient, identifyServer } = options;
  const [signIns, fetches] = [new Jobs<SignInJob>(options), new Jobs<FetchJob>(options)];
  const adapterOf: FindAdapter = ({ type }) => {
    const adapter = adapters.find((each) => each.type === type);
    if (!adapter) throw new AppError('CONNECTION_TYPE_UNKNOWN', { type });
    return adapter;
  };
  const handlers: BankHandlers = {
    identify: (input) => identify(identifyServer, input),
    ...signInHandlers(options, signIns, adapterOf),
    ...fetchHandlers(options, fetches, adapterOf),
    refresh: ({ endpoint, tokens }) =>
      converse(new Conversation(endpoint, openHttpClient), async (conversation) => ({
        tokens: await adapterOf(endpoint).refresh(conversation.session, tokens),
        tls: conversation.tls,
      })),
    revoke: ({ endpoint, consentId }) =>
      converse(new Conversation(endpoint, openHttpClient), async ({ session }) => {
        await adapterOf(endpoint).revoke(session, consentId);
        return {};
      }),
  };
  return { handlers, end: async (id) => void (await Promise.all([signIns.end(id), fetches.end(id)])) };
}
