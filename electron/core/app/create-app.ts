// Composes the program behind every host: processes, session, use cases, one dispatcher. It knows no window and no driver.
import { AppError } from '../../../shared/errors/app-error.ts';
import { createClient } from '../../../shared/ipc/client.ts';
import { eventsOf, type Handlers } from '../../../shared/ipc/call.ts';
import { contract, type AppContract } from '../../../shared/ipc/contract.ts';
import { createDispatch, type AuthoriseRequest } from '../../../shared/ipc/dispatch.ts';
import { connectorContract } from '../../../shared/ipc/processes/connector-contract.ts';
import { vaultContract } from '../../../shared/ipc/processes/vault-contract.ts';
import { createConnectionHandlers } from '../connections/connection-handlers.ts';
import { createImportHandlers } from '../imports/import-handlers.ts';
import { createRunningJobs } from '../jobs/running-jobs.ts';
import { createBackupHandlers } from '../office/backup-handlers.ts';
import { createIdleLock, NO_IDLE_LOCK } from '../office/idle-lock.ts';
import { createOfficeHandlers } from '../office/office-handlers.ts';
import { createOfficeSession, type OfficeSession } from '../office/office-session.ts';
import type { PracticeBankPort } from '../ports/practice-bank.ts';
import type { ProcessName, ProcessPort, ProcessTransport, SpawnProcess } from '../ports/process-port.ts';
import type { Timer } from '../ports/timer.ts';
import { createPracticeHandlers } from '../practice/practice-handlers.ts';
import { superviseProcess, type SupervisedProcess } from '../supervision/supervise-process.ts';
import { acceptsSender, type App, type AppSender } from './app.ts';
import { forwardToVault } from './forward-to-vault.ts';
import type { Emit, HostContext } from './host-context.ts';

export interface AppOptions extends Pick<HostContext, 'secrets' | 'clock' | 'random' | 'log' | 'openSignIn'> {
  /** The office's folder, absolute; it may not exist yet. */
  readonly directory: string;
  /** The user's documents folder, for the backup's suggested place. */
  readonly documentsDirectory: string;
  readonly spawn: SpawnProcess;
  readonly connect: (port: ProcessPort) => ProcessTransport;
  readonly practiceBank: PracticeBankPort;
  readonly timer: Timer;
  /** False where no person sits who could go away: one command may last longer than the office's idle time. True unless given. */
  readonly idleLock?: boolean;
}

/** A statement reader that takes longer over one slice is stuck: the file is hostile. */
const SLICE_LIMIT_MS = 60_000;

type Listener = (channel: string, payload: unknown) => void;

function createEmit(listeners: ReadonlySet<Listener>): Emit {
  const events = eventsOf(contract);
  return (channel, payload) => {
    const checked = events.get(channel)?.payload.parse(payload);
    for (const listener of listeners) listener(channel, checked);
  };
}

interface Processes {
  readonly vault: SupervisedProcess;
  readonly connector: SupervisedProcess;
}

function superviseBoth(options: AppOptions, onVaultCrash: () => void): Processes {
  const supervise = (name: ProcessName, onCrash: () => void, limitMs: (channel: string) => number | null) =>
    superviseProcess({ ...options, name, onCrash, limitMs });
  return {
    vault: supervise('vault', onVaultCrash, () => null),
    connector: supervise(
      'connector',
      () => undefined,
      (channel) => (channel.startsWith('files.') ? SLICE_LIMIT_MS : null),
    ),
  };
}

type AppHandlers = Handlers<AppContract, unknown>;

function createHandlers(options: AppOptions, context: HostContext, session: OfficeSession): AppHandlers {
  const { directory, documentsDirectory, practiceBank } = options;
  const jobs = createRunningJobs(context);
  const vault = forwardToVault(context, session);
  const office = createOfficeHandlers({ context, session, directory });
  const backups = createBackupHandlers({ context, session, directory, documentsDirectory });
  const connections = createConnectionHandlers({ context, jobs, practiceBank });
  return {
    ...vault,
    ...createImportHandlers(context, jobs),
    ...createPracticeHandlers(practiceBank),
    jobs: connections.jobs,
    office: { ...vault.office, ...office.office },
    backups: { ...vault.backups, ...backups.backups },
    connections: { ...vault.connections, ...connections.connections },
  };
}

/** Refuses while locked without waking the vault; asks the vault for a call that the host answers itself. */
function createAuthorise(context: HostContext, session: OfficeSession) {
  return async ({ channel, policy, session: sent }: AuthoriseRequest): Promise<void> => {
    if (sent !== null) throw new AppError('IPC_INPUT_INVALID', { where: 'session' });
    const { permission, stepUp, runsIn } = policy;
    if (permission === 'public') return;
    if (!session.isUnlocked()) throw new AppError('SESSION_LOCKED');
    if (runsIn === 'host') await context.vault.vaultOffice.authorise({ channel, permission, stepUp });
  };
}

/** Builds the app. Processes start with the first call that needs them. */
export function createApp(options: AppOptions): App {
  const { secrets, clock, random, log, openSignIn, timer, directory } = options;
  const listeners = new Set<Listener>();
  const emit = createEmit(listeners);
  const report = (event: string) => (error: unknown) => void log({ level: 'error', event, error });
  const processes = superviseBoth(options, () => void session.crashed().catch(report('office.crash-report-failed')));
  const context: HostContext = {
    secrets,
    clock,
    random,
    log,
    openSignIn,
    emit,
    vault: { ...createClient(contract, processes.vault), ...createClient(vaultContract, processes.vault) },
    connector: createClient(connectorContract, processes.connector),
  };
  const lockIdle = (): void => void session.lock('idle').catch(report('office.lock-failed'));
  const idle = options.idleLock === false ? NO_IDLE_LOCK : createIdleLock({ clock, timer, onIdle: lockIdle });
  const session = createOfficeSession({
    context,
    idle,
    timer,
    directory,
    vaultProcess: processes.vault,
    connectorProcess: processes.connector,
  });
  const dispatch = createDispatch<AppContract, AppSender, void, 'vault' | 'host'>({
    contract,
    handlers: createHandlers(options, context, session),
    acceptsSender,
    authorise: createAuthorise(context, session),
    onFailure: ({ channel, error, expected }) => {
      if (error instanceof AppError && error.ref !== null) return error.ref;
      return log({ level: expected ? 'info' : 'error', event: 'call.failed', fields: { channel }, error });
    },
  });
  return {
    dispatch,
    onEvent: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    activity: () => idle.touch(),
    lock: (reason) => session.lock(reason),
    close: async () => {
      listeners.clear();
      await session.close();
      await options.practiceBank.stop();
    },
  };
}
