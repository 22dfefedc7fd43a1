// The ways in: what the host adds, what it remembers outside the folder, how tries are counted, and a lock that comes in between.
import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { UserId } from '../../../shared/model/ids.ts';
import { RECOVERY_USER } from '../../../electron/core/office/sign-in-throttle.ts';
import {
  anInspection,
  anOpenedOffice,
  anUnlocking,
  aSealedText,
  aSlot,
  createAppOverDoubles,
  ENTRY_KEY,
  OFFICE_ID,
  USER_ID,
} from '../../builders/app-over-doubles.ts';
import { createFakeKeychain } from '../../builders/fake-keychain.ts';
import type { Answers } from '../../builders/memory-process.ts';
import { InsecureSoftwareDevice } from '../../builders/software-factor-device.ts';

const OTHER = UserId.parse(`user_${'0e'.repeat(10)}`);
const SECRET = Buffer.alloc(32, 9).toString('base64');
const SECRET_KEY = `office/${OFFICE_ID}/device-secret`;
const ANCHOR_KEY = `office/${OFFICE_ID}/anchor`;
const REPLY_KEY = 'R'.repeat(87);
const kit = aSealedText('kit');

const refusing = (code: ErrorCode) => () => {
  throw new AppError(code);
};

async function aKeychain(entries: Readonly<Record<string, string>> = { [SECRET_KEY]: SECRET }) {
  const keychain = createFakeKeychain();
  for (const [key, value] of Object.entries(entries)) await keychain.set(key, value);
  keychain.writes.length = 0;
  return keychain;
}

interface Given {
  readonly [name: string]: unknown;
}

/** An app over an office of this keychain; `given` is what the vault's doors heard. */
async function anApp(answers: Answers = {}, keychain = createFakeKeychain()) {
  if (!(await keychain.get(SECRET_KEY))) await keychain.set(SECRET_KEY, SECRET);
  const given: Given[] = [];
  const opening = (input: Given) => {
    given.push(input);
    return anOpenedOffice();
  };
  const made = createAppOverDoubles(
    {
      'vaultOffice.inspect': () => anInspection('keychain'),
      'vaultOffice.unlock': opening,
      'vaultOffice.acceptInvitation': opening,
      'vaultOffice.recover': (input: Given) => ({ opened: opening(input), kit }),
      ...answers,
    },
    keychain,
  );
  return { ...made, given, keychain };
}

const invitation = {
  userId: USER_ID,
  code: aSealedText('code'),
  password: aSealedText('new'),
  protection: 'keychain',
} as const;
const recovery = {
  recoveryKey: aSealedText('paper'),
  password: aSealedText('new'),
  protection: 'keychain',
  replyKey: REPLY_KEY,
} as const;

describe('unlocking', () => {
  it('adds device secret, anchor and window to what was sealed, and opens nothing itself', async () => {
    const keychain = await aKeychain({ [SECRET_KEY]: SECRET, [ANCHOR_KEY]: 'remembered' });
    const { client, given } = await anApp({}, keychain);
    const { state, user, alerts, entryKey } = await client.office.unlock({
      ...anUnlocking(),
      code: '123 456',
      acceptOlderState: true,
    });
    expect({ state, user: user?.name, alerts, entryKey }).toEqual({
      state: 'unlocked',
      user: 'Olivia',
      alerts: [],
      entryKey: ENTRY_KEY,
    });
    expect(given).toEqual([
      {
        directory: '/offices/one',
        window: 'command-line',
        userId: USER_ID,
        password: aSealedText('password'),
        code: '123 456',
        deviceSecret: SECRET,
        deviceOutput: null,
        anchor: 'remembered',
        acceptOlderState: true,
        alerts: [],
      },
    ]);
  });

  it('of a slot without a device secret asks no keychain for one', async () => {
    const { client, given, keychain } = await anApp({ 'vaultOffice.inspect': () => anInspection('password-only') });
    await keychain.delete(SECRET_KEY);
    await client.office.unlock(anUnlocking());
    expect(given[0]).toMatchObject({ deviceSecret: null });
  });

  it.each([
    ['the secret is missing', true, 'KEYCHAIN_ENTRY_MISSING'],
    ['the keychain is missing', false, 'KEYCHAIN_UNAVAILABLE'],
  ])('says when %s, and counts no try', async (_, available, code) => {
    const { client } = createAppOverDoubles(
      { 'vaultOffice.inspect': () => anInspection('keychain') },
      createFakeKeychain(available),
    );
    await expect(client.office.unlock(anUnlocking())).rejects.toMatchObject({ code });
    expect((await client.office.status({})).users).toMatchObject([{ id: USER_ID, triesLeft: 10, waitSeconds: null }]);
  });

  it('says when there is no office, and what is wrong with a damaged one', async () => {
    const problem = { code: 'VAULT_HEADER_CORRUPT', params: {}, retryable: false, ref: null };
    let inspection: object = anInspection(null);
    const { client } = createAppOverDoubles({ 'vaultOffice.inspect': () => inspection });
    expect(await client.office.status({})).toMatchObject({ state: 'none', office: null, users: [] });
    await expect(client.office.unlock(anUnlocking())).rejects.toMatchObject({ code: 'OFFICE_NOT_FOUND' });
    inspection = { ...anInspection(null), problem };
    expect(await client.office.status({})).toMatchObject({ state: 'locked', problem, users: [] });
    await expect(client.office.unlock(anUnlocking())).rejects.toMatchObject({ code: 'VAULT_HEADER_CORRUPT' });
  });

  it('of somebody who is not at the door is refused without a word to the vault', async () => {
    const { client, given } = await anApp();
    await expect(client.office.unlock(anUnlocking(OTHER))).rejects.toMatchObject({ code: 'SESSION_WRONG_CREDENTIALS' });
    expect(given).toEqual([]);
  });

  it('of an open office changes nothing', async () => {
    const { client, given } = await anApp();
    await client.office.unlock(anUnlocking());
    expect(await client.office.unlock(anUnlocking())).toMatchObject({ state: 'unlocked' });
    expect(given).toHaveLength(1);
  });
});

describe('a wrong try', () => {
  it('is counted, and the eleventh does not reach the vault', async () => {
    let tries = 0;
    const { client, triesFile, keychain } = await anApp({
      'vaultOffice.unlock': () => {
        tries += 1;
        throw new AppError('SESSION_WRONG_CREDENTIALS');
      },
    });
    for (let left = 9; left >= 0; left -= 1) {
      await expect(client.office.unlock(anUnlocking())).rejects.toMatchObject({ code: 'SESSION_WRONG_CREDENTIALS' });
      const waitSeconds = left === 0 ? 1800 : null;
      expect((await client.office.status({})).users).toMatchObject([{ triesLeft: left, waitSeconds }]);
    }
    await expect(client.office.unlock(anUnlocking())).rejects.toMatchObject({ code: 'SESSION_LOCKED_OUT' });
    expect(tries).toBe(10);
    expect(triesFile.text).toContain(USER_ID);
    expect(await keychain.get(`office/${OFFICE_ID}/sign-in-tries`)).toBe(triesFile.text);
  });

  it('is in the memory of both places before it reaches the vault', async () => {
    const seen: unknown[] = [];
    const keychain = createFakeKeychain();
    const { client, triesFile } = await anApp(
      {
        'vaultOffice.unlock': async () => {
          seen.push(triesFile.text, await keychain.get(`office/${OFFICE_ID}/sign-in-tries`));
          return anOpenedOffice();
        },
      },
      keychain,
    );
    await client.office.unlock(anUnlocking());
    expect(seen.map(String)).toEqual([expect.stringContaining('"tries":1'), expect.stringContaining('"tries":1')]);
    expect(triesFile.text).not.toContain('"tries":1');
  });

  it('is told to the vault and to the next person who signs in, with names', async () => {
    const people = [aSlot(), aSlot({ id: OTHER, name: 'Bela' })];
    let isWrong = true;
    const heard: unknown[] = [];
    const { client, time } = await anApp({
      'vaultOffice.inspect': () => ({ ...anInspection('keychain'), users: people }),
      'vaultOffice.unlock': ({ alerts }: { alerts: unknown[] }) => {
        if (isWrong) throw new AppError('SESSION_WRONG_CREDENTIALS');
        heard.push(...alerts);
        return anOpenedOffice();
      },
      'vaultOffice.recover': refusing('SESSION_WRONG_CREDENTIALS'),
    });
    await client.office.unlock(anUnlocking(OTHER)).catch(() => 0);
    time.advance(60_000);
    await client.office.unlock(anUnlocking(OTHER)).catch(() => 0);
    await client.office.recover(recovery).catch(() => 0);
    people.pop();
    isWrong = false;
    const { alerts } = await client.office.unlock(anUnlocking());
    expect(alerts).toEqual([
      {
        userId: OTHER,
        userName: OTHER,
        tries: 2,
        firstAt: '2026-01-31T08:00:00.000Z',
        lastAt: '2026-01-31T08:01:00.000Z',
        lockedOut: false,
      },
      expect.objectContaining({ userId: RECOVERY_USER, userName: 'Recovery kit', tries: 1 }),
    ]);
    expect(heard).toEqual(alerts);
    expect((await client.office.status({})).alerts).toEqual(alerts);
    expect((await client.office.lock({})).alerts).toEqual([]);
    expect((await client.office.unlock(anUnlocking())).alerts).toEqual([]);
  });

  it('keeps the office locked', async () => {
    const { client } = await anApp({ 'vaultOffice.unlock': refusing('SESSION_WRONG_CREDENTIALS') });
    await expect(client.office.unlock(anUnlocking())).rejects.toMatchObject({ code: 'SESSION_WRONG_CREDENTIALS' });
    expect(await client.office.status({})).toMatchObject({ state: 'locked', user: null });
  });
});

describe('a second-factor device', () => {
  const salt = Buffer.alloc(32, 4).toString('base64');

  async function withDevice() {
    const device = new InsecureSoftwareDevice();
    const { credentialId } = await device.enrol({ officeId: OFFICE_ID as never, userId: USER_ID, userName: 'Olivia' });
    const users = [aSlot({ challenge: { credentialId, salt }, deviceSecret: false })];
    const heard: Given[] = [];
    const answers = {
      'vaultOffice.inspect': () => ({ ...anInspection('keychain'), users }),
      'vaultOffice.unlock': (input: Given) => {
        heard.push(input);
        return anOpenedOffice();
      },
    };
    return { device, credentialId, answers, heard };
  }

  it('is asked for the slot’s salt, and its output goes to the vault', async () => {
    const { device, credentialId, answers, heard } = await withDevice();
    const { client } = createAppOverDoubles(answers, createFakeKeychain(), { secondFactorDevice: device });
    await client.office.unlock(anUnlocking());
    const output = await device.derive({ credentialId, salt: Buffer.from(salt, 'base64') });
    expect(heard[0]).toMatchObject({ deviceOutput: Buffer.from(output).toString('base64') });
  });

  it.each(['absent', 'untouched'] as const)('that is %s leaves no try behind', async (state) => {
    const { device, answers, heard } = await withDevice();
    if (state === 'absent') device.isPlugged = false;
    else device.isTouched = false;
    const { client } = createAppOverDoubles(answers, createFakeKeychain(), { secondFactorDevice: device });
    await expect(client.office.unlock(anUnlocking())).rejects.toMatchObject({
      code: state === 'absent' ? 'FACTOR_DEVICE_ABSENT' : 'FACTOR_DEVICE_FAILED',
    });
    expect(heard).toEqual([]);
    expect((await client.office.status({})).users).toMatchObject([{ triesLeft: 10 }]);
  });

  it('is not supported where the host brings none', async () => {
    const { answers } = await withDevice();
    const { client } = createAppOverDoubles(answers);
    await expect(client.office.unlock(anUnlocking())).rejects.toMatchObject({ code: 'FACTOR_DEVICE_UNSUPPORTED' });
  });
});

describe('an invitation', () => {
  it('is taken up with a device secret of this computer, made where there is none', async () => {
    const { client, given, keychain } = await anApp();
    await keychain.delete(SECRET_KEY);
    expect(await client.office.acceptInvitation(invitation)).toMatchObject({ state: 'unlocked' });
    expect(given).toEqual([
      {
        directory: '/offices/one',
        window: 'command-line',
        userId: USER_ID,
        password: aSealedText('code'),
        newPassword: aSealedText('new'),
        deviceSecret: await keychain.get(SECRET_KEY),
        anchor: null,
        alerts: [],
      },
    ]);
    expect(given[0]?.['deviceSecret']).toEqual(expect.any(String));
  });

  it('of nobody at the door leaves nothing behind', async () => {
    const { client, given } = await anApp();
    await expect(client.office.acceptInvitation({ ...invitation, userId: OTHER })).rejects.toMatchObject({
      code: 'SESSION_WRONG_CREDENTIALS',
    });
    expect(given).toEqual([]);
  });

  it('counts a wrong code like a wrong password', async () => {
    const { client } = await anApp({ 'vaultOffice.acceptInvitation': refusing('SESSION_WRONG_CREDENTIALS') });
    await client.office.acceptInvitation(invitation).catch(() => 0);
    expect((await client.office.status({})).users).toMatchObject([{ triesLeft: 9 }]);
  });
});

describe('recovery', () => {
  it('opens with the paper key and hands out the new kit as it was sealed', async () => {
    const { client, given } = await anApp();
    expect(await client.office.recover(recovery)).toEqual({ kit });
    expect(given).toEqual([
      {
        directory: '/offices/one',
        window: 'command-line',
        recoveryKey: aSealedText('paper'),
        newPassword: aSealedText('new'),
        deviceSecret: SECRET,
        replyKey: REPLY_KEY,
        anchor: null,
        alerts: [],
      },
    ]);
    expect(await client.office.status({})).toMatchObject({ state: 'unlocked' });
  });

  it('is throttled on its own', async () => {
    const { client } = await anApp({ 'vaultOffice.recover': refusing('SESSION_WRONG_CREDENTIALS') });
    for (let tried = 0; tried < 10; tried += 1) await client.office.recover(recovery).catch(() => 0);
    await expect(client.office.recover(recovery)).rejects.toMatchObject({ code: 'SESSION_LOCKED_OUT' });
    expect((await client.office.status({})).users).toMatchObject([{ triesLeft: 10 }]);
  });

  it.each([
    ['SESSION_WRONG_CREDENTIALS', false],
    ['SESSION_PASSWORD_COMMON', false],
    ['SESSION_SECRET_STALE', false],
    ['PROCESS_CRASHED', true],
    ['VAULT_DISK_FULL', true],
  ] as const)('that fails with %s leaves a new device secret behind: %s', async (code, stays) => {
    const { client, keychain } = await anApp({ 'vaultOffice.recover': refusing(code) });
    await keychain.delete(SECRET_KEY);
    await expect(client.office.recover(recovery)).rejects.toMatchObject({ code });
    expect((await keychain.get(SECRET_KEY)) !== null).toBe(stays);
  });

  it('that is refused leaves the secret that was there', async () => {
    const { client, keychain } = await anApp({ 'vaultOffice.recover': refusing('SESSION_WRONG_CREDENTIALS') });
    await client.office.recover(recovery).catch(() => 0);
    expect(await keychain.get(SECRET_KEY)).toBe(SECRET);
  });
});

describe('a lock while somebody signs in', () => {
  it('ends the sign-in: nothing is open behind a locked screen', async () => {
    const { app, client, processes } = await anApp({ 'vaultOffice.unlock': () => new Promise(() => undefined) });
    const unlocking = client.office.unlock(anUnlocking()).catch((error: unknown) => error);
    await vi.waitFor(() => expect(processes.last('vault').heard.at(-1)?.call).toBe('vaultOffice.unlock'));
    const vault = processes.last('vault');
    await app.lock('screen-lock');
    expect(vault.alive).toBe(false);
    expect(await unlocking).toMatchObject({ code: 'SESSION_LOCKED' });
    expect(await client.office.status({})).toMatchObject({ state: 'locked', lockReason: 'screen-lock' });
  });

  it('counts also when the vault had opened already', async () => {
    const { app, client, triesFile, processes } = await anApp();
    const write = triesFile.write.bind(triesFile);
    const locks: Promise<void>[] = [];
    triesFile.write = async (officeId, text) => {
      await write(officeId, text);
      // The tries are forgotten after the vault has opened and before the host has taken over.
      if (triesFile.writes === 2) locks.push(app.lock('suspend'));
    };
    await expect(client.office.unlock(anUnlocking())).rejects.toMatchObject({ code: 'SESSION_LOCKED' });
    await Promise.all(locks);
    expect(await client.office.status({})).toMatchObject({ state: 'locked', lockReason: 'suspend' });
    expect(processes.started.filter(({ alive }) => alive).length).toBeLessThan(2);
  });
});
