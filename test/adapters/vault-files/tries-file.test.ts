// The file of failed tries: private, replaced as a whole, and no obstacle when it is not there.
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OfficeId } from '../../../shared/model/ids.ts';
import { createTriesFile, TRIES_FILE } from '../../../electron/adapters/vault-files/tries-file.ts';
import { createCrashingDisk, folder } from './crashing-file-system.ts';

const OFFICE = OfficeId.parse(`office_${'0a'.repeat(10)}`);

describe('the file', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tries-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('is read as it was written, lies alone and belongs to its owner', async () => {
    const tries = createTriesFile(directory);
    expect(await tries.read(OFFICE)).toBeNull();
    for (const text of ['one', 'ä two']) {
      await tries.write(OFFICE, text);
      expect(await createTriesFile(directory).read(OFFICE)).toBe(text);
    }
    expect(await readdir(directory)).toEqual([TRIES_FILE]);
    if (process.platform !== 'win32') expect((await stat(join(directory, TRIES_FILE))).mode & 0o777).toBe(0o600);
  });

  it('is nothing where there is no folder, and none is made', async () => {
    const tries = createTriesFile(join(directory, 'absent'));
    expect(await tries.read(OFFICE)).toBeNull();
    await expect(tries.write(OFFICE, 'x')).rejects.toMatchObject({ code: 'VAULT_IO' });
    expect(await readdir(directory)).toEqual([]);
  });

  it('is nothing when a folder lies in its place, or far too much', async () => {
    await writeFile(join(directory, TRIES_FILE), Buffer.alloc(1024 * 1024 + 1, 'x'));
    expect(await createTriesFile(directory).read(OFFICE)).toBeNull();
    await rm(join(directory, TRIES_FILE));
    await mkdir(join(directory, TRIES_FILE));
    expect(await createTriesFile(directory).read(OFFICE)).toBeNull();
  });
});

describe('every step of a write', () => {
  const path = join(folder, TRIES_FILE);

  async function afterTwo(how: 'error' | 'before' | 'after', at: number) {
    const disk = createCrashingDisk();
    await createTriesFile(folder, disk).write(OFFICE, 'old');
    const before = disk.steps();
    disk.failAt(at, how);
    const outcome = await createTriesFile(folder, disk)
      .write(OFFICE, 'new')
      .catch((error: unknown) => error);
    return { disk, outcome, steps: before };
  }

  it.each([1, 2, 3, 4])('%i may fail: the old or the new text is there', async (at) => {
    const { disk, outcome, steps } = await afterTwo('error', at);
    expect(steps).toBe(4);
    expect(outcome).toMatchObject({ code: 'VAULT_DISK_FULL' });
    expect(['old', 'new']).toContain(disk.read(path).toString());
  });

  it.each([1, 2, 3, 4].flatMap((at) => [['before', at] as const, ['after', at] as const]))(
    'the power may go %s step %i',
    async (how, at) => {
      const { disk } = await afterTwo(how, at);
      for (const left of [disk.afterPowerLoss(), disk.afterKill()])
        expect(['old', 'new']).toContain(left.read(path).toString());
    },
  );
});

it('says when the file is there and cannot be read', async () => {
  const disk = createCrashingDisk();
  const refusing = {
    ...disk,
    size: () => {
      throw Object.assign(new Error('no'), { code: 'EACCES' });
    },
  };
  await expect(createTriesFile(folder, refusing).read(OFFICE)).rejects.toMatchObject({
    code: 'OFFICE_FOLDER_NOT_WRITABLE',
  });
});
