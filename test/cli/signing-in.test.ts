// Who signs in, how she proves herself afresh, and what she is told on the way in.
import { describe, expect, test, vi } from 'vitest';
import { parseArguments } from '../../electron/cli/arguments.ts';
import type { AppClient } from '../../electron/cli/command.ts';
import { noticesOf } from '../../electron/cli/notices.ts';
import {
  chooseUser,
  protectionLike,
  proveAfresh,
  requireOffice,
  signIn,
  type Entrance,
} from '../../electron/cli/signing-in.ts';
import { AppError, toWireError } from '../../shared/errors/app-error.ts';
import type { DoorUser, OfficeStatus } from '../../shared/ipc/contract/office.ts';
import { OfficeId, UserId } from '../../shared/model/ids.ts';
import { Instant } from '../../shared/model/instant.ts';

const AT = Instant.parse('2026-01-05T08:00:00.000Z');
const KEY = { encapsulated: 'e', ciphertext: 'c' };

function aUser(name: string, number: number, overrides: Partial<DoorUser> = {}): DoorUser {
  const id = UserId.parse(`user_${String(number).repeat(20)}`);
  return {
    id,
    name,
    invited: false,
    deviceSecret: true,
    factors: { code: false, device: false },
    triesLeft: 10,
    waitSeconds: null,
    ...overrides,
  };
}

const OLIVIA = aUser('Olivia', 1);
const BEN = aUser('Ben', 2);

function aStatus(overrides: Partial<OfficeStatus> = {}): OfficeStatus {
  return {
    state: 'locked',
    directory: '/office',
    office: { id: OfficeId.parse(`office_${'0'.repeat(20)}`), name: 'Harbour Lane', createdAt: AT },
    users: [OLIVIA],
    user: null,
    protection: 'keychain',
    keychain: { available: true, name: 'Keychain' },
    entryKey: 'A'.repeat(87),
    lockReason: null,
    lockAfterMinutes: 5,
    problem: null,
    recoveryProven: true,
    warnings: [],
    alerts: [],
    ...overrides,
  };
}

function anEntrance(status: OfficeStatus, words: readonly string[] = []) {
  const said: string[] = [];
  const office = {
    status: vi.fn(() => Promise.resolve(status)),
    unlock: vi.fn((_input: unknown) => Promise.resolve(status)),
    stepUp: vi.fn((_input: unknown) => Promise.resolve({})),
  };
  const seal = vi.fn(() => Promise.resolve(KEY));
  const entrance = {
    app: { office } as unknown as AppClient,
    secrets: { seal } as unknown as Entrance['secrets'],
    args: parseArguments(words),
    password: () => Promise.resolve('the password'),
    say: (sentence: string) => void said.push(sentence),
  };
  return { entrance, office, seal, said };
}

describe('chooseUser', () => {
  test('the only one needs no name, also beside somebody who was only invited', () => {
    expect(chooseUser([OLIVIA], null)).toBe(OLIVIA);
    expect(chooseUser([OLIVIA, aUser('Ben', 2, { invited: true })], null)).toBe(OLIVIA);
  });

  test('a name is found in either case; one who was invited too', () => {
    const ben = aUser('Ben', 2, { invited: true });
    expect(chooseUser([OLIVIA, ben], 'ben')).toBe(ben);
  });

  test.each([
    ['nobody named among several', null, '--user NAME is missing'],
    ['a stranger', 'Bill', 'nobody is called ‘Bill’'],
  ])('%s: who there is stands in the message', (_, name, problem) => {
    const expected = {
      code: 'USAGE_INVALID',
      params: { problem: `${problem}; people of this office: ‘Olivia’, ‘Ben’` },
    };
    expect(() => chooseUser([OLIVIA, BEN], name)).toThrow(expect.objectContaining(expected));
  });
});

describe('protectionLike', () => {
  const invited = aUser('Cleo', 3, { invited: true, deviceSecret: false });
  const alone = aUser('Ben', 2, { deviceSecret: false });

  test('one password that stands alone is no reason for the next one; a request is', () => {
    expect(protectionLike([OLIVIA, alone, invited], false)).toBe('keychain');
    expect(protectionLike([OLIVIA, alone, invited], true)).toBe('password-only');
  });

  test('an office without a keychain stays one', () => {
    expect(protectionLike([alone, invited], false)).toBe('password-only');
  });
});

describe('requireOffice', () => {
  test('an empty folder and a folder in trouble are said before anything is asked', async () => {
    const none = anEntrance(aStatus({ state: 'none', office: null }));
    await expect(requireOffice(none.entrance.app)).rejects.toMatchObject({ code: 'OFFICE_NOT_FOUND' });
    const problem = toWireError(new AppError('VAULT_HEADER_CORRUPT', { evidence: 'evidence/1' }));
    const damaged = anEntrance(aStatus({ state: 'none', office: null, problem }));
    await expect(requireOffice(damaged.entrance.app)).rejects.toMatchObject({
      code: 'VAULT_HEADER_CORRUPT',
      params: { evidence: 'evidence/1' },
    });
  });
});

describe('signIn', () => {
  test('takes the code from the words where her factors ask for one, and none otherwise', async () => {
    const withApp = aUser('Olivia', 1, { factors: { code: true, device: false } });
    const asked = anEntrance(aStatus({ users: [withApp] }), ['--code', '123 456', '--accept-older-state']);
    expect(await signIn(asked.entrance)).toBe('the password');
    const { id: userId } = withApp;
    expect(asked.office.unlock).toHaveBeenCalledWith({
      userId,
      password: KEY,
      code: '123 456',
      acceptOlderState: true,
    });
    const plain = anEntrance(aStatus(), ['--code', '123456']);
    await signIn(plain.entrance);
    expect(plain.office.unlock).toHaveBeenCalledWith({ userId, password: KEY, code: null, acceptOlderState: false });
  });

  test.each([
    [{ triesLeft: 3 }, '3 tries left, then signing in waits.'],
    [{ triesLeft: 0, waitSeconds: 1741 }, 'Signing in waits for 30 minutes now.'],
  ])('a wrong password says what it cost', async (tries, sentence) => {
    const { entrance, office, said } = anEntrance(aStatus({ users: [{ ...OLIVIA, ...tries }] }));
    office.unlock.mockRejectedValue(new AppError('SESSION_WRONG_CREDENTIALS'));
    await expect(signIn(entrance)).rejects.toMatchObject({ code: 'SESSION_WRONG_CREDENTIALS' });
    expect(said).toEqual([sentence]);
  });

  test('who was invited is sent to take the invitation up', async () => {
    const invited = anEntrance(aStatus({ users: [aUser('Ben', 2, { invited: true })] }), ['--user', 'Ben']);
    await expect(signIn(invited.entrance)).rejects.toMatchObject({ code: 'USAGE_INVALID' });
    expect(invited.office.unlock).not.toHaveBeenCalled();
  });
});

describe('proveAfresh', () => {
  const signedIn = (factors: DoorUser['factors']): OfficeStatus =>
    aStatus({ state: 'unlocked', user: { id: OLIVIA.id, name: 'Olivia', role: 'owner', factors } });

  test('by the password where she has nothing else', async () => {
    const { entrance, office, seal } = anEntrance(signedIn({ code: false, device: false }));
    await proveAfresh(entrance);
    expect(seal).toHaveBeenCalledWith('password', 'the password');
    expect(office.stepUp).toHaveBeenCalledWith({ code: null, password: KEY });
  });

  test('by the device where she has one: the host asks it', async () => {
    const { entrance, office } = anEntrance(signedIn({ code: true, device: true }));
    await proveAfresh(entrance);
    expect(office.stepUp).toHaveBeenCalledWith({ code: null, password: null });
  });
});

describe('noticesOf', () => {
  const alert = {
    userId: BEN.id,
    userName: 'Ben',
    tries: 12,
    firstAt: AT,
    lastAt: Instant.parse('2026-01-05T08:09:00.000Z'),
    lockedOut: true,
  };

  test('failed tries say whose, how many, when, and whether signing in was stopped', () => {
    expect(noticesOf(aStatus({ alerts: [alert] }))).toEqual([
      '12 wrong tries to sign in as Ben, 2026-01-05T08:00:00.000Z to 2026-01-05T08:09:00.000Z. Signing in was stopped for a while. If nobody mistyped, somebody else sat at this computer.',
    ]);
    const [one = ''] = noticesOf(aStatus({ alerts: [{ ...alert, tries: 1, lastAt: AT, lockedOut: false }] }));
    expect(one).toMatch(/^One wrong try to sign in as Ben, 2026-01-05T08:00:00.000Z\. If nobody/);
  });

  test('every warning that there is has words, and another key has none', () => {
    const keys = [
      'password-only',
      'header-previous',
      'network-folder',
      'anchor-missing',
      'older-state-accepted',
      'rotation-unfinished',
      'recovery-kit-due',
    ];
    expect(noticesOf(aStatus({ warnings: keys })).every((text) => text.length > 40)).toBe(true);
    expect(noticesOf(aStatus({ warnings: keys }))).toHaveLength(keys.length);
    expect(noticesOf(aStatus({ warnings: ['something-new'] }))).toEqual([]);
  });

  test('nothing is promised to be remembered where there is no keychain', () => {
    const without = aStatus({ warnings: ['anchor-missing'], keychain: { available: false, name: 'Keychain' } });
    expect(noticesOf(without)[0]).toContain('cannot remember');
    expect(noticesOf(aStatus({ warnings: ['anchor-missing'] }))[0]).toContain('remembered from now on');
  });
});
