// Judges the certificate that a server shows, inside the handshake: the host's name and the pins. The chain and the dates are OpenSSL's part.
import { X509Certificate } from 'node:crypto';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Pin } from '../../../shared/ipc/contract/connections.ts';
import { spkiSha256 } from './tls-identity.ts';

/** The signature of Node's own callback: an error refuses the connection. */
export type CheckPeer = (host: string, certificate: PeerCertificate) => Error | undefined;

/** A name in the subject alone does not count. @see RFC 9525 §6.3 */
export const checkHost: CheckPeer = (host, certificate) => {
  const mismatch = certificate.subjectaltname ? checkServerIdentity(host, certificate) : new Error('no SAN');
  return mismatch && new AppError('TLS_WRONG_HOST', { host, names: (certificate.subjectaltname ?? '').slice(0, 200) });
};

/** Host first, then pins: the served key must be one of them. @see RFC 7469 §2.6 */
export function checkHostAndPins(pins: readonly Pin[]): CheckPeer {
  return (host, certificate) => {
    const wrongHost = checkHost(host, certificate);
    if (wrongHost) return wrongHost;
    const seen = spkiSha256(new X509Certificate(certificate.raw));
    return pins.includes(seen) ? undefined : new AppError('TLS_PIN_MISMATCH', { host, spkiSha256: seen });
  };
}
