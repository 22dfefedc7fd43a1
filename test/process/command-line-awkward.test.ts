// Awkward words on the command line: every one is a sentence and its area's exit code, never a stack, and JSON stays JSON.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { StatementInspection } from '../../shared/model/statement-inspection.ts';
import { strongroom } from '../builders/command-line.ts';
import { camtText, ledgerRows } from '../builders/statement-files.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strongroom-awkward-'));
  await writeFile(join(folder, 'good.xml'), camtText({ rows: ledgerRows(3) }));
  await writeFile(join(folder, 'password'), 'seven violet kettles hum by the quay');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const PAPER = ['--recovery-key-file', 'password', '--new-password-file', 'password'];
/** A session bus that nobody answers on. */
const NO_KEYCHAIN = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' };

describe('awkward words', () => {
  test.each([
    ['no such command', ['dance'], 2, 'USAGE_INVALID'],
    ['an option of another command', ['office', 'info', '.', '--port', '5'], 2, 'USAGE_INVALID'],
    ['a word too many', ['office', 'info', '.', 'more'], 2, 'USAGE_INVALID'],
    ['a missing word', ['office', 'info'], 2, 'USAGE_INVALID'],
    ['no office to recover', ['office', 'recover', 'nowhere', ...PAPER], 10, 'OFFICE_NOT_FOUND'],
    ['who signs in, where nobody does', ['office', 'info', 'nowhere', '--user', 'Ada'], 2, 'USAGE_INVALID'],
    ['a role that is none', ['users', 'role', 'nowhere', 'Ada', '--role', 'boss'], 2, 'USAGE_INVALID'],
    ['no office there', ['office', 'unlock-check', 'nowhere', '--password-file', 'password'], 10, 'OFFICE_NOT_FOUND'],
    ['a password file that is missing', ['verify', 'nowhere', '--password-file', 'none'], 2, 'USAGE_INVALID'],
    ['an unknown misbehaviour', ['practice-bank', '--misbehave', 'tantrum'], 2, 'USAGE_INVALID'],
    ['a port that is none', ['practice-bank', '--port', '99999'], 2, 'USAGE_INVALID'],
  ])('%s', async (_, words, code, name) => {
    const placed = words.map((word) => (['password', 'none', 'nowhere'].includes(word) ? join(folder, word) : word));
    const { code: exit, stdout, stderr } = await strongroom([...placed, '--json']);
    expect(exit).toBe(code);
    expect(stderr).toContain(name);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: name } });
  });

  test('an empty folder is described and has the exit code of an office that is not there', async () => {
    const { code, stdout } = await strongroom(['office', 'info', join(folder, 'nowhere'), '--json']);
    expect(code).toBe(10);
    expect(JSON.parse(stdout)).toMatchObject({ state: 'none', office: null, users: [] });
    expect((await strongroom(['office', 'info', join(folder, 'nowhere')])).stdout).toContain(
      'strongroom office create',
    );
  });

  test('an office that is there is said before a keychain is asked for, and before anything is written', async () => {
    const office = join(folder, 'first');
    const password = ['--password-file', join(folder, 'password')];
    const none = await strongroom(['office', 'create', office, ...password], NO_KEYCHAIN);
    expect(none).toMatchObject({ code: 12, stderr: expect.stringContaining('KEYCHAIN_UNAVAILABLE') as string });
    expect((await strongroom(['office', 'create', office, '--password-only', ...password], NO_KEYCHAIN)).code).toBe(0);
    const again = await strongroom(['office', 'create', office, ...password], NO_KEYCHAIN);
    expect(again).toMatchObject({ code: 10, stderr: expect.stringContaining('OFFICE_EXISTS') as string });
  });

  test('a kit that cannot be saved hides no recovery key, and the exit code says so', async () => {
    const words = ['office', 'create', join(folder, 'kitless'), '--password-only', '--json'];
    const kit = ['--password-file', join(folder, 'password'), '--kit', join(folder, 'nowhere', 'kit.pdf')];
    const { code, stdout, stderr } = await strongroom([...words, ...kit]);
    expect(code).toBe(40);
    expect(stderr).toContain('BACKUP_FOLDER_NOT_FOUND');
    expect(JSON.parse(stdout)).toMatchObject({
      kit: null,
      recoveryKey: expect.stringMatching(/^\w{4}(-\w{4}){7}$/) as string,
    });
  });

  test('statements inspect answers for every file, also for one that is missing or a folder', async () => {
    const files = [join(folder, 'good.xml'), join(folder, 'missing.ofx'), folder];
    const { code, stdout } = await strongroom(['statements', 'inspect', ...files, '--json']);
    const [good, missing, directory] = StatementInspection.array().parse(JSON.parse(stdout));
    expect(good?.statements[0]?.transactions).toHaveLength(3);
    expect(missing).toMatchObject({ statements: [], error: { code: 'STATEMENT_UNREADABLE' } });
    expect(directory).toMatchObject({ statements: [], error: { code: 'STATEMENT_UNREADABLE' } });
    expect(code).toBe(30);
  });

  test('a damaged header is no empty folder', async () => {
    const office = join(folder, 'damaged');
    const created = await strongroom([
      'office',
      'create',
      office,
      '--password-only',
      '--password-file',
      join(folder, 'password'),
    ]);
    expect(created.code).toBe(0);
    await writeFile(join(office, 'header.json'), '{"half":');
    const { code, stdout } = await strongroom(['office', 'info', office]);
    expect(code).toBe(11);
    expect(stdout).toContain('VAULT_HEADER');
  });
});
