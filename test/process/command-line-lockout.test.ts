// Ten wrong passwords, each from a command of its own, stop signing in: also after restarts, and also where the counter's file was deleted.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OfficeStatus } from '../../shared/ipc/contract/office.ts';
import { TRIES_FILE } from '../../electron/adapters/vault-files/tries-file.ts';
import { strongroom, strongroomJson, type CommandLineResult } from '../builders/command-line.ts';
import { hasKeyring, startKeyring, type Keyring } from '../builders/keyring.ts';

if (!hasKeyring()) console.log('skipped: gnome-keyring or dbus is not installed');

describe.skipIf(!hasKeyring())('a lock-out on the command line', () => {
  let folder = '';
  let keyring: Keyring;
  const office = (): string => join(folder, 'office');
  const file = (name: string): string => join(folder, name);
  const signIn = (password: string, user = 'Olivia'): Promise<CommandLineResult> =>
    strongroom(
      ['office', 'unlock-check', office(), '--user', user, '--password-file', file(password)],
      keyring.environment,
    );
  async function atTheDoor(name: string): Promise<OfficeStatus['users'][number] | undefined> {
    const { users } = await strongroomJson<OfficeStatus>(['office', 'info', office()], keyring.environment);
    return users.find((user) => user.name === name);
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strongroom-lockout-'));
    await writeFile(file('right'), 'seven violet kettles hum by the quay');
    await writeFile(file('wrong'), 'seven violet kettles hum by the lake');
    await writeFile(file('ben'), 'pelican harbour sixty maroon lanterns');
    keyring = await startKeyring();
    const owner = ['--password-file', file('right')];
    await strongroomJson(['office', 'create', office(), '--owner', 'Olivia', ...owner], keyring.environment);
    const invite = ['users', 'invite', office(), 'Ben', '--role', 'reviewer', ...owner];
    const { code } = await strongroomJson<{ code: string }>(invite, keyring.environment);
    await writeFile(file('code'), code);
    const accept = ['users', 'accept', office(), '--user', 'Ben', '--invitation-file', file('code')];
    await strongroomJson([...accept, '--new-password-file', file('ben')], keyring.environment);
  });
  afterAll(async () => {
    await keyring.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('nine wrong tries count down, the tenth stops her for thirty minutes', async () => {
    for (let left = 9; left >= 1; left -= 1) {
      const { code, stderr } = await signIn('wrong');
      expect(code).toBe(13);
      expect(stderr).toContain(`${left} tries left`);
    }
    expect((await signIn('wrong')).stderr).toContain('Signing in waits for 30 minutes');
  });

  test('then the right password is refused as well, and says how long', async () => {
    const { code, stderr } = await signIn('right');
    expect(code).toBe(13);
    expect(stderr).toContain('SESSION_LOCKED_OUT');
    expect(stderr).toMatch(/Try again in (29|30) min/);
    const user = await atTheDoor('Olivia');
    expect(user?.triesLeft).toBe(0);
    expect(user?.waitSeconds).toBeGreaterThan(1500);
    expect(user?.waitSeconds).toBeLessThanOrEqual(1800);
  });

  test('deleting the counter’s file gains nothing', async () => {
    await rm(join(office(), TRIES_FILE));
    expect((await signIn('right')).stderr).toContain('SESSION_LOCKED_OUT');
  });

  test('a colleague may sign in, and is told', async () => {
    const { code, stderr } = await signIn('ben', 'Ben');
    expect(code).toBe(0);
    expect(stderr).toContain('10 wrong tries to sign in as Olivia');
    expect(stderr).toContain('Signing in was stopped');
    expect((await signIn('ben', 'Ben')).stderr).not.toContain('wrong tries');
    expect((await signIn('right')).stderr).toContain('SESSION_LOCKED_OUT');
  });
});
