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

/** What an error names where copies could not be written. */
const NO_COPIES = 'none';

function keep({ evidence }: EvidenceServices, { directory, what }: Suspect): string {
  try {
    return evidence.keep(directory, what);
  } catch (error) {
    if (error instanceof AppError) return NO_COPIES;
    throw error;
  }
}

function withEvidence(error: unknown, evidence: () => string): unknown {
  if (!(error instanceof AppError) || !DAMAGE.includes(error.code) || 'evidence' in error.params) return error;
  const { code, params, retryable } = error;
  return new AppError(code, { ...params, evidence: evidence() }, { retryable, cause: error });
}

/** The error with `evidence`: the copies' folder relative to the office's, or `none`. Other errors come back as they are. */
export function withEvidenceOf(services: EvidenceServices, suspect: Suspect, error: unknown): unknown {
  return withEvidence(error, () => keep(services, suspect));
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

/** The same object with every error of its and its members' methods passed through `translate`. They are synchronous and use no `this`. */
function translatingFindings<W extends object>(whole: W, translate: (error: unknown) => unknown): W {
  const watched = new Map<unknown, unknown>();
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw translate(error);
    }
  };
  const watch = (member: unknown): unknown => {
    if (typeof member === 'function')
      return (...inputs: unknown[]): unknown => guarded((): unknown => Reflect.apply(member, undefined, inputs));
    return typeof member === 'object' && member !== null ? translatingFindings(member, translate) : member;
  };
  return new Proxy(whole, {
    // Repositories are made when they are first asked for.
    get: (target, name): unknown => {
      const member = guarded((): unknown => Reflect.get(target, name));
      if (!watched.has(member)) watched.set(member, watch(member));
      return watched.get(member);
    },
  });
}

/**
 * Opens a database that keeps copies of itself where opening it, a query, a check or a freeze finds damage. They are kept once, before work goes
 * on in what still reads and changes the file; what a full disk refused is tried again.
 */
export function openKeepingEvidence<T extends object>(services: EvidenceServices, suspect: Suspect, open: () => T): T {
  let kept = NO_COPIES;
  const keepOnce = (): string => {
    if (kept === NO_COPIES) kept = keep(services, suspect);
    return kept;
  };
  return translatingFindings(keepingEvidence(services, suspect, open), (error) => withEvidence(error, keepOnce));
}
