// Opens an office under its lock, against what is remembered of it outside its folder. Nobody is signed in yet.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ClientId } from '../../../shared/model/ids.ts';
import { instantOf } from '../../../shared/model/instant.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { OfficeUser } from '../ports/office-repositories.ts';
import type { SealIdentity } from '../ports/sealer.ts';
import type { OfficeLock } from '../ports/vault-databases.ts';
import type { OfficeStore } from '../ports/vault-store.ts';
import { checkOfficeAnchor, writeOfficeAnchor, type AnchorJudgement } from './anchors/office-anchor.ts';
import { keepingEvidenceAsync, openKeepingEvidence, withEvidenceOf } from './evidence.ts';
import { assertRoster, mayOpen } from './keys/roster.ts';
import type { VaultServices } from './services.ts';
import { Session, type OfficeSession, type UnlockedOffice } from './session.ts';

/** @throws {AppError} SESSION_WRONG_CREDENTIALS when the user was removed, VAULT_ROSTER_TAMPERED */
function assertAdmitted(store: OfficeStore, { header, slot, userId }: UnlockedOffice): OfficeUser {
  assertRoster(header.office.id, store, slot.secrets);
  const user = store.users.find(userId);
  if (!user) throw new AppError('SESSION_WRONG_CREDENTIALS');
  const own = header.slots.find((candidate) => candidate.userId === userId);
  if (own?.recipient !== user.recipient) throw new AppError('VAULT_ROSTER_TAMPERED');
  return user;
}

/** Going on from an older state is an owner's decision. @throws {AppError} VAULT_ROLLED_BACK for everyone else */
function assertMayAccept({ role }: OfficeUser, { older: [what] }: AnchorJudgement): void {
  if (what !== undefined && role !== 'owner') throw new AppError('VAULT_ROLLED_BACK', { what });
}

/** Keys of the clients the list gives her. Every other one is sealed to others. */
async function openClientKeys(
  services: VaultServices,
  store: OfficeStore,
  { user, identity }: { user: OfficeUser; identity: SealIdentity },
): Promise<Map<ClientId, Uint8Array>> {
  const own = store.clients.list().filter(({ id }) => mayOpen(store.users, user, id));
  const keys = own.map(async ({ id, sealedKey }) => [id, await services.sealer.open(sealedKey, identity)] as const);
  return new Map(await Promise.all(keys));
}

/** How an office that may be older than remembered is opened. */
interface OpeningRules {
  /** Judges the opened office database before anything in it is believed. @throws {AppError} VAULT_ROLLED_BACK */
  readonly judge: (audit: AuditLog) => AnchorJudgement;
  readonly acceptOlderState: boolean;
}

/**
 * Opens the databases of an unlocked office. The caller took the lock and releases it when this fails.
 * @throws {AppError} VAULT_*, VAULT_SCHEMA_NEWER, VAULT_ROSTER_TAMPERED, SESSION_WRONG_CREDENTIALS when the user was removed
 */
async function openSession(
  services: VaultServices,
  { lock, unlocked }: { readonly lock: OfficeLock; readonly unlocked: UnlockedOffice },
  { judge, acceptOlderState }: OpeningRules,
): Promise<OfficeSession> {
  const { directory, header, officeKey, slot } = unlocked;
  const office = openKeepingEvidence(services, { directory, what: 'office' }, () =>
    services.databases.openOffice({ directory, officeId: header.office.id, key: officeKey, create: false }),
  );
  try {
    const judgement = judge(office.store.audit);
    const user = assertAdmitted(office.store, unlocked);
    assertMayAccept(user, judgement);
    const clientKeys = await openClientKeys(services, office.store, { user, identity: slot.secrets.identity });
    return new Session(services, unlocked, {
      lock,
      office,
      clientKeys,
      judgement,
      acceptOlderState: acceptOlderState && user.role === 'owner',
    });
  } catch (error) {
    const kept = withEvidenceOf(services, { directory, what: 'office' }, error);
    office.close();
    throw kept;
  }
}

/** Rules for an office that this call has just made: nothing can be remembered of it. */
const JUST_MADE: OpeningRules = { judge: () => ({ warnings: [], older: [] }), acceptOlderState: false };

async function underLock(
  services: VaultServices,
  directory: string,
  { unlock, rulesFor }: { unlock: () => Promise<UnlockedOffice>; rulesFor: (unlocked: UnlockedOffice) => OpeningRules },
): Promise<OfficeSession> {
  const lock = services.databases.lock(directory);
  try {
    const unlocked = await keepingEvidenceAsync(services, { directory, what: 'header' }, unlock);
    return await openSession(services, { lock, unlocked }, rulesFor(unlocked));
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Opens an office that was made or restored a moment ago. @throws {AppError} OFFICE_IN_USE, VAULT_* */
export function openNewOffice(services: VaultServices, unlocked: UnlockedOffice): Promise<OfficeSession> {
  return underLock(services, unlocked.directory, {
    unlock: () => Promise.resolve(unlocked),
    rulesFor: () => JUST_MADE,
  });
}

/** Opens what `unlock` unlocks. @throws {AppError} OFFICE_IN_USE, VAULT_ROLLED_BACK, VAULT_*, and what `unlock` throws */
export function openKnownOffice(
  services: VaultServices,
  input: { readonly directory: string; readonly anchor: string | null; readonly acceptOlderState: boolean },
  unlock: () => Promise<UnlockedOffice>,
): Promise<OfficeSession> {
  const { directory, acceptOlderState } = input;
  const rulesFor = (unlocked: UnlockedOffice): OpeningRules => ({
    judge: checkOfficeAnchor(services, unlocked, input),
    acceptOlderState,
  });
  return underLock(services, directory, { unlock, rulesFor });
}

/** What to remember of an open office now. */
export function anchorOf({ clock }: Pick<VaultServices, 'clock'>, session: OfficeSession): string {
  const at = instantOf(clock.now());
  const anchor = writeOfficeAnchor(
    { header: session.header(), officeKey: session.officeKey },
    { head: session.office.store.audit.head(), fileSha256: null, at },
  );
  session.waiting.anchor = anchor;
  return anchor;
}
