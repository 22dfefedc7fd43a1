// A vault in this process on real files with a toy KDF, spoken to through its dispatcher as the host does. Only tests import it.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAgeSealer } from '../../../electron/adapters/crypto/age-sealer.ts';
import { createArgon2Kdf, INSECURE_TEST_KDF } from '../../../electron/adapters/crypto/argon2-kdf.ts';
import { createOfficeDatabases } from '../../../electron/adapters/sqlite/office-databases.ts';
import { createBackupArchive, INSECURE_TEST_SCRYPT } from '../../../electron/adapters/vault-files/backup-archive.ts';
import { nodeFileSystem, translatingFileErrors } from '../../../electron/adapters/vault-files/file-system.ts';
import { createHeaderFiles } from '../../../electron/adapters/vault-files/header-files.ts';
import { createOfficeFolders } from '../../../electron/adapters/vault-files/office-folders.ts';
import type { VaultServices } from '../../../electron/core/vault/services.ts';
import { createVaultDispatch, vaultProcessContract } from '../../../electron/core/vault/vault-dispatch.ts';
import { createClient } from '../../../shared/ipc/client.ts';
import type { OpenedOffice } from '../../../shared/ipc/processes/vault-contract.ts';
import { newId, OfficeId } from '../../../shared/model/ids.ts';

export const PASSWORD = 'seven violet kettles hum by the quay';
export const DEVICE_SECRET = Buffer.alloc(32, 7).toString('base64');

export function testServices(overrides: Partial<VaultServices> = {}): VaultServices {
  const headers = createHeaderFiles(nodeFileSystem);
  return {
    databases: createOfficeDatabases(translatingFileErrors(nodeFileSystem)),
    headers,
    folders: createOfficeFolders(nodeFileSystem, headers),
    archive: createBackupArchive(INSECURE_TEST_SCRYPT),
    kdf: createArgon2Kdf(INSECURE_TEST_KDF),
    sealer: createAgeSealer(),
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    random: (length) => new Uint8Array(randomBytes(length)),
    ...overrides,
  };
}

export function createTestVault(services: VaultServices = testServices()) {
  const failures: unknown[] = [];
  const dispatch = createVaultDispatch(services, ({ error, expected }) => {
    if (!expected) failures.push(error);
    return null;
  });
  let session: string | null = null;
  const client = createClient(vaultProcessContract, {
    call: (channel, input) => dispatch('parent', JSON.stringify({ call: channel, input, session })),
    subscribe: () => () => undefined,
  });
  return {
    client,
    /** Errors that were no AppError. */
    failures,
    setSession: (token: string | null) => void (session = token),
    adopt: (opened: OpenedOffice) => void (session = opened.session),
  };
}
export type TestVault = ReturnType<typeof createTestVault>;

export function createInput(directory: string, overrides: Partial<{ deviceSecret: string | null; name: string }> = {}) {
  return {
    directory,
    officeId: newId(OfficeId, 'office', randomBytes(10)),
    name: 'Keel & Partners',
    ownerName: 'Ada Keel',
    password: PASSWORD,
    deviceSecret: DEVICE_SECRET as string | null,
    lockAfterMinutes: 5,
    ...overrides,
  };
}

/** A folder that goes away with `remove`; the office's own folder does not exist yet. */
export function temporaryPlace() {
  const root = mkdtempSync(join(tmpdir(), 'strongroom-vault-'));
  return { root, directory: join(root, 'office'), remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** An office that was just created and is open. */
export async function openNewOffice(directory: string, vault: TestVault = createTestVault()) {
  const input = createInput(directory);
  const { opened, kit } = await vault.client.vaultOffice.create(input);
  vault.adopt(opened);
  return { vault, opened, kit, input };
}
