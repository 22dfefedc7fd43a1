// Checks the office's own client certificate before it is shown to a bank. It never logs or returns the key.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { HttpPolicy } from '../../core/ports/http-client.ts';

type ClientCertificate = HttpPolicy['clientCertificate'];

function refused(reason: string, cause?: unknown): AppError {
  return new AppError('TLS_CLIENT_CERTIFICATE_REFUSED', { host: '', reason }, { cause });
}

function read({ certificatePem, privateKeyPem }: ClientCertificate) {
  try {
    return { certificate: new X509Certificate(certificatePem), key: createPrivateKey(privateKeyPem) };
  } catch (cause) {
    throw refused('unreadable', cause);
  }
}

/** @throws {AppError} TLS_CLIENT_CERTIFICATE_REFUSED with reason `unreadable`, `key-mismatch`, `expired` or `not-yet-valid` */
export function checkClientCertificate(pair: ClientCertificate, now: number): void {
  const { certificate, key } = read(pair);
  if (!certificate.checkPrivateKey(key)) throw refused('key-mismatch');
  if (certificate.validToDate.getTime() < now) throw refused('expired');
  if (certificate.validFromDate.getTime() > now) throw refused('not-yet-valid');
}
