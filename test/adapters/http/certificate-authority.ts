// Makes authorities and certificates, good and bad, for real TLS servers in tests. Keys live in memory only.
import 'reflect-metadata';
import { createHash } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
} as const;
const DAY_MS = 86_400_000;

export interface Key {
  readonly pair: CryptoKeyPair;
  readonly pem: string;
  readonly pin: string;
}

export async function aKey(kind: 'ec' | 'rsa' = 'ec'): Promise<Key> {
  const pair = await crypto.subtle.generateKey(kind === 'ec' ? EC : RSA, true, ['sign', 'verify']);
  const spki = Buffer.from(await crypto.subtle.exportKey('spki', pair.publicKey));
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', pair.privateKey)).toString('base64');
  return {
    pair,
    pem: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`,
    pin: createHash('sha256').update(spki).digest('base64'),
  };
}

export interface Issuer {
  readonly name: string;
  readonly key: Key;
  readonly pem: string;
}

export interface CertificateOptions {
  readonly key?: Key;
  readonly subject?: string;
  /** SAN entries; digits and dots become IP addresses. Empty leaves the extension out. */
  readonly names?: readonly string[];
  readonly fromDays?: number;
  readonly toDays?: number;
  readonly usage?: 'server' | 'client';
  readonly ca?: boolean;
}

function alternativeNames(names: readonly string[]): x509.Extension[] {
  if (names.length === 0) return [];
  const entries = names.map((value) => ({ type: /^[\d.]+$/.test(value) ? ('ip' as const) : ('dns' as const), value }));
  return [new x509.SubjectAlternativeNameExtension(entries)];
}

function extensions(options: CertificateOptions): x509.Extension[] {
  if (options.ca) return [new x509.BasicConstraintsExtension(true, undefined, true)];
  const usage = options.usage === 'client' ? x509.ExtendedKeyUsage.clientAuth : x509.ExtendedKeyUsage.serverAuth;
  return [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([usage]),
    ...alternativeNames(options.names ?? ['localhost', '127.0.0.1']),
  ];
}

export interface Certificate {
  readonly key: Key;
  readonly pem: string;
}

/** A certificate signed by `issuer`; by its own key when `issuer` is null. */
export async function aCertificate(issuer: Issuer | null, options: CertificateOptions = {}): Promise<Certificate> {
  const key = options.key ?? (await aKey());
  const subject = options.subject ?? 'CN=localhost, O=Test Bank';
  const signer = issuer?.key ?? key;
  const certificate = await x509.X509CertificateGenerator.create({
    subject,
    issuer: issuer?.name ?? subject,
    publicKey: key.pair.publicKey,
    signingKey: signer.pair.privateKey,
    signingAlgorithm: signer.pair.privateKey.algorithm.name === 'ECDSA' ? EC : RSA,
    notBefore: new Date(Date.now() + (options.fromDays ?? -1) * DAY_MS),
    notAfter: new Date(Date.now() + (options.toDays ?? 90) * DAY_MS),
    extensions: extensions(options),
  });
  return { key, pem: `${certificate.toString('pem')}\n` };
}

export async function anAuthority(name = 'Test Authority', parent: Issuer | null = null): Promise<Issuer> {
  const { key, pem } = await aCertificate(parent, { subject: `CN=${name}`, ca: true, fromDays: -365, toDays: 3650 });
  return { name: `CN=${name}`, key, pem };
}
