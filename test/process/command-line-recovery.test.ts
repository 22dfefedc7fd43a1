// The owner's way back on another computer: its keychain knows nothing of the office. From the folder with the paper key, and from a backup.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { strongroom, strongroomJson, type CommandLineResult } from '../builders/command-line.ts';
import { hasKeyring, startKeyring, type Keyring } from '../builders/keyring.ts';

if (!hasKeyring()) console.log('skipped: gnome-keyring or dbus is not installed');

const FILES = {
  first: 'seven violet kettles hum by the quay',
  second: 'nine amber bicycles drift past noon',
  third: 'pelican harbour sixty maroon lanterns',
};

describe.skipIf(!hasKeyring())('recovery on the command line', () => {
  let folder = '';
  let here: Keyring;
  let there: Keyring;
  let newKey = '';
  const file = (name: string): string => join(folder, name);
  const run = (keyring: Keyring, ...words: string[]): Promise<CommandLineResult> =>
    strongroom(words, keyring.environment);
  const json = <T>(keyring: Keyring, ...words: string[]): Promise<T> => strongroomJson<T>(words, keyring.environment);
  const password = (name: keyof typeof FILES): string[] => ['--password-file', file(name)];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strongroom-recovery-'));
    for (const [name, text] of Object.entries(FILES)) await writeFile(file(name), `${text}\n`);
    [here, there] = [await startKeyring(), await startKeyring()];
    const create = ['office', 'create', file('office'), '--owner', 'Olivia', '--kit', file('kit.pdf')];
    const created = await json<{ recoveryKey: string; kit: string }>(here, ...create, ...password('first'));
    await writeFile(file('paper'), created.recoveryKey.replaceAll('-', ' ').toLowerCase());
    expect((await readFile(created.kit)).subarray(0, 5).toString()).toBe('%PDF-');
    await json(here, 'clients', 'add', file('office'), 'Harbour Bakery', ...password('first'));
    const invite = ['users', 'invite', file('office'), 'Ben', '--role', 'reviewer', '--all'];
    await json(here, ...invite, ...password('first'));
    await json(here, 'backup', 'create', file('office'), file('office.age'), ...password('first'));
    await cp(file('office'), file('carried'), { recursive: true });
  });
  afterAll(async () => {
    await Promise.all([here.close(), there.close()]);
    await rm(folder, { recursive: true, force: true });
  });

  const recover = (paper: string): Promise<CommandLineResult> => {
    const words = ['office', 'recover', file('carried'), '--json', '--kit', file('new-kit.pdf')];
    return run(there, ...words, '--recovery-key-file', file(paper), '--new-password-file', file('second'));
  };

  test('a folder carried to another computer does not open with the password, and the way out is named', async () => {
    const { code, stderr } = await run(there, 'office', 'unlock-check', file('carried'), ...password('first'));
    expect(code).toBe(12);
    expect(stderr).toContain('KEYCHAIN_ENTRY_MISSING');
    expect(stderr).toContain(`strongroom office recover ${file('carried')}`);
  });

  test('a wrong paper opens nothing', async () => {
    await writeFile(file('wrong-paper'), 'AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA');
    const { code, stderr } = await recover('wrong-paper');
    expect(code).toBe(13);
    expect(stderr).toContain('SESSION_WRONG_CREDENTIALS');
  });

  test('the paper opens it with a new password, new keys and a new kit', async () => {
    const { code, stdout } = await recover('paper');
    expect(code).toBe(0);
    const { recoveryKey, kit } = JSON.parse(stdout) as { recoveryKey: string; kit: string };
    expect((await readFile(kit)).subarray(0, 5).toString()).toBe('%PDF-');
    newKey = recoveryKey;
    expect(await json(there, 'verify', file('carried'), ...password('second'))).toMatchObject({ ok: true });
    expect(await json(there, 'clients', 'list', file('carried'), ...password('second'))).toMatchObject([
      { name: 'Harbour Bakery' },
    ]);
    const security = await json(there, 'office', 'security', file('carried'), ...password('second'));
    expect(security).toMatchObject({ officeKey: { generation: 2 }, clientKeys: [{ key: { generation: 2 } }] });
  });

  test('old password and old paper open it no more, the new paper does', async () => {
    expect((await run(there, 'verify', file('carried'), ...password('first'))).code).toBe(13);
    expect((await recover('paper')).code).toBe(13);
    await rm(file('new-kit.pdf'));
    await writeFile(file('new-paper'), newKey);
    expect((await recover('new-paper')).code).toBe(0);
  });

  test('a backup and its paper bring the office back where there is no folder; people are invited anew', async () => {
    const words = ['backup', 'restore', file('office.age'), file('restored'), '--password-only'];
    const restored = await json(there, ...words, '--recovery-key-file', file('paper'), ...password('third'));
    expect(restored).toMatchObject({ contents: { ok: true, clients: 1 }, usersToInvite: 1 });
    const users = ['users', 'list', file('restored'), '--user', 'Olivia', ...password('third')];
    expect(await json(there, ...users)).toMatchObject([
      { name: 'Olivia', state: 'active' },
      { name: 'Ben', state: 'unreachable' },
    ]);
    const reset = ['users', 'reset', file('restored'), 'Ben', '--user', 'Olivia', ...password('third')];
    expect(await json(there, ...reset)).toMatchObject({ user: { name: 'Ben', state: 'invited' } });
  });
});
