// Opens an office under its lock, against what is remembered of it outside its folder. Nobody is signed in yet.
import { checkOfficeAnchor, writeOfficeAnchor } from './anchors/office-anchor.ts';
import { keepingEvidenceAsync } from './evidence.ts';
import type { VaultServices } from './services.ts';
import { openSession, type OfficeSession, type OpeningRules, type UnlockedOffice } from './session.ts';
import { instantOf } from '../../../shared/model/instant.ts';

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
  return writeOfficeAnchor(
    { header: session.header(), officeKey: session.officeKey },
    { head: session.office.store.audit.head(), fileSha256: null, at },
  );
}
