// Consent and sign-in of one connection: the connector talks to the bank, the user's own browser shows its page, the keychain gets the tokens.
import type { ConnectionView } from '../../../shared/ipc/contract/connections.ts';
import type { ConnectionId } from '../../../shared/model/ids.ts';
import { instantOf } from '../../../shared/model/instant.ts';
import type { HostContext } from '../app/host-context.ts';
import { runJob, type RunningJobs } from '../jobs/running-jobs.ts';
import { endpointOf, readConnectionSecrets, writeConnectionSecrets } from './connection-secrets.ts';
import { recordFailure } from './record-failure.ts';

const CONSENT_DAYS = 90;

async function signIn(context: HostContext, connectionId: ConnectionId, signal: AbortSignal): Promise<ConnectionView> {
  const job = await context.vault.vaultConnections.job({ connectionId });
  const secrets = await readConnectionSecrets(context.secrets, connectionId);
  const expiresAt = instantOf(context.clock.now() + CONSENT_DAYS * 86_400_000);
  const { jobId, url, consentId } = await context.connector.bank.beginSignIn({
    endpoint: endpointOf(job, secrets),
    permissions: job.permissions,
    from: job.startDate,
    expiresAt,
  });
  const cancel = (): void => void context.connector.connectorJobs.cancel({ jobId });
  signal.addEventListener('abort', cancel, { once: true });
  await context.openSignIn(url);
  const granted = await context.connector.bank.finishSignIn({ jobId });
  await writeConnectionSecrets(context.secrets, connectionId, { ...secrets, tokens: granted.tokens });
  return await context.vault.vaultConnections.recordConsent({
    connectionId,
    consentId,
    permissions: granted.permissions,
    expiresAt: granted.consentExpiresAt,
    startDateGranted: granted.startDateGranted,
    accounts: granted.accounts,
  });
}

/** Signs in and records what the bank granted; a failure is recorded with its cause. @throws {AppError} CONSENT_*, TLS_*, BANK_*, KEYCHAIN_* */
export async function authoriseConnection(
  context: HostContext,
  jobs: RunningJobs,
  connectionId: ConnectionId,
): Promise<ConnectionView> {
  const view = await context.vault.vaultConnections.get({ connectionId });
  try {
    return await runJob(jobs, { kind: 'sign-in', label: view.institution, unit: 'steps' }, (job) =>
      signIn(context, connectionId, job.signal),
    );
  } catch (error) {
    await recordFailure(context, { connectionId, error, calls: 1, tls: null });
    throw error;
  } finally {
    context.emit('connections.changed', { connectionId });
  }
}
