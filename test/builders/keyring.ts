// A session bus with an unlocked, empty keyring of its own, for tests on the real OS keychain.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

/** A running keyring. `environment` is what a program needs to find it. */
export interface Keyring {
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const PROGRAMS = ['dbus-run-session', 'gnome-keyring-daemon'];

/** True where the keyring's programs are installed. */
export function hasKeyring(): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return PROGRAMS.every((program) => folders.some((folder) => existsSync(join(folder, program))));
}

const SCRIPT = `printf '\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null && echo "$DBUS_SESSION_BUS_ADDRESS" && exec cat`;

/** Starts a bus and a keyring; both end with `close`. */
export async function startKeyring(): Promise<Keyring> {
  const home = await mkdtemp(join(tmpdir(), 'keyring-'));
  const own = {
    HOME: home,
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_RUNTIME_DIR: home,
  };
  const env = { ...process.env, ...own };
  const session = spawn('dbus-run-session', ['--', 'sh', '-c', SCRIPT], { env, stdio: ['pipe', 'pipe', 'ignore'] });
  const exited = new Promise<void>((resolve) => session.once('exit', () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: session.stdout }).once('line', resolve);
    session.once('error', reject);
    session.once('exit', (code) => reject(new Error(`the keyring ended with ${code}`)));
  });
  return {
    environment: { ...own, DBUS_SESSION_BUS_ADDRESS: address },
    close: async () => {
      session.stdin.end();
      await exited;
      await rm(home, { recursive: true, force: true });
    },
  };
}
