// Every failed try leaves its cause on the connection's health before anyone else hears of it.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { TlsIdentity } from '../../../shared/ipc/contract/connections.ts';
import type { ConnectionId } from '../../../shared/model/ids.ts';
import { Instant } from '../../../shared/model/instant.ts';
import type { HostContext } from '../app/host-context.ts';

export interface FailedTry {
  readonly connectionId: ConnectionId;
  readonly error: unknown;
  readonly calls: number;
  readonly tls: TlsIdentity | null;
}

/** Records the try. Cancelling is nobody's failure and leaves no mark. */
export async function recordFailure(context: HostContext, failed: FailedTry): Promise<void> {
  const { connectionId, error, calls, tls } = failed;
  const expected = error instanceof AppError ? error : new AppError('INTERNAL_UNEXPECTED');
  if (expected.code === 'SYNC_CANCELLED') return;
  const retryAfter = Instant.safeParse(expected.params['retryAfter']);
  await context.vault.vaultConnections.recordTry({
    connectionId,
    ok: false,
    cause: expected.code,
    causeParams: { ...expected.params },
    nextAllowed: retryAfter.success ? retryAfter.data : null,
    tls,
    calls,
    newRows: 0,
  });
  context.emit('connections.changed', { connectionId });
}
