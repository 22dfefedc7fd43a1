// At sign-in: finishes every rotation that a crash or a full disk interrupted, as far as the user's keys reach. It begins none.
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../../shared/errors/codes.ts';
import type { CallContext } from '../call-context.ts';
import { completeClientKey, type RotationServices } from './rotate-client.ts';
import { completeOfficeKey } from './rotate-office.ts';

export interface FinishedRotations {
  readonly databases: number;
  /** Why some are still pending: they work under their old key, and the next sign-in tries again. */
  readonly failures: readonly ErrorCode[];
}

/** Clients of the user with a key to come. */
function pendingClients({ office, session }: CallContext) {
  const held = new Set(session.clientIds());
  return office.clients.list().filter(({ id, pendingSealedKey }) => pendingSealedKey !== null && held.has(id));
}

/**
 * Comes before anything else writes the header. Unfinished copies of databases go as well. A rotation that can't be finished now stops
 * nobody from working.
 * @throws {AppError} VAULT_IO, OFFICE_FOLDER_NOT_WRITABLE when a copy can't be removed
 */
export async function finishRotations(services: RotationServices, context: CallContext): Promise<FinishedRotations> {
  services.databases.discardLeftovers(context.session.directory);
  const office = context.session.header().pendingOfficeKey === null ? [] : [() => completeOfficeKey(services, context)];
  const clients = pendingClients(context).map(
    ({ id }) =>
      () =>
        completeClientKey(services, context, id),
  );
  const failures: ErrorCode[] = [];
  for (const complete of [...office, ...clients]) {
    try {
      await complete();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      failures.push(error.code);
    }
  }
  return { databases: office.length + clients.length - failures.length, failures };
}
