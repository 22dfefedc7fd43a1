// Opens one TLS connection under fixed rules: version 1.3, full validation, no resumption, nothing taken from the environment.
import { rootCertificates, connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import type { LookupFunction } from 'node:net';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { TlsIdentity } from '../../../shared/ipc/contract/connections.ts';
import type { CheckPeer } from './check-peer.ts';
import { readTlsIdentity } from './tls-identity.ts';
import { toHttpFailure } from './tls-failure.ts';

const CONNECT_TIMEOUT_MS = 15_000;
const ACCEPTANCE_WAIT_MS = 250;

export interface ConnectRequest {
  readonly host: string;
  readonly port: number;
  readonly authorityPem: string | null;
  readonly clientCertificate: { readonly certificatePem: string; readonly privateKeyPem: string } | null;
  readonly checkPeer: CheckPeer;
  /** Hears who answered, also when the answer is about to be refused. */
  readonly onIdentity?: (identity: TlsIdentity) => void;
  readonly lookup?: LookupFunction | undefined;
  /** Longest time until the other end is proven; 15 s when left out. */
  readonly connectMs?: number;
  /** Ends the connection, whatever its state. */
  readonly signal?: AbortSignal;
}

/**
 * With no authority named, the public ones that Node carries are believed, not the machine's store: a root that a virus scanner or an
 * administrator added, and NODE_EXTRA_CA_CERTS or SSL_CERT_FILE, change nothing.
 */
function connectionOptions(request: ConnectRequest): ConnectionOptions {
  return {
    host: request.host,
    port: request.port,
    servername: /^[\d.]+$|:/.test(request.host) ? '' : request.host,
    minVersion: 'TLSv1.3',
    maxVersion: 'TLSv1.3',
    ca: request.authorityPem ?? [...rootCertificates],
    rejectUnauthorized: true,
    checkServerIdentity: request.checkPeer,
    ALPNProtocols: ['http/1.1'],
    ...(request.lookup ? { lookup: request.lookup } : {}),
    ...(request.clientCertificate
      ? { cert: request.clientCertificate.certificatePem, key: request.clientCertificate.privateKeyPem }
      : {}),
  };
}

function begin(request: ConnectRequest): TLSSocket {
  try {
    return connect(connectionOptions(request));
  } catch (error) {
    throw toHttpFailure(error, request.host);
  }
}

/** Called once with the socket that the handshake left, or with why there is none. */
type Outcome = (error: AppError | null) => void;

function watchHandshake(socket: TLSSocket, request: ConnectRequest, done: Outcome): void {
  const timer = setTimeout(() => {
    socket.destroy(new AppError('BANK_TIMEOUT', { host: request.host, reason: 'connect' }, { retryable: true }));
  }, request.connectMs ?? CONNECT_TIMEOUT_MS);
  socket.prependListener('secure', () => {
    const identity = readTlsIdentity(socket, request.host);
    if (identity) request.onIdentity?.(identity);
  });
  // Stays for the socket's whole life: an error between the handshake and the first request must find a listener.
  socket.on('error', (error) => {
    clearTimeout(timer);
    done(toHttpFailure(error, request.host));
  });
  socket.once('secureConnect', () => {
    clearTimeout(timer);
    done(null);
  });
}

function endWithJob(socket: TLSSocket, { signal }: ConnectRequest): void {
  if (!signal) return;
  const end = (): void => void socket.destroy(new AppError('SYNC_CANCELLED'));
  signal.addEventListener('abort', end, { once: true });
  socket.once('close', () => signal.removeEventListener('abort', end));
  if (signal.aborted) end();
}

/**
 * Resolves once the other end is proven. Each call is a full handshake: no session is kept, because a resumed one skips the pin check.
 * Node shows the peer's certificate before its own verdict only at `secure`, so that is where a refused identity is read.
 * @throws {AppError} TLS_*, BANK_UNREACHABLE, BANK_TIMEOUT
 */
export function connectTls(request: ConnectRequest): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = begin(request);
    endWithJob(socket, request);
    watchHandshake(socket, request, (error) => (error ? reject(error) : resolve(socket)));
  });
}

/**
 * Waits until the server has shown that it took our client certificate, or has had the time to refuse it. In TLS 1.3 the refusal comes
 * after "connected", and a request sent meanwhile can turn the alert into a bare reset; the session ticket that follows acceptance is
 * the sign (RFC 8446 §4.6.1). A server without tickets costs the wait.
 * @throws {AppError} TLS_CLIENT_CERTIFICATE_REFUSED
 */
export function awaitAcceptance(socket: TLSSocket, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const refused = (error?: Error): void => {
      clearTimeout(timer);
      const failure = error && toHttpFailure(error, host);
      const named = failure && failure.code !== 'BANK_UNREACHABLE' ? failure : null;
      reject(named ?? new AppError('TLS_CLIENT_CERTIFICATE_REFUSED', { host, reason: 'closed-after-handshake' }));
    };
    const accepted = (): void => {
      clearTimeout(timer);
      socket.off('error', refused).off('close', closed).off('session', ticketSeen);
      resolve();
    };
    // Node runs `session` inside OpenSSL's read, where a write would be lost.
    const ticketSeen = (): void => void setImmediate(accepted);
    const closed = (): void => refused();
    const timer = setTimeout(accepted, ACCEPTANCE_WAIT_MS);
    socket.once('error', refused).once('close', closed).once('session', ticketSeen);
  });
}
