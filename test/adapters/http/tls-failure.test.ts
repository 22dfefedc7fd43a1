// Every name that Node, OpenSSL, BoringSSL or undici gives a failure ends as one of our codes; what is not known fails closed.
import { describe, expect, it } from 'vitest';
import { toHttpFailure } from '../../../electron/adapters/http/tls-failure.ts';
import { AppError } from '../../../shared/errors/app-error.ts';

const named = (code: string): Error => Object.assign(new Error(code), { code });

describe('failures', () => {
  it.each([
    ['CERT_HAS_EXPIRED', 'TLS_CERTIFICATE_EXPIRED'],
    ['CERT_NOT_YET_VALID', 'TLS_CERTIFICATE_NOT_YET_VALID'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'TLS_AUTHORITY_UNKNOWN'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'TLS_AUTHORITY_UNKNOWN'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'TLS_AUTHORITY_UNKNOWN'],
    ['UNSPECIFIED', 'TLS_AUTHORITY_UNKNOWN'],
    ['CERT_REVOKED', 'TLS_HANDSHAKE_FAILED'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'TLS_VERSION_REFUSED'],
    ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'TLS_VERSION_REFUSED'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'TLS_VERSION_REFUSED'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'TLS_CLIENT_CERTIFICATE_REFUSED'],
    ['ERR_SSL_TLSV1_ALERT_CERTIFICATE_REQUIRED', 'TLS_CLIENT_CERTIFICATE_REFUSED'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'TLS_CLIENT_CERTIFICATE_REFUSED'],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', 'TLS_CLIENT_CERTIFICATE_REFUSED'],
    ['ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE', 'TLS_CLIENT_CERTIFICATE_REFUSED'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'TLS_HANDSHAKE_FAILED'],
    ['ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC', 'TLS_HANDSHAKE_FAILED'],
    ['ECONNREFUSED', 'BANK_UNREACHABLE'],
    ['ECONNRESET', 'BANK_UNREACHABLE'],
    ['ENOTFOUND', 'BANK_UNREACHABLE'],
    ['UND_ERR_SOCKET', 'BANK_UNREACHABLE'],
    ['ETIMEDOUT', 'BANK_TIMEOUT'],
    ['UND_ERR_HEADERS_TIMEOUT', 'BANK_TIMEOUT'],
    ['UND_ERR_BODY_TIMEOUT', 'BANK_TIMEOUT'],
    ['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'BANK_RESPONSE_TOO_LARGE'],
    ['UND_ERR_HEADERS_OVERFLOW', 'BANK_RESPONSE_TOO_LARGE'],
    ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'BANK_RESPONSE_TRUNCATED'],
    ['SOMETHING_NEW', 'TLS_HANDSHAKE_FAILED'],
  ])('%s is %s', (name, code) => {
    expect(toHttpFailure(named(name), 'bank.test')).toMatchObject({
      code,
      params: { host: 'bank.test', reason: name },
    });
  });

  it('without a name fail closed', () => {
    expect(toHttpFailure(new TypeError('x'), 'h')).toMatchObject({
      code: 'TLS_HANDSHAKE_FAILED',
      params: { reason: 'TypeError' },
    });
    expect(toHttpFailure('thrown text', 'h')).toMatchObject({
      code: 'TLS_HANDSHAKE_FAILED',
      params: { reason: 'unknown' },
    });
  });

  it('that are ours already stay, also inside another', () => {
    const own = new AppError('TLS_PIN_MISMATCH');
    expect(toHttpFailure(own, 'h')).toBe(own);
    expect(toHttpFailure(new Error('wrapped', { cause: own }), 'h')).toBe(own);
  });
});
