// A way in that was replaced is gone from both generations of the header: taking the newest one away brings nothing back.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { parseRecoveryKey } from '../../../../shared/model/recovery-key.ts';
import { openRecoverySlot } from '../../../../electron/core/vault/keys/recovery-slot.ts';
import { acceptInvitation, DEVICE_SECRET, lock, openTestVault, testServices, type TestOffice } from '../vault-bench.ts';

const NEXT = 'marble otter climbs eleven fences';
let office: TestOffice;

beforeEach(async () => {
  office = await openTestVault();
});
afterEach(async () => await office.remove());

const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const at = (name: string): string => join(office.directory, name);

/** The header before the newest one is in use then. */
async function loseNewestHeader(): Promise<string | null> {
  const anchor = await lock(office.vault);
  rmSync(at('header.json'));
  return anchor;
}

const changePassword = async (): Promise<unknown> => {
  const { vault, owner } = office;
  return await vault.client.vaultOffice.changePassword({
    current: await vault.seal('password', owner.password),
    next: await vault.seal('new-password', NEXT),
    deviceSecret: DEVICE_SECRET,
    deviceOutput: null,
  });
};

describe('without the newest header', () => {
  it('the password before opens nothing, today’s does', async () => {
    await changePassword();
    await loseNewestHeader();
    await expect(office.signIn(office.owner)).rejects.toEqual(code('SESSION_WRONG_CREDENTIALS'));
    expect((await office.signIn({ ...office.owner, password: NEXT })).warnings).toContain('header-previous');
  });

  it('an enrolled device is asked for all the same', async () => {
    const { vault, owner } = office;
    await vault.client.vaultOffice.setDevice({
      password: await vault.seal('password', owner.password),
      deviceSecret: DEVICE_SECRET,
      deviceOutput: null,
      device: {
        label: 'key',
        credentialId: 'AAAA',
        salt: Buffer.alloc(32, 3).toString('base64'),
        output: Buffer.alloc(32, 9).toString('base64'),
      },
    });
    const anchor = await loseNewestHeader();
    await expect(office.signIn(owner, { anchor, acceptOlderState: true })).rejects.toEqual(
      code('FACTOR_DEVICE_ABSENT'),
    );
  });

  it('an invitation’s code that was used, and a person who was removed, open nothing', async () => {
    const invited = await office.invite('Rita Quill', 'accountant', { kind: 'all' });
    const rita = await office.accept(invited);
    await loseNewestHeader();
    await expect(
      acceptInvitation(office.vault, { directory: office.directory, userId: rita.id }, { ...invited, password: NEXT }),
    ).rejects.toEqual(code('SESSION_WRONG_CREDENTIALS'));
    await office.signIn(office.owner);
    await office.vault.client.users.remove({ userId: rita.id });
    await loseNewestHeader();
    const { header } = office.vault.services.headers.read(office.directory);
    expect(header.slots.map(({ userId }) => userId)).toEqual([office.owner.id]);
  });

  it('a paper that was replaced opens nothing', async () => {
    await office.vault.client.office.renewRecoveryKit({ replyKey: await office.vault.replyKey() });
    await loseNewestHeader();
    const { header } = office.vault.services.headers.read(office.directory);
    const key = parseRecoveryKey(office.kit.groups.join(''));
    expect(openRecoverySlot(header.office.id, header.recovery, key)).toBeNull();
  });

  it('so it is also where that header could not be written at once: at the lock', async () => {
    const { headers } = testServices();
    let left = Infinity;
    const write: typeof headers.write = (...given) => {
      left -= 1;
      if (left === 0) throw new AppError('VAULT_DISK_FULL');
      headers.write(...given);
    };
    await office.restart({ headers: { ...headers, write } });
    await office.signIn(office.owner);
    left = 2;
    await changePassword();
    expect(left).toBe(0);
    await loseNewestHeader();
    await expect(office.signIn(office.owner)).rejects.toEqual(code('SESSION_WRONG_CREDENTIALS'));
    await office.signIn({ ...office.owner, password: NEXT });
  });
});

describe('an older state', () => {
  it('is an owner’s to accept, and nobody else’s', async () => {
    const rita = await office.hire('Rita Quill', 'accountant');
    await lock(office.vault);
    const older = readFileSync(at('header.json'));
    await office.signIn(office.owner);
    await changePassword();
    const anchor = await lock(office.vault);
    writeFileSync(at('header.json'), older);
    await expect(office.signIn(rita, { anchor, acceptOlderState: true })).rejects.toEqual(
      expect.objectContaining({
        code: 'VAULT_ROLLED_BACK',
        params: { what: 'header.json', evidence: expect.stringMatching(/^evidence\//) },
      }),
    );
    const { warnings } = await office.signIn(office.owner, { anchor, acceptOlderState: true });
    expect(warnings).toContain('older-state-accepted');
  });
});
