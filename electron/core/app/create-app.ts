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
import { createAnchorKeeper } from '../office/anchor-keeper.ts';
import { createBackupHandlers } from '../office/backup-handlers.ts';
import { createFactorHandlers } from '../office/factor-handlers.ts';
import { createIdleLock, NO_IDLE_LOCK, type IdleLock } from '../office/idle-lock.ts';
import { createLastPerson } from '../office/last-person.ts';
import { createKeychainTries } from '../office/keychain-tries.ts';
import { createOfficeHandlers } from '../office/office-handlers.ts';
import type { OfficeHandlerOptions } from '../office/office-options.ts';
import { createOfficeSession, type OfficeSession } from '../office/office-session.ts';
import { createSignInThrottles } from '../office/sign-in-throttle.ts';
import type { Uptime } from '../ports/clock.ts';
import type { PracticeBankPort } from '../ports/practice-bank.ts';
import type { ProcessName, ProcessPort, ProcessTransport, SpawnProcess } from '../ports/process-port.ts';
import type { SecondFactorDevice } from '../ports/second-factor-device.ts';
import type { TriesStore } from '../ports/sign-in-tries.ts';
import type { Timer } from '../ports/timer.ts';
import { createPracticeHandlers } from '../practice/practice-handlers.ts';
import { superviseProcess, type SupervisedProcess } from '../supervision/supervise-process.ts';
import { afterAudited } from './after-audited.ts';
import { acceptsSender, windowOf, type App, type AppSender } from './app.ts';
import { forwardToVault } from './forward-to-vault.ts';
import type { HostCall } from './host-call.ts';
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
  readonly uptime: Uptime;
  /** Failed tries in the office's folder; the keychain remembers them too. */
  readonly triesFile: TriesStore;
  /** The kind of security device this computer can talk to; null for none. */
  readonly secondFactorDevice: SecondFactorDevice | null;
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

type AppHandlers = Handlers<AppContract, HostCall>;

function createHandlers(options: AppOptions, door: OfficeHandlerOptions, vaultProcess: SupervisedProcess): AppHandlers {
  const { documentsDirectory, practiceBank } = options;
  const { context } = door;
  const jobs = createRunningJobs(context);
  const vault = forwardToVault(door, vaultProcess);
  const office = createOfficeHandlers(door);
  const backups = createBackupHandlers({ ...door, documentsDirectory });
  const connections = createConnectionHandlers({ context, jobs, practiceBank });
  return {
    ...vault,
    ...createImportHandlers(context, jobs),
    ...createPracticeHandlers(practiceBank),
    jobs: connections.jobs,
    office: { ...vault.office, ...office.office },
    factors: { ...vault.factors, ...createFactorHandlers(door).factors },
    backups: { ...vault.backups, ...backups.backups },
    connections: { ...vault.connections, ...connections.connections },
  };
}

/** Refuses while locked without waking the vault; asks the vault for a call that the host answers itself. */
function createAuthorise(context: HostContext, session: OfficeSession) {
  return async ({ channel, policy, ...sent }: AuthoriseRequest, sender: AppSender): Promise<HostCall> => {
    for (const where of ['session', 'window'] as const)
      if (sent[where] !== null) throw new AppError('IPC_INPUT_INVALID', { where });
    const { permission, stepUp, runsIn } = policy;
    const window = windowOf(sender);
    if (permission === 'public') return { window };
    if (!session.isUnlocked()) throw new AppError('SESSION_LOCKED');
    if (runsIn === 'host') await context.vault.vaultOffice.authorise({ channel, permission, stepUp, window });
    return { window };
  };
}

/** What every use case of the host shares. */
function createContext(options: AppOptions, emit: Emit, processes: Processes): HostContext {
  const { secrets, clock, random, log, openSignIn } = options;
  const { vault, connector } = processes;
  return {
    secrets,
    clock,
    random,
    log,
    openSignIn,
    emit,
    vault: { ...createClient(contract, vault), ...createClient(vaultContract, vault) },
    connector: createClient(connectorContract, connector),
  };
}

function createDoor(options: AppOptions, context: HostContext, processes: Processes) {
  const { secrets, clock, uptime, log, timer, directory, triesFile, secondFactorDevice: device } = options;
  const throttleOf = createSignInThrottles({ stores: [triesFile, createKeychainTries(secrets)], clock, uptime, log });
  const current = async (): Promise<string> => (await context.vault.vaultOffice.anchor({})).anchor;
  const anchors = createAnchorKeeper({ secrets, log, current });
  const report = (error: unknown): void => void log({ level: 'error', event: 'office.lock-failed', error });
  const onIdle = (): void => void session.lock('idle').catch(report);
  const idle = options.idleLock === false ? NO_IDLE_LOCK : createIdleLock({ clock, timer, onIdle });
  const { vault: vaultProcess, connector: connectorProcess } = processes;
  const lastPerson = createLastPerson({ secrets, log });
  const kept = { context, idle, timer, directory, anchors, lastPerson, throttleOf };
  const session = createOfficeSession({ ...kept, vaultProcess, connectorProcess });
  return { context, session, anchors, throttleOf, secrets, device, directory, idle } satisfies OfficeHandlerOptions & {
    idle: IdleLock;
  };
}

/** Builds the app. Processes start with the first call that needs them. */
export function createApp(options: AppOptions): App {
  const { log } = options;
  const listeners = new Set<Listener>();
  const report = (event: string) => (error: unknown) => void log({ level: 'error', event, error });
  const started = superviseBoth(options, () => void session.crashed().catch(report('office.crash-report-failed')));
  const onAudited = (): void => {
    if (session.isUnlocked()) anchors.refresh(session.current().office.id);
  };
  const processes: Processes = { ...started, vault: afterAudited(started.vault, onAudited) };
  const context = createContext(options, createEmit(listeners), processes);
  const door = createDoor(options, context, processes);
  const { session, anchors, idle } = door;
  const dispatch = createDispatch<AppContract, AppSender, HostCall, 'vault' | 'host'>({
    contract,
    handlers: createHandlers(options, door, processes.vault),
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
