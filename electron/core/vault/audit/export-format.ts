// The lines of an exported audit log, and what its end signs: the one description that writer and verifier share. It reads and writes nothing.
import { z } from 'zod';
import { canonicalJson } from '../../../../shared/model/canonical-json.ts';
import { Instant } from '../../../../shared/model/instant.ts';
import { AuditCheckpoint, AuditRecord } from '../../ports/audit-chain.ts';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** The first line. */
export const ExportHeader = z.strictObject({
  format: z.literal('strongroom-audit'),
  version: z.literal(1),
  /** Id of the office or the client. */
  chain: z.string().max(100),
  /** The chain's genesis hash binds it. */
  firstKeyCommitment: Sha256,
  officeName: z.string().max(400),
  /** Ed25519, raw, base64. What it is worth is known only to who has it from elsewhere. */
  checkpointKey: z.base64().length(44),
  exportedAt: Instant,
  /** False where names, payloads and salts were left out. */
  personal: z.boolean(),
});
export type ExportHeader = z.infer<typeof ExportHeader>;

/** A checkpoint stands right behind the entry it speaks of; the last one behind the last entry. */
const CheckpointLine = AuditCheckpoint.extend({ checkpoint: z.literal(true) });

/** The last line. `sha256` covers the bytes of every line before it, line feeds included; the signature covers this line. */
const EndLine = z.strictObject({
  end: z.literal(true),
  entries: z.int().min(0),
  head: Sha256,
  sha256: Sha256,
  signature: z.base64().length(88),
});
export type EndLine = z.infer<typeof EndLine>;

/** Any line but the first. */
export const ExportLine = z.union([AuditRecord, CheckpointLine, EndLine]);
export type ExportLine = z.infer<typeof ExportLine>;

/** What the last line's signature signs. */
export function endText(chain: string, { entries, head, sha256 }: Omit<EndLine, 'end' | 'signature'>): string {
  return canonicalJson({ magic: 'strongroom/v1/audit-export', chain, entries, head, sha256 });
}
