// The host's memory of the one office: locked or open, since when and why. Keys and data are in the vault process, which a lock kills.
import { AppError, toWireError } from '../../../shared/errors/app-error.ts';
import type { LockReason, OfficeStatus, SignInAlert } from '../../../shared/ipc/contract/office.ts';
import type { OpenedOffice } from '../../../shared/ipc/processes/vault-contract.ts';
import type { OfficeId } from '../../../shared/model/ids.ts';
import type { HostContext } from '../app/host-context.ts';
import type { Timer } from '../ports/timer.ts';
import type { SupervisedProcess } from '../supervision/supervise-process.ts';
import type { AnchorKeeper } from './anchor-keeper.ts';
import type { IdleLock } from './idle-lock.ts';
import type { LastPerson } from './last-person.ts';
import {
  closedStatus,
  doorUsersOf,
  openStatus,
  UNINSPECTED,
  type Inspection,
  type OfficePlace,
} from './office-status.ts';
import type { SignInThrottle } from './sign-in-throttle.ts';

/** How long a lock waits for the vault to close its databases, and for the keychain, before it kills the process all the same. */
const CLOSE_LIMIT_MS = 2_000;

export interface OfficeSessionOptions {
  readonly context: Pick<HostContext, 'vault' | 'secrets' | 'log' | 'emit'>;
  readonly vaultProcess: SupervisedProcess;
  readonly connectorProcess: SupervisedProcess;
  readonly idle: IdleLock;
  readonly timer: Timer;
  readonly anchors: AnchorKeeper;
  readonly lastPerson: LastPerson;
  readonly throttleOf: (officeId: OfficeId) => SignInThrottle;
  /** The office's folder. */
  readonly directory: string;
}

type User = OpenedOffice['user'];
type Changes = Partial<Pick<OpenedOffice, 'lockAfterMinutes' | 'recoveryProven' | 'recoveryKitDue' | 'warnings'>> & {
  readonly user?: Partial<User>;
};

/** An open office, and what was told at its sign-in. */
export interface Open {
  readonly opened: OpenedOffice;
  readonly alerts: readonly SignInAlert[];
}

export interface OfficeSession {
  isUnlocked(): boolean;
  /** Who is signed in. @throws {AppError} SESSION_LOCKED */
  current(): Pick<OpenedOffice, 'office' | 'user' | 'recoveryKitDue' | 'warnings'>;
  status(): Promise<OfficeStatus>;
  /** Runs `enter` and takes over what it opened: tells every window, keeps the anchor, watches idleness. A failure leaves no open vault. @throws {AppError} SESSION_LOCKED after a lock meanwhile */
  enter<T extends Open>(enter: () => Promise<T>): Promise<T>;
  /** Takes over a new token. */
  renew(session: string): void;
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
  #open: Open | null = null;
  /** Sign-ins under way. */
  #entering = 0;
  /** Times the vault was killed on purpose: what was opened before is gone. */
  #locks = 0;
  #lockReason: LockReason | null = null;

  constructor(options: OfficeSessionOptions) {
    this.#options = options;
  }

  isUnlocked(): boolean {
    return this.#open !== null;
  }

  current(): Pick<OpenedOffice, 'office' | 'user' | 'recoveryKitDue' | 'warnings'> {
    if (!this.#open) throw new AppError('SESSION_LOCKED');
    return this.#open.opened;
  }

  async status(): Promise<OfficeStatus> {
    const { context, directory, throttleOf, lastPerson } = this.#options;
    const { secrets } = context;
    const inspection = await this.#inspect();
    const { office, users, entryKey } = inspection;
    const place: OfficePlace = {
      directory,
      keychain: { available: await secrets.isAvailable(), name: secrets.name },
      users: office ? await doorUsersOf(throttleOf(office.id), await lastPerson.first(office.id, users)) : [],
      entryKey,
    };
    return this.#open
      ? openStatus(this.#open.opened, this.#open.alerts, place)
      : closedStatus(inspection, this.#lockReason, place);
  }

  async enter<T extends Open>(enter: () => Promise<T>): Promise<T> {
    this.#entering += 1;
    const locks = this.#locks;
    try {
      const entered = await enter();
      if (this.#locks !== locks) throw new AppError('SESSION_LOCKED');
      await this.#takeOver(entered);
      return entered;
    } catch (error) {
      // It may have failed behind an opened vault that no later lock would know of. Whoever else is on the way in kills it herself, or gets in.
      if (this.#entering === 1 && !this.#open) this.#options.vaultProcess.kill();
      throw error;
    } finally {
      this.#entering -= 1;
    }
  }

  renew(session: string): void {
    if (!this.#open) throw new AppError('SESSION_LOCKED');
    this.#options.vaultProcess.setSession(session);
  }

  async change({ user, ...changes }: Changes): Promise<void> {
    if (!this.#open) return;
    const { opened, alerts } = this.#open;
    this.#open = { alerts, opened: { ...opened, ...changes, user: { ...opened.user, ...user } } };
    this.#options.idle.watch(this.#open.opened.lockAfterMinutes);
    await this.#tell();
  }

  async lock(reason: LockReason): Promise<void> {
    if (!this.#open && this.#entering === 0) return;
    this.#lockReason = reason;
    await this.close();
    this.#options.context.log({ level: 'info', event: 'office.locked', fields: { reason } });
    await this.#tell();
  }

  async crashed(): Promise<void> {
    if (!this.#open) return;
    this.#open = null;
    this.#lockReason = 'process-crashed';
    this.#options.idle.stop();
    this.#options.connectorProcess.kill();
    await this.#tell();
  }

  async close(): Promise<void> {
    const { idle, vaultProcess, connectorProcess } = this.#options;
    const open = this.#open;
    this.#open = null;
    this.#locks += 1;
    idle.stop();
    connectorProcess.kill();
    if (open) await this.#closeVault(open.opened.office.id);
    vaultProcess.kill();
  }

  async #takeOver({ opened, alerts }: Open): Promise<void> {
    const { vaultProcess, idle, anchors, lastPerson } = this.#options;
    this.#open = { opened, alerts };
    this.#lockReason = null;
    vaultProcess.setSession(opened.session);
    idle.watch(opened.lockAfterMinutes);
    await Promise.all([
      anchors.keep(opened.office.id, opened.anchor),
      lastPerson.keep(opened.office.id, opened.user.id),
    ]);
    await this.#tell();
  }

  async #inspect(): Promise<Inspection> {
    const { context, directory } = this.#options;
    try {
      return await context.vault.vaultOffice.inspect({ directory });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      // The process was killed by a lock while it was asked: the next one knows the same.
      if (error.code === 'SESSION_LOCKED') return await this.#inspect();
      return { ...UNINSPECTED, problem: toWireError(error, error.ref) };
    }
  }

  async #tell(): Promise<void> {
    this.#options.context.emit('office.statusChanged', await this.status());
  }

  /** Closes the databases and keeps where they ended, for at most the limit. */
  async #closeVault(officeId: OfficeId): Promise<void> {
    const { context, timer, anchors } = this.#options;
    const closed = context.vault.vaultOffice
      .close({})
      .then(({ anchor }) => (anchor === null ? undefined : anchors.keep(officeId, anchor)))
      .catch((error: unknown) => void context.log({ level: 'warn', event: 'vault.close-failed', error }));
    let stopTimer = (): void => undefined;
    const late = new Promise<void>((resolve) => (stopTimer = timer(CLOSE_LIMIT_MS, resolve)));
    await Promise.race([closed, late]);
    stopTimer();
  }
}

export function createOfficeSession(options: OfficeSessionOptions): OfficeSession {
  return new Session(options);
}
