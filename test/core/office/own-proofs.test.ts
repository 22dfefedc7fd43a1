// What a signed-in user proves about herself: ingredients the host adds, the token it takes over, the window it proves for, tries it counts.
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { RENDERER_ORIGIN } from '../../../shared/ipc/bridge.ts';
import { OfficeId } from '../../../shared/model/ids.ts';
import {
  anInspection,
  anOpenedOffice,
  anUnlocking,
  aSealedText,
  aSlot,
  createAppOverDoubles,
  OFFICE_ID,
  SESSION,
  USER_ID,
} from '../../builders/app-over-doubles.ts';
import { createFakeKeychain } from '../../builders/fake-keychain.ts';
import type { Answers } from '../../builders/memory-process.ts';
import { InsecureSoftwareDevice } from '../../builders/software-factor-device.ts';

const SECRET = Buffer.alloc(32, 9).toString('base64');
const SALT = Buffer.alloc(32, 4).toString('base64');
const NEXT_SESSION = 't'.repeat(43);
const NO_FACTORS = { code: null, device: null, deviceSupport: null };
const password = aSealedText('password');

const refusing = (code: ErrorCode) => () => {
  throw new AppError(code);
};

interface Heard {
  readonly [name: string]: unknown;
}

/** An unlocked app; `slot` changes what the vault says of her at the door, `heard` is what its own calls got. */
async function anUnlockedApp(answers: Answers = {}, slot: object = {}) {
  const heard: Record<string, Heard[]> = {};
  const hearing =
    (call: string, answer: unknown) =>
    (input: Heard): unknown => {
      (heard[call] ??= []).push(input);
      return answer;
    };
  const device = new InsecureSoftwareDevice();
  const keychain = createFakeKeychain();
  await keychain.set(`office/${OFFICE_ID}/device-secret`, SECRET);
  const made = createAppOverDoubles(
    {
      'vaultOffice.inspect': () => ({ ...anInspection('keychain'), users: [aSlot(slot)] }),
      'vaultOffice.unlock': () => anOpenedOffice(),
      'vaultOffice.changePassword': hearing('changePassword', {}),
      'vaultOffice.stepUp': hearing('stepUp', { session: NEXT_SESSION }),
      'vaultOffice.factorState': () => NO_FACTORS,
      'vaultOffice.setDevice': hearing('setDevice', NO_FACTORS),
      'clients.list': () => [],
      ...answers,
    },
    keychain,
    { secondFactorDevice: device },
  );
  await made.client.office.unlock(anUnlocking());
  return {
    ...made,
    heard,
    device,
    keychain,
    triesLeft: async () => (await made.client.office.status({})).users[0]?.triesLeft,
  };
}

/** The same with a device enrolled after she signed in. */
async function withDevice(answers: Answers = {}) {
  const slot: { challenge: unknown } = { challenge: null };
  const made = await anUnlockedApp(answers, slot);
  const owner = { officeId: OfficeId.parse(OFFICE_ID), userId: USER_ID, userName: 'Olivia' };
  const { credentialId } = await made.device.enrol(owner);
  slot.challenge = { credentialId, salt: SALT };
  const output = await made.device.derive({ credentialId, salt: Buffer.from(SALT, 'base64') });
  made.device.asked.length = 0;
  return { ...made, credentialId, output: Buffer.from(output).toString('base64') };
}

describe('a fresh proof', () => {
  it('by password takes the device secret along and takes over the new token', async () => {
    const { client, heard, processes } = await anUnlockedApp();
    await client.office.stepUp({ password, code: null });
    expect(heard['stepUp']).toEqual([
      { window: 'command-line', password, code: null, deviceSecret: SECRET, deviceOutput: null },
    ]);
    await client.clients.list({});
    expect(processes.last('vault').heard.findLast(({ call }) => call === 'clients.list')?.session).toBe(NEXT_SESSION);
  });

  it('is made with the old token', async () => {
    const { client, processes } = await anUnlockedApp();
    await client.office.stepUp({ password, code: null });
    expect(processes.last('vault').heard.find(({ call }) => call === 'vaultOffice.stepUp')?.session).toBe(SESSION);
  });

  it('by code asks neither keychain nor device', async () => {
    const { client, heard, device, keychain } = await withDevice();
    await keychain.delete(`office/${OFFICE_ID}/device-secret`);
    await client.office.stepUp({ password: null, code: '123456' });
    expect(heard['stepUp']).toMatchObject([{ password: null, code: '123456', deviceSecret: null, deviceOutput: null }]);
    expect(device.asked).toEqual([]);
  });

  it('by device asks the device alone', async () => {
    const { client, heard, output } = await withDevice();
    await client.office.stepUp({ password: null, code: null });
    expect(heard['stepUp']).toMatchObject([{ password: null, code: null, deviceSecret: null, deviceOutput: output }]);
  });

  it('holds for the window it was made in, as the host saw it', async () => {
    const { app, heard } = await anUnlockedApp();
    const request = JSON.stringify({
      call: 'office.stepUp',
      input: { password, code: null },
      session: null,
      window: null,
    });
    await app.dispatch({ kind: 'window', id: 'window-7', origin: RENDERER_ORIGIN, mainFrame: true }, request);
    expect(heard['stepUp']).toMatchObject([{ window: 'window-7' }]);
  });

  it('that is wrong counts like a try at the door, and locks out', async () => {
    const { client, triesLeft } = await anUnlockedApp({ 'vaultOffice.stepUp': refusing('SESSION_WRONG_CREDENTIALS') });
    for (let tried = 0; tried < 10; tried += 1)
      await expect(client.office.stepUp({ password, code: null })).rejects.toMatchObject({
        code: 'SESSION_WRONG_CREDENTIALS',
      });
    await expect(client.office.stepUp({ password, code: null })).rejects.toMatchObject({ code: 'SESSION_LOCKED_OUT' });
    expect(await triesLeft()).toBe(0);
    expect(await client.office.status({})).toMatchObject({ state: 'unlocked' });
  });

  it('that succeeds forgets the tries', async () => {
    let isWrong = true;
    const { client, triesLeft } = await anUnlockedApp({
      'vaultOffice.stepUp': () => {
        if (isWrong) throw new AppError('SESSION_WRONG_CREDENTIALS');
        return { session: NEXT_SESSION };
      },
    });
    await client.office.stepUp({ password, code: null }).catch(() => 0);
    expect(await triesLeft()).toBe(9);
    isWrong = false;
    await client.office.stepUp({ password, code: null });
    expect(await triesLeft()).toBe(10);
  });

  it('needs an open office', async () => {
    const { client } = createAppOverDoubles({});
    await expect(client.office.stepUp({ password, code: null })).rejects.toMatchObject({ code: 'SESSION_LOCKED' });
  });
});

describe('changing the password', () => {
  it('hands on both, sealed, with every ingredient of the key', async () => {
    const { client, heard, output } = await withDevice();
    const next = aSealedText('next');
    expect(await client.office.changePassword({ current: password, next })).toEqual({});
    expect(heard['changePassword']).toEqual([{ current: password, next, deviceSecret: SECRET, deviceOutput: output }]);
  });

  it.each([
    ['SESSION_WRONG_CREDENTIALS', 9],
    ['SESSION_PASSWORD_COMMON', 10],
  ] as const)('that fails with %s leaves %i tries', async (code, left) => {
    const { client, triesLeft } = await anUnlockedApp({ 'vaultOffice.changePassword': refusing(code) });
    await expect(client.office.changePassword({ current: password, next: password })).rejects.toMatchObject({ code });
    expect(await triesLeft()).toBe(left);
  });
});

describe('the own factors', () => {
  it('say which kind of device this host can talk to', async () => {
    const { client } = await anUnlockedApp();
    expect(await client.factors.state({})).toEqual({ ...NO_FACTORS, deviceSupport: 'INSECURE software device' });
    const without = createAppOverDoubles({
      'vaultOffice.inspect': () => anInspection('password-only'),
      'vaultOffice.unlock': () => anOpenedOffice('password-only'),
      'vaultOffice.factorState': () => NO_FACTORS,
    });
    await without.client.office.unlock(anUnlocking());
    expect(await without.client.factors.state({})).toEqual(NO_FACTORS);
    await expect(without.client.factors.addDevice({ password })).rejects.toMatchObject({
      code: 'FACTOR_DEVICE_UNSUPPORTED',
    });
  });

  it('take a device: enrolled and asked here, its output handed to the vault', async () => {
    const enrolled = { enrolledAt: '2026-01-31T08:00:00.000Z', label: 'INSECURE software device of Olivia' };
    const { client, heard, device, events } = await anUnlockedApp({
      'vaultOffice.setDevice': (input: Heard) => {
        given.push(input);
        return { ...NO_FACTORS, device: enrolled };
      },
    });
    const given: Heard[] = [];
    expect(await client.factors.addDevice({ password })).toEqual({
      code: null,
      device: enrolled,
      deviceSupport: 'INSECURE software device',
    });
    expect(heard['setDevice']).toBeUndefined();
    const [{ device: next, ...rest }] = given as [{ device: { credentialId: string; salt: string; output: string } }];
    expect(rest).toEqual({ password, deviceSecret: SECRET, deviceOutput: null });
    const output = await device.derive({ credentialId: next.credentialId, salt: Buffer.from(next.salt, 'base64') });
    expect(next).toEqual({
      label: enrolled.label,
      credentialId: next.credentialId,
      salt: next.salt,
      output: Buffer.from(output).toString('base64'),
    });
    expect(events.at(-1)).toMatchObject({
      channel: 'office.statusChanged',
      payload: { user: { factors: { code: false, device: true } } },
    });
  });

  it('give a device back with its own output as the proof', async () => {
    const { client, heard, output } = await withDevice();
    await client.factors.removeDevice({ password });
    expect(heard['setDevice']).toEqual([{ password, deviceSecret: SECRET, deviceOutput: output, device: null }]);
  });

  it('cannot give back what is not there, and no try is counted', async () => {
    const { client, heard, triesLeft } = await anUnlockedApp();
    await expect(client.factors.removeDevice({ password })).rejects.toMatchObject({ code: 'FACTOR_NOT_ENROLLED' });
    expect(heard['setDevice']).toBeUndefined();
    expect(await triesLeft()).toBe(10);
  });

  it('count a wrong password', async () => {
    const { client, triesLeft } = await anUnlockedApp({
      'vaultOffice.setDevice': refusing('SESSION_WRONG_CREDENTIALS'),
    });
    await expect(client.factors.addDevice({ password })).rejects.toMatchObject({ code: 'SESSION_WRONG_CREDENTIALS' });
    expect(await triesLeft()).toBe(9);
  });

  it('ask the vault for a fresh proof in this window first', async () => {
    const { client, device, heard } = await anUnlockedApp({
      'vaultOffice.authorise': (input: Heard) => {
        asked.push(input);
        throw new AppError('SESSION_STEP_UP_REQUIRED');
      },
    });
    const asked: Heard[] = [];
    await expect(client.factors.addDevice({ password })).rejects.toMatchObject({ code: 'SESSION_STEP_UP_REQUIRED' });
    expect(asked).toEqual([
      { channel: 'factors.addDevice', permission: 'signed-in', stepUp: true, window: 'command-line' },
    ]);
    expect([device.asked, heard['setDevice']]).toEqual([[], undefined]);
  });
});

it('rating a password hands it on as it was sealed', async () => {
  const strength = { acceptable: false, score: 1, minimumLength: 15, reasons: ['guessable'] };
  const heard: Heard[] = [];
  const { client } = createAppOverDoubles({
    'vaultOffice.rate': (input: Heard) => {
      heard.push(input);
      return strength;
    },
  });
  const candidate = { password, officeName: 'Office', userName: 'Olivia' };
  expect(await client.office.rate(candidate)).toEqual(strength);
  expect(heard).toEqual([candidate]);
});
