// One change of the office's people: who may open what from now on, sealed, signed, recorded and written as one step. It does not
// decide who may be changed.
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../../shared/errors/codes.ts';
import type { ClientId, OfficeId, UserId } from '../../../../shared/model/ids.ts';
import type { AuditPayload } from '../../ports/audit-log.ts';
import type { OfficeKeyring } from '../../ports/office-repositories.ts';
import type { SealRecipient } from '../../ports/sealer.ts';
import type { UserSlot, VaultHeader } from '../../ports/vault-header.ts';
import type { CallContext } from '../call-context.ts';
import { toBase64 } from '../keys/key-tools.ts';
import { createCheckpointKey } from '../keys/checkpoint-key.ts';
import { openOwnerSecret, renewOwnerKey, sealOwnerSecret } from '../keys/owner-key.ts';
import { openForOwners, sealForOwners } from '../keys/recovery-slot.ts';
import {
  assertRoster,
  clientReaders,
  mayOpen,
  officeReaders,
  ownerReaders,
  plannedPeople,
  signRoster,
  type People,
  type PlannedChange,
} from '../keys/roster.ts';
import { pinRoster } from '../pin-roster.ts';
import { sealNextKey } from '../rotation/next-key.ts';
import { finishPlanned } from '../rotation/finish-rotations.ts';
import { finishKeyInFile, planClientKey } from '../rotation/rotate-client.ts';
import { completeOfficeKey } from '../rotation/rotate-office.ts';
import type { VaultServices } from '../services.ts';
import { sealFirstAuditKeys, storeFirstAuditKeys } from './first-audit-keys.ts';
import { slotsOf } from './slots.ts';

/** What changes, and what its audit entry says. */
export interface PeopleChange extends PlannedChange {
  readonly userId: UserId;
  /** The user's new way in, in the place of any other; her second factors end with it. */
  readonly slot?: UserSlot;
  /** True where somebody else may have the identity she had: it opens nothing from now on, though she keeps her place. */
  readonly compromised?: boolean;
  readonly payload: AuditPayload;
}

type SealedKeys = ReadonlyMap<ClientId, Uint8Array>;

/** Who reads what, before and after. */
interface Outlook {
  readonly before: People;
  readonly after: People;
  readonly recovery: SealRecipient;
  /** Whose keys of before must open nothing: she goes, or another person may have them. */
  readonly distrusted: UserId | null;
}

/** Everything a change needs, sealed beforehand: writing it waits for nothing. */
interface Prepared {
  readonly header: Partial<VaultHeader>;
  readonly keyring: Partial<OfficeKeyring>;
  /** True where somebody goes who could open the recovery identity, and may have kept it. */
  readonly ownerLeaves: boolean;
  /** Signs the list. */
  readonly seed: Uint8Array;
  /** The same keys for other readers. */
  readonly resealed: SealedKeys;
  /** Next keys of what somebody may no longer open. */
  readonly next: SealedKeys;
  readonly firstKeys: Awaited<ReturnType<typeof sealFirstAuditKeys>>;
}

const same = (left: readonly SealRecipient[], right: readonly SealRecipient[]): boolean =>
  left.length === right.length && left.every((recipient) => right.includes(recipient));

/** True where somebody in `before` may do `what` and is not there, may not, or is distrusted, in `after`. */
function someoneLoses(
  { before, after, distrusted }: Outlook,
  what: (people: People) => readonly { readonly id: UserId }[],
): boolean {
  const left = new Set(what(after).map(({ id }) => id));
  return what(before).some(({ id }) => id === distrusted || !left.has(id));
}

const owners = (people: People) => people.list().filter(({ role }) => role === 'owner');
const openers = (clientId: ClientId) => (people: People) =>
  people.list().filter((user) => mayOpen(people, user, clientId));

/** Why a client keeps its key until its file is another one. */
const BEYOND_REPAIR: readonly ErrorCode[] = ['VAULT_CORRUPT', 'VAULT_ROLLED_BACK'];

/**
 * A client's next key for these readers. Its file need not open for one to be planned: a damaged one keeps nobody in. Where the damaged file may
 * have a next key already, that one stays, for nothing else opens what is left of it.
 * @throws {AppError} VAULT_*, OFFICE_IN_USE where a key that the file has already can't be finished now
 */
async function nextClientKey(
  services: VaultServices,
  context: CallContext,
  { id, readers }: { readonly id: ClientId; readonly readers: readonly SealRecipient[] },
): Promise<Uint8Array> {
  try {
    await finishKeyInFile(services, context, id);
    return await sealNextKey(services, readers);
  } catch (error) {
    if (!(error instanceof AppError) || !BEYOND_REPAIR.includes(error.code)) throw error;
    const pending = context.office.clients.find(id)?.pendingSealedKey;
    if (!pending) throw error;
    const key = await services.sealer.open(pending, context.session.identity);
    const sealed = await services.sealer.seal(key, readers);
    key.fill(0);
    return sealed;
  }
}

async function clientKeysFor(
  services: VaultServices,
  context: CallContext,
  outlook: Outlook,
): Promise<Pick<Prepared, 'resealed' | 'next'>> {
  const { session } = context;
  const { before, after, recovery } = outlook;
  const [resealed, next] = [new Map<ClientId, Uint8Array>(), new Map<ClientId, Uint8Array>()];
  for (const id of session.clientIds()) {
    const readers = [...clientReaders(after, id), recovery];
    if (someoneLoses(outlook, openers(id))) next.set(id, await nextClientKey(services, context, { id, readers }));
    // Also where a next key comes: until it does, whoever was invited anew must open the present one.
    if (!same(clientReaders(before, id), clientReaders(after, id))) {
      const key = session.clientKey(id);
      resealed.set(id, await services.sealer.seal(key, readers));
      key.fill(0);
    }
  }
  return { resealed, next };
}

/** The owners' key: the same for other owners, or another one where an owner leaves. */
async function ownerKeyFor(
  services: VaultServices,
  { office, session }: CallContext,
  outlook: Outlook,
): Promise<Pick<Prepared, 'keyring' | 'seed'>> {
  const keyring = office.keyring.get();
  const seed = await openOwnerSecret(services, keyring, session.identity);
  const readers = [...ownerReaders(outlook.after), outlook.recovery];
  if (!someoneLoses(outlook, owners))
    return { seed, keyring: { ownerSecret: await sealOwnerSecret(services, seed, readers) } };
  const { id } = session.header().office;
  const renewed = await renewOwnerKey(services, { id, keyring, seed }, readers);
  seed.fill(0);
  return renewed;
}

/** The office key for other people, and the next one where somebody is distrusted. */
async function headerFor(
  services: VaultServices,
  { session }: CallContext,
  { before, after, recovery, distrusted }: Outlook,
): Promise<Partial<VaultHeader>> {
  const { sealer } = services;
  const readers = [...officeReaders(after), recovery];
  const present = session.header();
  const header: { -readonly [Name in keyof VaultHeader]?: VaultHeader[Name] } = {};
  if (!same(officeReaders(before), officeReaders(after)))
    header.officeKey = toBase64(await sealer.seal(session.officeKey, readers));
  if (distrusted) header.pendingOfficeKey = toBase64(await sealNextKey(services, readers));
  if (!same(ownerReaders(before), ownerReaders(after))) {
    const identity = await openForOwners(services, present.recovery, session.identity);
    header.recovery = { ...present.recovery, forOwner: await sealForOwners(services, ownerReaders(after), identity) };
  }
  return header;
}

const NO_FIRST_KEYS: Prepared['firstKeys'] = { office: [], clients: [] };

async function prepare(services: VaultServices, context: CallContext, change: PeopleChange): Promise<Prepared> {
  const { office, session } = context;
  const { recoveryRecipient: recovery } = office.keyring.get();
  const [before, after] = [plannedPeople(office.users, {}), plannedPeople(office.users, change)];
  const distrusted = change.compromised ? change.userId : (change.remove ?? null);
  const outlook: Outlook = { before, after, recovery, distrusted };
  const ownersChange = !same(ownerReaders(before), ownerReaders(after));
  const header = await headerFor(services, context, outlook);
  const ownersOnly = [...ownerReaders(after), recovery];
  const firstKeys = ownersChange ? await sealFirstAuditKeys(services, session, ownersOnly) : NO_FIRST_KEYS;
  const clientKeys = await clientKeysFor(services, context, outlook);
  const { keyring, seed } = await ownerKeyFor(services, context, outlook);
  const checkpoint = distrusted ? createCheckpointKey(services.random) : {};
  const ownerLeaves = someoneLoses(outlook, owners);
  return { header, firstKeys, ...clientKeys, seed, keyring: { ...keyring, ...checkpoint }, ownerLeaves };
}

/** Rows of the list; the name that is taken is refused here, before the header is touched. */
function writeRows(context: CallContext, { user, clients, remove, slot }: PeopleChange): void {
  const { users, factors } = context.office;
  if (remove) {
    users.remove(remove, context.now());
    factors.removeCode(remove);
  }
  if (!user) return;
  const { id, createdAt: _createdAt, ...row } = user;
  if (users.find(id)) users.update(id, row);
  else users.insert(user);
  if (clients) users.setClients(id, clients);
  if (slot) factors.removeCode(id);
}

/** As they are at this moment: everyone writes her own slot, and a change is prepared for a while. */
function nextSlots({ office, session }: CallContext, { slot }: PeopleChange): UserSlot[] {
  const kept = session.header().slots.filter(({ userId }) => userId !== slot?.userId);
  return slotsOf(office.users, slot ? [...kept, slot] : kept);
}

interface WholeChange {
  readonly change: PeopleChange;
  readonly prepared: Prepared;
}

/** The header is written last and inside the transaction: after a crash it is the database's age, or one change ahead. */
function write(services: VaultServices, context: CallContext, { change, prepared }: WholeChange): void {
  const { office, session } = context;
  const officeId: OfficeId = session.header().office.id;
  const { firstKeys, resealed, next, keyring, ownerLeaves, seed, header } = prepared;
  // Clients' chains first: whoever the list names as an owner can open them all.
  storeFirstAuditKeys(firstKeys.clients);
  context.act(office, { subject: change.userId, payload: change.payload }, () => {
    writeRows(context, change);
    storeFirstAuditKeys(firstKeys.office);
    for (const [id, sealed] of resealed) office.clients.setSealedKey(id, sealed);
    for (const [id, sealed] of next) planClientKey(office, id, sealed);
    office.keyring.update(keyring);
    if (ownerLeaves) office.profile.setRecoverySuspect(context.now());
    signRoster(officeId, office, seed);
    session.updateHeader({ ...header, slots: nextSlots(context, change) });
  });
  pinRoster(services, session);
}

/**
 * Changes the list and everything that hangs on it. Who loses something has no key that fits any more: what she could open is rewritten under
 * new keys before this returns, or at the next sign-in after a crash.
 * A rewrite that fails is no failure of the change: it stands, the keys stay due, and `vaultOffice.due` says so.
 * @throws {AppError} USER_NAME_TAKEN, USER_LIMIT, SESSION_FORBIDDEN, VAULT_ROSTER_TAMPERED, VAULT_*; then nothing has changed
 */
export async function changePeople(services: VaultServices, context: CallContext, change: PeopleChange): Promise<void> {
  const { office, session } = context;
  assertRoster(session.header().office.id, office, session.ownSlot().secrets);
  await completeOfficeKey(services, context);
  const prepared = await prepare(services, context, change);
  try {
    write(services, context, { change, prepared });
  } finally {
    prepared.seed.fill(0);
  }
  await finishPlanned(services, context);
}
