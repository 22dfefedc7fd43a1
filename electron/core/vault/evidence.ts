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

function withEvidence(error: unknown, evidence: () => string): unknown {
  if (!(error instanceof AppError) || !DAMAGE.includes(error.code) || 'evidence' in error.params) return error;
  const { code, params, retryable } = error;
  return new AppError(code, { ...params, evidence: evidence() }, { retryable, cause: error });
}

/** The error with `evidence`: the copies' folder relative to the office's, or `none`. Other errors come back as they are. */
export function withEvidenceOf(services: EvidenceServices, suspect: Suspect, error: unknown): unknown {
  return withEvidence(error, () => keep(services, suspect));
}

/** The same where copies were kept before. */
export function withKnownEvidence(evidence: string, error: unknown): unknown {
  return withEvidence(error, () => evidence);
}

/** Runs `work`; when it finds the suspect damaged or replaced, copies of it are kept. */
export function keepingEvidence<T>(services: EvidenceServices, suspect: Suspect, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw withEvidenceOf(services, suspect, error);
  }
}

/**
 * The same store with every error passed through `translate`, which may keep copies: damage that a query finds while the database is open.
 * Its methods are synchronous and use no `this`.
 */
export function translatingFindings<S extends object>(store: S, translate: (error: unknown) => unknown): S {
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
  return new Proxy(store, {
    // Repositories are made when they are first asked for.
    get: (target, name): unknown => {
      const member = guarded((): unknown => Reflect.get(target, name));
      if (!watched.has(member)) watched.set(member, watch(member));
      return watched.get(member);
    },
  });
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
