// A real vault process with a toy key derivation and a client to speak to it, for tests that start or kill many. Secrets are sealed to it
// as a window would.
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createSealedTexts } from '../../electron/adapters/crypto/hpke-sealed-texts.ts';
import { createChildProcessSpawn } from '../../electron/adapters/process/child-process-port.ts';
import { createProcessTransport } from '../../electron/adapters/process/process-transport.ts';
import type { ProcessExit } from '../../electron/core/ports/process-port.ts';
import { vaultProcessContract } from '../../electron/core/vault/vault-dispatch.ts';
import type { WireRequest } from '../../shared/ipc/call.ts';
import { createClient } from '../../shared/ipc/client.ts';
import { RecoveryKit } from '../../shared/ipc/contract/office.ts';
import type { OpenedOffice } from '../../shared/ipc/processes/vault-contract.ts';
import { newId, OfficeId } from '../../shared/model/ids.ts';
import type { SealedPurpose, SealedText } from '../../shared/model/sealed-text.ts';
import { bundleProcess } from './vault-bundle.ts';

const entry = fileURLToPath(new URL('insecure-vault-process.ts', import.meta.url));

/** Password of the offices these processes open, unless a test says otherwise. */
export const VAULT_PASSWORD = 'seven violet kettles hum by the quay';
/** Everything comes from one window: signing in is a fresh proof there. */
const WINDOW = 'window of the test';

/** Lines the process wrote to standard error: unexpected errors only. */
export const vaultErrors: string[] = [];

/** How a vault process is started: from the sources in a clean environment unless told otherwise. */
export interface VaultStart {
  readonly file?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** The same process bundled and compiled ahead, so that a thousand starts are cheap. */
export async function prepareManyStarts(
  cache: string,
): Promise<{ readonly start: VaultStart; readonly remove: () => Promise<void> }> {
  const { file, remove } = await bundleProcess(entry);
  const environment = { NODE_COMPILE_CACHE: cache };
  const child = fork(file, [], { env: environment, serialization: 'json' });
  const inspect = { call: 'vaultOffice.inspect', input: { directory: cache }, session: null, window: null };
  child.send(JSON.stringify({ id: 1, request: JSON.stringify(inspect satisfies WireRequest) }));
  await once(child, 'message');
  child.disconnect();
  await once(child, 'exit');
  return { start: { file, environment }, remove };
}

export function startVault({ file = entry, environment = {} }: VaultStart = {}) {
  const spawn = createChildProcessSpawn({
    entries: { vault: file, connector: file },
    onStandardError: (_name, line) => vaultErrors.push(line),
    environment,
  });
  const port = spawn('vault');
  const transport = createProcessTransport(port);
  const client = createClient(vaultProcessContract, {
    call: (channel, input) => transport.call(channel, input, WINDOW),
    subscribe: (channel, listener) => transport.subscribe(channel, listener),
  });
  const texts = createSealedTexts();
  const ended = new Promise<ProcessExit>((resolve) => void port.onExit(resolve));
  return {
    port,
    client,
    setSession: (session: string | null) => transport.setSession(session),
    /** Any folder will do: the key is the process's own. */
    seal: async (purpose: SealedPurpose, text: string): Promise<SealedText> => {
      const { entryKey } = await client.vaultOffice.inspect({ directory: 'anywhere' });
      return await texts.seal(entryKey, purpose, text);
    },
    replyKey: () => texts.publicKey(),
    openKit: async (sealed: SealedText) => RecoveryKit.parse(JSON.parse(await texts.open('recovery-kit', sealed))),
    /** Ends it without its cooperation and waits until it is gone. */
    kill: async () => {
      port.kill();
      return await ended;
    },
    ended,
  };
}
export type RunningVault = ReturnType<typeof startVault>;

/** Makes an office without a device secret and stays signed in as its owner. */
export async function createVaultOffice(
  vault: RunningVault,
  directory: string,
  { password = VAULT_PASSWORD, ownerName = 'Ada Keel' }: { password?: string; ownerName?: string } = {},
): Promise<{ readonly opened: OpenedOffice; readonly recoveryKey: string }> {
  const { opened, kit } = await vault.client.vaultOffice.create({
    directory,
    window: WINDOW,
    officeId: newId(OfficeId, 'office', randomBytes(10)),
    name: 'Keel & Partners',
    ownerName,
    password: await vault.seal('new-password', password),
    deviceSecret: null,
    lockAfterMinutes: 5,
    replyKey: await vault.replyKey(),
  });
  vault.setSession(opened.session);
  return { opened, recoveryKey: (await vault.openKit(kit)).groups.join('-') };
}

/** Signs the office's first user in; nothing is remembered of it outside its folder unless `anchor` says so. */
export async function unlockVaultOffice(
  vault: RunningVault,
  directory: string,
  { password = VAULT_PASSWORD, anchor = null }: { password?: string; anchor?: string | null } = {},
): Promise<OpenedOffice> {
  const [user] = (await vault.client.vaultOffice.inspect({ directory })).users;
  if (!user) throw new TypeError(`no office in ${directory}`);
  const opened = await vault.client.vaultOffice.unlock({
    directory,
    window: WINDOW,
    userId: user.id,
    password: await vault.seal('password', password),
    deviceSecret: null,
    deviceOutput: null,
    code: null,
    anchor,
    acceptOlderState: false,
    alerts: [],
  });
  vault.setSession(opened.session);
  return opened;
}

/** Restores a backup with its recovery key. */
export async function restoreVaultOffice(
  vault: RunningVault,
  {
    directory,
    path,
    recoveryKey,
    password,
  }: { directory: string; path: string; recoveryKey: string; password: string },
): Promise<void> {
  await vault.client.vaultOffice.restore({
    directory,
    window: WINDOW,
    path,
    key: { kind: 'recovery', recoveryKey: await vault.seal('recovery-key', recoveryKey) },
    newPassword: await vault.seal('new-password', password),
    deviceSecret: null,
    replyKey: await vault.replyKey(),
  });
}
