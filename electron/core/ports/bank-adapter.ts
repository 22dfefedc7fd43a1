// The port every way to a bank implements. An adapter talks one protocol; it stores nothing and knows no client of the office.
import type { AppError } from '../../../shared/errors/app-error.ts';
import type { ConnectionType } from '../../../shared/ipc/contract/connections.ts';
import type { Endpoint, Tokens } from '../../../shared/ipc/processes/connector-contract.ts';
import type { CalendarDate } from '../../../shared/model/calendar-date.ts';
import type { Instant } from '../../../shared/model/instant.ts';
import type { SourceAccount, SourceEvent } from '../../../shared/model/source.ts';
import type { HttpClient } from './http-client.ts';

/** What a job lends an adapter: its client for the endpoint's hosts, and the word that the job is over. */
export interface BankSession {
  readonly endpoint: Endpoint;
  readonly http: HttpClient;
  readonly signal: AbortSignal;
}

export interface SignInRequest {
  readonly permissions: readonly string[];
  /** First day of transactions to ask for. */
  readonly from: CalendarDate;
  /** When the consent shall end; null leaves that to the bank. */
  readonly expiresAt: Instant | null;
}

/** What the user's consent brought. */
export interface SignedIn {
  readonly tokens: Tokens;
  readonly consentExpiresAt: Instant | null;
  readonly startDateGranted: CalendarDate | null;
  readonly permissions: string[];
  readonly accounts: { resourceId: string; account: SourceAccount }[];
}

/** A sign-in that waits for the user at the bank's own page. */
export interface PendingSignIn {
  /** Address of that page, for the user's browser. */
  readonly url: string;
  readonly consentId: string;
  /** Waits for the browser's return. @throws {AppError} CONSENT_REJECTED, CONSENT_SIGN_IN_FAILED, CONSENT_SIGN_IN_TIMEOUT, SYNC_CANCELLED, BANK_*, TLS_* */
  finish(): Promise<SignedIn>;
  /** Stops waiting. */
  close(): Promise<void>;
}

export interface FetchRequest {
  readonly tokens: Tokens;
  readonly consentId: string;
  /** True while the user waits for the answer. */
  readonly attended: boolean;
  /** Nothing else is asked for (domain.md §3 pain 19). */
  readonly accounts: readonly { resourceId: string; name: string; from: CalendarDate }[];
}

/** A part of one account's answer. An account's last slice is either `complete` or `failed`. */
export interface BankSlice {
  readonly resourceId: string;
  readonly events: SourceEvent[];
  readonly complete: boolean;
  readonly failed: AppError | null;
}

/** One protocol. */
export interface BankAdapter {
  readonly type: ConnectionType;
  /** @throws {AppError} TLS_*, BANK_*, CONSENT_SIGN_IN_FAILED */
  beginSignIn(session: BankSession, request: SignInRequest): Promise<PendingSignIn>;
  /** New tokens for a refresh token. @throws {AppError} BANK_UNAUTHORISED when the bank no longer takes it; TLS_*, BANK_* */
  refresh(session: BankSession, tokens: Tokens): Promise<Tokens>;
  /**
   * Account after account, page after page, no faster than it is read. What one account suffers is in its slice.
   * @throws {AppError} what stops the connection: TLS_*, CONSENT_*, BANK_UNAUTHORISED, BANK_RATE_LIMITED, BANK_UNREACHABLE, BANK_REDIRECTED, SYNC_CANCELLED
   */
  fetch(session: BankSession, request: FetchRequest): AsyncGenerator<BankSlice, void, void>;
  /** Ends the consent at the bank; a consent that is gone already is no error. @throws {AppError} TLS_*, BANK_* */
  revoke(session: BankSession, consentId: string): Promise<void>;
}
