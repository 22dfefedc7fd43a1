// Makes the practice authority's keys and certificates in memory. Nothing here is for a real bank, and nothing is written to disk.
import 'reflect-metadata';
import { createHash } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const DAY_MS = 86_400_000;

type Curve = 'P-256' | 'P-384';

function generateKeys(namedCurve: Curve) {
  return crypto.subtle.generateKey({ name: 'ECDSA', namedCurve }, true, ['sign', 'verify']);
}

type Keys = Awaited<ReturnType<typeof generateKeys>>;
export type KeyPair = { readonly keys: Keys; readonly privateKeyPem: string; readonly pin: string };
export type Authority = { readonly name: string; readonly key: KeyPair; readonly certificatePem: string };
export type Validity = { readonly fromDays: number; readonly toDays: number };

const VALID: Validity = { fromDays: -1, toDays: 365 };

const SIGNING = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

function pem(label: string, bytes: ArrayBuffer): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** A new EC key pair with its pin: base64 of the SHA-256 of the SubjectPublicKeyInfo. @see RFC 7469 §2.4 */
export async function createKeyPair(curve: Curve = 'P-256'): Promise<KeyPair> {
  const keys = await generateKeys(curve);
  const spki = Buffer.from(await crypto.subtle.exportKey('spki', keys.publicKey));
  return {
    keys,
    privateKeyPem: pem('PRIVATE KEY', await crypto.subtle.exportKey('pkcs8', keys.privateKey)),
    pin: createHash('sha256').update(spki).digest('base64'),
  };
}

function period(validity: Validity): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return {
    notBefore: new Date(now + validity.fromDays * DAY_MS),
    notAfter: new Date(now + validity.toDays * DAY_MS),
  };
}

export async function createAuthority(commonName: string): Promise<Authority> {
  const key = await createKeyPair();
  const name = `CN=${commonName}, O=Practice Bank`;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name,
    keys: key.keys,
    signingAlgorithm: SIGNING,
    ...period({ fromDays: -30, toDays: 3650 }),
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(key.keys.publicKey),
    ],
  });
  return { name, key, certificatePem: `${certificate.toString('pem')}\n` };
}

async function leafExtensions(
  key: KeyPair,
  signer: KeyPair,
  purpose: x509.ExtendedKeyUsage,
): Promise<x509.Extension[]> {
  return [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([purpose]),
    await x509.SubjectKeyIdentifierExtension.create(key.keys.publicKey),
    await x509.AuthorityKeyIdentifierExtension.create(signer.keys.publicKey),
  ];
}

export type ServerCertificateRequest = { key: KeyPair; hosts: readonly string[]; validity?: Validity };

/** A server certificate in PEM. Hosts of digits and dots become IP addresses, others DNS names. */
export async function issueServerCertificate(authority: Authority, request: ServerCertificateRequest): Promise<string> {
  const names = request.hosts.map((value) => ({
    type: /^[\d.]+$/.test(value) ? ('ip' as const) : ('dns' as const),
    value,
  }));
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${request.hosts[0] ?? ''}, O=Practice Bank`,
    issuer: authority.name,
    publicKey: request.key.keys.publicKey,
    signingKey: authority.key.keys.privateKey,
    signingAlgorithm: SIGNING,
    ...period(request.validity ?? VALID),
    extensions: [
      new x509.SubjectAlternativeNameExtension(names),
      ...(await leafExtensions(request.key, authority.key, x509.ExtendedKeyUsage.serverAuth)),
    ],
  });
  return `${certificate.toString('pem')}\n`;
}

/** The client certificate that enrols an office, in PEM. */
export async function issueClientCertificate(authority: Authority, key: KeyPair, commonName: string): Promise<string> {
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${commonName}`,
    issuer: authority.name,
    publicKey: key.keys.publicKey,
    signingKey: authority.key.keys.privateKey,
    signingAlgorithm: SIGNING,
    ...period(VALID),
    extensions: await leafExtensions(key, authority.key, x509.ExtendedKeyUsage.clientAuth),
  });
  return `${certificate.toString('pem')}\n`;
}

/** A certificate over `key` that only that key itself vouches for, in PEM. */
export async function selfSignedServerCertificate(key: KeyPair, hosts: readonly string[]): Promise<string> {
  const name = `CN=${hosts[0] ?? ''}, O=Practice Bank`;
  return issueServerCertificate({ name, key, certificatePem: '' }, { key, hosts });
}
