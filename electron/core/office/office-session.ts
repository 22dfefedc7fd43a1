// The host's memory of the one office: locked or open, since when and why. Keys and data are in the vault process, which a lock kills.
import { AppError, toWireError } from '../../../shared/errors/app-error.ts';
import type { LockReason, OfficeStatus } from '../../../shared/ipc/contract/office.ts';
import type { OpenedOffice } from '../../../shared/ipc/processes/vault-contract.ts';
import type { HostContext } from '../app/host-context.ts';
import type { Timer } from '../ports/timer.ts';
import type { SupervisedProcess } from '../supervision/supervise-process.ts';
import type { IdleLock } from './idle-lock.ts';

/** Lock time shown before an office says its own, in minutes. */
const DEFAULT_LOCK_MINUTES = 5;
/** How long a lock waits for the vault to close its databases before it kills the process all the same. */
const CLOSE_LIMIT_MS = 2_000;
/** Key of the permanent warning of an office without a device secret. */
export const PASSWORD_ONLY_WARNING = 'password-only';

export interface OfficeSessionOptions {
  readonly context: Pick<HostContext, 'vault' | 'secrets' | 'log' | 'emit'>;
  readonly vaultProcess: SupervisedProcess;
  readonly connectorProcess: SupervisedProcess;
  readonly idle: IdleLock;
  readonly timer: Timer;
  /** The office's folder. */
  readonly directory: string;
}

type Changes = Partial<Pick<OpenedOffice, 'lockAfterMinutes' | 'recoveryProven'>>;

export interface OfficeSession {
  isUnlocked(): boolean;
  status(): Promise<OfficeStatus>;
  /** Takes over what the vault opened, tells every window, and starts the watch over idleness. */
  open(opened: OpenedOffice): Promise<OfficeStatus>;
  /** Records what a call changed in the vault. */
  change(changes: Changes): Promise<void>;
  /** Kills both processes; a locked office stays as it is. */
  lock(reason: LockReason): Promise<void>;
  /** The vault died by itself. */
  crashed(): Promise<void>;
  /** Locks without telling anyone. */
  close(): Promise<void>;
}

type Inspection = Awaited<ReturnType<HostContext['vault']['vaultOffice']['inspect']>>;

export function createOfficeSession(options: OfficeSessionOptions): OfficeSession {
  const { context, vaultProcess, connectorProcess, idle, timer, directory } = options;
  let opened: OpenedOffice | null = null;
  let lockReason: LockReason | null = null;

  async function inspect(): Promise<Inspection> {
    try {
      return await context.vault.vaultOffice.inspect({ directory });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { office: null, lockAfterMinutes: null, problem: toWireError(error, error.ref), warnings: [] };
    }
  }

  async function facts(): Promise<Pick<OfficeStatus, 'directory' | 'keychain'>> {
    const { secrets } = context;
    return { directory, keychain: { available: await secrets.isAvailable(), name: secrets.name } };
  }

  const warningsOf = (protection: OfficeStatus['protection'], warnings: readonly string[]): string[] => [
    ...new Set([...(protection === 'password-only' ? [PASSWORD_ONLY_WARNING] : []), ...warnings]),
  ];

  async function openStatus(open: OpenedOffice): Promise<OfficeStatus> {
    const { id, name, createdAt, protection } = open.office;
    return {
      ...(await facts()),
      state: 'unlocked',
      office: { id, name, createdAt },
      user: open.user,
      protection,
      lockReason: null,
      lockAfterMinutes: open.lockAfterMinutes,
      problem: null,
      recoveryProven: open.recoveryProven,
      warnings: warningsOf(protection, open.warnings),
    };
  }

  async function closedStatus(): Promise<OfficeStatus> {
    const { office, lockAfterMinutes, problem, warnings } = await inspect();
    const none = office === null && problem === null;
    return {
      ...(await facts()),
      state: none ? 'none' : 'locked',
      office: office && { id: office.id, name: office.name, createdAt: office.createdAt },
      user: null,
      protection: office?.protection ?? null,
      lockReason: none ? null : lockReason,
      lockAfterMinutes: lockAfterMinutes ?? DEFAULT_LOCK_MINUTES,
      problem,
      recoveryProven: null,
      warnings: warningsOf(office?.protection ?? null, warnings),
    };
  }

  const status = (): Promise<OfficeStatus> => (opened ? openStatus(opened) : closedStatus());

  async function tell(): Promise<OfficeStatus> {
    const current = await status();
    context.emit('office.statusChanged', current);
    return current;
  }

  async function closeVault(): Promise<void> {
    const closed = context.vault.vaultOffice.close({}).catch((error: unknown) => {
      context.log({ level: 'warn', event: 'vault.close-failed', error });
    });
    let stopTimer = (): void => undefined;
    const late = new Promise<void>((resolve) => (stopTimer = timer(CLOSE_LIMIT_MS, resolve)));
    await Promise.race([closed, late]);
    stopTimer();
  }

  async function wipe(): Promise<void> {
    const wasOpen = opened !== null;
    opened = null;
    idle.stop();
    connectorProcess.kill();
    if (wasOpen) await closeVault();
    vaultProcess.kill();
  }

  return {
    isUnlocked: () => opened !== null,
    status,
    open: async (next) => {
      opened = next;
      lockReason = null;
      vaultProcess.setSession(next.session);
      idle.watch(next.lockAfterMinutes);
      return await tell();
    },
    change: async (changes) => {
      if (!opened) return;
      opened = { ...opened, ...changes };
      idle.watch(opened.lockAfterMinutes);
      await tell();
    },
    lock: async (reason) => {
      if (!opened) return;
      lockReason = reason;
      await wipe();
      context.log({ level: 'info', event: 'office.locked', fields: { reason } });
      await tell();
    },
    crashed: async () => {
      if (!opened) return;
      opened = null;
      lockReason = 'process-crashed';
      idle.stop();
      connectorProcess.kill();
      await tell();
    },
    close: wipe,
  };
}
