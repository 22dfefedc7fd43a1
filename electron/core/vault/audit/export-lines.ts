// An audit chain as the lines of an export, a page of entries at a time, up to the head it had at the start. It names no file.
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { AuditHead, AuditRecord } from '../../ports/audit-chain.ts';
import type { AuditLog } from '../../ports/audit-log.ts';
import { signWith, type CheckpointSigner } from './checkpoints.ts';
import { endText, type EndLine, type ExportHeader, type ExportLine } from './export-format.ts';

const PAGE_ENTRIES = 500;

/** Up to which entry the export goes: its checkpoint must exist. */
export interface ExportedChain {
  readonly audit: AuditLog;
  readonly header: ExportHeader;
  readonly head: AuditHead;
  readonly signer: CheckpointSigner;
}

const withoutPerson = (record: AuditRecord): AuditRecord => ({ ...record, name: null, payload: null, salt: null });

/** Entries in order, each checkpoint behind its entry. Between two pages others may append: that is not part of it. */
function* chainLines({ audit, header, head }: ExportedChain): Generator<ExportLine[]> {
  const checkpoints = Map.groupBy(audit.checkpoints(), ({ sequence }) => sequence);
  for (let after = 0; after < head.sequence; after += PAGE_ENTRIES) {
    const limit = Math.min(PAGE_ENTRIES, head.sequence - after);
    yield audit.records({ after, limit }).flatMap((record): ExportLine[] => {
      const entry = header.personal ? record : withoutPerson(record);
      const signed = checkpoints.get(record.sequence) ?? [];
      return [entry, ...signed.map((checkpoint) => ({ checkpoint: true, ...checkpoint }) as const)];
    });
  }
}

/** The bytes of the whole file. */
export async function* exportLines(chain: ExportedChain): AsyncGenerator<Uint8Array> {
  const { audit, header, head, signer } = chain;
  const hash = createHash('sha256');
  const encode = (lines: readonly (ExportHeader | ExportLine)[]): Buffer =>
    Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const counted = (bytes: Buffer): Buffer => {
    hash.update(bytes);
    return bytes;
  };
  yield counted(encode([header]));
  for (const lines of chainLines(chain)) yield counted(encode(lines));
  const closing = { entries: head.sequence, head: head.hash, sha256: hash.digest('hex') };
  const end: EndLine = { end: true, ...closing, signature: signWith(signer, endText(audit.chain, closing)) };
  yield encode([end]);
}
