// Turns what OpenSSL, Node and undici throw into Strongroom's own errors, once. It never puts a secret into a parameter.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';

/** Results of certificate verification as Node names them. @see OpenSSL X509_verify_cert_error_string */
const VERIFICATION: Readonly<Record<string, ErrorCode>> = {
  CERT_HAS_EXPIRED: 'TLS_CERTIFICATE_EXPIRED',
  CERT_NOT_YET_VALID: 'TLS_CERTIFICATE_NOT_YET_VALID',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'TLS_AUTHORITY_UNKNOWN',
  SELF_SIGNED_CERT_IN_CHAIN: 'TLS_AUTHORITY_UNKNOWN',
  UNABLE_TO_GET_ISSUER_CERT: 'TLS_AUTHORITY_UNKNOWN',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'TLS_AUTHORITY_UNKNOWN',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'TLS_AUTHORITY_UNKNOWN',
  CERT_SIGNATURE_FAILURE: 'TLS_AUTHORITY_UNKNOWN',
  CERT_UNTRUSTED: 'TLS_AUTHORITY_UNKNOWN',
  INVALID_CA: 'TLS_AUTHORITY_UNKNOWN',
  PATH_LENGTH_EXCEEDED: 'TLS_AUTHORITY_UNKNOWN',
  CERT_CHAIN_TOO_LONG: 'TLS_AUTHORITY_UNKNOWN',
  // Node's word for a broken chain that it has no word for, as an issuer that is no authority.
  UNSPECIFIED: 'TLS_AUTHORITY_UNKNOWN',
};

/** Alerts that the other end sends about our certificate. @see RFC 8446 §6.2 */
const CLIENT_CERTIFICATE_ALERT =
  /ALERT_(CERTIFICATE_REQUIRED|UNKNOWN_CA|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_REVOKED|CERTIFICATE_EXPIRED|CERTIFICATE_UNKNOWN|ACCESS_DENIED)$/;
const VERSION = /(ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|WRONG_SSL_VERSION|WRONG_VERSION_NUMBER|VERSION_TOO_LOW)$/;

const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'EHOSTDOWN',
  'EPIPE',
]);
const TIMEOUT = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ABORT_ERR',
]);

/** Node's and OpenSSL's code, or the error's name where it has none. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

function tlsCode(reason: string): ErrorCode | null {
  const verification = VERIFICATION[reason];
  if (verification) return verification;
  if (CLIENT_CERTIFICATE_ALERT.test(reason)) return 'TLS_CLIENT_CERTIFICATE_REFUSED';
  if (VERSION.test(reason)) return 'TLS_VERSION_REFUSED';
  return null;
}

function responseCode(reason: string): { code: ErrorCode; retryable: boolean } | null {
  if (reason === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return { code: 'BANK_RESPONSE_TOO_LARGE', retryable: false };
  if (reason === 'UND_ERR_HEADERS_OVERFLOW') return { code: 'BANK_RESPONSE_TOO_LARGE', retryable: false };
  if (reason === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') return { code: 'BANK_RESPONSE_TRUNCATED', retryable: true };
  if (reason === 'HTTPParserError') return { code: 'BANK_RESPONSE_INVALID', retryable: false };
  if (TIMEOUT.has(reason)) return { code: 'BANK_TIMEOUT', retryable: true };
  if (NETWORK.has(reason) || reason.startsWith('UND_ERR_')) return { code: 'BANK_UNREACHABLE', retryable: true };
  return null;
}

/** The AppError for whatever a connection or a request failed with; an AppError stays as it is. */
export function toHttpFailure(error: unknown, host: string): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof Error && error.cause instanceof AppError) return error.cause;
  const reason = codeOf(error);
  const tls = tlsCode(reason);
  if (tls) return new AppError(tls, { host, reason }, { cause: error });
  const response = responseCode(reason);
  if (response) return new AppError(response.code, { host, reason }, { retryable: response.retryable, cause: error });
  return new AppError('TLS_HANDSHAKE_FAILED', { host, reason }, { cause: error });
}
