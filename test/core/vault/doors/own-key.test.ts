// A user's own way in: another password wraps one slot anew and leaves every file of data as it was; a faster computer makes it dearer.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createArgon2Kdf, INSECURE_TEST_KDF } from '../../../../electron/adapters/crypto/argon2-kdf.ts';
import type { KdfParameters, PasswordKdf } from '../../../../electron/core/ports/key-derivation.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { RAISE_BELOW_MS } from '../../../../electron/core/vault/raise-key-derivation.ts';
import { auditEntries, lock, openTestVault, testServices, WINDOW, type TestOffice } from '../vault-bench.ts';

const NEXT = 'pelican harbour sixty maroon';
let office: TestOffice;

afterEach(async () => await office.remove());

const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const wrong = code('SESSION_WRONG_CREDENTIALS');
const header = () => office.vault.services.headers.read(office.directory).header;

async function changePassword(current: string, next: string): Promise<void> {
  const { vault, owner } = office;
  await vault.client.vaultOffice.changePassword({
    current: await vault.seal('password', current),
    next: await vault.seal('new-password', next),
    deviceSecret: owner.deviceSecret,
    deviceOutput: null,
  });
}

describe('another password', () => {
  beforeEach(async () => {
    office = await openTestVault();
    await office.addClient('Acme');
  });

  it('leaves clients’ databases byte for byte as they were, and every key under it', async () => {
    await office.addClient('Bolt');
    await lock(office.vault);
    const files = (): Buffer[] =>
      readdirSync(join(office.directory, 'clients'))
        .sort()
        .map((name) => readFileSync(join(office.directory, 'clients', name)));
    const [before, { slots, ...rest }] = [files(), header()];
    await office.signIn(office.owner);
    await changePassword(office.owner.password, NEXT);
    await lock(office.vault);
    expect(files()).toEqual(before);
    const after = header();
    const { slots: slotsAfter, ...restAfter } = after;
    expect(restAfter).toEqual({ ...rest, generation: after.generation });
    expect(slotsAfter).toHaveLength(1);
    const [one, other] = [slots[0] ?? expect.fail('no slot'), slotsAfter[0] ?? expect.fail('no slot')];
    expect(other).toMatchObject({ userId: one.userId, recipient: one.recipient, policy: one.policy });
    expect(other.id).not.toBe(one.id);
    expect(other.kdf.salt).not.toBe(one.kdf.salt);
    await expect(office.signIn(office.owner)).rejects.toEqual(wrong);
    await office.signIn({ ...office.owner, password: NEXT });
    expect(await office.vault.client.clients.list({})).toHaveLength(2);
  });

  it('needs the present one, which is audited when it is wrong, and one that is good enough', async () => {
    const { generation } = header();
    await expect(changePassword('wrong', NEXT)).rejects.toEqual(wrong);
    await expect(changePassword(office.owner.password, 'short')).rejects.toEqual(code('SESSION_PASSWORD_TOO_SHORT'));
    await expect(changePassword(office.owner.password, 'keelpartners forever and ever')).rejects.toEqual(
      code('SESSION_PASSWORD_GUESSABLE'),
    );
    expect(header().generation).toBe(generation);
    const entries = await auditEntries(office.vault, { action: 'vaultOffice.changePassword' });
    expect(entries).toMatchObject([{ outcome: 'denied', subject: office.owner.id }]);
  });

  it('is not taken for another secret: what was sealed as a password is no new password', async () => {
    const { vault, owner } = office;
    const password = await vault.seal('password', NEXT);
    await expect(
      vault.client.vaultOffice.changePassword({
        current: await vault.seal('password', owner.password),
        next: password,
        deviceSecret: owner.deviceSecret,
        deviceOutput: null,
      }),
    ).rejects.toEqual(code('SESSION_SECRET_STALE'));
  });

  it('is written with its entry or not at all', async () => {
    const services = testServices();
    let full = false;
    await office.restart({
      headers: {
        ...services.headers,
        write: (...args) => {
          if (full) throw new AppError('VAULT_DISK_FULL');
          services.headers.write(...args);
        },
      },
    });
    await office.signIn(office.owner);
    full = true;
    await expect(changePassword(office.owner.password, NEXT)).rejects.toEqual(code('VAULT_DISK_FULL'));
    full = false;
    expect(await auditEntries(office.vault, { action: 'vaultOffice.changePassword' })).toEqual([]);
    await office.signIn(office.owner);
  });
});

describe('the cost of a derivation', () => {
  const toy = createArgon2Kdf(INSECURE_TEST_KDF);
  const base: KdfParameters = { algorithm: 'argon2id', version: 19, memoryKiB: 65_536, passes: 3, lanes: 4 };

  /** The office's own, once there is one. */
  const clock = { advance: (_ms: number): void => undefined };

  /** Believes any cost and pays the toy's; a test says what this computer can bear and how long a sign-in takes. */
  function pretended(): PasswordKdf & { bears: KdfParameters; takesMs: number; calibrations: number } {
    const kdf = {
      bears: base,
      takesMs: 600,
      calibrations: 0,
      calibrate: () => {
        kdf.calibrations += 1;
        return Promise.resolve(kdf.bears);
      },
      assertAllowed: () => undefined,
      derive: async (password: string, _parameters: KdfParameters, salt: Uint8Array) => {
        clock.advance(kdf.takesMs);
        return await toy.derive(password, await toy.calibrate(), salt);
      },
    };
    return kdf;
  }

  const costs = () => header().slots[0]?.kdf;

  it('rises at a sign-in that a faster computer made short, and the same password opens it', async () => {
    const kdf = pretended();
    office = await openTestVault({ kdf });
    clock.advance = office.time.advance;
    expect(costs()).toMatchObject({ memoryKiB: 65_536 });
    kdf.bears = { ...base, memoryKiB: 262_144 };
    kdf.takesMs = RAISE_BELOW_MS - 1;
    await office.signIn(office.owner);
    expect(costs()).toMatchObject({ memoryKiB: 262_144, passes: 3, lanes: 4 });
    expect((await office.vault.client.security.state({})).keyDerivation).toEqual({
      memoryMiB: 256,
      passes: 3,
      lanes: 4,
    });
    const salt = costs()?.salt;
    await office.signIn(office.owner);
    expect(costs()?.salt).toBe(salt);
  });

  it('stays where a sign-in takes its time, and never falls', async () => {
    const kdf = pretended();
    office = await openTestVault({ kdf });
    clock.advance = office.time.advance;
    kdf.calibrations = 0;
    kdf.bears = { ...base, memoryKiB: 524_288 };
    kdf.takesMs = RAISE_BELOW_MS;
    await office.signIn(office.owner);
    expect(costs()).toMatchObject({ memoryKiB: 65_536 });
    expect(kdf.calibrations).toBe(0);
    kdf.takesMs = 1;
    kdf.bears = { ...base, memoryKiB: 32_768 };
    await office.signIn(office.owner);
    expect(costs()).toMatchObject({ memoryKiB: 65_536 });
    kdf.bears = base;
    await office.signIn(office.owner);
    expect(costs()).toMatchObject({ memoryKiB: 65_536 });
  });

  it('does not fall with another password either, nor when the computer gets busy meanwhile', async () => {
    const kdf = pretended();
    kdf.bears = { ...base, memoryKiB: 262_144 };
    office = await openTestVault({ kdf });
    clock.advance = office.time.advance;
    kdf.bears = base;
    await changePassword(office.owner.password, NEXT);
    expect(costs()).toMatchObject({ memoryKiB: 262_144 });
    kdf.takesMs = 1;
    const busyAfterwards = { ...base, memoryKiB: 524_288 };
    const calibrate = vi.spyOn(kdf, 'calibrate').mockResolvedValueOnce(busyAfterwards);
    await office.signIn({ ...office.owner, password: NEXT });
    expect(calibrate).toHaveBeenCalledTimes(2);
    expect(costs()).toMatchObject({ memoryKiB: 262_144 });
  });

  it('does not fall at a recovery on a computer that bears less', async () => {
    const kdf = pretended();
    kdf.bears = { ...base, memoryKiB: 262_144 };
    office = await openTestVault({ kdf });
    kdf.bears = base;
    await lock(office.vault);
    const { vault, owner } = office;
    const recovered = await vault.client.vaultOffice.recover({
      directory: office.directory,
      window: WINDOW,
      recoveryKey: await vault.seal('recovery-key', office.kit.groups.join(' ')),
      newPassword: await vault.seal('new-password', NEXT),
      deviceSecret: owner.deviceSecret,
      anchor: null,
      alerts: [],
      replyKey: await vault.replyKey(),
    });
    vault.adopt(recovered.opened);
    expect(costs()).toMatchObject({ memoryKiB: 262_144 });
  });

  it('does not fall with a reset either, nor with two: invitations carry it; the first one of all carries nothing', async () => {
    const kdf = pretended();
    kdf.bears = { ...base, memoryKiB: 131_072 };
    office = await openTestVault({ kdf });
    kdf.bears = { ...base, memoryKiB: 262_144 };
    const invited = await office.invite('Rita Quill', 'reviewer', { kind: 'all' });
    const slotOf = () => header().slots.find(({ userId }) => userId === invited.userId) ?? expect.fail('no slot');
    expect(slotOf()).toMatchObject({ kdf: { memoryKiB: 262_144 }, costsBefore: null });
    kdf.bears = { ...base, memoryKiB: 131_072 };
    await office.accept(invited);
    expect(slotOf()).toMatchObject({ kdf: { memoryKiB: 131_072 }, costsBefore: null });
    kdf.bears = base;
    await office.signIn(office.owner);
    const reset = async () => {
      const replyKey = await office.vault.replyKey();
      const { userId } = invited;
      const { code } = await office.vault.client.users.reset({ userId, reason: 'forgotten', replyKey });
      return { userId, code: await office.vault.open('invitation-code', code) };
    };
    await reset();
    expect(slotOf().costsBefore).toEqual({ ...base, memoryKiB: 131_072 });
    await office.accept(await reset());
    expect(slotOf()).toMatchObject({ kind: 'password', kdf: { memoryKiB: 131_072 }, costsBefore: null });
  });
});
