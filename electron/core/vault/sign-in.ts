// Signing in: from the unlocked header to an admitted user, with what else is due at that moment. It answers no call itself.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { SignInAlert } from '../../../shared/ipc/contract/office.ts';
import type { AuditPayload } from '../ports/audit-log.ts';
import type { OfficeUser } from '../ports/office-repositories.ts';
import type { OfficeStore } from '../ports/vault-store.ts';
import { deny, draftOf, type CallContext, type SessionHolder } from './call-context.ts';
import { withEvidenceOf } from './evidence.ts';
import { proveCode, type ProvenCode } from './factors.ts';
import { pinRoster } from './pin-roster.ts';
import type { VaultServices } from './services.ts';
import type { OfficeSession } from './session.ts';

/** What the sign-in's own entry and the entries before it say. */
export interface Admission {
  readonly code: string | null;
  readonly window: string | null;
  readonly alerts: readonly SignInAlert[];
  readonly facts?: AuditPayload;
}

/** No earlier than the office's newest entry, whatever the clock was set to. */
function latestKnown({ clock }: VaultServices, { audit }: Pick<OfficeStore, 'audit'>): number {
  const newest = audit.records({ after: audit.head().sequence - 1, limit: 1 });
  return Math.max(clock.now(), ...newest.map(({ at }) => Date.parse(at)));
}

/** The database decides whether an invitation is still open: an earlier header still has its slot. */
function assertInvitationGood(services: VaultServices, session: OfficeSession): void {
  const { kind, expiresAt } = session.ownSlot().slot;
  if (kind !== 'invitation') return;
  const { store } = session.office;
  const open = store.users.find(session.userId)?.state === 'invited';
  const expired = expiresAt !== null && Date.parse(expiresAt) <= latestKnown(services, store);
  if (!open || expired) throw new AppError('SESSION_INVITATION_EXPIRED');
}

function provenCode(services: VaultServices, context: CallContext, code: string | null): ProvenCode | null {
  const { factors } = context.office;
  const { userId } = context.session;
  if (!factors.code(userId)) return null;
  const refusal = { subject: userId, payload: { factor: 'code' } };
  return proveCode(services, factors, { userId, code }) ?? deny(context, 'SESSION_WRONG_CREDENTIALS', refusal);
}

/** An entry for everyone's failed tries, in the caller's transaction. */
export function tellOfAlerts(
  { audit }: Pick<OfficeStore, 'audit'>,
  who: Parameters<typeof draftOf>[0],
  alerts: readonly SignInAlert[],
): void {
  for (const { userId, tries, firstAt, lastAt, lockedOut } of alerts) {
    const payload = { tries, firstAt, lastAt, lockedOut };
    const entry = draftOf(who, { subject: userId, payload }, 'denied');
    audit.append({ ...entry, action: 'office.failedSignIns' });
  }
}

/** Whoever signs in with a password took up her invitation, also where a crash came before the list said so. */
function activeBy(session: OfficeSession): Partial<OfficeUser> {
  return session.ownSlot().slot.kind === 'password' ? { state: 'active', invitationExpiresAt: null } : {};
}

/** The header's copy of the lock time is for the lock screen; the database decides. */
export function refreshHeader(session: OfficeSession): void {
  const { lockAfterMinutes } = session.office.store.profile.get();
  if (session.header().lockAfterMinutes !== lockAfterMinutes) session.updateHeader({ lockAfterMinutes });
}

/**
 * Admits the user of an open session: her code, her entry and everyone's failed tries in one transaction. The session counts from here.
 * @throws {AppError} SESSION_WRONG_CREDENTIALS, SESSION_INVITATION_EXPIRED
 */
export function admit(
  services: VaultServices,
  { holder, context }: { readonly holder: SessionHolder; readonly context: CallContext },
  { session, admission }: { readonly session: OfficeSession; readonly admission: Admission },
): void {
  context.signIn(session);
  const { office } = context;
  const { userId } = session;
  assertInvitationGood(services, session);
  const proof = provenCode(services, context, admission.code);
  const payload = { ...admission.facts, ...(proof ? { factor: proof.method } : {}) };
  context.act(office, { subject: session.header().office.id, payload }, () => {
    tellOfAlerts(office, context, admission.alerts);
    proof?.spend(context.now());
    office.users.update(userId, { lastSignInAt: context.now(), ...activeBy(session) });
  });
  pinRoster(services, session);
  refreshHeader(session);
  if (admission.window !== null) session.proofs.grant(admission.window);
  holder.current = session;
}

/** Closing says what to remember, which a damaged office may be unable to say: nothing more is to be learned then. */
function abandon(session: OfficeSession): void {
  try {
    session.close();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

/** Runs what makes a session somebody's; where it fails, the session is closed and nobody is in. Damage it finds leaves copies. */
export async function orClose<T>(
  services: VaultServices,
  { holder, session }: { readonly holder: SessionHolder; readonly session: OfficeSession },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const kept = withEvidenceOf(services, { directory: session.directory, what: 'office' }, error);
    holder.current = null;
    abandon(session);
    throw kept;
  }
}
