// A connection as it is shown and as a sync job needs it. Reads only.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ConnectionAccount, ConnectionView } from '../../../shared/ipc/contract/connections.ts';
import type { ConnectionJob } from '../../../shared/ipc/processes/vault-contract.ts';
import { addDays, parseCalendarDate, type CalendarDate } from '../../../shared/model/calendar-date.ts';
import type { AccountId, ClientId, ConnectionId } from '../../../shared/model/ids.ts';
import { instantOf } from '../../../shared/model/instant.ts';
import type { ConnectionRecord, ExposedAccount } from '../ports/connection-repository.ts';
import type { z } from 'zod';
import type { VaultContext } from './context.ts';
import { deriveHealth } from './health.ts';
import { resolveAccount } from './matching/account-identity.ts';

const HISTORY_MS = 90 * 86_400_000;
/** Late rows and settled pending ones lie within these days before the last complete day. */
const OVERLAP_DAYS = 10;

/** @throws {AppError} CONNECTION_NOT_FOUND */
export function findConnection(context: VaultContext, connectionId: ConnectionId): ConnectionRecord {
  const found = context.office.connections.find(connectionId);
  if (!found) throw new AppError('CONNECTION_NOT_FOUND', { connection: connectionId });
  return found;
}

/** The client's account behind an exposed one: by the last commit under this resource, else by identity; null before the first commit. */
function accountIdOf(context: VaultContext, connectionId: ConnectionId, exposed: ExposedAccount): AccountId | null {
  if (exposed.clientId === null) return null;
  const { accounts, matching } = context.client(exposed.clientId);
  const known = accounts.ofResource(connectionId, exposed.resourceId);
  if (known) return known;
  const resolution = resolveAccount(exposed.account, matching.identities());
  return resolution.type === 'identity' ? resolution.accountId : null;
}

/** True where the account is nobody's, or belongs to a client whose key the user holds. */
export function maySee(context: VaultContext, { clientId }: Pick<ExposedAccount, 'clientId'>): boolean {
  return clientId === null || context.clients().some(({ id }) => id === clientId);
}

/** What somebody without the client's key sees of its account: that there is one. */
const unseen = ({ resourceId, clientId }: ExposedAccount): z.infer<typeof ConnectionAccount> => ({
  resourceId,
  account: { id: resourceId, iban: null, currency: null, name: null, institution: null, kind: 'other' },
  clientId,
  accountId: null,
});

function accountsOf(context: VaultContext, connectionId: ConnectionId): z.infer<typeof ConnectionAccount>[] {
  const exposed = context.office.connections.accounts(connectionId).filter((account) => account.exposed);
  return exposed.map((account) => {
    if (!maySee(context, account)) return unseen(account);
    const { resourceId, clientId } = account;
    return { resourceId, account: account.account, clientId, accountId: accountIdOf(context, connectionId, account) };
  });
}

/** Everything the connections screen shows of one connection. */
export function connectionView(context: VaultContext, connection: ConnectionRecord): ConnectionView {
  const { connections } = context.office;
  const { id } = connection;
  const now = context.now();
  const since = instantOf(Date.parse(now) - HISTORY_MS);
  const callsToday = connections.callsOn(id, now.slice(0, 10));
  return {
    id,
    type: connection.type,
    institution: connection.institution,
    practice: connection.practice,
    stage: connection.stage,
    createdAt: connection.createdAt,
    permissions: [...connection.permissions],
    startDateAsked: connection.startDateAsked,
    startDateGranted: connection.startDateGranted,
    accounts: accountsOf(context, id),
    health: deriveHealth({ connection, callsToday, now }),
    pins: connections.pins(id),
    tls: connection.tls,
    history: connections.history(id, since),
  };
}

/** The first day to ask for: the start date, or the overlap before the last day that a complete, committed answer covered. */
function fromDate(start: CalendarDate, completeThrough: string | null): CalendarDate {
  if (completeThrough === null) return start;
  const overlap = addDays(parseCalendarDate(completeThrough), -OVERLAP_DAYS);
  return overlap > start ? overlap : start;
}

type JobAccount = ConnectionJob['accounts'][number];

function jobAccounts(context: VaultContext, connection: ConnectionRecord): JobAccount[] {
  const start = connection.startDateGranted ?? connection.startDateAsked;
  return accountsOf(context, connection.id).flatMap(({ clientId, accountId, resourceId, account }): JobAccount[] => {
    if (clientId === null || !maySee(context, { clientId })) return [];
    const through = completeThrough(context, { clientId, accountId, connectionId: connection.id });
    const name = account.name ?? account.id;
    return [{ resourceId, name, clientId, accountId, from: fromDate(start, through) }];
  });
}

function completeThrough(
  context: VaultContext,
  place: { clientId: ClientId; accountId: AccountId | null; connectionId: ConnectionId },
): string | null {
  if (place.accountId === null) return null;
  return context.client(place.clientId).accounts.completeThrough(place.accountId, place.connectionId);
}

/** What a sync job needs. Accounts without a client, and those of clients whose keys the user does not hold, are not in it. */
export function connectionJob(context: VaultContext, connection: ConnectionRecord): ConnectionJob {
  const { type, institution, issuer, resourceBase, bankClientId, authorityPem, practice } = connection;
  return {
    id: connection.id,
    details: { type, institution, issuer, resourceBase, clientId: bankClientId, authorityPem, practice },
    pins: context.office.connections.pins(connection.id).map((pin) => pin.spkiSha256),
    permissions: [...connection.permissions],
    startDate: connection.startDateAsked,
    consentId: connection.consentId,
    paused: connection.paused,
    nextAllowed: connection.nextAllowedAt,
    accounts: jobAccounts(context, connection),
  };
}
