// A rotation that stopped after the file had its next key, and another one begun before it was finished: the file always opens.
import { cpSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeFileSystem } from '../../../electron/adapters/vault-files/file-system.ts';
import { rotateKeys } from '../../../electron/core/vault/rotation/rotate-keys.ts';
import type { ClientId, UserId } from '../../../shared/model/ids.ts';
import {
  addClientOnDisk,
  createOfficeOnDisk,
  officeServices,
  signInOnDisk,
  temporaryFolder,
} from '../../builders/office-on-disk.ts';

type Trouble = 'none' | 'folder' | 'full' | 'killed';
type Folder = ReturnType<typeof temporaryFolder>;
type Office = Awaited<ReturnType<typeof signInOnDisk>>;

let folder: Folder;
let trouble: Trouble;
let clientId: ClientId;
let userId: UserId;
let office: Office;

/** A disk that refuses what `trouble` says; `killed` photographs the folder once the new file has its name. */
const services = () =>
  officeServices({
    ...nodeFileSystem,
    syncDirectory: (path: string) => {
      if (trouble === 'folder' && path.endsWith('clients')) throw Object.assign(new Error('io'), { code: 'EIO' });
      nodeFileSystem.syncDirectory(path);
      if (trouble === 'killed' && path.endsWith('clients'))
        cpSync(folder.at('office'), folder.at('killed'), { recursive: true });
    },
    sync: (path: string) => {
      if (trouble === 'full' && path.endsWith('.next')) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      nodeFileSystem.sync(path);
    },
  });

const signIn = async (directory: string): Promise<Office> => {
  office = await signInOnDisk(services(), { directory, userId });
  return office;
};
const rotate = () =>
  rotateKeys(services(), office.contextOf('security.rotate'), {
    what: { kind: 'client', clientId },
    reason: 'routine',
  });
const refused = (code: string) => expect.objectContaining({ code }) as unknown;

beforeEach(async () => {
  folder = temporaryFolder('planned-again');
  trouble = 'none';
  const created = await createOfficeOnDisk(services(), folder.at('office'));
  ({ userId } = created.session);
  clientId = await addClientOnDisk(services(), created, 'Quay Books');
  created.close();
  await signIn(folder.at('office'));
});
afterEach(() => {
  office.close();
  folder.remove();
});

describe('a rotation begun over one that stopped', () => {
  it('after the folder could not be made durable, on a disk that is full then: the client opens', async () => {
    trouble = 'folder';
    await expect(rotate()).rejects.toEqual(refused('VAULT_KEYS_UNFINISHED'));
    trouble = 'full';
    await expect(rotate()).rejects.toEqual(refused('VAULT_DISK_FULL'));
    trouble = 'none';
    office.close();
    const { opened, session } = await signIn(folder.at('office'));
    expect(opened.warnings).not.toContain('rotation-unfinished');
    expect(session.client(clientId).problems()).toEqual([]);
  });

  it('after a kill between the new file and its record, on a disk that is full then: the client opens', async () => {
    trouble = 'killed';
    await rotate();
    office.close();
    trouble = 'full';
    expect((await signIn(folder.at('killed'))).opened.warnings).toContain('rotation-unfinished');
    await expect(rotate()).rejects.toEqual(refused('VAULT_DISK_FULL'));
    office.close();
    trouble = 'none';
    const { opened, session } = await signIn(folder.at('killed'));
    expect(opened.warnings).not.toContain('rotation-unfinished');
    expect(session.client(clientId).problems()).toEqual([]);
    await rotate();
    expect(session.client(clientId).problems()).toEqual([]);
  });
});
