// What every handler of the vault process works with: who asks, the open stores, and `act`, the one way to change something. It opens nothing itself.
import type { ClientId, UserId } from '../../../shared/model/ids.ts';
import type { Instant } from '../../../shared/model/instant.ts';
import type { Role } from '../../../shared/model/roles.ts';
import type { AuditPayload } from '../ports/audit-log.ts';
import type { Random } from '../ports/clock.ts';
import type { ClientRow } from '../ports/office-repositories.ts';
import type { ClientStore, OfficeStore, Store } from '../ports/vault-store.ts';

/** The signed-in user, read from the office for every call: a changed role counts at once. */
export interface Principal {
  readonly userId: UserId;
  readonly name: string;
  readonly role: Role;
}

/** What the audit entry of an action says besides who, when and which call. */
export interface Action {
  readonly subject: string | null;
  readonly payload?: AuditPayload;
}

/**
 * One call's context; `Handlers<…, VaultContext, 'vault'>`. All but `random` and `now` throw SESSION_LOCKED where nobody is signed in,
 * which the dispatcher has refused before any handler of a call that isn't public.
 */
export interface VaultContext {
  /** `area.name` of the call being answered; it becomes the audit entry's action. */
  readonly channel: string;
  readonly principal: Principal;
  readonly office: OfficeStore;
  /** The clients whose keys the user holds, by name. No other client exists for her. */
  clients(): ClientRow[];
  /** A client's store, opened on first use and kept open. @throws {AppError} CLIENT_NOT_FOUND, CLIENT_NO_ACCESS, VAULT_* */
  client(clientId: ClientId): ClientStore;
  /**
   * Runs `work` and appends the audit entry in one transaction of that store, and marks the call as audited.
   * A call whose contract says `audited` fails when its handler never came here. Reads without a trace don't use it.
   */
  act<T>(store: Store, action: Action, work: () => T): T;
  readonly random: Random;
  /** The wall clock's instant, for `created_at` and the like. */
  now(): Instant;
}
