// Creating, unlocking and restoring: what the keychain holds when, and what happens where there is none.
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { createMemorySecretStore } from '../../../electron/adapters/keychain/memory-secret-store.ts';
import type { SecretStore } from '../../../electron/core/ports/secret-store.ts';
import {
  aKit,
  anInspection,
  anOpenedOffice,
  createAppOverDoubles,
  OFFICE_ID,
} from '../../builders/app-over-doubles.ts';

const PASSWORD = 'seven wet bicycles sing';
/** The first id the double's random bytes make. */
const NEW_ID = `office_${'01'.repeat(10)}`;
const keyOf = (id: string): string => `office/${id}/device-secret`;
const creation = (protection: 'keychain' | 'password-only', password = PASSWORD) => ({
  name: 'Office Ltd',
  ownerName: 'Olivia',
  password,
  protection,
  lockAfterMinutes: 5,
});

interface Recorded extends SecretStore {
  readonly writes: string[];
}

function aKeychain(available = true): Recorded {
  const store = createMemorySecretStore();
  const writes: string[] = [];
  return {
    ...store,
    writes,
    isAvailable: () => Promise.resolve(available),
    set: (key, value) => {
      writes.push(key);
      return store.set(key, value);
    },
  };
}

describe('creating an office', () => {
  it('puts a device secret into the keychain before the vault hears of the office', async () => {
    const secrets = aKeychain();
    let seen: unknown = null;
    const { client } = createAppOverDoubles(
      {
        'vaultOffice.create': async (input: { officeId: string; deviceSecret: string }) => {
          seen = [input.officeId, input.deviceSecret, await secrets.get(keyOf(input.officeId))];
          return { opened: anOpenedOffice('keychain', NEW_ID), kit: aKit(NEW_ID) };
        },
      },
      secrets,
    );
    expect(await client.office.create(creation('keychain'))).toEqual(aKit(NEW_ID));
    const secret = Buffer.alloc(32, 2).toString('base64');
    expect(seen).toEqual([NEW_ID, secret, secret]);
    expect(await client.office.status({})).toMatchObject({ state: 'unlocked', protection: 'keychain', warnings: [] });
  });

  it('takes the secret away again when the vault refuses', async () => {
    const secrets = aKeychain();
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
    const secrets = aKeychain(false);
    const { client, processes } = createAppOverDoubles({}, secrets);
    await expect(client.office.create(creation('keychain'))).rejects.toMatchObject({ code: 'KEYCHAIN_UNAVAILABLE' });
    expect(secrets.writes).toEqual([]);
    expect(processes.started).toHaveLength(0);
  });

  it('works without a keychain only when chosen, and warns for good', async () => {
    const secrets = aKeychain(false);
    const { client } = createAppOverDoubles(
      {
        'vaultOffice.create': ({ deviceSecret }: { deviceSecret: string | null }) => {
          if (deviceSecret !== null) throw new TypeError('a device secret in password-only mode');
          return { opened: anOpenedOffice('password-only'), kit: aKit() };
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

  it.each([
    ['keychain', 'Jx7-kq!', 'SESSION_PASSWORD_TOO_SHORT'],
    ['password-only', 'Jx7-kq!pw-7zzQ', 'SESSION_PASSWORD_TOO_SHORT'],
    ['keychain', 'Password2026!Password', 'SESSION_PASSWORD_COMMON'],
  ] as const)('refuses in %s mode the password %s', async (protection, password, code) => {
    const { client, processes } = createAppOverDoubles({});
    await expect(client.office.create(creation(protection, password))).rejects.toMatchObject({ code });
    expect(processes.started).toHaveLength(0);
  });
});

describe('unlocking', () => {
  it('adds the device secret of this office', async () => {
    const secrets = aKeychain();
    await secrets.set(keyOf(OFFICE_ID), Buffer.alloc(32, 9).toString('base64'));
    let given: unknown = null;
    const { client } = createAppOverDoubles(
      {
        'vaultOffice.inspect': () => anInspection('keychain'),
        'vaultOffice.unlock': (input: unknown) => {
          given = input;
          return anOpenedOffice();
        },
      },
      secrets,
    );
    expect(await client.office.unlock({ password: PASSWORD })).toMatchObject({ state: 'unlocked' });
    expect(given).toEqual({
      directory: '/offices/one',
      password: PASSWORD,
      deviceSecret: Buffer.alloc(32, 9).toString('base64'),
    });
  });

  it.each([
    ['the secret is missing', true, 'KEYCHAIN_ENTRY_MISSING'],
    ['the keychain is missing', false, 'KEYCHAIN_UNAVAILABLE'],
  ])('says when %s', async (_, available, code) => {
    const { client } = createAppOverDoubles(
      { 'vaultOffice.inspect': () => anInspection('keychain') },
      aKeychain(available),
    );
    await expect(client.office.unlock({ password: PASSWORD })).rejects.toMatchObject({ code });
  });

  it('says when there is no office, and what is wrong with a damaged one', async () => {
    const problem = { code: 'VAULT_HEADER_CORRUPT', params: {}, retryable: false, ref: null };
    let inspection: object = anInspection(null);
    const { client } = createAppOverDoubles({ 'vaultOffice.inspect': () => inspection });
    expect(await client.office.status({})).toMatchObject({ state: 'none', office: null });
    await expect(client.office.unlock({ password: PASSWORD })).rejects.toMatchObject({ code: 'OFFICE_NOT_FOUND' });
    inspection = { ...anInspection(null), problem };
    expect(await client.office.status({})).toMatchObject({ state: 'locked', problem });
    await expect(client.office.unlock({ password: PASSWORD })).rejects.toMatchObject({ code: 'VAULT_HEADER_CORRUPT' });
  });

  it('keeps the office locked after wrong credentials', async () => {
    const { client } = createAppOverDoubles({
      'vaultOffice.inspect': () => anInspection('password-only'),
      'vaultOffice.unlock': () => {
        throw new AppError('SESSION_WRONG_CREDENTIALS');
      },
    });
    await expect(client.office.unlock({ password: 'no' })).rejects.toMatchObject({ code: 'SESSION_WRONG_CREDENTIALS' });
    expect(await client.office.status({})).toMatchObject({ state: 'locked' });
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
    key: { kind: 'passphrase', passphrase: 'the backup’s own phrase' },
    password: PASSWORD,
    protection: 'keychain',
  } as const;

  it('keeps the device secret an office of this computer already has', async () => {
    const secrets = aKeychain();
    const present = Buffer.alloc(32, 7).toString('base64');
    await secrets.set(keyOf(OFFICE_ID), present);
    const { client, events } = createAppOverDoubles(
      {
        'vaultOffice.verifyBackup': () => contents,
        'vaultOffice.restore': ({ deviceSecret }: { deviceSecret: string }) => {
          expect(deviceSecret).toBe(present);
          return { opened: anOpenedOffice(), contents, kit: null, connectionsToReauthorise: 1 };
        },
      },
      secrets,
    );
    expect(await client.backups.restore(input)).toEqual({ contents, kit: null, connectionsToReauthorise: 1 });
    expect(events.at(-1)).toMatchObject({ channel: 'office.statusChanged', payload: { state: 'unlocked' } });
  });

  it.each([true, false])('withdraws only a secret it wrote itself (one was there: %s)', async (wasThere) => {
    const secrets = aKeychain();
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
    key: { kind: 'passphrase', passphrase: 'the backup’s own phrase' },
    password: PASSWORD,
    protection: 'keychain',
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
    const secrets = aKeychain();
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
    await client.office.unlock({ password: 'x' });
    expect(await client.backups.suggest({})).toEqual({ path: '/documents/A B Tax Ltd backup 2026-01-31.age' });
  });
});
