// Several people at one office from the command line: invited, let in, kept to their clients and roles, reset and removed; a password
// changed; an audit log exported and verified without the office.
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SecurityState } from '../../shared/ipc/contract/security.ts';
import type { OfficeUserView } from '../../shared/ipc/contract/users.ts';
import { strongroom, strongroomJson, type CommandLineResult } from '../builders/command-line.ts';

const [JOINERY, BAKERY] = ['Ashdown Joinery', 'Harbour Bakery'];
const PASSWORDS = {
  olivia: 'seven violet kettles hum by the quay',
  ben: 'pelican harbour sixty maroon lanterns',
  wrong: 'seven violet kettles hum by the lake',
  next: 'nine amber bicycles drift past noon',
};
type Person = keyof typeof PASSWORDS;

describe('people on the command line', () => {
  let folder = '';
  const office = (): string => join(folder, 'office');
  const file = (name: string): string => join(folder, name);
  const as = (person: Person, user: string = person): string[] => ['--user', user, '--password-file', file(person)];
  const run = (...words: string[]): Promise<CommandLineResult> => strongroom(words);
  const json = <T>(...words: string[]): Promise<T> => strongroomJson<T>(words);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strongroom-people-'));
    for (const [name, password] of Object.entries(PASSWORDS)) await writeFile(file(name), `${password}\n`);
    const words = ['--owner', 'Olivia', '--password-only', '--password-file', file('olivia')];
    await json('office', 'create', office(), ...words);
    for (const client of [JOINERY, BAKERY]) await json('clients', 'add', office(), client, ...as('olivia'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function invite(...words: string[]): Promise<{ user: OfficeUserView; code: string }> {
    const invited = await json<{ user: OfficeUserView; code: string }>(...words, ...as('olivia'));
    await writeFile(file('code'), invited.code);
    return invited;
  }

  const accept = (password: Person): Promise<CommandLineResult> => {
    const words = ['users', 'accept', office(), '--user', 'Ben', '--json'];
    return run(...words, '--invitation-file', file('code'), '--new-password-file', file(password));
  };

  const clientsOf = async (...words: string[]): Promise<string[]> =>
    (await json<{ name: string }[]>('clients', 'list', office(), ...words)).map(({ name }) => name);

  async function expectRefused(result: Promise<CommandLineResult>, exit: number, code: string): Promise<string> {
    const { code: ended, stderr } = await result;
    expect({ ended, stderr }).toEqual({ ended: exit, stderr: expect.stringContaining(code) as string });
    expect(stderr).not.toMatch(/\n\s+at /);
    return stderr;
  }

  test('an invitation lets in once, with its code and a password of her own', async () => {
    const words = ['users', 'invite', office(), 'Ben', '--role', 'accountant', '--clients', JOINERY.toLowerCase()];
    const { user, code } = await invite(...words);
    expect(user).toMatchObject({ name: 'Ben', role: 'accountant', state: 'invited' });
    await expectRefused(run('clients', 'list', office(), ...as('ben')), 2, 'users accept');
    await writeFile(file('code'), code.replaceAll(/./g, 'A'));
    await expectRefused(accept('ben'), 13, 'SESSION_WRONG_CREDENTIALS');
    await writeFile(file('code'), code);
    const accepted = await accept('ben');
    expect(JSON.parse(accepted.stdout)).toMatchObject({ accepted: true, user: { name: 'Ben', role: 'accountant' } });
    await expectRefused(accept('next'), 2, 'no invitation');
    await expectRefused(run('clients', 'list', office(), ...as('next', 'Ben')), 13, 'SESSION_WRONG_CREDENTIALS');
  });

  test('where there are several people, one says who she is', async () => {
    const stderr = await expectRefused(run('verify', office(), '--password-file', file('olivia')), 2, '--user NAME');
    expect(stderr).toContain('‘Olivia’, ‘Ben’');
    await expectRefused(run('verify', office(), ...as('ben', 'Bill')), 2, 'nobody is called ‘Bill’');
  });

  test('she has the client she was given, and what her role refuses ends with the code of sessions', async () => {
    expect(await clientsOf(...as('ben'))).toEqual([JOINERY]);
    expect(await clientsOf(...as('olivia'))).toEqual([JOINERY, BAKERY]);
    for (const words of [
      ['users', 'list', office()],
      ['users', 'remove', office(), 'Olivia'],
      ['users', 'role', office(), 'Ben', '--role', 'owner'],
      ['keys', 'rotate', office()],
      ['audit', 'export', office(), file('ben.jsonl')],
    ])
      await expectRefused(run(...words, ...as('ben')), 13, 'SESSION_FORBIDDEN');
    await expectRefused(run('transactions', office(), '--client', BAKERY, ...as('ben')), 14, 'CLIENT_NOT_FOUND');
  });

  test('another role and another access hold at once, and losing a client renews its key', async () => {
    await json('users', 'role', office(), 'Ben', '--role', 'auditor', ...as('olivia'));
    expect(await json<OfficeUserView[]>('users', 'list', office(), ...as('ben'))).toHaveLength(2);
    await expectRefused(run('clients', 'add', office(), 'New Ltd', ...as('ben')), 13, 'SESSION_FORBIDDEN');
    const generation = async (name: string): Promise<number | undefined> => {
      const { clientKeys } = await json<SecurityState>('office', 'security', office(), ...as('olivia'));
      return clientKeys.find((one) => one.name === name)?.key.generation;
    };
    const before = await generation(JOINERY);
    await json('users', 'access', office(), 'Ben', '--clients', BAKERY, ...as('olivia'));
    expect(await generation(JOINERY)).toBe((before ?? 0) + 1);
    expect(await clientsOf(...as('ben'))).toEqual([BAKERY]);
    await expectRefused(run('users', 'access', office(), 'Ben', ...as('olivia')), 2, 'USAGE_INVALID');
  });

  test('new keys for one client, and for everything after a compromise; all of it opens afterwards', async () => {
    const state = async (): Promise<SecurityState> =>
      await json<SecurityState>('office', 'security', office(), ...as('olivia'));
    const generations = ({ officeKey, clientKeys }: SecurityState): number[] =>
      [officeKey, ...clientKeys.map(({ key }) => key)].map(({ generation }) => generation);
    const [ofOffice = 0, ofJoinery = 0, ofBakery = 0] = generations(await state());
    const one = await json('keys', 'rotate', office(), '--client', JOINERY, ...as('olivia'));
    expect(one).toMatchObject({ databases: 1 });
    expect(generations(await state())).toEqual([ofOffice, ofJoinery + 1, ofBakery]);
    const all = await json('keys', 'rotate', office(), '--all', '--compromised', ...as('olivia'));
    expect(all).toMatchObject({ databases: 3 });
    expect(generations(await state())).toEqual([ofOffice + 1, ofJoinery + 2, ofBakery + 1]);
    expect(await json('verify', office(), ...as('olivia'))).toMatchObject({ ok: true });
    expect(await clientsOf(...as('ben'))).toEqual([BAKERY]);
    await expectRefused(run('keys', 'rotate', office(), '--all', '--client', JOINERY, ...as('olivia')), 2, 'not both');
  });

  test('a reset invites anew: the old password opens nothing, the new one does', async () => {
    const { officeKey } = await json<SecurityState>('office', 'security', office(), ...as('olivia'));
    await invite('users', 'reset', office(), 'Ben', '--compromised');
    const state = await json<SecurityState>('office', 'security', office(), ...as('olivia'));
    expect(state.officeKey.generation).toBe(officeKey.generation + 1);
    await expectRefused(run('verify', office(), ...as('ben')), 2, 'users accept');
    expect((await accept('next')).code).toBe(0);
    await expectRefused(run('verify', office(), ...as('ben')), 13, 'SESSION_WRONG_CREDENTIALS');
    expect(await clientsOf(...as('next', 'Ben'))).toEqual([BAKERY]);
  });

  test('who is removed is not at the door any more; the last owner stays', async () => {
    await json('users', 'remove', office(), 'Ben', ...as('olivia'));
    await expectRefused(run('verify', office(), ...as('next', 'Ben')), 2, 'nobody is called ‘Ben’');
    await expectRefused(run('users', 'remove', office(), 'Olivia', ...as('olivia')), 17, 'USER_');
    await expectRefused(run('users', 'remove', office(), 'Ben', ...as('olivia')), 17, 'USER_NOT_FOUND');
  });

  test('a changed password is the only one after a restart, and no client’s database was written for it', async () => {
    const clients = join(office(), 'clients');
    const digests = async (): Promise<string[]> => {
      const names = (await readdir(clients)).filter((name) => name.endsWith('.db')).toSorted();
      const digest = async (name: string) =>
        createHash('sha256')
          .update(await readFile(join(clients, name)))
          .digest('hex');
      return await Promise.all(names.map(digest));
    };
    const before = await digests();
    expect(before).toHaveLength(2);
    const change = (next: string, person: Person): Promise<CommandLineResult> =>
      run('office', 'password', office(), '--new-password-file', next, '--password-file', file(person));
    await writeFile(file('weak'), 'office office office');
    await expectRefused(change(file('weak'), 'olivia'), 13, 'SESSION_PASSWORD_');
    expect((await change(file('next'), 'olivia')).code).toBe(0);
    expect(await digests()).toEqual(before);
    await expectRefused(run('verify', office(), '--password-file', file('olivia')), 13, 'SESSION_WRONG_CREDENTIALS');
    expect(await json('verify', office(), '--password-file', file('next'))).toMatchObject({ ok: true });
  });

  test('an exported audit log verifies without the office, and with no other key', async () => {
    const path = file('audit.jsonl');
    const words = ['--password-file', file('next')];
    const { checkpointKey } = await json<{ checkpointKey: string }>('audit', 'export', office(), path, ...words);
    const verified = await json('audit', 'verify', path, '--key', checkpointKey);
    expect(verified).toMatchObject({ keyGiven: true, checkpointKey });
    const other = Buffer.alloc(32, 1).toString('base64');
    await expectRefused(run('audit', 'verify', path, '--key', other), 19, 'AUDIT_KEY_WRONG');
    await writeFile(path, (await readFile(path, 'utf8')).replace('users.remove', 'users.invite'));
    await expectRefused(run('audit', 'verify', path, '--key', checkpointKey), 19, 'AUDIT_FILE_');
  });
});
