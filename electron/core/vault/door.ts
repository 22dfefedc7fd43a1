// The ways into an office: a new one, a known user, an invitation, the paper key. What is opened here becomes this process's one session.
import type { OutputOf, ParsedInputOf } from '../../../shared/ipc/call.ts';
import type { OpenedOffice, VaultContract } from '../../../shared/ipc/processes/vault-contract.ts';
import { normaliseRecoveryText } from '../../../shared/model/recovery-key.ts';
import type { CallContext, SessionHolder } from './call-context.ts';
import type { Credentials } from './keys/user-slot.ts';
import { createOffice, deviceSecretOf } from './office-create.ts';
import { openNewPassword } from './office-password.ts';
import { handOutKit } from './office-recovery.ts';
import { openedOffice, unlockHeader } from './office-unlock.ts';
import { anchorOf, openKnownOffice, openNewOffice } from './open-office.ts';
import { credentialsOf, deviceDigestOf, wrapAnew } from './own-key.ts';
import { raiseKeyDerivation } from './raise-key-derivation.ts';
import { finishRotations } from './rotation/finish-rotations.ts';
import type { VaultServices } from './services.ts';
import type { OfficeSession, UnlockedOffice } from './session.ts';
import { admit, orClose, type Admission } from './sign-in.ts';
import { dropStraySlots } from './users/slots.ts';

type Calls = VaultContract['vaultOffice'];

/** This call, and where its session goes. */
export interface Door {
  readonly holder: SessionHolder;
  readonly context: CallContext;
}

/** What leaves for the host when somebody is in. */
export function welcome(services: VaultServices, session: OfficeSession): OpenedOffice {
  return openedOffice(session, anchorOf(services, session));
}

/** An office that a call has just made, restored or recovered. */
interface NewSession<T> {
  readonly unlocked: UnlockedOffice;
  readonly window: string | null;
  /** What is due once it is open. */
  readonly due: (session: OfficeSession) => Promise<T>;
}

/** Takes it up: nobody needs to be asked. Whatever fails in `due` leaves nobody in. */
export async function startSession<T>(
  services: VaultServices,
  { holder, context }: Door,
  { unlocked, window, due }: NewSession<T>,
): Promise<T> {
  const session = await openNewOffice(services, unlocked);
  return await orClose(services, { holder, session }, async () => {
    context.signIn(session);
    if (window !== null) session.proofs.grant(window);
    holder.current = session;
    return await due(session);
  });
}

export async function create(
  services: VaultServices,
  door: Door,
  input: ParsedInputOf<Calls['create']>,
): Promise<OutputOf<Calls['create']>> {
  const { unlocked, recovery } = await createOffice(services, door.context, input);
  const { replyKey, window } = input;
  const due = async (session: OfficeSession): Promise<OutputOf<Calls['create']>> => ({
    opened: welcome(services, session),
    kit: await handOutKit(services, door.context, { kit: recovery.kit, replyKey }),
  });
  return await startSession(services, door, { unlocked, window, due });
}

interface Entry {
  readonly input: Pick<ParsedInputOf<Calls['unlock']>, 'directory' | 'userId' | 'anchor'> & {
    readonly acceptOlderState: boolean;
  };
  readonly kind: 'password' | 'invitation';
  readonly credentials: Credentials;
  readonly admission: Admission;
  /** What is due once she is in. */
  readonly due: (session: OfficeSession) => Promise<unknown>;
}

/** Opens, admits, and does what is due then. Whatever fails on the way leaves nobody in. */
async function enter(
  services: VaultServices,
  { holder, context }: Door,
  { input, kind, credentials, admission, due }: Entry,
): Promise<OpenedOffice> {
  const { directory, userId } = input;
  const unlock = (): Promise<UnlockedOffice> => unlockHeader(services, { directory, userId, kind, credentials });
  const session = await openKnownOffice(services, input, unlock);
  return await orClose(services, { holder, session }, async () => {
    const older = session.older.length > 0 ? { olderState: session.older } : {};
    const told = { ...admission, facts: { ...admission.facts, ...older } };
    admit(services, { holder, context }, { session, admission: told });
    session.waiting.deviceDigest = deviceDigestOf(credentials.deviceOutput);
    const { warnings } = await finishRotations(services, context);
    await dropStraySlots(services, context);
    await due(session);
    const opened = welcome(services, session);
    return { ...opened, warnings: [...opened.warnings, ...warnings] };
  });
}

export async function unlock(
  services: VaultServices,
  door: Door,
  input: ParsedInputOf<Calls['unlock']>,
): Promise<OpenedOffice> {
  const credentials = credentialsOf(await services.sealedTexts.open('password', input.password), input);
  const { code, window, alerts } = input;
  const started = services.clock.monotonic();
  return await enter(services, door, {
    input,
    kind: 'password',
    credentials,
    admission: { code, window, alerts },
    due: (session) =>
      raiseKeyDerivation(services, session, { credentials, elapsedMs: services.clock.monotonic() - started }),
  });
}

/** The code opens the invitation's slot; the chosen password takes its place. */
export async function acceptInvitation(
  services: VaultServices,
  door: Door,
  input: ParsedInputOf<Calls['acceptInvitation']>,
): Promise<OpenedOffice> {
  const { context } = door;
  const { directory, window, alerts } = input;
  const code = normaliseRecoveryText(await services.sealedTexts.open('password', input.password));
  const deviceSecret = deviceSecretOf(input);
  const { header } = services.headers.read(directory);
  const chosen = await openNewPassword(services, input.newPassword, {
    officeName: header.office.name,
    userName: header.slots.find(({ userId }) => userId === input.userId)?.name ?? '',
    secondFactor: false,
    deviceBound: deviceSecret !== null,
  });
  const credentials: Credentials = { password: chosen.password, deviceSecret, deviceOutput: null };
  const active = { state: 'active', invitationExpiresAt: null, passwordStandsAlone: chosen.standsAlone } as const;
  return await enter(services, door, {
    input: { ...input, acceptOlderState: false },
    kind: 'invitation',
    credentials: { password: code, deviceSecret: null, deviceOutput: null },
    admission: { code: null, window, alerts, facts: { invitation: true } },
    due: async (session) => {
      const write = await wrapAnew(services, session, { credentials, device: null, code: false });
      context.act(context.office, { subject: session.userId }, () => {
        context.office.users.update(session.userId, active);
        write();
      });
    },
  });
}

/** Closes the office and returns what to remember of it. */
export function close(holder: SessionHolder): string | null {
  const session = holder.current;
  if (!session) return null;
  holder.current = null;
  return session.close();
}
