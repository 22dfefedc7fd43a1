// The host's memory of the one office: locked or open, since when and why. Keys and data are in the vault process, which a lock kills.
import { AppError, toWireError } from '../../../shared/errors/app-error.ts';
import type { LockReason, OfficeStatus } from '../../../shared/ipc/contract/office.ts';
import type { OpenedOffice } from '../../../shared/ipc/processes/vault-contract.ts';
import type { HostContext } from '../app/host-context.ts';
import type { Timer } from '../ports/timer.ts';
import type { SupervisedProcess } from '../supervision/supervise-process.ts';
import type { IdleLock } from './idle-lock.ts';
import { closedStatus, openStatus, type Inspection } from './office-status.ts';

/** How long a lock waits for the vault to close its databases before it kills the process all the same. */
const CLOSE_LIMIT_MS = 2_000;

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

class Session implements OfficeSession {
  readonly #options: OfficeSessionOptions;
  #opened: OpenedOffice | null = null;
  #lockReason: LockReason | null = null;

  constructor(options: OfficeSessionOptions) {
    this.#options = options;
  }

  isUnlocked(): boolean {
    return this.#opened !== null;
  }

  async status(): Promise<OfficeStatus> {
    const { context, directory } = this.#options;
    const { secrets } = context;
    const place = { directory, keychain: { available: await secrets.isAvailable(), name: secrets.name } };
    return this.#opened
      ? openStatus(this.#opened, place)
      : closedStatus(await this.#inspect(), this.#lockReason, place);
  }

  async open(opened: OpenedOffice): Promise<OfficeStatus> {
    const { vaultProcess, idle } = this.#options;
    this.#opened = opened;
    this.#lockReason = null;
    vaultProcess.setSession(opened.session);
    idle.watch(opened.lockAfterMinutes);
    return await this.#tell();
  }

  async change(changes: Changes): Promise<void> {
    if (!this.#opened) return;
    this.#opened = { ...this.#opened, ...changes };
    this.#options.idle.watch(this.#opened.lockAfterMinutes);
    await this.#tell();
  }

  async lock(reason: LockReason): Promise<void> {
    if (!this.#opened) return;
    this.#lockReason = reason;
    await this.close();
    this.#options.context.log({ level: 'info', event: 'office.locked', fields: { reason } });
    await this.#tell();
  }

  async crashed(): Promise<void> {
    if (!this.#opened) return;
    this.#opened = null;
    this.#lockReason = 'process-crashed';
    this.#options.idle.stop();
    this.#options.connectorProcess.kill();
    await this.#tell();
  }

  async close(): Promise<void> {
    const { idle, vaultProcess, connectorProcess } = this.#options;
    const wasOpen = this.#opened !== null;
    this.#opened = null;
    idle.stop();
    connectorProcess.kill();
    if (wasOpen) await this.#closeVault();
    vaultProcess.kill();
  }

  async #inspect(): Promise<Inspection> {
    const { context, directory } = this.#options;
    try {
      return await context.vault.vaultOffice.inspect({ directory });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      // The process was killed by a lock while it was asked: the next one knows the same.
      if (error.code === 'SESSION_LOCKED') return await this.#inspect();
      return { office: null, lockAfterMinutes: null, problem: toWireError(error, error.ref), warnings: [] };
    }
  }

  async #tell(): Promise<OfficeStatus> {
    const current = await this.status();
    this.#options.context.emit('office.statusChanged', current);
    return current;
  }

  async #closeVault(): Promise<void> {
    const { context, timer } = this.#options;
    const closed = context.vault.vaultOffice.close({}).catch((error: unknown) => {
      context.log({ level: 'warn', event: 'vault.close-failed', error });
    });
    let stopTimer = (): void => undefined;
    const late = new Promise<void>((resolve) => (stopTimer = timer(CLOSE_LIMIT_MS, resolve)));
    await Promise.race([closed, late]);
    stopTimer();
  }
}

export function createOfficeSession(options: OfficeSessionOptions): OfficeSession {
  return new Session(options);
}
