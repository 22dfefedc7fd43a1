// An office on a disk with little room: whatever ends for want of it, what was acknowledged is there once there is room again.
import assert from 'node:assert/strict';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rotateKeys } from '../../electron/core/vault/rotation/rotate-keys.ts';
import type { VaultServices } from '../../electron/core/vault/services.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import {
  addClientOnDisk,
  createOfficeOnDisk,
  officeServices,
  signInOnDisk,
  temporaryFolder,
  type OpenOfficeOnDisk,
} from '../builders/office-on-disk.ts';
import { createSmallDisk, type SmallDisk } from './small-disk.ts';

export interface FullDiskFigures {
  readonly rooms: number;
  /** Steps that ended for want of room, and said so. */
  readonly refused: number;
  readonly seconds: number;
}

const DISK_KIB = 4096;
/** After so many rooms the office is as it was at first: what each of them adds would fill the disk. */
const ROOMS_AN_OFFICE = 10;

/** Leaves about so much room. */
function leaveRoom(disk: SmallDisk, kibibytes: number): () => void {
  const filler = join(disk.directory, 'filler');
  const block = Buffer.alloc(4096);
  let blocks = 0;
  try {
    for (;;) {
      writeFileSync(`${filler}-${blocks}`, block);
      blocks += 1;
    }
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOSPC') throw error;
  }
  const remove = (index: number): void => rmSync(`${filler}-${index}`, { force: true });
  remove(blocks);
  for (let freed = 0; freed < kibibytes / 4 && blocks > 0; freed += 1) remove((blocks -= 1));
  return () => {
    while (blocks > 0) remove((blocks -= 1));
  };
}

/** What a full disk ends in. */
const ROOM: ReadonlySet<unknown> = new Set(['VAULT_DISK_FULL', 'VAULT_IO']);

/** True where the step ended for want of room. Any other end is wrong. */
async function refusedForRoom(step: () => Promise<unknown>): Promise<boolean> {
  try {
    await step();
    return false;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (ROOM.has(error.code === 'VAULT_KEYS_UNFINISHED' ? error.params['cause'] : error.code)) return true;
    throw error;
  }
}

function closeAnyhow(office: OpenOfficeOnDisk): void {
  try {
    office.close();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

interface Place {
  readonly disk: SmallDisk;
  readonly directory: string;
  readonly services: VaultServices;
}

async function workWithRoom({ disk, directory, services }: Place, userId: string, room: number): Promise<number> {
  const giveBack = leaveRoom(disk, room);
  let refused = 0;
  let office: OpenOfficeOnDisk | null = null;
  const count = async (step: () => Promise<unknown>): Promise<void> => {
    if (await refusedForRoom(step)) refused += 1;
  };
  await count(async () => (office = await signInOnDisk(services, { directory, userId })));
  const open = office as OpenOfficeOnDisk | null;
  if (open) {
    await count(() => addClientOnDisk(services, open, `Client with ${room}`));
    const rotation = { what: { kind: 'all' }, reason: 'routine' } as const;
    await count(() => rotateKeys(services, open.contextOf('security.rotate'), rotation));
    closeAnyhow(open);
  }
  giveBack();
  return refused;
}

/** Goes through amounts of room from none to plenty. Null where the system gives us no small disk. */
export async function sweepFullDisk(rooms: number): Promise<FullDiskFigures | null> {
  const disk = createSmallDisk(DISK_KIB);
  if (!disk) return null;
  const folder = temporaryFolder('full-disk');
  const started = performance.now();
  try {
    const place = { disk, directory: join(disk.directory, 'office'), services: officeServices() };
    const { directory, services } = place;
    const first = await createOfficeOnDisk(services, directory);
    const { userId } = first.session;
    const clientId = await addClientOnDisk(services, first, 'Harbour Bakery Ltd');
    first.close();
    cpSync(directory, folder.at('office'), { recursive: true });
    let refused = 0;
    for (let turn = 0; turn < rooms; turn += 1) {
      if (turn % ROOMS_AN_OFFICE === 0) {
        rmSync(directory, { recursive: true });
        cpSync(folder.at('office'), directory, { recursive: true });
      }
      refused += await workWithRoom(place, userId, Math.floor((turn * 800) / rooms));
      const office = await signInOnDisk(services, { directory, userId });
      const { store } = office.session.office;
      assert.deepEqual(office.session.office.problems(), []);
      assert.equal(store.audit.check().brokenAt, null);
      for (const { id } of store.clients.list()) assert.deepEqual(office.session.client(id).problems(), []);
      assert.ok(store.clients.find(clientId));
      office.close();
    }
    return { rooms, refused, seconds: Math.round((performance.now() - started) / 1000) };
  } finally {
    disk.remove();
    folder.remove();
  }
}
