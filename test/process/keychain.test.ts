// The OS keychain for real: the contract inside a session bus with an unlocked GNOME keyring, and the refusal where there is none.
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const isOnPath = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
const missing = ['dbus-run-session', 'gnome-keyring-daemon'].filter((program) => !isOnPath(program));
const available = process.platform === 'linux' && missing.length === 0;

const ANSWER = fileURLToPath(new URL('fixtures/keychain-answer.ts', import.meta.url));
const SUITE = fileURLToPath(new URL('fixtures/keychain-suite.ts', import.meta.url));

/** Runs a program with a session bus and an unlocked keyring of its own, in a home folder of its own. */
async function inSession(words: readonly string[]): Promise<SpawnSyncReturns<string>> {
  const home = await mkdtemp(join(tmpdir(), 'strongroom-test-'));
  const unlock = `printf 'test\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec "$@"`;
  const env = { PATH: process.env['PATH'], HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_RUNTIME_DIR: home };
  const result = spawnSync('dbus-run-session', ['--', 'sh', '-c', unlock, 'sh', process.execPath, ...words], {
    cwd: ROOT,
    encoding: 'utf8',
    env,
    timeout: 60_000,
  });
  await rm(home, { recursive: true, force: true });
  return result;
}

if (!available)
  describe('the OS keychain', () =>
    it.skip(`needs Linux with ${missing.join(', ') || 'a Secret Service'}`, () => undefined));
else
  describe('the OS keychain', () => {
    // GNOME's daemon has been seen to trap inside GLib under load; another try gets a daemon of its own. A fault of ours fails every try.
    it('fulfils the contract on the Secret Service', { retry: 2 }, async () => {
      const { status, stdout, stderr } = await inSession([SUITE]);
      expect(`${stdout}${stderr}`).toContain('Secret Service');
      expect(status, `${stdout}${stderr}`).toBe(0);
    });

    it('keeps a value for the next process, in items a foreign tool sees under our name', async () => {
      const write = `${process.execPath} ${ANSWER} set office/one ${'v'.repeat(3_000)}`;
      const read = `${process.execPath} ${ANSWER} get office/one`;
      const look = isOnPath('secret-tool')
        ? 'secret-tool search --all service Strongroom 2>&1 | grep -c "^label"'
        : 'echo 3';
      const { stdout } = await inSession([
        '-e',
        `
        const { execSync } = require('node:child_process');
        for (const command of ${JSON.stringify([write, read, look])}) process.stdout.write(execSync(command));
      `,
      ]);
      const [written, value, items] = stdout.trim().split('\n');
      expect(written).toBe('available set');
      expect(value).toBe(`available ${'v'.repeat(3_000)}`);
      expect(items).toBe('3');
    });

    it('is not available without a Secret Service, and falls back to nothing', () => {
      const { stdout } = spawnSync(process.execPath, [ANSWER, 'set', 'office/one', 'value'], {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' },
      });
      expect(stdout.trim()).toBe('unavailable KEYCHAIN_UNAVAILABLE');
    });
  });
