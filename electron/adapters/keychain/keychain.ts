// The OS keychain: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows. No fallback, to a file or to kernel memory.
import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { AsyncEntry, type EntryOptions } from '@napi-rs/keyring';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { SecretStore } from '../../core/ports/secret-store.ts';
import { createSplitSecrets, type ItemStore } from './split-secrets.ts';

/** Under which the user finds our items in the system's own keychain program. */
export const KEYCHAIN_SERVICE = 'Strongroom';

const NAMES: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  linux: 'Secret Service',
  darwin: 'Keychain',
  win32: 'Credential Manager',
};
/** The binding would fall back to the kernel's keyring, which forgets everything at shutdown. @see @napi-rs/keyring README, Linux backend selection */
const OPTIONS: EntryOptions = { linux: { store: 'secret-service' } };
/** How long the probe waits: a locked keychain may ask its owner for a password. */
const PROBE_LIMIT_MS = 60_000;
const PROBE_KEY = 'probe';

/** What the bus says while the keyring's daemon is being started anew: GNOME's falls over when a client leaves in the middle of a call. */
const DAEMON_GONE =
  /disconnected from message bus|was not provided by any \.service files|NameHasNoOwner|ServiceUnknown/;
const DAEMON_PAUSE_MS = 300;
const MOST_TRIES = 10;

/** Tries again while the keyring's daemon is away: no step here does harm when it is done twice. */
async function patient<T>(work: () => Promise<T>, tries = 1): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (tries >= MOST_TRIES || !(error instanceof Error) || !DAEMON_GONE.test(error.message)) throw error;
    await setTimeout(DAEMON_PAUSE_MS);
    return await patient(work, tries + 1);
  }
}

async function translated<T>(step: string, work: () => Promise<T>): Promise<T> {
  try {
    return await patient(work);
  } catch (cause) {
    throw new AppError('KEYCHAIN_FAILED', { step }, { cause });
  }
}

/** Bytes rather than text: Windows would store text as UTF-16, two bytes a character. */
const items: ItemStore = {
  get: (name) =>
    translated('read', async () => {
      const bytes = await new AsyncEntry(KEYCHAIN_SERVICE, name, OPTIONS).getSecret();
      return bytes && Buffer.from(bytes).toString('utf8');
    }),
  set: (name, value) =>
    translated('write', () => new AsyncEntry(KEYCHAIN_SERVICE, name, OPTIONS).setSecret(Buffer.from(value))),
  delete: (name) =>
    translated('delete', async () => {
      await new AsyncEntry(KEYCHAIN_SERVICE, name, OPTIONS).deleteCredential();
    }),
};

/** True when a fresh value written comes back. */
async function probe(value: string): Promise<boolean> {
  const key = `${PROBE_KEY}/${value}`;
  try {
    await items.set(key, value);
    const back = await items.get(key);
    await items.delete(key);
    return back === value;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

/** A SecretStore over the system's keychain. A positive probe is kept; a negative one is asked again, since a keychain can be unlocked. */
export function createKeychain(): SecretStore {
  const name = NAMES[process.platform] ?? 'keychain';
  const values = createSplitSecrets(items, randomBytes);
  let available: Promise<boolean> | null = null;

  async function ask(): Promise<boolean> {
    if (!(process.platform in NAMES)) return false;
    const late = setTimeout(PROBE_LIMIT_MS, false, { ref: false });
    const answer = await Promise.race([probe(randomBytes(8).toString('hex')), late]);
    if (!answer) available = null;
    return answer;
  }
  const isAvailable = (): Promise<boolean> => (available ??= ask());
  async function guarded<T>(work: () => Promise<T>): Promise<T> {
    if (!(await isAvailable())) throw new AppError('KEYCHAIN_UNAVAILABLE', { store: name });
    return await work();
  }

  return {
    name,
    isAvailable,
    get: (key) => guarded(() => values.get(key)),
    set: (key, value) => guarded(() => values.set(key, value)),
    delete: (key) => guarded(() => values.delete(key)),
  };
}
