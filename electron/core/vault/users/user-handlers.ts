// The vault's answers about the office's people. Who may be changed how is decided here; how keys follow, in change-people.ts.
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { Handlers, OutputOf, ParsedInputOf } from '../../../../shared/ipc/call.ts';
import type { AppContract } from '../../../../shared/ipc/contract.ts';
import type { Access, OfficeUserView } from '../../../../shared/ipc/contract/users.ts';
import { newId, UserId, type ClientId } from '../../../../shared/model/ids.ts';
import type { Role } from '../../../../shared/model/roles.ts';
import type { OfficeUser } from '../../ports/office-repositories.ts';
import type { CallContext } from '../call-context.ts';
import { inTurn } from '../permitted-turns.ts';
import type { VaultServices } from '../services.ts';
import type { Turns } from '../turns.ts';
import { changePeople } from './change-people.ts';
import { createInvitation } from './invitation.ts';

type UserHandlers = Pick<Handlers<AppContract, CallContext, 'vault'>, 'users'>['users'];
type Users = AppContract['users'];
type Input<Name extends keyof UserHandlers> = ParsedInputOf<Users[Name]>;
type Invitation = OutputOf<Users['invite']>;

/** What the office shows of a user. */
export function userView({ office, session }: CallContext, user: OfficeUser): OfficeUserView {
  const { id, name, role, state, createdAt, lastSignInAt, invitationExpiresAt } = user;
  const slot = session.header().slots.find(({ userId }) => userId === id);
  return {
    id,
    name,
    role,
    state,
    access: user.allClients ? { kind: 'all' } : { kind: 'some', clientIds: office.users.clientsOf(id) },
    factors: { code: office.factors.code(id) !== null, device: slot?.policy.secondFactorKey ?? false },
    createdAt,
    lastSignInAt,
    invitationExpiresAt,
  };
}

function findUser({ office }: CallContext, userId: UserId): OfficeUser {
  const user = office.users.find(userId);
  if (!user) throw new AppError('USER_NOT_FOUND');
  return user;
}

const viewOf = (context: CallContext, userId: UserId): OfficeUserView => userView(context, findUser(context, userId));

/** An owner who never took up her invitation can't stand in for the last one who can sign in. */
function assertOwnerRemains({ office }: CallContext, { id }: OfficeUser): void {
  const others = office.users.list().filter((user) => user.id !== id);
  if (!others.some(({ role, state }) => role === 'owner' && state === 'active')) throw new AppError('USER_LAST_OWNER');
}

function assertNotSelf({ session }: CallContext, { id }: OfficeUser): void {
  if (id === session.userId) throw new AppError('USER_SELF');
}

interface Keys {
  readonly allClients: boolean;
  readonly clients: readonly ClientId[];
}

/** @throws {AppError} USER_OWNER_ACCESS, CLIENT_NOT_FOUND */
function keysOf({ office }: CallContext, role: Role, access: Access): Keys {
  if (access.kind === 'all') return { allClients: true, clients: [] };
  if (role === 'owner') throw new AppError('USER_OWNER_ACCESS');
  for (const client of access.clientIds)
    if (!office.clients.find(client)) throw new AppError('CLIENT_NOT_FOUND', { client });
  return { allClients: false, clients: [...new Set(access.clientIds)] };
}

/** Ids, never names. */
const accessFacts = ({ allClients, clients }: Keys) => ({ access: allClients ? 'all' : [...clients] });

async function invite(services: VaultServices, context: CallContext, input: Input<'invite'>): Promise<Invitation> {
  const { name, role, access, replyKey } = input;
  const keys = keysOf(context, role, access);
  const id = newId(UserId, 'user', services.random(10));
  const { code, slot, row } = await createInvitation(services, context.session, { id, name });
  const { allClients, clients } = keys;
  const user = { id, name, role, allClients, createdAt: context.now(), lastSignInAt: null, ...row };
  await changePeople(services, context, {
    userId: id,
    user,
    clients,
    slot,
    payload: { role, ...accessFacts(keys), expiresAt: slot.expiresAt },
  });
  return await handOut(services, context, { userId: id, code, replyKey });
}

async function handOut(
  services: VaultServices,
  context: CallContext,
  { userId, code, replyKey }: { readonly userId: UserId; readonly code: string; readonly replyKey: string },
): Promise<Invitation> {
  const sealed = await services.sealedTexts.seal(replyKey, 'invitation-code', code);
  return { user: viewOf(context, userId), code: sealed };
}

async function setRole(services: VaultServices, context: CallContext, input: Input<'setRole'>) {
  const { userId, role } = input;
  const user = findUser(context, userId);
  if (user.role === 'owner' && role !== 'owner') assertOwnerRemains(context, user);
  const owner = role === 'owner' ? { allClients: true } : {};
  const payload = { role, before: user.role };
  const clients = role === 'owner' ? { clients: [] } : {};
  await changePeople(services, context, { userId, user: { ...user, role, ...owner }, ...clients, payload });
  return viewOf(context, userId);
}

async function setAccess(services: VaultServices, context: CallContext, input: Input<'setAccess'>) {
  const { userId, access } = input;
  const user = findUser(context, userId);
  const keys = keysOf(context, user.role, access);
  const { allClients, clients } = keys;
  await changePeople(services, context, {
    userId,
    user: { ...user, allClients },
    clients,
    payload: accessFacts(keys),
  });
  return viewOf(context, userId);
}

async function reset(services: VaultServices, context: CallContext, input: Input<'reset'>): Promise<Invitation> {
  const { userId, reason, replyKey } = input;
  const user = findUser(context, userId);
  assertNotSelf(context, user);
  const { code, slot, row } = await createInvitation(services, context.session, user);
  const payload = { role: user.role, expiresAt: slot.expiresAt, reason };
  const compromised = reason === 'compromised';
  await changePeople(services, context, { userId, user: { ...user, ...row }, slot, compromised, payload });
  return await handOut(services, context, { userId, code, replyKey });
}

async function remove(services: VaultServices, context: CallContext, { userId }: Input<'remove'>) {
  const user = findUser(context, userId);
  if (user.role === 'owner') assertOwnerRemains(context, user);
  assertNotSelf(context, user);
  await changePeople(services, context, { userId, remove: userId, payload: { role: user.role } });
  return {};
}

/** Changes come one after the other: each starts from the list the one before has left. */
export function createUserHandlers(services: VaultServices, turns: Turns): UserHandlers {
  type Change<I, O> = (services: VaultServices, context: CallContext, input: I) => Promise<O>;
  const change = <I, O>(work: Change<I, O>) =>
    inTurn(turns, 'users.manage', (input: I, context) => work(services, context, input));
  return {
    list: (_input, context) => context.office.users.list().map((user) => userView(context, user)),
    invite: change(invite),
    setRole: change(setRole),
    setAccess: change(setAccess),
    reset: change(reset),
    remove: change(remove),
  };
}
