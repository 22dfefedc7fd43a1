// Verifies an exported audit log line by line, in constant memory, with nothing but a public key. It knows no office and no database.
import { createHash } from 'node:crypto';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { walkChain, type AuditCheckpoint, type AuditRecord } from '../../ports/audit-chain.ts';
import { verifyText } from '../keys/signing-key.ts';
import { checkpointHolds } from './checkpoints.ts';
import { endText, ExportHeader, ExportLine, type EndLine } from './export-format.ts';

/** What a whole and genuine export says about itself. */
export interface VerifiedExport {
  readonly chain: string;
  readonly officeName: string;
  readonly exportedAt: string;
  readonly personal: boolean;
  readonly entries: number;
  /** When its first and last entry were made; null without entries. */
  readonly period: { readonly from: string; readonly until: string } | null;
  readonly head: string;
  readonly checkpoints: number;
  readonly checkpointKey: string;
  /** False where the key came from the file itself, which proves nothing about who signed. */
  readonly keyGiven: boolean;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // No schema takes this: what is no JSON is no line of an export.
    return undefined;
  }
}

/** Follows an export line by line behind its header. A line that is refused leaves the walk where it was. */
export interface ExportWalk {
  /** @throws {AppError} AUDIT_FILE_BROKEN naming the first entry that can't be believed */
  take(line: string): void;
  /** What was found, once the last line was taken. @throws {AppError} AUDIT_FILE_BROKEN when the end is missing */
  finish(): VerifiedExport;
}

function walkEntries(header: ExportHeader) {
  const { chain, firstKeyCommitment, checkpointKey } = header;
  const walk = walkChain({ chain, firstKeyCommitment, firstKey: null });
  const hash = createHash('sha256');
  let [checkpoints, checkpointed] = [0, 0];
  let period: VerifiedExport['period'] = null;
  let ended = false;

  function broken(sequence = walk.head().sequence + 1): AppError {
    return new AppError('AUDIT_FILE_BROKEN', { where: `entry ${sequence}` });
  }

  function takeEntry(record: AuditRecord): void {
    if (record.name !== null && !header.personal) throw broken();
    if (!walk.follows(record)) throw broken();
    period = { from: period?.from ?? record.at, until: record.at };
  }

  function takeCheckpoint(checkpoint: AuditCheckpoint): void {
    const { sequence, hash: head } = walk.head();
    const here = checkpoint.sequence === sequence && checkpoint.hash === head && checkpointed !== sequence;
    if (!here || !checkpointHolds(chain, checkpoint)) throw broken(sequence);
    checkpoints += 1;
    checkpointed = checkpoint.publicKey === checkpointKey ? sequence : checkpointed;
  }

  function takeEnd(end: EndLine): void {
    const { sequence, hash: head } = walk.head();
    if (end.entries !== sequence || end.head !== head || checkpointed !== sequence) throw broken();
    const whole = end.sha256 === hash.digest('hex') && verifyText(checkpointKey, endText(chain, end), end.signature);
    if (!whole) throw new AppError('AUDIT_FILE_BROKEN', { where: 'the signature at its end' });
    ended = true;
  }

  return {
    hash,
    take: (text: string): void => {
      const line = ended ? undefined : ExportLine.safeParse(jsonOf(text)).data;
      if (line === undefined) throw broken();
      if ('end' in line) return takeEnd(line);
      if ('checkpoint' in line) takeCheckpoint(line);
      else takeEntry(line);
      hash.update(text).update('\n');
    },
    finish: () => {
      if (!ended) throw broken();
      const { sequence: entries, hash: head } = walk.head();
      return { entries, period, head, checkpoints };
    },
  };
}

/** Takes the first line, the header. @throws {AppError} AUDIT_FILE_INVALID, AUDIT_KEY_WRONG */
export function startExportWalk(line: string, checkpointKey: string | null): ExportWalk {
  const header = ExportHeader.safeParse(jsonOf(line)).data;
  if (header === undefined) throw new AppError('AUDIT_FILE_INVALID', { where: 'its first line' });
  if (checkpointKey !== null && checkpointKey !== header.checkpointKey) throw new AppError('AUDIT_KEY_WRONG');
  const { chain, officeName, exportedAt, personal, checkpointKey: key } = header;
  const keyGiven = checkpointKey !== null;
  const { hash, take, finish } = walkEntries(header);
  hash.update(line).update('\n');
  return {
    take,
    finish: () => ({ chain, officeName, exportedAt, personal, ...finish(), checkpointKey: key, keyGiven }),
  };
}

/**
 * Reads the lines of an export, without their line feeds. With `checkpointKey` null the key in the file is believed.
 * @throws {AppError} AUDIT_FILE_INVALID when it is no export, AUDIT_KEY_WRONG when it is signed by another key, AUDIT_FILE_BROKEN naming
 * the first entry that was changed, removed, inserted or moved, or is missing at the end
 */
export async function verifyExport(
  lines: AsyncIterable<string> | Iterable<string>,
  checkpointKey: string | null,
): Promise<VerifiedExport> {
  let walk: ExportWalk | null = null;
  for await (const line of lines) {
    if (walk === null) walk = startExportWalk(line, checkpointKey);
    else walk.take(line);
  }
  if (walk === null) throw new AppError('AUDIT_FILE_INVALID', { where: 'its first line' });
  return walk.finish();
}
