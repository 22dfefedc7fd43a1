// Finishes every rotation that was planned, at a sign-in also those that a crash or a full disk interrupted, as far as the user's keys reach.
// It begins none.
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../../shared/errors/codes.ts';
import { ROTATION_UNFINISHED_WARNING } from '../../../../shared/notices/office-warnings.ts';
import { draftOf, type CallContext } from '../call-context.ts';
import { completeClientKey, type RotationServices } from './rotate-client.ts';
import { completeOfficeKey } from './rotate-office.ts';

export interface FinishedRotations {
  readonly databases: number;
  /** Why some are still pending: they work under their old key, and the next sign-in tries again. */
  readonly failures: readonly ErrorCode[];
  /** What the user is told of it. */
  readonly warnings: readonly string[];
}

/** Clients of the user with a key to come. */
function pendingClients({ office, session }: Pick<CallContext, 'office' | 'session'>) {
  const held = new Set(session.clientIds());
  return office.clients.list().filter(({ id, pendingSealedKey }) => pendingSealedKey !== null && held.has(id));
}

/** True where a database the user can open still has the key it had. */
export function isRotationUnfinished(context: Pick<CallContext, 'office' | 'session'>): boolean {
  return context.session.header().pendingOfficeKey !== null || pendingClients(context).length > 0;
}

interface Failure {
  readonly database: string;
  readonly code: ErrorCode;
}

function recordUnfinished(context: CallContext, failures: readonly Failure[]): void {
  const { office, session } = context;
  const payload = { databases: failures.map(({ database }) => database), causes: failures.map(({ code }) => code) };
  const entry = draftOf(context, { subject: session.header().office.id, payload }, 'denied');
  office.transaction(() => office.audit.append({ ...entry, action: 'office.unfinishedRotations' }));
}

/**
 * At a sign-in it comes before anything else writes the header. What can't be finished now stops nobody from working, and leaves an entry.
 * @throws {AppError} SESSION_LOCKED
 */
export async function finishPlanned(services: RotationServices, context: CallContext): Promise<FinishedRotations> {
  const header = context.session.header();
  const officeId = header.office.id;
  const pending = header.pendingOfficeKey !== null;
  const office = pending ? [{ database: officeId, complete: () => completeOfficeKey(services, context) }] : [];
  const clients = pendingClients(context).map(({ id }) => ({
    database: id,
    complete: () => completeClientKey(services, context, id),
  }));
  const failures: Failure[] = [];
  for (const { database, complete } of [...clients, ...office]) {
    try {
      await complete();
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'SESSION_LOCKED') throw error;
      failures.push({ database, code: error.code });
    }
  }
  if (failures.length > 0) recordUnfinished(context, failures);
  return {
    databases: office.length + clients.length - failures.length,
    failures: failures.map(({ code }) => code),
    warnings: failures.length > 0 ? [ROTATION_UNFINISHED_WARNING] : [],
  };
}

/**
 * The same after unfinished copies of databases were removed.
 * @throws {AppError} VAULT_IO, OFFICE_FOLDER_NOT_WRITABLE when a copy can't be removed
 */
export async function finishRotations(services: RotationServices, context: CallContext): Promise<FinishedRotations> {
  services.databases.discardLeftovers(context.session.directory);
  return await finishPlanned(services, context);
}
