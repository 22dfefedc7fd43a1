// Connections in the office's database: what was agreed with a bank and how each try ended. No credential is ever here.
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import type { ConnectionStage, ConnectionType, Pin, TlsIdentity } from '../../../shared/ipc/contract/connections.ts';
import type { ClientId, ConnectionId } from '../../../shared/model/ids.ts';
import type { CalendarDate } from '../../../shared/model/calendar-date.ts';
import type { Instant } from '../../../shared/model/instant.ts';
import type { SourceAccount } from '../../../shared/model/source.ts';
import type { z } from 'zod';

export interface NewConnection {
  readonly id: ConnectionId;
  readonly type: ConnectionType;
  readonly institution: string;
  readonly issuer: string;
  readonly resourceBase: string;
  readonly bankClientId: string;
  readonly authorityPem: string | null;
  readonly practice: boolean;
  readonly createdAt: Instant;
  readonly permissions: readonly string[];
  readonly startDateAsked: CalendarDate;
  /** Current and backup. */
  readonly pins: readonly [Pin, Pin];
}

export interface ConnectionRecord extends Omit<NewConnection, 'pins'> {
  readonly stage: z.infer<typeof ConnectionStage>;
  readonly paused: boolean;
  /** True after a restore: the credentials stayed behind. */
  readonly needsSignIn: boolean;
  readonly startDateGranted: CalendarDate | null;
  readonly consentId: string | null;
  readonly consentExpiresAt: Instant | null;
  readonly tls: TlsIdentity | null;
  readonly lastTryAt: Instant | null;
  readonly lastGoodSyncAt: Instant | null;
  readonly nextAllowedAt: Instant | null;
  readonly cause: ErrorCode | null;
  readonly causeParams: Readonly<Record<string, string>>;
}

export interface PinRecord {
  readonly spkiSha256: Pin;
  readonly role: 'current' | 'backup';
  readonly pinnedAt: Instant;
}

/** `identity` stays the same over consents; `resourceId` does not. */
export interface ExposedAccount {
  readonly resourceId: string;
  readonly identity: string;
  readonly account: SourceAccount;
  readonly clientId: ClientId | null;
  /** False when the latest consent no longer exposes it. */
  readonly exposed: boolean;
}

export interface GrantedConsent {
  readonly consentId: string;
  readonly permissions: readonly string[];
  readonly grantedAt: Instant;
  readonly expiresAt: Instant | null;
  readonly startDateGranted: CalendarDate | null;
}

export interface TryRecord {
  readonly at: Instant;
  readonly ok: boolean;
  readonly cause: ErrorCode | null;
  readonly causeParams: Readonly<Record<string, string>>;
  readonly nextAllowedAt: Instant | null;
  /** Null keeps the identity seen before. */
  readonly tls: TlsIdentity | null;
  readonly calls: number;
  readonly newRows: number;
}

export interface ConnectionRepository {
  insert(connection: NewConnection): void;
  /** Null for an unknown or removed connection. */
  find(id: ConnectionId): ConnectionRecord | null;
  /** Oldest first, without removed ones. */
  list(): ConnectionRecord[];
  pins(id: ConnectionId): PinRecord[];
  /** In the bank's order, those no longer exposed last. */
  accounts(id: ConnectionId): ExposedAccount[];
  /** Notes the consent and replaces the accounts by `accounts`. */
  recordConsent(id: ConnectionId, consent: GrantedConsent, accounts: readonly ExposedAccount[]): void;
  assign(id: ConnectionId, resourceId: string, assignment: { readonly clientId: ClientId; readonly at: Instant }): void;
  setStage(id: ConnectionId, stage: z.infer<typeof ConnectionStage>): void;
  setPaused(id: ConnectionId, paused: boolean): void;
  recordTry(id: ConnectionId, tried: TryRecord): void;
  /** Counts the calls and keeps the identity seen, nothing else: the look is no part of the history. */
  recordLook(id: ConnectionId, look: Pick<TryRecord, 'at' | 'tls' | 'calls'>): void;
  /** Newest first, from `since` on. */
  history(id: ConnectionId, since: Instant): Pick<TryRecord, 'at' | 'ok' | 'cause' | 'newRows'>[];
  /** Calls made on a UTC day. */
  callsOn(id: ConnectionId, day: string): number;
  remove(id: ConnectionId, at: Instant): void;
}
