// The form of an audit chain, the same in a database and in an exported file: what an entry's hash, MAC and digest are made of, and the one
// checker of both. It opens no database and no file.
import { Buffer } from 'node:buffer';
import { createHmac, hash, hkdfSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { Instant } from '../../../shared/model/instant.ts';

/** Length of a chain's keys in bytes. */
export const AUDIT_KEY_LENGTH = 32;

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** One entry in the chain's own form. Name, payload and salt are its personal part: erased or left out, all three are null. */
export const AuditRecord = z
  .strictObject({
    sequence: z.int().min(1),
    at: Instant,
    userId: z.string().nullable(),
    action: z.string(),
    subject: z.string().nullable(),
    outcome: z.enum(['done', 'denied']),
    name: z.string().nullable(),
    /** JSON text, exactly as it was digested. */
    payload: z.string().nullable(),
    /** 16 random bytes, base64. */
    salt: z.base64().nullable(),
    personalDigest: Sha256,
    previousHash: Sha256,
    hash: Sha256,
    mac: Sha256,
  })
  .refine(({ name, payload, salt }) => (name === null) === (payload === null) && (name === null) === (salt === null));
export type AuditRecord = z.infer<typeof AuditRecord>;

/** Where a chain ends; `sequence` 0 before its first entry. */
export interface AuditHead {
  readonly sequence: number;
  readonly hash: string;
}

/** The office's word that a chain had this head at that time. Its signature decides about it, not its form. */
export const AuditCheckpoint = z.strictObject({
  sequence: z.int(),
  hash: z.string(),
  at: z.string(),
  /** Ed25519, raw, base64. */
  publicKey: z.string(),
  /** Base64. */
  signature: z.string(),
});
export type AuditCheckpoint = z.infer<typeof AuditCheckpoint>;

const sha256 = (content: string | Uint8Array): string => hash('sha256', content, 'hex');

/** What the genesis hash binds of the first key; it gives nothing of the key away. */
export function keyCommitment(firstKey: Uint8Array): string {
  return sha256(Buffer.concat([Buffer.from('strongroom audit key v1\n'), firstKey]));
}

/** The key of the next entry. The way back doesn't exist, so whoever finds a key can't forge what came before it. @see RFC 5869 */
export function nextKey(key: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, '', 'strongroom/v1/audit-next-key', AUDIT_KEY_LENGTH));
}

/** The hash before the first entry: it binds a chain to its office or client and to its first key. */
export function genesisHash(chain: string, firstKeyCommitment: string): string {
  return sha256(`strongroom audit chain v1\n${JSON.stringify([chain, firstKeyCommitment])}`);
}

/** What the chain holds of the personal part. */
export function personalDigest(salt: Uint8Array, name: string, payload: string): string {
  return sha256(Buffer.concat([salt, Buffer.from(JSON.stringify([name, payload]))]));
}

/** SHA-256 over everything but the personal part and the MAC. */
export function entryHash(record: Omit<AuditRecord, 'hash' | 'mac' | 'name' | 'payload' | 'salt'>): string {
  const { sequence, at, userId, action, subject, outcome, personalDigest: digest, previousHash } = record;
  const fields = [sequence, at, userId, action, subject, outcome, digest, previousHash];
  return sha256(`strongroom audit entry v1\n${JSON.stringify(fields)}`);
}

/** HMAC-SHA256 of an entry's hash (its hex text) under that entry's key. */
export function entryMac(key: Uint8Array, entry: string): string {
  return createHmac('sha256', key).update(entry).digest('hex');
}

export interface ChainStart {
  readonly chain: string;
  readonly firstKeyCommitment: string;
  /** With it every MAC is recomputed; it must be the one that was committed to. */
  readonly firstKey: Uint8Array | null;
}

/** Follows a chain from its start, entry by entry. */
export interface ChainWalk {
  /** Takes the next entry; false, and the walk stays where it is, when it doesn't follow from what came before. */
  follows(record: AuditRecord): boolean;
  head(): AuditHead;
  /** True when this is the key that the walk arrived at, or when it walks without keys. */
  arrivedAt(key: Uint8Array): boolean;
}

function personalPartHolds({ name, payload, salt, personalDigest: digest }: AuditRecord): boolean {
  if (name === null || payload === null || salt === null) return name === null && payload === null && salt === null;
  return digest === personalDigest(Buffer.from(salt, 'base64'), name, payload);
}

/** The one checker of chains, in a database or in a file. */
export function walkChain({ chain, firstKeyCommitment, firstKey }: ChainStart): ChainWalk {
  let head: AuditHead = { sequence: 0, hash: genesisHash(chain, firstKeyCommitment) };
  let key = firstKey;
  const keyed = firstKey === null || keyCommitment(firstKey) === firstKeyCommitment;

  function macHolds(record: AuditRecord): boolean {
    return key === null || entryMac(key, record.hash) === record.mac;
  }

  return {
    head: () => head,
    follows: (record) => {
      const next = record.sequence === head.sequence + 1 && record.previousHash === head.hash;
      if (!keyed || !next || record.hash !== entryHash(record)) return false;
      if (!personalPartHolds(record) || !macHolds(record)) return false;
      head = { sequence: record.sequence, hash: record.hash };
      key = key && nextKey(key);
      return true;
    },
    arrivedAt: (current) => key === null || (current.length === key.length && timingSafeEqual(current, key)),
  };
}
