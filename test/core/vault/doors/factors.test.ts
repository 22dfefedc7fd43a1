// Second factors at the door: an app's codes each once and near their time, ten recovery codes each once, and the passwords they allow.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appCode, auditEntries, lock, openTestVault, signIn, type Person, type TestOffice } from '../vault-bench.ts';

const STEP = 30_000;
const SHORT = 'quartz7lamp!';
let office: TestOffice;

beforeEach(async () => {
  office = await openTestVault();
});
afterEach(async () => await office.remove());

const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const wrong = code('SESSION_WRONG_CREDENTIALS');
const appAt = (secret: string, offset = 0): string => appCode(secret, office.time.clock.now() + offset);
const enter = (person: Person, typed: string | null) =>
  signIn(office.vault, { directory: office.directory, person }, { code: typed });
const state = () => office.vault.client.vaultOffice.factorState({});

async function changePassword(next: string, current = office.owner.password) {
  const { vault, owner } = office;
  await vault.client.vaultOffice.changePassword({
    current: await vault.seal('password', current),
    next: await vault.seal('new-password', next),
    deviceSecret: owner.deviceSecret,
    deviceOutput: null,
  });
}

describe('enrolment', () => {
  it('shows a QR code’s address once, takes only the app’s own code, and answers ten codes', async () => {
    const { vault } = office;
    const { factors } = vault.client;
    const replyKey = await vault.replyKey();
    await expect(factors.confirmCode({ code: '000000', replyKey })).rejects.toEqual(code('FACTOR_NOT_STARTED'));
    const { enrolment } = await factors.beginCode({ replyKey });
    const { uri, secret } = JSON.parse(await vault.open('one-time-codes', enrolment)) as {
      uri: string;
      secret: string;
    };
    expect(uri).toMatch(/^otpauth:\/\/totp\/Strongroom:Ada%20Keel.*[?&]secret=/);
    const late = appCode(secret, office.time.clock.now() - 2 * STEP);
    await expect(factors.confirmCode({ code: late, replyKey })).rejects.toEqual(code('FACTOR_CODE_WRONG'));
    expect(await state()).toMatchObject({ code: null });
    const first = await factors.beginCode({ replyKey });
    expect(first.enrolment).not.toEqual(enrolment);
    const second = JSON.parse(await vault.open('one-time-codes', first.enrolment)) as { secret: string };
    await expect(factors.confirmCode({ code: appAt(secret), replyKey })).rejects.toEqual(code('FACTOR_CODE_WRONG'));
    const confirmed = await factors.confirmCode({ code: appAt(second.secret), replyKey });
    const codes = JSON.parse(await vault.open('recovery-codes', confirmed.recoveryCodes)) as string[];
    expect(new Set(codes).size).toBe(10);
    for (const one of codes) expect(one).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(await state()).toMatchObject({ code: { recoveryCodesLeft: 10 } });
    const { users } = await vault.client.vaultOffice.inspect({ directory: office.directory });
    expect(users[0]?.factors).toEqual({ code: true, device: false });
    await expect(factors.confirmCode({ code: appAt(second.secret), replyKey })).rejects.toEqual(
      code('FACTOR_NOT_STARTED'),
    );
    const told = JSON.stringify(await auditEntries(vault));
    for (const one of [second.secret, ...codes]) expect(told).not.toContain(one);
  });

  it('writes the header with the database or not at all: nobody is asked for a code that the vault does not know', async () => {
    const { headers } = office.vault.services;
    let full = false;
    await office.restart({
      headers: {
        ...headers,
        write: (...args) => {
          if (full) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
          headers.write(...args);
        },
      },
    });
    await enter(office.owner, null);
    full = true;
    await expect(office.enrolApp()).rejects.toEqual(code('INTERNAL_UNEXPECTED'));
    office.vault.failures.length = 0;
    full = false;
    expect(await state()).toMatchObject({ code: null });
    await office.signIn(office.owner);
  });
});

describe('a code at sign-in', () => {
  it('is good once, near its time, also after a restart', async () => {
    const { secret } = await office.enrolApp();
    await lock(office.vault);
    // The code that proved the app is used up.
    await expect(enter(office.owner, appAt(secret))).rejects.toEqual(wrong);
    for (const typed of [null, '', '000000', 'abc', appAt(secret, 2 * STEP), appAt(secret, -2 * STEP)])
      await expect(enter(office.owner, typed)).rejects.toEqual(wrong);
    const next = appAt(secret, STEP);
    await enter(office.owner, next);
    await office.restart();
    await expect(enter(office.owner, next)).rejects.toEqual(wrong);
    // An earlier step than the last one used proves nothing, though it was never used.
    await expect(enter(office.owner, appAt(secret))).rejects.toEqual(wrong);
    office.time.advance(3 * STEP);
    const behind = appAt(secret, -STEP);
    await enter(office.owner, ` ${behind.slice(0, 3)} ${behind.slice(3)}`);
    const entries = await auditEntries(office.vault, { action: 'vaultOffice.unlock' });
    expect(entries.map(({ outcome, payload }) => [outcome, payload['factor']]).slice(0, 4)).toEqual([
      ['done', 'app'],
      ['denied', 'code'],
      ['denied', 'code'],
      ['done', 'app'],
    ]);
  });

  it('is asked of her who enrolled, and of nobody else', async () => {
    const rita = await office.hire('Rita Quill', 'reviewer');
    const { secret } = await office.enrolApp();
    await lock(office.vault);
    await enter(rita, null);
    await lock(office.vault);
    await expect(enter(office.owner, null)).rejects.toEqual(wrong);
    await enter(office.owner, appAt(secret, STEP));
  });

  it('or a recovery code, each once, also after a restart; new ones take the place of the old', async () => {
    const { secret, recoveryCodes } = await office.enrolApp();
    const [one = '', two = '', three = ''] = recoveryCodes;
    await lock(office.vault);
    await enter(office.owner, ` ${one.toLowerCase().replace('-', ' ')} `);
    expect(await state()).toMatchObject({ code: { recoveryCodesLeft: 9 } });
    await office.restart();
    await expect(enter(office.owner, one)).rejects.toEqual(wrong);
    await enter(office.owner, two);
    const replyKey = await office.vault.replyKey();
    const renewed = await office.vault.client.factors.renewRecoveryCodes({ replyKey });
    const [fresh = ''] = JSON.parse(await office.vault.open('recovery-codes', renewed.recoveryCodes)) as string[];
    expect(await state()).toMatchObject({ code: { recoveryCodesLeft: 10 } });
    await lock(office.vault);
    await expect(enter(office.owner, three)).rejects.toEqual(wrong);
    await enter(office.owner, fresh);
    office.time.advance(STEP);
    await lock(office.vault);
    await enter(office.owner, appAt(secret));
    const entries = await auditEntries(office.vault, { action: 'vaultOffice.unlock', outcome: 'done' });
    expect(entries.map(({ payload }) => payload['factor'])).toEqual([
      'app',
      'recovery-code',
      'recovery-code',
      'recovery-code',
    ]);
  });

  it('or a recovery code, which is hers alone', async () => {
    const rita = await office.hire('Rita Quill', 'reviewer');
    const { recoveryCodes } = await office.enrolApp();
    await office.signIn(rita);
    await office.enrolApp();
    await lock(office.vault);
    await expect(enter(rita, recoveryCodes[0] ?? '')).rejects.toEqual(wrong);
    await enter(office.owner, recoveryCodes[0] ?? '');
  });

  it('leaves nobody in where it is wrong, and the office to whoever comes next', async () => {
    await office.enrolApp();
    await lock(office.vault);
    await expect(enter(office.owner, '000000')).rejects.toEqual(wrong);
    await expect(office.vault.client.clients.list({})).rejects.toEqual(code('SESSION_LOCKED'));
    const { problem } = await office.vault.client.vaultOffice.inspect({ directory: office.directory });
    expect(problem).toBeNull();
  });
});

describe('a password beside a second factor', () => {
  it('may have eight characters, and then the factor stays', async () => {
    await expect(changePassword(SHORT)).rejects.toEqual(code('SESSION_PASSWORD_TOO_SHORT'));
    await expect(office.vault.client.factors.removeCode({})).rejects.toEqual(code('FACTOR_NOT_ENROLLED'));
    const replyKey = await office.vault.replyKey();
    await expect(office.vault.client.factors.renewRecoveryCodes({ replyKey })).rejects.toEqual(
      code('FACTOR_NOT_ENROLLED'),
    );
    await office.enrolApp();
    await expect(changePassword('qu4rtz!')).rejects.toEqual(code('SESSION_PASSWORD_TOO_SHORT'));
    await changePassword(SHORT);
    await expect(office.vault.client.factors.removeCode({})).rejects.toMatchObject({
      code: 'SESSION_PASSWORD_TOO_SHORT',
      params: { minimum: '15' },
    });
    await changePassword('pelican harbour sixty maroon', SHORT);
    await office.vault.client.factors.removeCode({});
    expect(await state()).toMatchObject({ code: null });
    const person = { ...office.owner, password: 'pelican harbour sixty maroon' };
    await office.signIn(person);
    expect(
      (await office.vault.client.vaultOffice.inspect({ directory: office.directory })).users[0]?.factors.code,
    ).toBe(false);
  });

  it('is short in characters: eight that take sixteen units do not stand alone', async () => {
    await office.enrolApp();
    const eight = '😀🚲🌧🎻🦊🍋⛵🪁';
    await changePassword(eight);
    await expect(office.vault.client.factors.removeCode({})).rejects.toEqual(code('SESSION_PASSWORD_TOO_SHORT'));
  });

  it('has fifteen where the computer adds no secret of its own', async () => {
    await office.remove();
    office = await openTestVault({}, { deviceSecret: null });
    await office.enrolApp();
    await expect(changePassword(SHORT)).rejects.toMatchObject({
      code: 'SESSION_PASSWORD_TOO_SHORT',
      params: { minimum: '15' },
    });
  });

  it('is rated with her factors in mind, and without them before anyone is in', async () => {
    const rate = async () => {
      const password = await office.vault.seal('new-password', SHORT);
      return await office.vault.client.vaultOffice.rate({
        password,
        officeName: 'Keel & Partners',
        userName: 'Ada Keel',
      });
    };
    expect(await rate()).toMatchObject({ minimumLength: 15, acceptable: false });
    await office.enrolApp();
    expect(await rate()).toMatchObject({ minimumLength: 8, acceptable: true });
    await lock(office.vault);
    expect(await rate()).toMatchObject({ minimumLength: 15 });
  });
});
