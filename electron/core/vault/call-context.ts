// Builds the context of each call: checks session, permission and step-up, and audits what it refuses. It answers no call itself.
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import type { AuthoriseRequest } from '../../../shared/ipc/dispatch.ts';
import { instantOf } from '../../../shared/model/instant.ts';
import { roleAllows, type Permission } from '../../../shared/model/roles.ts';
import type { AuditDraft } from '../ports/audit-log.ts';
import { signDueCheckpoint } from './audit/checkpoints.ts';
import type { Action, Principal, VaultContext } from './context.ts';
import type { VaultServices } from './services.ts';
import { clientsOf, type OfficeSession } from './session.ts';

/** The one office a vault process may hold open. */
export interface SessionHolder {
  current: OfficeSession | null;
}

/** The context as the vault's own handlers see it. */
export interface CallContext extends VaultContext {
  /** True where the call brought a valid session. */
  readonly signedIn: boolean;
  /** @throws {AppError} SESSION_LOCKED */
  readonly session: OfficeSession;
  /** Makes the rest of this call act as the user who just unlocked. */
  signIn(session: OfficeSession): void;
  /** For an entry that was written before its store was open here. */
  noteAudited(): void;
  /** True once the call left its entry. */
  isAudited(): boolean;
}

function principalOf(session: OfficeSession | null): Principal {
  const user = session?.office.store.users.find(session.userId);
  if (!user) throw new AppError('SESSION_LOCKED');
  return { userId: user.id, name: user.name, role: user.role };
}

/** Adds what every entry has. */
export function draftOf(
  context: Pick<VaultContext, 'channel' | 'principal' | 'now'>,
  action: Action,
  outcome: AuditDraft['outcome'] = 'done',
): AuditDraft {
  const { userId, name: userName } = context.principal;
  const { subject, payload = {} } = action;
  return { at: context.now(), userId, userName, action: context.channel, subject, outcome, payload };
}

export function createCallContext(
  services: VaultServices,
  channel: string,
  signedIn: OfficeSession | null,
): CallContext {
  let session = signedIn;
  let audited = false;
  const open = (): OfficeSession => {
    if (!session) throw new AppError('SESSION_LOCKED');
    return session;
  };
  const context: CallContext = {
    channel,
    get signedIn() {
      return session !== null;
    },
    get principal() {
      return principalOf(session);
    },
    get session() {
      return open();
    },
    get office() {
      return open().office.store;
    },
    clients: () => clientsOf(open()),
    client: (clientId) => open().client(clientId).store,
    act: (store, action, work) => {
      const result = store.transaction(() => {
        const value = work();
        store.audit.append(draftOf(context, action));
        return value;
      });
      const { office } = open();
      signDueCheckpoint(store, () => ({ keyring: office.store.keyring.get(), at: context.now() }));
      if (store !== office.store) open().remember(store);
      audited = true;
      return result;
    },
    random: services.random,
    now: () => instantOf(services.clock.now()),
    signIn: (next) => void (session = next),
    noteAudited: () => void (audited = true),
    isAudited: () => audited,
  };
  return context;
}

/** Refuses and leaves an entry that says so. */
export function deny(context: CallContext, code: ErrorCode, action: Action): never {
  const { store } = context.session.office;
  store.transaction(() => store.audit.append(draftOf(context, action, 'denied')));
  context.noteAudited();
  throw new AppError(code);
}

/** What a call needs of who asks, and the window it came from. */
export interface Needs {
  readonly channel: string;
  readonly permission: Permission;
  readonly stepUp: boolean;
  readonly window: string | null;
}

/** @throws {AppError} SESSION_LOCKED, SESSION_FORBIDDEN, SESSION_STEP_UP_REQUIRED */
export function assertPermitted(context: CallContext, { channel, permission, stepUp, window }: Needs): void {
  const refusal = { subject: null, payload: { channel, permission } };
  if (!roleAllows(context.principal.role, permission)) deny(context, 'SESSION_FORBIDDEN', refusal);
  if (stepUp && !context.session.proofs.holds(window)) deny(context, 'SESSION_STEP_UP_REQUIRED', refusal);
}

/** The vault's `authorise` for its dispatcher. Public calls get a context without a user unless they bring a valid session. */
export function authoriseIn(services: VaultServices, holder: SessionHolder) {
  return ({ channel, policy, session, window }: AuthoriseRequest): CallContext => {
    const open = holder.current;
    const context = createCallContext(services, channel, open?.tokens.accepts(session) ? open : null);
    if (policy.permission !== 'public') assertPermitted(context, { ...policy, channel, window });
    return context;
  };
}
