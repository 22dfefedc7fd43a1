// A rotation killed at any step, then a full disk on which it can't be finished, and another one begun there: the client opens, always.
import { mkdirSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { nodeFileSystem } from '../../../electron/adapters/vault-files/file-system.ts';
import { rotateKeys } from '../../../electron/core/vault/rotation/rotate-keys.ts';
import type { VaultServices } from '../../../electron/core/vault/services.ts';
import type { ClientId, UserId } from '../../../shared/model/ids.ts';
import {
  addClientOnDisk,
  createOfficeOnDisk,
  officeServices,
  signInOnDisk,
  temporaryFolder,
  type OpenOfficeOnDisk,
} from '../../builders/office-on-disk.ts';
import { createPhotographer, type Photograph } from '../../faults/photographs.ts';

let folder: ReturnType<typeof temporaryFolder>;
let clientId: ClientId;
let userId: UserId;

beforeEach(async () => {
  folder = temporaryFolder('planned-again');
  const services = officeServices();
  const office = await createOfficeOnDisk(services, folder.at('office'));
  ({ userId } = office.session);
  clientId = await addClientOnDisk(services, office, 'Quay Books');
  office.close();
});
afterEach(() => folder.remove());

const rotate = (services: VaultServices, office: OpenOfficeOnDisk) =>
  rotateKeys(services, office.contextOf('security.rotate'), { what: { kind: 'client', clientId }, reason: 'routine' });

/** A disk without room for another copy of a database. */
const fullDisk = () =>
  officeServices({
    ...nodeFileSystem,
    sync: (path) => {
      if (path.endsWith('.next')) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      nodeFileSystem.sync(path);
    },
  });

/** The folder at every step of one rotation. */
async function photographed(): Promise<readonly Photograph[]> {
  mkdirSync(folder.at('album'));
  const photographer = createPhotographer(folder.at('office'), folder.at('album'));
  const files = photographer.watch(nodeFileSystem, ['sync', 'rename', 'syncDirectory']);
  const plain = officeServices(files);
  const services = { ...plain, sealer: photographer.watch(plain.sealer, ['seal', 'open']) };
  const office = await signInOnDisk(services, { directory: folder.at('office'), userId });
  await photographer.during(() => rotate(services, office));
  office.close();
  return photographer.photographs;
}

/** Signs in where nothing can be finished, and begins another rotation. True where one was unfinished. */
async function planAgain(directory: string): Promise<boolean> {
  const services = fullDisk();
  const office = await signInOnDisk(services, { directory, userId });
  await expect(rotate(services, office)).rejects.toMatchObject({
    code: expect.stringMatching(/^VAULT_(DISK_FULL|KEYS_UNFINISHED)$/),
  });
  expect(office.session.client(clientId).problems()).toEqual([]);
  office.close();
  return office.opened.warnings.includes('rotation-unfinished');
}

it('opens after every kill and another rotation on a full disk, and is finished once there is room', async () => {
  const photographs = await photographed();
  let unfinished = 0;
  for (const { directory, moment } of photographs) {
    for (let turn = 0; turn < 2; turn += 1) if (await planAgain(directory)) unfinished += 1;
    const { opened, session, close } = await signInOnDisk(officeServices(), { directory, userId });
    expect(opened.warnings, moment).not.toContain('rotation-unfinished');
    expect(session.client(clientId).problems(), moment).toEqual([]);
    expect(session.office.store.clients.find(clientId)?.pendingSealedKey, moment).toBeNull();
    close();
  }
  expect(photographs.length).toBeGreaterThan(10);
  // At least the second turn of each finds what the first one planned.
  expect(unfinished).toBeGreaterThan(photographs.length);
}, 120_000);
