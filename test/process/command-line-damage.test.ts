// A damaged, replaced, newer or busy office on the command line: its area's exit code, a sentence with the way out, and nothing taken away.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockOffice } from '../../electron/adapters/sqlite/office-lock.ts';
import { exitCodeOf, type ErrorCode } from '../../shared/errors/codes.ts';
import { errorTexts } from '../../shared/errors/texts.ts';
import { strongroom, type CommandLineResult } from '../builders/command-line.ts';
import { hasKeyring, startKeyring } from '../builders/keyring.ts';
import { temporaryFolder } from '../builders/office-on-disk.ts';
import { namesIn } from '../faults/photographs.ts';

const folder = temporaryFolder('command-line-damage');
const password = folder.at('password');

beforeAll(async () => {
  writeFileSync(password, 'seven violet kettles hum by the quay');
  const words = ['office', 'create', folder.at('original'), '--password-only', '--password-file', password];
  expect((await strongroom(words)).code).toBe(0);
});
afterAll(() => folder.remove());

/** Every file with its content, apart from what a try leaves: the lock, the counted tries, copies as evidence. */
const holdings = (directory: string): Record<string, string> =>
  Object.fromEntries(
    namesIn(directory)
      .filter(
        (name) => !/^(?:evidence|office\.lock|sign-in-tries)/.test(name) && statSync(join(directory, name)).isFile(),
      )
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(directory, name)))
          .digest('hex'),
      ]),
  );

const unlock = (directory: string, environment: Readonly<Record<string, string>> = {}): Promise<CommandLineResult> =>
  strongroom(['office', 'unlock-check', directory, '--password-file', password], environment);

function expectCalm({ code, stderr }: CommandLineResult, error: ErrorCode): void {
  expect(stderr).toContain(error);
  expect(stderr).toContain(errorTexts[error].title);
  expect(stderr).toContain(errorTexts[error].nextStep.slice(0, 30));
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(code).toBe(exitCodeOf(error));
}

const flip = (path: string, position: number): void => {
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(position) ^ 1, position);
  writeFileSync(path, bytes);
};

describe('the command line', () => {
  const cases: [string, ErrorCode, (directory: string) => void, boolean][] = [
    ['a corrupt page', 'VAULT_CORRUPT', (at) => flip(join(at, 'office.db'), 300), true],
    ['a database cut off', 'VAULT_CORRUPT', (at) => truncateSync(join(at, 'office.db'), 4096), true],
    ['a corrupt header', 'VAULT_HEADER_CORRUPT', (at) => writeFileSync(join(at, 'header.json'), '{"half":'), true],
    [
      'a newer format',
      'VAULT_SCHEMA_NEWER',
      (at) => {
        const path = join(at, 'header.json');
        writeFileSync(path, readFileSync(path, 'utf8').replace('"version":1}', '"version":2}'));
      },
      false,
    ],
  ];
  it.each(cases)('is calm about %s', async (_name, code, damage, copied) => {
    const directory = folder.at(code + String(copied) + String(cases.findIndex(([name]) => name === _name)));
    cpSync(folder.at('original'), directory, { recursive: true });
    damage(directory);
    const before = holdings(directory);
    expectCalm(await unlock(directory), code);
    expect(holdings(directory)).toEqual(before);
    expect(existsSync(join(directory, 'evidence'))).toBe(copied);
  });

  it('is told that another program has the office open', async () => {
    const directory = folder.at('original');
    const lock = lockOffice(directory);
    try {
      expectCalm(await unlock(directory), 'OFFICE_IN_USE');
    } finally {
      lock.release();
    }
    expect((await unlock(directory)).code).toBe(0);
  });
});

if (!hasKeyring()) console.log('skipped: gnome-keyring or dbus is not installed');

describe.skipIf(!hasKeyring())('with a keychain that remembers', () => {
  it('an older copy of the office is refused, and says so', async () => {
    const keyring = await startKeyring();
    try {
      const directory = folder.at('remembered');
      const create = ['office', 'create', directory, '--password-file', password];
      expect((await strongroom(create, keyring.environment)).code).toBe(0);
      cpSync(directory, folder.at('last-week'), { recursive: true });
      expect((await unlock(directory, keyring.environment)).code).toBe(0);
      cpSync(join(folder.at('last-week'), 'office.db'), join(directory, 'office.db'));
      const before = holdings(directory);
      expectCalm(await unlock(directory, keyring.environment), 'VAULT_ROLLED_BACK');
      expect(holdings(directory)).toEqual(before);
      expect(existsSync(join(directory, 'evidence'))).toBe(true);
    } finally {
      await keyring.close();
    }
  });
});
