// The vault's answers about the office's people.
import type { Handlers } from '../../../../shared/ipc/call.ts';
import type { AppContract } from '../../../../shared/ipc/contract.ts';
import type { OfficeUserView } from '../../../../shared/ipc/contract/users.ts';
import type { OfficeUser } from '../../ports/office-repositories.ts';
import type { CallContext } from '../call-context.ts';
import type { VaultServices } from '../services.ts';

type UserHandlers = Pick<Handlers<AppContract, CallContext, 'vault'>['users'], 'list'>;

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

export function createUserHandlers(_services: VaultServices): UserHandlers {
  return {
    list: (_input, context) => context.office.users.list().map((user) => userView(context, user)),
  };
}
