// The insecure software device of the tests keeps the contract that a real one would have to keep.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { InsecureSoftwareDevice } from '../../builders/software-factor-device.ts';
import { secondFactorDeviceContract } from '../../contracts/second-factor-device.ts';

secondFactorDeviceContract('the insecure software device', () => {
  const device = new InsecureSoftwareDevice();
  return {
    device,
    pull: () => {
      device.isPlugged = false;
      return () => void (device.isPlugged = true);
    },
    ignore: () => {
      device.isTouched = false;
      return () => void (device.isTouched = true);
    },
  };
});

it('is in no file of the product', () => {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  for (const room of ['electron', 'shared', 'renderer'])
    for (const entry of readdirSync(join(root, room), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      expect(readFileSync(path, 'utf8'), path).not.toMatch(/software-factor-device|InsecureSoftwareDevice/);
    }
});
