// Reads who is at the other end of a TLS socket. It judges nothing.
import { createHash, X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { Pin, type TlsIdentity } from '../../../shared/ipc/contract/connections.ts';
import { instantOf } from '../../../shared/model/instant.ts';

/** Base64 of the SHA-256 of a certificate's SubjectPublicKeyInfo. @see RFC 7469 §2.4 */
export function spkiSha256(certificate: X509Certificate): Pin {
  const spki = certificate.publicKey.export({ type: 'spki', format: 'der' });
  return Pin.parse(createHash('sha256').update(spki).digest('base64'));
}

/** One line out of OpenSSL's one-attribute-a-line form: `CN=bank.example, O=Bank`. */
function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').filter(Boolean).join(', ');
}

/** The identity that a socket's other end showed, or null while it has shown none. `host` is the name that was asked for. */
export function readTlsIdentity(socket: TLSSocket, host: string): TlsIdentity | null {
  // Not getPeerX509Certificate: after it, Node 24 hands checkServerIdentity an empty certificate.
  const { raw } = socket.getPeerCertificate();
  if (!raw) return null;
  const certificate = new X509Certificate(raw);
  return {
    host,
    protocol: socket.getProtocol() ?? '',
    cipher: socket.getCipher().standardName,
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    validFrom: instantOf(certificate.validFromDate.getTime()),
    validTo: instantOf(certificate.validToDate.getTime()),
    spkiSha256: spkiSha256(certificate),
    certificateSha256: createHash('sha256').update(certificate.raw).digest('hex'),
  };
}
