// Damage and rollback leave a copy of the files behind before the error goes on. A full disk loses the copy, never the error.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import type { ClientId } from '../../../shared/model/ids.ts';
import type { EvidenceFiles } from '../ports/evidence-files.ts';

/** Errors that say a file is not what it should be. */
const DAMAGE: readonly ErrorCode[] = [
  'VAULT_CORRUPT',
  'VAULT_HEADER_CORRUPT',
  'VAULT_HEADER_TAMPERED',
  'VAULT_ROLLED_BACK',
];

export interface Suspect {
  readonly directory: string;
  readonly what: 'header' | 'office' | ClientId;
}

interface EvidenceServices {
  readonly evidence: EvidenceFiles;
}

function keep({ evidence }: EvidenceServices, { directory, what }: Suspect): string {
  try {
    return evidence.keep(directory, what);
  } catch (error) {
    if (error instanceof AppError) return 'none';
    throw error;
  }
}

/** The error with `evidence`: the copies' folder relative to the office's, or `none`. Other errors come back as they are. */
export function withEvidenceOf(services: EvidenceServices, suspect: Suspect, error: unknown): unknown {
  if (!(error instanceof AppError) || !DAMAGE.includes(error.code) || 'evidence' in error.params) return error;
  const { code, params, retryable } = error;
  return new AppError(code, { ...params, evidence: keep(services, suspect) }, { retryable, cause: error });
}

/** Runs `work`; when it finds the suspect damaged or replaced, copies of it are kept. */
export function keepingEvidence<T>(services: EvidenceServices, suspect: Suspect, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw withEvidenceOf(services, suspect, error);
  }
}

/** The same for work that takes its time. */
export async function keepingEvidenceAsync<T>(
  services: EvidenceServices,
  suspect: Suspect,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw withEvidenceOf(services, suspect, error);
  }
}
