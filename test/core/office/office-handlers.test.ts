// Creating and restoring: what the keychain holds when, and what happens where there is none.
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import {
  anInspection,
  anOpenedOffice,
  anUnlocking,
  aSealedText,
  createAppOverDoubles,
  OFFICE_ID,
} from '../../builders/app-over-doubles.ts';
import { createFakeKeychain } from '../../builders/fake-keychain.ts';

/** The first id the double's random bytes make. */
const NEW_ID = `office_${'01'.repeat(10)}`;
const REPLY_KEY = 'R'.repeat(87);
const kit = aSealedText('kit');
const keyOf = (id: string): string => `office/${id}/device-secret`;
const creation = (protection: 'keychain' | 'password-only') => ({
  name: 'Office Ltd',
  ownerName: 'Olivia',
  password: aSealedText('new password'),
  protection,
  lockAfterMinutes: 5,
  replyKey: REPLY_KEY,
});

describe('creating an office', () => {
  it('puts a device secret into the keychain before the vault hears of the office', async () => {
    const secrets = createFakeKeychain();
    let seen: unknown = null;
    const { client } = createAppOverDoubles(
      {
        'vaultOffice.create': async (input: { officeId: string; deviceSecret: string }) => {
          seen = [input.officeId, input.deviceSecret, await secrets.get(keyOf(input.officeId))];
          return { opened: anOpenedOffice('keychain', NEW_ID), kit };
        },
      },
      secrets,
    );
    expect(await client.office.create(creation('keychain'))).toEqual({ kit });
    const secret = Buffer.alloc(32, 2).toString('base64');
    expect(seen).toEqual([NEW_ID, secret, secret]);
    expect(await client.office.status({})).toMatchObject({ state: 'unlocked', protection: 'keychain', warnings: [] });
  });

  it('takes the secret away again when the vault refuses', async () => {
    const secrets = createFakeKeychain();
    const { client } = createAppOverDoubles(
      {
        'vaultOffice.inspect': () => anInspection(null),
        'vaultOffice.create': () => {
          throw new AppError('OFFICE_FOLDER_NOT_WRITABLE');
        },
      },
      secrets,
    );
    await expect(client.office.create(creation('keychain'))).rejects.toMatchObject({
      code: 'OFFICE_FOLDER_NOT_WRITABLE',
    });
    expect(secrets.writes).toEqual([keyOf(NEW_ID)]);
    expect(await secrets.get(keyOf(NEW_ID))).toBeNull();
  });

  it('refuses the keychain mode where there is none and writes nothing', async () => {
    const secrets = createFakeKeychain(false);
    const { client, processes } = createAppOverDoubles({}, secrets);
    await expect(client.office.create(creation('keychain'))).rejects.toMatchObject({ code: 'KEYCHAIN_UNAVAILABLE' });
    expect(secrets.writes).toEqual([]);
    expect(processes.started).toHaveLength(0);
  });

  it('works without a keychain only when chosen, and warns for good', async () => {
    const secrets = createFakeKeychain(false);
    const { client } = createAppOverDoubles(
      {
        'vaultOffice.create': ({ deviceSecret }: { deviceSecret: string | null }) => {
          if (deviceSecret !== null) throw new TypeError('a device secret in password-only mode');
          return { opened: anOpenedOffice('password-only'), kit };
        },
        'vaultOffice.inspect': () => anInspection('password-only'),
      },
      secrets,
    );
    await client.office.create(creation('password-only'));
    expect((await client.office.status({})).warnings).toEqual(['password-only']);
    await client.office.lock({});
    expect((await client.office.status({})).warnings).toEqual(['password-only']);
    expect(secrets.writes).toEqual([]);
  });
});

describe('restoring', () => {
  const contents = {
    officeId: OFFICE_ID,
    officeName: 'Office Ltd',
    createdAt: '2026-01-01T00:00:00.000Z',
    files: [],
    clients: 1,
    transactions: 2,
    ok: true,
  };
  const input = {
    path: '/b.age',
    key: { kind: 'passphrase', passphrase: aSealedText('phrase') },
    password: aSealedText('new password'),
    protection: 'keychain',
    replyKey: REPLY_KEY,
  } as const;

  it('keeps the device secret an office of this computer already has', async () => {
    const secrets = createFakeKeychain();
    const present = Buffer.alloc(32, 7).toString('base64');
    await secrets.set(keyOf(OFFICE_ID), present);
    const { client, events } = createAppOverDoubles(
      {
        'vaultOffice.verifyBackup': () => contents,
        'vaultOffice.restore': ({ deviceSecret }: { deviceSecret: string }) => {
          expect(deviceSecret).toBe(present);
          return { opened: anOpenedOffice(), contents, kit: null, connectionsToReauthorise: 1, usersToInvite: 2 };
        },
      },
      secrets,
    );
    expect(await client.backups.restore(input)).toEqual({
      contents,
      kit: null,
      connectionsToReauthorise: 1,
      usersToInvite: 2,
    });
    expect(events.at(-1)).toMatchObject({ channel: 'office.statusChanged', payload: { state: 'unlocked' } });
  });

  it.each([true, false])('withdraws only a secret it wrote itself (one was there: %s)', async (wasThere) => {
    const secrets = createFakeKeychain();
    if (wasThere) await secrets.set(keyOf(OFFICE_ID), 'x');
    const { client } = createAppOverDoubles(
      {
        'vaultOffice.verifyBackup': () => contents,
        'vaultOffice.restore': () => {
          throw new AppError('BACKUP_TARGET_NOT_EMPTY');
        },
      },
      secrets,
    );
    await expect(client.backups.restore(input)).rejects.toMatchObject({ code: 'BACKUP_TARGET_NOT_EMPTY' });
    expect(await secrets.get(keyOf(OFFICE_ID))).toBe(wasThere ? 'x' : null);
  });
});

describe('a restore that fails', () => {
  const input = {
    path: '/b.age',
    key: { kind: 'passphrase', passphrase: aSealedText('phrase') },
    password: aSealedText('new password'),
    protection: 'keychain',
    replyKey: REPLY_KEY,
  } as const;
  const contents = {
    officeId: OFFICE_ID,
    officeName: 'Office Ltd',
    createdAt: '2026-01-01T00:00:00.000Z',
    files: [],
    clients: 1,
    transactions: 2,
    ok: true,
  };

  /** The secret that stays behind after a restore that did `work` and failed with `code`. */
  async function secretAfter(
    code: 'PROCESS_CRASHED' | 'VAULT_DISK_FULL' | 'BACKUP_TARGET_NOT_EMPTY',
    isWritten: boolean,
  ) {
    const secrets = createFakeKeychain();
    let given: string | null = null;
    const { client } = createAppOverDoubles(
      {
        'vaultOffice.verifyBackup': () => contents,
        'vaultOffice.inspect': () => anInspection(isWritten ? 'keychain' : null),
        'vaultOffice.restore': ({ deviceSecret }: { deviceSecret: string }) => {
          given = deviceSecret;
          throw new AppError(code);
        },
      },
      secrets,
    );
    await expect(client.backups.restore(input)).rejects.toMatchObject({ code });
    expect(secrets.writes).toEqual([keyOf(OFFICE_ID)]);
    return { kept: await secrets.get(keyOf(OFFICE_ID)), given };
  }

  it('keeps the secret of an office that was published before the vault died', async () => {
    const { kept, given } = await secretAfter('PROCESS_CRASHED', true);
    expect(kept).not.toBeNull();
    expect(kept).toBe(given);
  });

  it('withdraws the secret where nothing was published', async () => {
    expect((await secretAfter('VAULT_DISK_FULL', false)).kept).toBeNull();
  });

  it('withdraws it where the folder already held an office, even this one', async () => {
    expect((await secretAfter('BACKUP_TARGET_NOT_EMPTY', true)).kept).toBeNull();
  });
});

describe('suggesting where to write a backup', () => {
  it('names office and day, without what a file system refuses', async () => {
    const { client } = createAppOverDoubles({
      'vaultOffice.inspect': () => anInspection('password-only'),
      'vaultOffice.unlock': () => {
        const opened = anOpenedOffice('password-only');
        return { ...opened, office: { ...opened.office, name: 'A/B: "Tax" <Ltd>.' } };
      },
    });
    await client.office.unlock(anUnlocking());
    expect(await client.backups.suggest({})).toEqual({ path: '/documents/A B Tax Ltd backup 2026-01-31.age' });
  });
});
