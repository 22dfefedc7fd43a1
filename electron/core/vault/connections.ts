// Connections on the vault's side: what was agreed, whose accounts they are, how tries ended. It calls no bank and holds no credential.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Handlers, ParsedInputOf } from '../../../shared/ipc/call.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { ConnectionView } from '../../../shared/ipc/contract/connections.ts';
import type { VaultContract } from '../../../shared/ipc/processes/vault-contract.ts';
import { maskAccountNumber } from '../../../shared/model/iban.ts';
import type { ClientId, ConnectionId } from '../../../shared/model/ids.ts';
import type { ExposedAccount } from '../ports/connection-repository.ts';
import { connectionJob, connectionView, findConnection, maySee } from './connection-view.ts';
import type { VaultContext } from './context.ts';
import { identityKeyOf, resolveAccount } from './matching/account-identity.ts';

type ConsentInput = ParsedInputOf<VaultContract['vaultConnections']['recordConsent']>;
type TryInput = ParsedInputOf<VaultContract['vaultConnections']['recordTry']>;
type CreateInput = ParsedInputOf<VaultContract['vaultConnections']['create']>;

function viewOf(context: VaultContext, connectionId: ConnectionId): ConnectionView {
  return connectionView(context, findConnection(context, connectionId));
}

/** Runs a change with its audit entry and shows the connection after it. */
function change(
  context: VaultContext,
  action: { connectionId: ConnectionId; payload?: Record<string, string | number | boolean | null | string[]> },
  work: () => void,
): ConnectionView {
  const { connectionId, payload = {} } = action;
  return context.act(context.office, { subject: connectionId, payload }, () => {
    work();
    return viewOf(context, connectionId);
  });
}

function create(context: VaultContext, input: CreateInput): ConnectionView {
  const { connectionId, details, pins, startDate, permissions } = input;
  const { clientId: bankClientId, ...agreed } = details;
  const createdAt = context.now();
  const payload = { institution: details.institution, pins: [...pins] };
  return change(context, { connectionId, payload }, () =>
    context.office.connections.insert({
      ...agreed,
      bankClientId,
      id: connectionId,
      createdAt,
      permissions,
      startDateAsked: startDate,
      pins,
    }),
  );
}

/**
 * The accounts after a new consent. Known by identity, an account keeps its assignment whatever its resource id is now; a new one is nobody's.
 * Two accounts of one identity are told apart by resource id alone. Assigned accounts that are gone stay on record.
 */
export function mergeAccounts(
  before: readonly ExposedAccount[],
  granted: ConsentInput['accounts'],
): readonly ExposedAccount[] {
  const identities = granted.map(({ account }) => identityKeyOf(account));
  const isShared = (identity: string): boolean => identities.filter((other) => other === identity).length > 1;
  const now = granted.map(({ resourceId, account }, index): ExposedAccount => {
    const identity = identities[index] ?? '';
    const same = before.find((known) =>
      isShared(identity) ? known.resourceId === resourceId && known.identity === identity : known.identity === identity,
    );
    return { resourceId, identity, account, clientId: same?.clientId ?? null, exposed: true };
  });
  const gone = before.filter(
    (known) => !now.some(({ identity, resourceId }) => identity === known.identity || resourceId === known.resourceId),
  );
  return [...now, ...gone.map((known) => ({ ...known, exposed: false }))];
}

function recordConsent(context: VaultContext, { connectionId, accounts, ...granted }: ConsentInput): ConnectionView {
  const { connections } = context.office;
  const { stage } = findConnection(context, connectionId);
  const payload = { accounts: accounts.length, expiresAt: granted.expiresAt };
  return change(context, { connectionId, payload }, () => {
    const merged = mergeAccounts(connections.accounts(connectionId), accounts);
    connections.recordConsent(connectionId, { ...granted, grantedAt: context.now() }, merged);
    const assigned = merged.some((account) => account.exposed && account.clientId !== null);
    if (stage !== 'ready' || !assigned) connections.setStage(connectionId, assigned ? 'ready' : 'authorised');
  });
}

/** A certificate that was refused is not the bank's identity; its facts are in the cause. */
function recordTry(context: VaultContext, input: TryInput): ConnectionView {
  const { connectionId, nextAllowed, committed, ...tried } = input;
  const { connections } = context.office;
  findConnection(context, connectionId);
  const tls = tried.ok || !tried.cause?.startsWith('TLS_') ? tried.tls : null;
  const at = context.now();
  const payload = { ok: tried.ok, committed, cause: tried.cause, newRows: tried.newRows, calls: tried.calls };
  return change(context, { connectionId, payload }, () => {
    if (tried.ok && !committed) connections.recordLook(connectionId, { at, tls, calls: tried.calls });
    else connections.recordTry(connectionId, { ...tried, tls, at, nextAllowedAt: nextAllowed });
  });
}

/** True when another client has the account: by another connection's assignment, or in a ledger whose key the user holds. */
function belongsElsewhere(context: VaultContext, exposed: ExposedAccount, clientId: ClientId): boolean {
  if (exposed.clientId !== null) return exposed.clientId !== clientId;
  const { connections } = context.office;
  const assigned = connections.list().flatMap(({ id }) => connections.accounts(id));
  const others = assigned.filter((other) => other.identity === exposed.identity && other.clientId !== null);
  if (others.some((other) => other.clientId !== clientId)) return true;
  const strangers = context.clients().filter(({ id }) => id !== clientId);
  return strangers.some(
    ({ id }) => resolveAccount(exposed.account, context.client(id).matching.identities()).type === 'identity',
  );
}

/** Another client's account has no name for who can't open that client. */
function nameOf(context: VaultContext, exposed: ExposedAccount): string {
  return (maySee(context, exposed) ? exposed.account.name : null) ?? exposed.resourceId;
}

type Assignment = ParsedInputOf<AppContract['connections']['assign']>['assignments'][number];

/** @throws {AppError} ACCOUNT_NOT_FOUND, ACCOUNT_ASSIGNED_ELSEWHERE, CLIENT_NOT_FOUND, CLIENT_NO_ACCESS; then nothing is assigned */
function assign(context: VaultContext, connectionId: ConnectionId, assignments: readonly Assignment[]): ConnectionView {
  const { connections } = context.office;
  const { stage } = findConnection(context, connectionId);
  // Some banks name an account by its IBAN, which no log holds in full.
  const assigned = assignments.map(({ resourceId, clientId }) => `${maskAccountNumber(resourceId)} to ${clientId}`);
  const payload = { assigned };
  return change(context, { connectionId, payload }, () => {
    if (stage === 'created') throw new AppError('CONNECTION_NOT_READY', { connection: connectionId });
    const exposed = connections.accounts(connectionId).filter((account) => account.exposed);
    for (const { resourceId, clientId } of assignments) {
      const account = exposed.find((candidate) => candidate.resourceId === resourceId);
      if (!account) throw new AppError('ACCOUNT_NOT_FOUND', { account: resourceId });
      context.client(clientId);
      if (belongsElsewhere(context, account, clientId))
        throw new AppError('ACCOUNT_ASSIGNED_ELSEWHERE', { account: nameOf(context, account) });
      connections.assign(connectionId, resourceId, { clientId, at: context.now() });
    }
    const ready = connections.accounts(connectionId).some((account) => account.exposed && account.clientId !== null);
    connections.setStage(connectionId, ready ? 'ready' : 'authorised');
  });
}

type ConnectionHandlers = Pick<Handlers<AppContract, VaultContext, 'vault'>, 'connections'> &
  Pick<Handlers<VaultContract, VaultContext, 'vault'>, 'vaultConnections'>;

/** The vault's answers to the `connections` calls of THE contract and the host's `vaultConnections`. */
export function createConnectionHandlers(): ConnectionHandlers {
  return {
    connections: {
      list: (_input, context) =>
        context.office.connections.list().map((connection) => connectionView(context, connection)),
      assign: ({ connectionId, assignments }, context) => assign(context, connectionId, assignments),
      pause: ({ connectionId, paused }, context) => {
        findConnection(context, connectionId);
        return change(context, { connectionId, payload: { paused } }, () =>
          context.office.connections.setPaused(connectionId, paused),
        );
      },
    },
    vaultConnections: {
      create: (input, context) => create(context, input),
      get: ({ connectionId }, context) => viewOf(context, connectionId),
      job: ({ connectionId }, context) => connectionJob(context, findConnection(context, connectionId)),
      recordConsent: (input, context) => recordConsent(context, input),
      recordTry: (input, context) => recordTry(context, input),
      remove: ({ connectionId }, context) => {
        findConnection(context, connectionId);
        return context.act(context.office, { subject: connectionId }, () => {
          context.office.connections.remove(connectionId, context.now());
          return {};
        });
      },
    },
  };
}
