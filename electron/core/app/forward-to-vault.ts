// THE contract's vault calls as the host answers them: hand on, then tell the windows what changed. It decides nothing about permissions.
import { contract, type AppContract } from '../../../shared/ipc/contract.ts';
import { callsOf, type Handlers, type OutputOf, type ParsedInputOf } from '../../../shared/ipc/call.ts';
import type { OfficeSession } from '../office/office-session.ts';
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

/** What a successful call changed, for every window's lists. */
function changesAfter(context: HostContext, session: OfficeSession): After {
  const { emit } = context;
  const client = ({ clientId }: ParsedInputOf<AppContract['batches']['commit']>): void =>
    emit('clients.changed', { clientId });
  return {
    'clients.add': (_, { id }) => emit('clients.changed', { clientId: id }),
    'batches.assign': client,
    'batches.commit': client,
    'batches.undo': client,
    'batches.discard': client,
    'backups.create': () => emit('clients.changed', { clientId: null }),
    'backups.verifyOwn': () => emit('clients.changed', { clientId: null }),
    'connections.assign': ({ connectionId }) => {
      emit('connections.changed', { connectionId });
      emit('clients.changed', { clientId: null });
    },
    'connections.pause': ({ connectionId }) => emit('connections.changed', { connectionId }),
    'office.setPreferences': ({ lockAfterMinutes }) => session.change({ lockAfterMinutes }),
    'office.proveRecoveryKit': () => session.change({ recoveryProven: true }),
  };
}

type Forward = (input: unknown) => Promise<unknown>;
type AnyAfter = (input: unknown, output: unknown) => void | Promise<void>;

/** One handler a vault call of THE contract. */
export function forwardToVault(context: HostContext, session: OfficeSession): Handlers<AppContract, unknown, 'vault'> {
  const vault = context.vault as unknown as Readonly<Record<string, Readonly<Record<string, Forward>>>>;
  const after = changesAfter(context, session) as Readonly<Record<string, AnyAfter>>;
  const handlers: Record<string, Record<string, Forward>> = {};
  for (const channel of callsOf(contract, 'vault').keys()) {
    const [area, name] = channel.split('.') as [string, string];
    const forward = vault[area]?.[name];
    if (!forward) throw new TypeError(`no way to the vault for ${channel}`);
    (handlers[area] ??= {})[name] = async (input) => {
      const output = await forward(input);
      await after[channel]?.(input, output);
      return output;
    };
  }
  return handlers as unknown as Handlers<AppContract, unknown, 'vault'>;
}
