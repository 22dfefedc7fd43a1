// The owner's way back with the paper key: a new identity and password without second factors, then new keys for everything and a new kit.
import { AppError } from '../../../shared/errors/app-error.ts';
import { ROTATION_UNFINISHED_WARNING } from '../../../shared/notices/office-warnings.ts';
import type { OutputOf, ParsedInputOf } from '../../../shared/ipc/call.ts';
import type { VaultContract } from '../../../shared/ipc/processes/vault-contract.ts';
import type { ClientId } from '../../../shared/model/ids.ts';
import { parseRecoveryKey } from '../../../shared/model/recovery-key.ts';
import type { OfficeUser } from '../ports/office-repositories.ts';
import type { SealIdentity, SealRecipient } from '../ports/sealer.ts';
import type { OpenDatabase } from '../ports/vault-databases.ts';
import type { ReadHeader, UserSlot } from '../ports/vault-header.ts';
import type { OfficeStore } from '../ports/vault-store.ts';
import { checkOfficeAnchor, type AnchorJudgement } from './anchors/office-anchor.ts';
import type { Door } from './door.ts';
import { startSession, welcome } from './door.ts';
import { keepingEvidenceAsync, openKeepingEvidence } from './evidence.ts';
import { draftOf, type CallContext } from './call-context.ts';
import { headerMacKey } from './keys/office-key.ts';
import { openOwnerSecret } from './keys/owner-key.ts';
import { openRecoverySlot, sealForOwners } from './keys/recovery-slot.ts';
import { assertRoster, clientReaders, ownerReaders, plannedPeople, signRoster, type People } from './keys/roster.ts';
import { sealOffice, storeSealed, type SharedSecrets } from './keys/seal-office.ts';
import { costsToKeep, createUserSlot, type SlotSecrets } from './keys/user-slot.ts';
import { deviceSecretOf } from './office-create.ts';
import { openNewPassword, type ChosenPassword } from './office-password.ts';
import { handOutKit } from './office-recovery.ts';
import { renewAllKeys } from './renew-all-keys.ts';
import { replaceRecovery } from './renew-recovery-kit.ts';
import { officeKeyInUse } from './rotation/office-key-in-use.ts';
import { finishRotations } from './rotation/finish-rotations.ts';
import type { VaultServices } from './services.ts';
import { forgetSecrets } from './shared-secrets.ts';
import type { OfficeSession, UnlockedOffice } from './session.ts';
import { tellOfAlerts } from './sign-in.ts';

type Input = ParsedInputOf<VaultContract['vaultOffice']['recover']>;

/** The office as the paper key opens it. */
interface Opened {
  readonly read: ReadHeader;
  readonly recoveryIdentity: SealIdentity;
  readonly office: OpenDatabase<OfficeStore>;
  readonly secrets: SharedSecrets;
  /** An older state is accepted: the paper is the last resort. It is said. */
  readonly judgement: AnchorJudgement;
}

async function openByPaper(services: VaultServices, input: Input): Promise<Opened> {
  const { directory } = input;
  const read = services.headers.read(directory);
  const { header } = read;
  const recoveryKey = parseRecoveryKey(await services.sealedTexts.open('recovery-key', input.recoveryKey));
  const identity = openRecoverySlot(header.office.id, header.recovery, recoveryKey);
  recoveryKey.fill(0);
  if (!identity) throw new AppError('SESSION_WRONG_CREDENTIALS');
  const officeKey = await officeKeyInUse(services, { directory, read, identity });
  const officeId = header.office.id;
  const found = { directory, header, officeKey };
  const judge = checkOfficeAnchor(services, found, { anchor: input.anchor, acceptOlderState: true });
  const office = openKeepingEvidence(services, { directory, what: 'office' }, () =>
    services.databases.openOffice({ directory, officeId, key: officeKey, create: false }),
  );
  try {
    const { store } = office;
    const judgement = judge(store.audit);
    const ownerSeed = await openOwnerSecret(services, store.keyring.get(), identity);
    const { ownerKey } = header.recovery;
    assertRoster(officeId, store, { ownerKey, rosterVersion: 0 });
    const clientKeys = new Map(
      await Promise.all(
        store.clients
          .list()
          .map(async ({ id, sealedKey }) => [id, await services.sealer.open(sealedKey, identity)] as const),
      ),
    );
    return { read, recoveryIdentity: identity, office, secrets: { officeKey, ownerSeed, clientKeys }, judgement };
  } catch (error) {
    office.close();
    throw error;
  }
}

function firstOwner({ users }: OfficeStore): OfficeUser {
  const owner = users.list().find(({ role }) => role === 'owner');
  if (!owner) throw new AppError('VAULT_ROSTER_TAMPERED');
  return owner;
}

interface Returning {
  readonly owner: OfficeUser;
  readonly secrets: SlotSecrets;
  readonly slot: UserSlot;
  readonly key: Uint8Array;
}

async function newWayIn(
  services: VaultServices,
  { read, office }: Opened,
  { password, deviceSecret }: { readonly password: ChosenPassword; readonly deviceSecret: Uint8Array | null },
): Promise<Returning> {
  const { store } = office;
  const identity = await services.sealer.newIdentity();
  const owner: OfficeUser = {
    ...firstOwner(store),
    recipient: await services.sealer.recipientOf(identity),
    state: 'active',
    passwordStandsAlone: password.standsAlone,
    invitationExpiresAt: null,
  };
  const { ownerKey, rosterVersion } = store.keyring.get();
  const secrets = { identity, ownerKey, rosterVersion };
  const { id: userId, name } = owner;
  const officeId = read.header.office.id;
  const replaced = costsToKeep(read.header, userId);
  const { slot, key } = await createUserSlot(
    services,
    { officeId, userId, name, kind: 'password', expiresAt: null, secrets, code: false, device: null, ...replaced },
    { password: password.password, deviceSecret, deviceOutput: null },
  );
  return { owner, secrets, slot, key };
}

/** Keys to come that a crash left pending are sealed to the new identity as well. */
async function resealPending(
  services: VaultServices,
  { office, recoveryIdentity }: Opened,
  { people, recovery }: { readonly people: People; readonly recovery: readonly SealRecipient[] },
): Promise<(readonly [ClientId, Uint8Array])[]> {
  const sealed = office.store.clients.list().map(async ({ id, pendingSealedKey }) => {
    if (!pendingSealedKey) return [];
    const key = await services.sealer.open(pendingSealedKey, recoveryIdentity);
    return [[id, await services.sealer.seal(key, [...clientReaders(people, id), ...recovery])] as const];
  });
  return (await Promise.all(sealed)).flat();
}

/** The database first: until the header has the new slot, the same paper opens everything again. */
async function readmit(
  services: VaultServices,
  context: CallContext,
  { opened, returning, input }: { readonly opened: Opened; readonly returning: Returning; readonly input: Input },
): Promise<UnlockedOffice> {
  const { read, recoveryIdentity, office, secrets, judgement } = opened;
  const { store } = office;
  const { owner, slot, key } = returning;
  const { directory } = input;
  const people = plannedPeople(store.users, { user: owner });
  const recovery = [...new Set([read.header.recovery.recipient, store.keyring.get().recoveryRecipient])];
  const sealed = await sealOffice(services, secrets, { people, recovery });
  const pending = await resealPending(services, opened, { people, recovery });
  const forOwner = await sealForOwners(services, ownerReaders(people), recoveryIdentity);
  const officeId = read.header.office.id;
  const principal = { userId: owner.id, name: owner.name, role: owner.role };
  const who = { channel: context.channel, principal, now: () => context.now() };
  store.transaction(() => {
    store.users.update(owner.id, { ...owner, lastSignInAt: context.now() });
    store.factors.removeCode(owner.id);
    storeSealed(store, sealed);
    for (const [id, key] of pending) store.clients.setPendingKey(id, key);
    signRoster(officeId, store, secrets.ownerSeed);
    tellOfAlerts(store, who, input.alerts);
    const payload = judgement.older.length > 0 ? { olderState: judgement.older } : {};
    store.audit.append(draftOf(who, { subject: officeId, payload }));
  });
  context.noteAudited();
  const slots = [slot, ...read.header.slots.filter(({ userId }) => userId !== owner.id)];
  const header = {
    ...read.header,
    generation: read.header.generation + 1,
    slots,
    recovery: { ...read.header.recovery, forOwner },
    officeKey: sealed.officeKey,
    pendingOfficeKey: null,
  };
  services.headers.write(directory, header, headerMacKey(secrets.officeKey));
  const open = { key, secrets: returning.secrets };
  const { officeKey } = secrets;
  return { directory, header, officeKey, slot: open, userId: owner.id, warnings: judgement.warnings };
}

async function enterByPaper(services: VaultServices, context: CallContext, input: Input): Promise<UnlockedOffice> {
  const lock = services.databases.lock(input.directory);
  try {
    const suspect = { directory: input.directory, what: 'header' } as const;
    const opened = await keepingEvidenceAsync(services, suspect, () => openByPaper(services, input));
    try {
      const deviceSecret = deviceSecretOf(input);
      const password = await openNewPassword(services, input.newPassword, {
        officeName: opened.read.header.office.name,
        userName: firstOwner(opened.office.store).name,
        secondFactor: false,
        deviceBound: deviceSecret !== null,
      });
      const returning = await newWayIn(services, opened, { password, deviceSecret });
      return await readmit(services, context, { opened, returning, input });
    } finally {
      opened.office.close();
      forgetSecrets(opened.secrets);
    }
  } finally {
    lock.release();
  }
}

/**
 * Everything that the lost password or paper could have opened gets new keys. The first owner is the one who comes back. Once
 * she is in and the paper is replaced, keys that can't be renewed are a warning.
 * @throws {AppError} SESSION_WRONG_CREDENTIALS, SESSION_PASSWORD_*, VAULT_*
 */
export async function recover(
  services: VaultServices,
  door: Door,
  input: Input,
): Promise<OutputOf<VaultContract['vaultOffice']['recover']>> {
  const { context } = door;
  const unlocked = await enterByPaper(services, context, input);
  const { replyKey, window } = input;
  const due = async (session: OfficeSession): Promise<OutputOf<VaultContract['vaultOffice']['recover']>> => {
    await finishRotations(services, context);
    const { kit } = await replaceRecovery(services, context);
    const sealed = await handOutKit(services, context, { kit, replyKey });
    const whole = await renewAllKeys(services, context);
    const opened = welcome(services, session);
    const unfinished = whole ? [] : [ROTATION_UNFINISHED_WARNING];
    return { opened: { ...opened, warnings: [...opened.warnings, ...unfinished] }, kit: sealed };
  };
  return await startSession(services, door, { unlocked, window, due });
}
