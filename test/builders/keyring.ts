// A session bus with an unlocked, empty keyring of its own, for tests on the real OS keychain.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

/** A running keyring. `environment` is what a program needs to find it. */
export interface Keyring {
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const PROGRAMS = ['dbus-run-session', 'gnome-keyring-daemon', 'gdbus'];

/** True where the keyring's programs are installed. */
export function hasKeyring(): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return PROGRAMS.every((program) => folders.some((folder) => existsSync(join(folder, program))));
}

/** A bus that starts nothing by itself: what it would start is a keyring that is locked. */
const BUS = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

/**
 * GNOME's daemon aborts when a client leaves the bus in the middle of a call (gkd_secret_service_publish_dispatch: assertion 'client' failed).
 * On a desktop the session starts it anew; here this loop does, until standard input ends.
 */
const SCRIPT = `
(while kill -0 $$ 2>/dev/null; do printf '\\n' | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1; done) &
loop=$!
until gdbus call --session --dest org.freedesktop.secrets --object-path /org/freedesktop/secrets --method org.freedesktop.DBus.Peer.Ping >/dev/null 2>&1
do :; done
echo "$DBUS_SESSION_BUS_ADDRESS"
cat
kill $loop`;

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
  const bus = join(home, 'bus.conf');
  await writeFile(bus, BUS);
  const session = spawn('dbus-run-session', ['--config-file', bus, '--', 'sh', '-c', SCRIPT], {
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
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
