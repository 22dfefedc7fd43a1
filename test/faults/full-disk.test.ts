// A real disk without room, and one that can only be read. Where the system gives us none, the test says so.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createOfficeOnDisk, officeServices, signInOnDisk, temporaryFolder } from '../builders/office-on-disk.ts';
import { sweepFullDisk } from './full-disk.ts';
import { createSmallDisk, smallDisksAvailable } from './small-disk.ts';

const available = smallDisksAvailable();
const where = available ? '' : ' (skipped: no right to mount a small disk here)';

describe.skipIf(!available)(`a real disk${where}`, () => {
  it('without room refuses, and loses nothing', { timeout: 120_000 }, async () => {
    const figures = await sweepFullDisk(6);
    expect(figures?.refused).toBeGreaterThan(3);
  });

  it('that can only be read refuses, and is as it was', async () => {
    const folder = temporaryFolder('read-only');
    const disk = createSmallDisk(4096) ?? expect.fail('no disk');
    try {
      const services = officeServices();
      const office = await createOfficeOnDisk(services, folder.at('office'));
      const { userId } = office.session;
      const anchor = office.close();
      const directory = join(disk.directory, 'office');
      cpSync(folder.at('office'), directory, { recursive: true });
      expect(disk.setReadOnly(true)).toBe(true);
      await expect(signInOnDisk(services, { directory, userId, anchor })).rejects.toMatchObject({
        code: 'OFFICE_FOLDER_NOT_WRITABLE',
      });
      expect(disk.setReadOnly(false)).toBe(true);
      (await signInOnDisk(services, { directory, userId, anchor })).close();
    } finally {
      disk.remove();
      folder.remove();
    }
  });
});
