// The command line as an accountant would type it: office, client, connection, sync, import, search, health, verify, backup, restore.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { BackupContents } from '../../shared/ipc/contract/backups.ts';
import type { ConnectionView, SyncOutcome } from '../../shared/ipc/contract/connections.ts';
import { PROGRAM_ENTRY, strongroom, strongroomJson, type CommandLineResult } from '../builders/command-line.ts';
import { hasKeyring, startKeyring, type Keyring } from '../builders/keyring.ts';

const CLIENT = 'Ashdown & Pryce Joinery Ltd';

if (!hasKeyring()) console.log('skipped: gnome-keyring or dbus is not installed');

describe.skipIf(!hasKeyring())('the command line', () => {
  let folder = '';
  let keyring: Keyring;
  let bank: ChildProcess;
  let environment: Record<string, string> = {};
  let recoveryKey = '';
  const office = (): string => join(folder, 'office');
  const details = (): string => join(folder, 'bank.json');
  const json = <T>(...words: string[]): Promise<T> => strongroomJson<T>(words, environment, PROGRAM_ENTRY);
  const run = (...words: string[]): Promise<CommandLineResult> => strongroom(words, environment, PROGRAM_ENTRY);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strongroom-cli-'));
    await writeFile(join(folder, 'password'), 'seven violet kettles hum by the quay\n', { mode: 0o600 });
    keyring = await startKeyring();
    environment = { ...keyring.environment, STRONGROOM_PASSWORD_FILE: join(folder, 'password') };
    bank = spawn(process.execPath, [PROGRAM_ENTRY, 'practice-bank', '--details', details(), '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise<void>((resolve) =>
      createInterface({ input: bank.stdout! }).on('line', (line) => line === '}' && resolve()),
    );
  });

  afterAll(async () => {
    const ended = new Promise((resolve) => bank.once('exit', resolve));
    bank.kill('SIGTERM');
    await ended;
    await keyring.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('creates an office and shows its recovery key', async () => {
    const created = await json<{ recoveryKey: string }>('office', 'create', office(), '--name', 'Harbour Lane');
    recoveryKey = created.recoveryKey;
    expect(recoveryKey).toMatch(/^([0-9A-Z]{4}-){7}[0-9A-Z]{4}$/);
    expect(await json('office', 'info', office())).toMatchObject({
      office: { name: 'Harbour Lane' },
      protection: 'keychain',
    });
  });

  test('opens it with the right password and with no other', async () => {
    expect(await json('office', 'unlock-check', office())).toMatchObject({ unlocked: true });
    await writeFile(join(folder, 'wrong'), 'seven violet kettles hum by the lake');
    const { code, stderr } = await run('office', 'unlock-check', office(), '--password-file', join(folder, 'wrong'));
    expect(code).toBe(13);
    expect(stderr).toContain('SESSION_WRONG_CREDENTIALS');
  });

  test('adds clients, refuses the same name twice', async () => {
    await json('clients', 'add', office(), CLIENT);
    expect((await run('clients', 'add', office(), CLIENT)).code).toBe(14);
    expect(await json('clients', 'list', office())).toMatchObject([{ name: CLIENT, accounts: 0 }]);
  });

  test('connects the practice bank, assigns only what was named', async () => {
    const words = [
      'connect',
      office(),
      '--type',
      'uk-open-banking',
      '--client',
      CLIENT,
      '--practice',
      '--details',
      details(),
    ];
    const all = await json<ConnectionView>(...words, '--start', '2025-01-01');
    expect(all.accounts.length).toBeGreaterThan(1);
    expect(all.accounts.every(({ clientId }) => clientId === null)).toBe(true);
    const [first] = all.accounts;
    const named = await json<ConnectionView>(...words, '--account', first?.account.iban ?? '');
    expect(named.accounts.filter(({ clientId }) => clientId !== null)).toHaveLength(1);
  });

  test('syncs: a dry run changes nothing, the first brings rows, the second brings none', async () => {
    const connections = await json<ConnectionView[]>('health', office());
    const id = connections.find(({ accounts }) => accounts.some(({ clientId }) => clientId))?.id ?? '';
    const sync = (...words: string[]) => json<SyncOutcome[]>('sync', office(), '--connection', id, ...words);
    const newRows = (outcomes: SyncOutcome[]): number =>
      outcomes.flatMap(({ batches }) => batches).reduce((sum, { counts }) => sum + counts.new, 0);
    const dry = newRows(await sync('--dry-run'));
    expect(dry).toBeGreaterThan(0);
    expect(await json<unknown[]>('transactions', office())).toHaveLength(0);
    expect(newRows(await sync())).toBe(dry);
    expect(newRows(await sync())).toBe(0);
    expect(await json<unknown[]>('transactions', office())).toHaveLength(dry);
  });

  test('finds transactions and writes them as inert CSV', async () => {
    const rows = await json<{ bookingDate: string; counterparty: string | null }[]>(
      'transactions',
      office(),
      '--client',
      CLIENT,
      '--from',
      '2026-01-01',
    );
    expect(rows.every(({ bookingDate }) => bookingDate >= '2026-01-01')).toBe(true);
    const word = rows.find(({ counterparty }) => counterparty)?.counterparty?.split(' ')[0] ?? '';
    expect((await json<unknown[]>('transactions', office(), '--search', word)).length).toBeGreaterThan(0);
    const csv = await run('transactions', office(), '--csv');
    expect(csv.stdout.split('\r\n')[0]).toBe(
      'client,account,date,value date,state,amount,currency,counterparty,description',
    );
  });

  test('a file that is no statement changes nothing and says what to do', async () => {
    await writeFile(join(folder, 'bad.ofx'), 'this is a shopping list');
    const { code, stderr } = await run('import', office(), join(folder, 'bad.ofx'), '--client', CLIENT);
    expect(code).toBe(30);
    expect(stderr).toContain('STATEMENT_FORMAT_UNKNOWN');
  });

  test('verifies, backs up, restores elsewhere without bank credentials', async () => {
    expect(await json('verify', office())).toMatchObject({ ok: true });
    const before = await json<unknown[]>('transactions', office());
    const backup = join(folder, 'office.age');
    await json('backup', 'create', office(), backup);
    expect((await readFile(backup, 'latin1')).startsWith('age-encryption.org/v1\n')).toBe(true);
    await writeFile(join(folder, 'recovery'), recoveryKey);
    const key = ['--recovery-key-file', join(folder, 'recovery')];
    expect(await json<BackupContents>('backup', 'verify', backup, ...key)).toMatchObject({ ok: true, clients: 1 });
    const restored = join(folder, 'restored');
    const otherComputer = await startKeyring();
    onTestFinished(() => otherComputer.close());
    environment = { ...environment, ...otherComputer.environment };
    expect(await json('backup', 'restore', backup, restored, ...key)).toMatchObject({
      recoveryKey: null,
      connectionsToReauthorise: 2,
    });
    expect(await json<unknown[]>('transactions', restored)).toEqual(before);
    const [connection] = (await json<ConnectionView[]>('health', restored)).filter(({ accounts }) =>
      accounts.some(({ clientId }) => clientId),
    );
    expect(connection?.health).toMatchObject({ state: 'needs-you', whoseMove: 'you' });
    const again = await run('sync', restored, '--connection', connection?.id ?? '');
    expect(again.code).toBe(20);
    expect(again.stderr).toMatch(/CONNECTION_CREDENTIALS_MISSING|CONNECTION_NOT_READY/);
  });

  test('the wrong recovery key opens no backup and leaves nothing behind', async () => {
    await writeFile(join(folder, 'other'), 'AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA');
    const target = join(folder, 'nothing');
    const words = [
      'backup',
      'restore',
      join(folder, 'office.age'),
      target,
      '--recovery-key-file',
      join(folder, 'other'),
    ];
    expect((await run(...words)).code).toBe(40);
    const info = await run('office', 'info', target, '--json');
    expect(info.code).toBe(10);
    expect(JSON.parse(info.stdout)).toMatchObject({ state: 'none', office: null });
  });
});
