// The HTTP client of one job: named origins only, pinned TLS 1.3, no redirects, no proxies, capped in size and time. It keeps no cookie.
import { Client, type Dispatcher } from 'undici';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { TlsIdentity } from '../../../shared/ipc/contract/connections.ts';
import type {
  HttpClient,
  HttpPolicy,
  HttpRequest,
  HttpResponse,
  OpenHttpClient,
} from '../../core/ports/http-client.ts';
import { checkHostAndPins } from './check-peer.ts';
import { checkClientCertificate } from './client-certificate.ts';
import { awaitAcceptance, connectTls, type ConnectRequest } from './connect.ts';
import { hostAndPort } from './host-and-port.ts';
import { readResponse } from './read-response.ts';
import { toHttpFailure } from './tls-failure.ts';

export interface PinnedClientOptions {
  /** Largest body in bytes. */
  readonly maxBodyBytes?: number;
  /** Longest silence while waiting for a head or within a body. */
  readonly silenceMs?: number;
  /** Longest time for one request with its answer. */
  readonly totalMs?: number;
  /** Replaces the system's name resolution. */
  readonly lookup?: ConnectRequest['lookup'];
}

const DEFAULTS = { maxBodyBytes: 32 * 1024 * 1024, silenceMs: 30_000, totalMs: 120_000 } as const;

/** One origin: its connection and who answers there. */
interface Line {
  readonly client: Client;
  readonly identity: () => TlsIdentity | null;
}

/** HTTP is undici's part, because its Client takes a ready socket; every TLS option stays in connect.ts, where nothing has a default. */
class PinnedClient implements HttpClient {
  readonly #policy: HttpPolicy;
  readonly #options: Required<Omit<PinnedClientOptions, 'lookup'>> & Pick<PinnedClientOptions, 'lookup'>;
  readonly #lines = new Map<string, Line>();
  readonly #closed = new AbortController();

  constructor(policy: HttpPolicy, options: PinnedClientOptions) {
    this.#policy = policy;
    this.#options = { ...DEFAULTS, ...options };
  }

  async send(request: HttpRequest, signal?: AbortSignal): Promise<HttpResponse> {
    const { origin, host } = this.#allowed(request.url);
    const line = this.#line(origin);
    const deadline = AbortSignal.timeout(this.#options.totalMs);
    try {
      const response = await this.#dispatch(
        line,
        request,
        AbortSignal.any([deadline, this.#closed.signal, ...(signal ? [signal] : [])]),
      );
      const tls = line.identity();
      if (!tls) throw new TypeError('a response without a proven peer');
      return { ...(await readResponse(response, request.url)), tls };
    } catch (error) {
      if (signal?.aborted || this.#closed.signal.aborted) throw new AppError('SYNC_CANCELLED', {}, { cause: error });
      if (deadline.aborted)
        throw new AppError('BANK_TIMEOUT', { host, reason: 'total' }, { retryable: true, cause: error });
      throw toHttpFailure(error, host);
    }
  }

  async close(): Promise<void> {
    this.#closed.abort();
    const lines = [...this.#lines.values()];
    this.#lines.clear();
    await Promise.all(lines.map((line) => line.client.destroy()));
  }

  /** @throws {AppError} BANK_REDIRECTED for an origin that the job does not name */
  #allowed(url: string): URL {
    const target = new URL(url);
    if (target.protocol !== 'https:' || !this.#policy.origins.includes(target.origin))
      throw new AppError('BANK_REDIRECTED', { host: target.host, origin: target.origin });
    return target;
  }

  #dispatch(line: Line, request: HttpRequest, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const { pathname, search } = new URL(request.url);
    return line.client.request({
      method: request.method,
      path: `${pathname}${search}`,
      headers: { 'accept-encoding': 'identity', ...request.headers },
      body: request.body,
      signal,
    });
  }

  #line(origin: string): Line {
    const known = this.#lines.get(origin);
    if (known) return known;
    const made = this.#open(origin);
    this.#lines.set(origin, made);
    return made;
  }

  #open(origin: string): Line {
    let identity: TlsIdentity | null = null;
    const request: ConnectRequest = {
      ...hostAndPort(origin),
      authorityPem: this.#policy.authorityPem,
      clientCertificate: this.#policy.clientCertificate,
      checkPeer: checkHostAndPins(this.#policy.pins),
      onIdentity: (seen) => (identity = seen),
      lookup: this.#options.lookup,
      signal: this.#closed.signal,
    };
    const { maxBodyBytes, silenceMs } = this.#options;
    const client = new Client(origin, {
      pipelining: 1,
      headersTimeout: silenceMs,
      bodyTimeout: silenceMs,
      maxResponseSize: maxBodyBytes,
      connect: (_options, callback) => {
        void open(request).then(
          (socket) => callback(null, socket),
          (error: unknown) => callback(toHttpFailure(error, request.host), null),
        );
      },
    });
    return { client, identity: () => identity };
  }
}

async function open(request: ConnectRequest) {
  const socket = await connectTls(request);
  await awaitAcceptance(socket, request.host);
  return socket;
}

/** Builds the port. The office's certificate is checked at once, the server's at the first request. */
export function createOpenHttpClient(options: PinnedClientOptions = {}): OpenHttpClient {
  return (policy) => {
    checkClientCertificate(policy.clientCertificate, Date.now());
    return new PinnedClient(policy, options);
  };
}
