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

/** How a failure is told in the history and on the health. */
export function failureOf({ code, params }: Pick<AppError, 'code' | 'params'>) {
  const retryAfter = Instant.safeParse(params['retryAfter']);
  const nextAllowed = retryAfter.success ? retryAfter.data : null;
  return { ok: false, cause: code, causeParams: { ...params }, nextAllowed };
}

/** Records the try. Cancelling is nobody's failure and leaves no mark. */
export async function recordFailure(context: HostContext, failed: FailedTry): Promise<void> {
  const { connectionId, error, calls, tls } = failed;
  const expected = error instanceof AppError ? error : new AppError('INTERNAL_UNEXPECTED');
  if (expected.code === 'SYNC_CANCELLED') return;
  await context.vault.vaultConnections.recordTry({
    connectionId,
    ...failureOf(expected),
    committed: false,
    tls,
    calls,
    newRows: 0,
  });
  context.emit('connections.changed', { connectionId });
}
