// The signed list of people: whose public keys may be sealed to, and whose role counts. Whoever changes a row signs the list anew.
import { AppError } from '../../../../shared/errors/app-error.ts';
import { canonicalJson } from '../../../../shared/model/canonical-json.ts';
import type { ClientId, OfficeId, UserId } from '../../../../shared/model/ids.ts';
import type { OfficeUser, UserRepository } from '../../ports/office-repositories.ts';
import type { SealRecipient } from '../../ports/sealer.ts';
import type { OfficeStore } from '../../ports/vault-store.ts';
import { leadsToOwnerKey } from './owner-key.ts';
import { publicKeyOf, signText, verifyText } from './signing-key.ts';
import type { SlotSecrets } from './user-slot.ts';

/** People as they are, or as they are about to be. */
export type People = Pick<UserRepository, 'list' | 'clientsOf'>;

type Roster = Pick<OfficeStore, 'users' | 'keyring'>;

/** What a person holds a list against: the owners' key she trusts, and the newest version she has seen. */
export type RosterPin = Pick<SlotSecrets, 'ownerKey' | 'rosterVersion'>;

function rosterText(officeId: OfficeId, { users, keyring }: Roster): string {
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
  const { recoveryRecipient, rosterVersion: version } = keyring.get();
  return canonicalJson({ magic: 'strongroom-roster', officeId, version, recoveryRecipient, people });
}

/**
 * Signs the list as it is now under its next version, in the transaction that changed it. `seed` is the owners' key of today.
 * @throws {AppError} VAULT_ROSTER_TAMPERED for an earlier one: the owners' key was replaced while the change was being prepared
 */
export function signRoster(officeId: OfficeId, roster: Roster, seed: Uint8Array): void {
  const { ownerKey, rosterVersion } = roster.keyring.get();
  if (publicKeyOf(seed) !== ownerKey) throw new AppError('VAULT_ROSTER_TAMPERED');
  roster.keyring.update({ rosterVersion: rosterVersion + 1 });
  roster.keyring.update({ rosterSignature: signText(seed, rosterText(officeId, roster)) });
}

/**
 * Believes the list only under the key that the user's own slot pins, or what that key handed over to, and no version before the pinned one:
 * whoever was on an earlier list may have kept it with its signature.
 * @throws {AppError} VAULT_ROSTER_TAMPERED
 */
export function assertRoster(officeId: OfficeId, roster: Roster, pinned: RosterPin): void {
  const keyring = roster.keyring.get();
  const trusted = keyring.rosterVersion >= pinned.rosterVersion && leadsToOwnerKey(officeId, pinned.ownerKey, keyring);
  const signed = trusted && verifyText(keyring.ownerKey, rosterText(officeId, roster), keyring.rosterSignature);
  if (!signed) throw new AppError('VAULT_ROSTER_TAMPERED');
}

/** True where the list gives the user the client's key. */
export function mayOpen(people: People, user: OfficeUser, clientId: ClientId): boolean {
  return user.allClients || people.clientsOf(user.id).includes(clientId);
}

/** A change of the list, to see beforehand whom keys will be sealed to. */
export interface PlannedChange {
  /** A new user, or one whose row changes. */
  readonly user?: OfficeUser;
  /** The clients given to that user one by one. */
  readonly clients?: readonly ClientId[];
  readonly remove?: UserId;
}

/** The list as it will be, read now: sealing to it takes its time, and a lock meanwhile takes the database away. */
export function plannedPeople(people: People, { user, clients, remove }: PlannedChange): People {
  const others = people.list().filter(({ id }) => id !== user?.id && id !== remove);
  const listed = user ? [...others, user] : others;
  const clientsOf = new Map(
    listed.map(({ id }) => [id, clients && id === user?.id ? [...clients] : people.clientsOf(id)]),
  );
  return { list: () => listed, clientsOf: (id) => clientsOf.get(id) ?? [] };
}

/** Those who hold a key at all: someone who must be invited anew does not. */
const recipientsOf = (users: readonly OfficeUser[]): SealRecipient[] =>
  users.filter(({ state }) => state !== 'unreachable').map(({ recipient }) => recipient);

/** Whom the office key is sealed to, beside the recovery identity: everyone. */
export function officeReaders(people: People): SealRecipient[] {
  return recipientsOf(people.list());
}

/** Whom the owners' secrets are sealed to, beside the recovery identity. */
export function ownerReaders(people: People): SealRecipient[] {
  return recipientsOf(people.list().filter(({ role }) => role === 'owner'));
}

/** Whom a client's key is sealed to, beside the recovery identity. */
export function clientReaders(people: People, clientId: ClientId): SealRecipient[] {
  return recipientsOf(people.list().filter((user) => mayOpen(people, user, clientId)));
}
