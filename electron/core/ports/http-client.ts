// The port to the network: requests to the hosts of one job, over TLS whose other end is proven before a byte leaves.
import type { Pin, TlsIdentity } from '../../../shared/ipc/contract/connections.ts';
import type { WireError } from '../../../shared/errors/app-error.ts';

/** Where a client may go and how the other end is recognised. */
export interface HttpPolicy {
  /** Origins that may be reached (`https://host:port`); every other one is refused. */
  readonly origins: readonly string[];
  /** SPKI SHA-256 pins; the served key must be one of them. At least two. @see RFC 7469 §2.4 */
  readonly pins: readonly Pin[];
  /** PEM of the only authority to believe; null believes the public ones. */
  readonly authorityPem: string | null;
  /** The office's client certificate with its key, PEM. */
  readonly clientCertificate: { readonly certificatePem: string; readonly privateKeyPem: string };
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** A whole answer: the body is complete, else `send` throws. */
export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; repeated fields joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly tls: TlsIdentity;
}

/** Requests of one job. */
export interface HttpClient {
  /**
   * Sends one request and never follows a redirect.
   * @throws {AppError} TLS_*, BANK_UNREACHABLE, BANK_TIMEOUT, BANK_REDIRECTED, BANK_RESPONSE_TRUNCATED, BANK_RESPONSE_TOO_LARGE,
   * BANK_RESPONSE_INVALID; SYNC_CANCELLED when `signal` aborts
   */
  send(request: HttpRequest, signal?: AbortSignal): Promise<HttpResponse>;
  /** Ends all connections at once. */
  close(): Promise<void>;
}

/** @throws {AppError} TLS_CLIENT_CERTIFICATE_REFUSED when the office's own certificate is unusable, TLS_HANDSHAKE_FAILED */
export type OpenHttpClient = (policy: HttpPolicy) => HttpClient;

/** Who answered at an address, and why that is not to be trusted; `problem` null means chain, host and dates hold. */
export interface IdentifiedServer {
  readonly identity: TlsIdentity;
  readonly problem: WireError | null;
}

/**
 * One handshake without credentials; sends no request.
 * @throws {AppError} BANK_UNREACHABLE, BANK_TIMEOUT, TLS_VERSION_REFUSED, TLS_HANDSHAKE_FAILED when nobody showed a certificate
 */
export type IdentifyServer = (address: { url: string; authorityPem: string | null }) => Promise<IdentifiedServer>;
