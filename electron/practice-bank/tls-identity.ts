// What the bank shows in a TLS handshake, well-behaved or not. It decides no HTTP answer.
import type { SecureContextOptions } from 'node:tls';
import {
  createAuthority,
  createKeyPair,
  issueClientCertificate,
  issueServerCertificate,
  selfSignedServerCertificate,
  type KeyPair,
} from './certificates.ts';
import type { Misbehaviour } from './misbehaviours.ts';

const HOSTS = ['localhost', '127.0.0.1'];
export const CLIENT_ID = 'strongroom-office';

export type Enrolment = { readonly clientId: string; readonly certificatePem: string; readonly privateKeyPem: string };

export type TlsIdentity = {
  readonly authorityPem: string;
  readonly pins: { readonly current: string; readonly backup: string };
  readonly enrolment: Enrolment;
  /** The handshake options under these misbehaviours; of several that change the certificate, the first in this list's order wins. */
  secureContext(active: ReadonlySet<Misbehaviour>): SecureContextOptions;
};

type Served = { readonly key: KeyPair; readonly certificatePem: string };
type CertificateMisbehaviour = Extract<
  Misbehaviour,
  | 'wrong-pin'
  | 'backup-pin'
  | 'expired-certificate'
  | 'not-yet-valid-certificate'
  | 'self-signed-certificate'
  | 'wrong-host'
>;

async function serveCertificates(
  authority: Awaited<ReturnType<typeof createAuthority>>,
  current: KeyPair,
  backup: KeyPair,
) {
  const unknown = await createKeyPair();
  const issue = async (
    key: KeyPair,
    options: { hosts?: string[]; validity?: { fromDays: number; toDays: number } } = {},
  ) => ({
    key,
    certificatePem: await issueServerCertificate(authority, { key, hosts: HOSTS, ...options }),
  });
  const bad: Record<CertificateMisbehaviour, Served> = {
    'wrong-pin': await issue(unknown),
    'backup-pin': await issue(backup),
    'expired-certificate': await issue(current, { validity: { fromDays: -90, toDays: -1 } }),
    'not-yet-valid-certificate': await issue(current, { validity: { fromDays: 1, toDays: 90 } }),
    'self-signed-certificate': { key: current, certificatePem: await selfSignedServerCertificate(current, HOSTS) },
    'wrong-host': await issue(current, { hosts: ['other-bank.example'] }),
  };
  return { good: await issue(current), bad };
}

/**
 * The client key is P-384 while the server's is P-256: `no-client-certificate` then needs only to accept P-256 signatures, and an OpenSSL client
 * that finds its certificate unusable meets the genuine `certificate_required` alert (RFC 8446 §6.2), which Node cannot send for a foreign authority.
 */
export async function createTlsIdentity(): Promise<TlsIdentity> {
  const [authority, current, backup, client] = await Promise.all([
    createAuthority('Practice Authority'),
    createKeyPair(),
    createKeyPair(),
    createKeyPair('P-384'),
  ]);
  const other = await createAuthority('Another Authority');
  const { good, bad } = await serveCertificates(authority, current, backup);
  const enrolment = {
    clientId: CLIENT_ID,
    certificatePem: await issueClientCertificate(authority, client, CLIENT_ID),
    privateKeyPem: client.privateKeyPem,
  };
  return {
    authorityPem: authority.certificatePem,
    pins: { current: current.pin, backup: backup.pin },
    enrolment,
    secureContext(active) {
      const served = Object.entries(bad).find(([name]) => active.has(name as CertificateMisbehaviour))?.[1] ?? good;
      const version = active.has('tls-1.2-only') ? 'TLSv1.2' : 'TLSv1.3';
      const refuse = active.has('no-client-certificate');
      return {
        key: served.key.privateKeyPem,
        cert: served.certificatePem,
        ca: refuse ? other.certificatePem : authority.certificatePem,
        minVersion: version,
        maxVersion: version,
        ...(refuse ? { sigalgs: 'ecdsa_secp256r1_sha256' } : {}),
      };
    },
  };
}
