// The signed list of people: whose public keys may be sealed to, and whose role counts. Whoever changes a row signs the list anew.
import { AppError } from '../../../../shared/errors/app-error.ts';
import { canonicalJson } from '../../../../shared/model/canonical-json.ts';
import type { ClientId } from '../../../../shared/model/ids.ts';
import type { OfficeUser } from '../../ports/office-repositories.ts';
import type { SealRecipient } from '../../ports/sealer.ts';
import type { VaultHeader } from '../../ports/vault-header.ts';
import type { OfficeStore } from '../../ports/vault-store.ts';
import { leadsToOwnerKey } from './owner-key.ts';
import { signText, verifyText } from './signing-key.ts';

type People = Pick<OfficeStore, 'users' | 'keyring'>;
type Door = Pick<VaultHeader, 'office' | 'recovery'>;

function rosterText({ users }: People, { office, recovery }: Door): string {
  const people = users
    .list()
    .map(({ id, name, role, recipient, allClients }) => ({
      id,
      name,
      role,
      recipient,
      allClients,
      clients: users.clientsOf(id),
    }))
    .sort((left, right) => (left.id < right.id ? -1 : 1));
  return canonicalJson({
    magic: 'strongroom-roster',
    officeId: office.id,
    recoveryRecipient: recovery.recipient,
    people,
  });
}

/** Signs the list as it is now. `seed` is the owners' key. Runs in the transaction that changed a row. */
export function signRoster(people: People, door: Door, seed: Uint8Array): void {
  people.keyring.update({ rosterSignature: signText(seed, rosterText(people, door)) });
}

/**
 * Believes the list only under the key that the user's own slot pins, or what that key handed over to.
 * @throws {AppError} VAULT_ROSTER_TAMPERED
 */
export function assertRoster(people: People, door: Door, pinned: string): void {
  const keyring = people.keyring.get();
  const trusted = leadsToOwnerKey(door.office.id, pinned, keyring);
  const signed = trusted && verifyText(keyring.ownerKey, rosterText(people, door), keyring.rosterSignature);
  if (!signed) throw new AppError('VAULT_ROSTER_TAMPERED');
}

/** True where the list gives the user the client's key. */
export function mayOpen(people: Pick<People, 'users'>, user: OfficeUser, clientId: ClientId): boolean {
  return user.allClients || people.users.clientsOf(user.id).includes(clientId);
}

/** Those who have a key at all: someone who must be invited anew has none. */
const reachable = (users: readonly OfficeUser[]): OfficeUser[] => users.filter((user) => user.state !== 'unreachable');

const recipientsOf = (users: readonly OfficeUser[], { recovery }: Door): SealRecipient[] => [
  ...reachable(users).map((user) => user.recipient),
  recovery.recipient,
];

/** Whom the office key is sealed to: everyone and the recovery identity. */
export function officeRecipients(people: People, door: Door): SealRecipient[] {
  return recipientsOf(people.users.list(), door);
}

/** Whom the owners' secrets are sealed to: owners and the recovery identity. */
export function ownerRecipients(people: People, door: Door): SealRecipient[] {
  const owners = people.users.list().filter((user) => user.role === 'owner');
  return recipientsOf(owners, door);
}

/** Whom a client's key is sealed to. For a client to come, those who hold every key. */
export function clientRecipients(people: People, door: Door, clientId: ClientId): SealRecipient[] {
  const users = people.users.list().filter((user) => mayOpen(people, user, clientId));
  return recipientsOf(users, door);
}
