// Keeps the office's last known state in the OS keychain, outside the folder it is compared with. It cannot read what it keeps.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { OfficeId } from '../../../shared/model/ids.ts';
import type { Logger } from '../ports/logger.ts';
import type { SecretStore } from '../ports/secret-store.ts';

const keyOf = (id: OfficeId): string => `office/${id}/anchor`;

export interface AnchorKeeperOptions {
  readonly secrets: SecretStore;
  readonly log: Logger;
  /** Asks the vault for the state as it is now. */
  readonly current: () => Promise<string>;
}

/** Without a keychain nothing is kept, and nothing is there to compare with. A failure is in the log and stops nobody's work. */
export interface AnchorKeeper {
  /** @throws {AppError} KEYCHAIN_FAILED */
  read(officeId: OfficeId): Promise<string | null>;
  /** Keeps this one; resolves when it, or a newer one, is kept or lost. */
  keep(officeId: OfficeId, anchor: string): Promise<void>;
  /** Keeps the state as it is when the vault is asked. While one is being kept, any number of calls ask once more. */
  refresh(officeId: OfficeId): void;
}

class Keeper implements AnchorKeeper {
  readonly #options: AnchorKeeperOptions;
  /** What to keep next: the newest wins. */
  #next: { readonly officeId: OfficeId; readonly anchor: string } | null = null;
  #writing: Promise<void> | null = null;
  #isAsking = false;
  #askAgain = false;

  constructor(options: AnchorKeeperOptions) {
    this.#options = options;
  }

  async read(officeId: OfficeId): Promise<string | null> {
    const { secrets } = this.#options;
    return (await secrets.isAvailable()) ? await secrets.get(keyOf(officeId)) : null;
  }

  async keep(officeId: OfficeId, anchor: string): Promise<void> {
    this.#next = { officeId, anchor };
    await (this.#writing ??= this.#write().finally(() => (this.#writing = null)));
  }

  refresh(officeId: OfficeId): void {
    this.#askAgain = true;
    if (!this.#isAsking) void this.#ask(officeId);
  }

  async #ask(officeId: OfficeId): Promise<void> {
    this.#isAsking = true;
    try {
      while (this.#askAgain) {
        this.#askAgain = false;
        await this.keep(officeId, await this.#options.current());
      }
    } catch (error) {
      // A lock keeps the last one itself.
      if (error instanceof AppError && error.code === 'SESSION_LOCKED') return;
      this.#options.log({ level: 'warn', event: 'anchor.not-asked', error });
    } finally {
      this.#isAsking = false;
    }
  }

  async #write(): Promise<void> {
    const { secrets, log } = this.#options;
    try {
      if (!(await secrets.isAvailable())) return;
      while (this.#next) {
        const { officeId, anchor } = this.#next;
        this.#next = null;
        await secrets.set(keyOf(officeId), anchor);
      }
    } catch (error) {
      log({ level: 'warn', event: 'anchor.not-kept', error });
    }
  }
}

export function createAnchorKeeper(options: AnchorKeeperOptions): AnchorKeeper {
  return new Keeper(options);
}
