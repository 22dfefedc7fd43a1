// THE contract's vault calls as the host answers them: hand on, then tell the windows what changed. It decides nothing about permissions.
import { AppError } from '../../../shared/errors/app-error.ts';
import { contract, type AppContract } from '../../../shared/ipc/contract.ts';
import { unwrapReply } from '../../../shared/ipc/client.ts';
import { callsOf, type Handlers, type OutputOf, type ParsedInputOf } from '../../../shared/ipc/call.ts';
import { ROTATION_UNFINISHED_WARNING } from '../../../shared/notices/office-warnings.ts';
import type { OfficeSession } from '../office/office-session.ts';
import type { ProcessTransport } from '../ports/process-port.ts';
import type { HostCall } from './host-call.ts';
import type { HostContext } from './host-context.ts';

type VaultCall = {
  [Area in keyof AppContract]: `${Area & string}.${keyof AppContract[Area] & string}`;
}[keyof AppContract];
type CallAt<Channel> = Channel extends `${infer Area}.${infer Name}`
  ? Area extends keyof AppContract
    ? Name extends keyof AppContract[Area]
      ? AppContract[Area][Name]
      : never
    : never
  : never;
type After = {
  readonly [Channel in VaultCall]?: (
    input: ParsedInputOf<CallAt<Channel>>,
    output: OutputOf<CallAt<Channel>>,
  ) => void | Promise<void>;
};

/** What is to be done about keys now, for every window's notices. */
async function tellWhatIsDue({ context, session }: ForwardOptions): Promise<void> {
  const { recoveryKit, rotation } = await context.vault.vaultOffice.due({});
  const { recoveryKitDue, warnings } = session.current();
  if (recoveryKit !== recoveryKitDue) await session.change({ recoveryKitDue: recoveryKit });
  if (rotation === warnings.includes(ROTATION_UNFINISHED_WARNING)) return;
  const others = warnings.filter((warning) => warning !== ROTATION_UNFINISHED_WARNING);
  await session.change({ warnings: rotation ? [...others, ROTATION_UNFINISHED_WARNING] : others });
}

/** What a successful call changed, for every window's lists. */
function changesAfter({ context, session }: ForwardOptions): After {
  const { emit } = context;
  const clients = (): void => emit('clients.changed', { clientId: null });
  const people = (): void => emit('users.changed', {});
  const due = (): Promise<void> => tellWhatIsDue({ context, session });
  const codeIs = (code: boolean): Promise<void> => {
    const { device } = session.current().user.factors;
    return session.change({ user: { factors: { code, device } } });
  };
  const client = ({ clientId }: Pick<ParsedInputOf<AppContract['batches']['commit']>, 'clientId'>): void =>
    emit('clients.changed', { clientId });
  return {
    'clients.add': (_, { id }) => emit('clients.changed', { clientId: id }),
    'batches.decide': client,
    'batches.assign': client,
    'batches.invert': client,
    'batches.commit': client,
    'batches.undo': client,
    'batches.discard': client,
    'transactions.exclude': client,
    'transactions.restore': client,
    'backups.create': clients,
    'backups.verifyOwn': clients,
    'connections.assign': ({ connectionId }) => {
      emit('connections.changed', { connectionId });
      clients();
    },
    'connections.pause': ({ connectionId }) => emit('connections.changed', { connectionId }),
    'office.setPreferences': ({ lockAfterMinutes }) => session.change({ lockAfterMinutes }),
    'office.proveRecoveryKit': () => session.change({ recoveryProven: true }),
    'office.renewRecoveryKit': async () => {
      await session.change({ recoveryProven: false });
      await due();
    },
    'security.rotate': due,
    'factors.confirmCode': () => codeIs(true),
    'factors.removeCode': () => codeIs(false),
    'users.invite': people,
    'users.reset': async () => {
      people();
      await due();
    },
    'users.remove': async () => {
      people();
      await due();
    },
    'users.setRole': async (_, { id, role }) => {
      people();
      clients();
      if (session.current().user.id === id) await session.change({ user: { role } });
      await due();
    },
    'users.setAccess': async () => {
      people();
      clients();
      await due();
    },
  };
}

type AnyAfter = (input: unknown, output: unknown) => void | Promise<void>;
type AnyHandler = (input: unknown, call: HostCall) => Promise<unknown>;

export interface ForwardOptions {
  readonly context: Pick<HostContext, 'emit' | 'vault'>;
  readonly session: Pick<OfficeSession, 'change' | 'current'>;
}

/** Calls that may fail half-way and leave something due: new keys that could not all be finished. */
const MAY_LEAVE_SOMETHING: ReadonlySet<string> = new Set(['security.rotate']);

async function handOn(options: ForwardOptions, channel: string, call: () => Promise<unknown>): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    const isHalfDone = error instanceof AppError && error.code.startsWith('VAULT_');
    if (MAY_LEAVE_SOMETHING.has(channel) && isHalfDone) await tellWhatIsDue(options);
    throw error;
  }
}

/** One handler a vault call of THE contract: it travels with the window it came from, because fresh proofs hold for one. */
export function forwardToVault(
  options: ForwardOptions,
  vault: Pick<ProcessTransport, 'call'>,
): Handlers<AppContract, HostCall, 'vault'> {
  const after = changesAfter(options) as Readonly<Record<string, AnyAfter>>;
  const handlers: Record<string, Record<string, AnyHandler>> = {};
  for (const channel of callsOf(contract, 'vault').keys()) {
    const [area, name] = channel.split('.') as [string, string];
    (handlers[area] ??= {})[name] = async (input, { window }) => {
      const output = await handOn(options, channel, async () => unwrapReply(await vault.call(channel, input, window)));
      await after[channel]?.(input, output);
      return output;
    };
  }
  return handlers as unknown as Handlers<AppContract, HostCall, 'vault'>;
}
