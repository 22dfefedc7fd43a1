// The host's answers to the `connections` and `jobs` calls of THE contract.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { Handlers, ParsedInputOf } from '../../../shared/ipc/call.ts';
import type { ConnectionView } from '../../../shared/ipc/contract/connections.ts';
import { LEAST_PERMISSIONS } from '../../../shared/model/connection-permissions.ts';
import { ConnectionId, newId } from '../../../shared/model/ids.ts';
import type { HostContext } from '../app/host-context.ts';
import type { RunningJobs } from '../jobs/running-jobs.ts';
import type { PracticeBankPort } from '../ports/practice-bank.ts';
import { createSync } from '../sync/sync-connection.ts';
import {
  deleteConnectionSecrets,
  endpointOf,
  readConnectionSecrets,
  writeConnectionSecrets,
} from './connection-secrets.ts';
import { authoriseConnection } from './sign-in.ts';

type ConnectionHandlers = Pick<Handlers<AppContract, unknown, 'host'>, 'connections' | 'jobs'>;
type CreateInput = ParsedInputOf<AppContract['connections']['create']>;

export interface ConnectionHandlerOptions {
  readonly context: HostContext;
  readonly jobs: RunningJobs;
  readonly practiceBank: PracticeBankPort;
}

/** The client key pair of a new connection: the user's own, or for practice the one the practice bank enrolled. */
function enrolmentOf(
  input: CreateInput,
  practiceBank: PracticeBankPort,
): { certificatePem: string; privateKeyPem: string } {
  if (!input.practice) {
    if (!input.enrolment) throw new AppError('IPC_INPUT_INVALID', { where: 'connections.create enrolment' });
    return input.enrolment;
  }
  const details = practiceBank.current();
  if (!details) throw new AppError('PRACTICE_NOT_RUNNING');
  return { certificatePem: details.client.certificatePem, privateKeyPem: details.client.privateKeyPem };
}

async function createConnection(options: ConnectionHandlerOptions, input: CreateInput): Promise<ConnectionView> {
  const { context, practiceBank } = options;
  if (!(await context.secrets.isAvailable()))
    throw new AppError('KEYCHAIN_UNAVAILABLE', { store: context.secrets.name });
  const { enrolment: _, pins, startDate, ...details } = input;
  const connectionId = newId(ConnectionId, 'connection', context.random(10));
  const permissions = [...LEAST_PERMISSIONS[details.type]];
  await writeConnectionSecrets(context.secrets, connectionId, { ...enrolmentOf(input, practiceBank), tokens: null });
  try {
    return await context.vault.vaultConnections.create({ connectionId, details, pins, startDate, permissions });
  } catch (error) {
    await deleteConnectionSecrets(context.secrets, connectionId);
    throw error;
  }
}

/** False where the bank could not be told: the office must be able to leave a bank that does not answer. */
async function revokeConsent(context: HostContext, connectionId: ConnectionId): Promise<boolean> {
  const job = await context.vault.vaultConnections.job({ connectionId });
  if (!job.consentId) return true;
  try {
    const secrets = await readConnectionSecrets(context.secrets, connectionId);
    await context.connector.bank.revoke({ endpoint: endpointOf(job, secrets), consentId: job.consentId });
    return true;
  } catch (error) {
    context.log({ level: 'warn', event: 'connection.revoke-failed', fields: { connection: connectionId }, error });
    return false;
  }
}

async function disconnect(context: HostContext, connectionId: ConnectionId): Promise<{ consentRevoked: boolean }> {
  const consentRevoked = await revokeConsent(context, connectionId);
  await context.vault.vaultConnections.remove({ connectionId });
  await deleteConnectionSecrets(context.secrets, connectionId);
  context.emit('connections.changed', { connectionId });
  return { consentRevoked };
}

export function createConnectionHandlers(options: ConnectionHandlerOptions): ConnectionHandlers {
  const { context, jobs } = options;
  const sync = createSync(context, jobs);
  return {
    connections: {
      identify: (input) => context.connector.bank.identify(input),
      create: async (input) => {
        const view = await createConnection(options, input);
        context.emit('connections.changed', { connectionId: view.id });
        return view;
      },
      authorise: ({ connectionId }) => authoriseConnection(context, jobs, connectionId),
      sync: ({ connectionId, dryRun }) => sync.run(connectionId, dryRun),
      commit: ({ connectionId, batches }) => sync.commit(connectionId, batches),
      disconnect: ({ connectionId }) => disconnect(context, connectionId),
    },
    jobs: {
      cancel: ({ jobId }) => {
        jobs.cancel(jobId);
        return {};
      },
    },
  };
}
