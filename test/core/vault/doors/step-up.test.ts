// A fresh proof: for one window, for five minutes, by the strongest thing she has; and the session's token, which changes with it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InsecureSoftwareDevice } from '../../../builders/software-factor-device.ts';
import { OfficeId } from '../../../../shared/model/ids.ts';
import { appCode, auditEntries, openTestVault, WINDOW, type Person, type TestOffice } from '../vault-bench.ts';

const MINUTE = 60_000;
let office: TestOffice;

beforeEach(async () => {
  office = await openTestVault();
});
afterEach(async () => await office.remove());

const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const wrong = code('SESSION_WRONG_CREDENTIALS');
const required = code('SESSION_STEP_UP_REQUIRED');

interface ProofInput {
  readonly password?: string;
  readonly code?: string;
  readonly deviceOutput?: string;
}

/** Does not adopt the token. */
async function prove(window: string, proof: ProofInput) {
  const { vault, owner } = office;
  return await vault.client.vaultOffice.stepUp({
    window,
    password: proof.password === undefined ? null : await vault.seal('password', proof.password),
    code: proof.code ?? null,
    deviceSecret: owner.deviceSecret,
    deviceOutput: proof.deviceOutput ?? null,
  });
}

/** A call that needs a fresh proof and changes nothing but what waits. */
const ask = async (window: string) =>
  await office.vault.through(window).factors.beginCode({ replyKey: await office.vault.replyKey() });

async function withDevice() {
  const device = new InsecureSoftwareDevice();
  const { vault, owner } = office;
  const salt = Buffer.alloc(32, 3);
  const officeId = OfficeId.parse(`office_${'0a'.repeat(10)}`);
  const { credentialId, label } = await device.enrol({ officeId, userId: owner.id, userName: 'Ada Keel' });
  const output = Buffer.from(await device.derive({ credentialId, salt })).toString('base64');
  const state = await vault.client.vaultOffice.setDevice({
    password: await vault.seal('password', owner.password),
    deviceSecret: owner.deviceSecret,
    deviceOutput: owner.deviceOutput ?? null,
    device: { label, credentialId, salt: salt.toString('base64'), output },
  });
  const person: Person = { ...owner, deviceOutput: output };
  return { person, output, state };
}

describe('a fresh proof', () => {
  it('holds five minutes for the window it was given in, by a clock nobody sets back', async () => {
    await ask(WINDOW);
    await expect(ask('window-2')).rejects.toEqual(required);
    office.vault.adopt(await prove('window-2', { password: office.owner.password }));
    office.time.advance(5 * MINUTE - 1);
    office.time.setBackOrForth(-60 * MINUTE);
    await ask('window-2');
    office.time.advance(1);
    await expect(ask('window-2')).rejects.toEqual(required);
    await expect(ask(WINDOW)).rejects.toEqual(required);
  });

  it('is not carried from one sign-in to the next', async () => {
    office.vault.adopt(await prove('window-2', { password: office.owner.password }));
    await ask('window-2');
    await office.signIn(office.owner);
    await expect(ask('window-2')).rejects.toEqual(required);
    await office.signIn(office.owner, { window: null });
    await expect(ask(WINDOW)).rejects.toEqual(required);
  });

  it('is the password where there is nothing stronger; what is wrong is denied and audited', async () => {
    for (const proof of [
      {},
      { password: 'wrong' },
      { code: '000000' },
      { deviceOutput: Buffer.alloc(32).toString('base64') },
    ])
      await expect(prove('window-2', proof)).rejects.toEqual(wrong);
    await expect(ask('window-2')).rejects.toEqual(required);
    const denied = await auditEntries(office.vault, { action: 'vaultOffice.stepUp' });
    expect(denied.map(({ outcome }) => outcome)).toEqual(['denied', 'denied', 'denied', 'denied']);
    office.vault.adopt(await prove('window-2', { password: office.owner.password }));
    const [entry] = await auditEntries(office.vault, { action: 'vaultOffice.stepUp', outcome: 'done' });
    expect(entry).toMatchObject({ subject: office.owner.id, payload: { factor: 'password' } });
  });

  it('is a code where an app is enrolled, each once, and the password no longer', async () => {
    const { secret, recoveryCodes } = await office.enrolApp();
    const next = appCode(secret, office.time.clock.now() + 30_000);
    await expect(prove('window-2', { password: office.owner.password })).rejects.toEqual(wrong);
    office.vault.adopt(await prove('window-2', { code: next }));
    await ask('window-2');
    await expect(prove('window-3', { code: next })).rejects.toEqual(wrong);
    office.vault.adopt(await prove('window-3', { code: recoveryCodes[0] ?? '' }));
    await expect(prove('window-4', { code: recoveryCodes[0] ?? '' })).rejects.toEqual(wrong);
    const done = await auditEntries(office.vault, { action: 'vaultOffice.stepUp', outcome: 'done' });
    expect(done.map(({ payload }) => payload['factor'])).toEqual(['recovery-code', 'app']);
  });

  it('is the device where one is part of the key: its output and no other', async () => {
    const { output, person } = await withDevice();
    const other = Buffer.alloc(32, 4).toString('base64');
    for (const proof of [{}, { deviceOutput: other }, { password: office.owner.password }])
      await expect(prove('window-2', proof)).rejects.toEqual(wrong);
    office.vault.adopt(await prove('window-2', { deviceOutput: output }));
    await ask('window-2');
    await office.signIn(person);
    office.vault.adopt(await prove('window-2', { deviceOutput: output }));
    const [entry] = await auditEntries(office.vault, { action: 'vaultOffice.stepUp' });
    expect(entry?.payload).toEqual({ factor: 'device' });
  });

  it('is either where she has both', async () => {
    const { output } = await withDevice();
    const { secret } = await office.enrolApp();
    office.vault.adopt(await prove('a', { deviceOutput: output }));
    office.vault.adopt(await prove('b', { code: appCode(secret, office.time.clock.now() + 30_000) }));
    await expect(prove('c', { password: office.owner.password })).rejects.toEqual(wrong);
  });
});

describe('the session’s token', () => {
  it('is another one after a proof; the one before is good until the new one was used, and no longer', async () => {
    const { vault } = office;
    const before = vault.token();
    const { session } = await prove('window-2', { password: office.owner.password });
    expect(session).not.toBe(before);
    await vault.client.clients.list({});
    vault.setSession(session);
    await vault.client.clients.list({});
    vault.setSession(before);
    await expect(vault.client.clients.list({})).rejects.toEqual(code('SESSION_LOCKED'));
    vault.setSession(session);
  });

  it('does not change for a proof that failed', async () => {
    await expect(prove(WINDOW, { password: 'wrong' })).rejects.toEqual(wrong);
    await office.vault.client.clients.list({});
  });
});

describe('a device', () => {
  it('is needed to sign in once it is part of the key, and not any more after it was taken away', async () => {
    const { person, state } = await withDevice();
    expect(state.device).toMatchObject({ label: 'INSECURE software device of Ada Keel' });
    await expect(office.signIn(office.owner)).rejects.toEqual(code('FACTOR_DEVICE_ABSENT'));
    const other = { ...person, deviceOutput: Buffer.alloc(32, 4).toString('base64') };
    await expect(office.signIn(other)).rejects.toEqual(wrong);
    await office.signIn(person);
    const { vault } = office;
    const input = async (deviceOutput: string | null) => ({
      password: await vault.seal('password', person.password),
      deviceSecret: person.deviceSecret,
      deviceOutput,
      device: null,
    });
    await expect(vault.client.vaultOffice.setDevice(await input(other.deviceOutput))).rejects.toEqual(wrong);
    await expect(vault.client.vaultOffice.setDevice(await input(null))).rejects.toEqual(code('FACTOR_DEVICE_ABSENT'));
    expect(await vault.client.vaultOffice.setDevice(await input(person.deviceOutput ?? ''))).toMatchObject({
      device: null,
    });
    await office.signIn(office.owner);
    const entries = await auditEntries(office.vault, { action: 'vaultOffice.setDevice' });
    expect(entries.map(({ outcome, payload }) => [outcome, payload])).toEqual([
      ['done', { device: null }],
      ['denied', {}],
      ['done', { device: 'INSECURE software device of Ada Keel' }],
    ]);
  });

  it('lets the password be short, and stays while it is', async () => {
    const { person } = await withDevice();
    const { vault } = office;
    const short = 'quartz7lamp!';
    await vault.client.vaultOffice.changePassword({
      current: await vault.seal('password', person.password),
      next: await vault.seal('new-password', short),
      deviceSecret: person.deviceSecret,
      deviceOutput: person.deviceOutput ?? null,
    });
    const remove = async () =>
      vault.client.vaultOffice.setDevice({
        password: await vault.seal('password', short),
        deviceSecret: person.deviceSecret,
        deviceOutput: person.deviceOutput ?? null,
        device: null,
      });
    await expect(remove()).rejects.toEqual(code('SESSION_PASSWORD_TOO_SHORT'));
    const { secret } = await office.enrolApp();
    await remove();
    // Now the code is what the short password stands beside.
    await expect(vault.client.factors.removeCode({})).rejects.toEqual(code('SESSION_PASSWORD_TOO_SHORT'));
    const typed = appCode(secret, office.time.clock.now() + 30_000);
    await office.signIn({ ...office.owner, password: short }, { code: typed });
  });

  it('stands for a short password where the code goes', async () => {
    const { person } = await withDevice();
    const { vault } = office;
    await office.enrolApp();
    await vault.client.vaultOffice.changePassword({
      current: await vault.seal('password', person.password),
      next: await vault.seal('new-password', 'quartz7lamp!'),
      deviceSecret: person.deviceSecret,
      deviceOutput: person.deviceOutput ?? null,
    });
    expect(await vault.client.vaultOffice.factorState({})).toMatchObject({
      device: { label: expect.any(String) as string },
    });
    await vault.client.factors.removeCode({});
    await office.signIn({ ...person, password: 'quartz7lamp!' });
  });
});
