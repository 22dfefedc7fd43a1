// The contract of SecondFactorDevice: what a device must do so that its output may be an ingredient of a key.
import { describe, expect, it } from 'vitest';
import type { SecondFactorDevice } from '../../electron/core/ports/second-factor-device.ts';
import { OfficeId, UserId } from '../../shared/model/ids.ts';

export interface DeviceUnderTest {
  readonly device: SecondFactorDevice;
  /** Pulls it out, or takes the person's hand away, until the function returned is called. */
  readonly pull: () => () => void;
  readonly ignore: () => () => void;
}

const OWNER = {
  officeId: OfficeId.parse(`office_${'0a'.repeat(10)}`),
  userId: UserId.parse(`user_${'0c'.repeat(10)}`),
  userName: 'Olivia',
};
const salt = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export function secondFactorDeviceContract(
  name: string,
  create: () => DeviceUnderTest | Promise<DeviceUnderTest>,
): void {
  describe(name, () => {
    it('says what kind it is and enrols an opaque credential with a label', async () => {
      const { device } = await create();
      const { credentialId, label } = await device.enrol(OWNER);
      expect(device.kind).not.toBe('');
      expect(label).not.toBe('');
      expect(label.length).toBeLessThanOrEqual(200);
      expect(credentialId).not.toBe('');
      expect(credentialId.length).toBeLessThanOrEqual(2000);
    });

    it('derives the same 32 bytes for the same credential and salt', async () => {
      const { device } = await create();
      const { credentialId } = await device.enrol(OWNER);
      const outputs = [];
      for (let time = 0; time < 3; time += 1) outputs.push(await device.derive({ credentialId, salt: salt(1) }));
      expect(outputs.map(({ length }) => length)).toEqual([32, 32, 32]);
      expect(new Set(outputs.map(hex)).size).toBe(1);
    });

    it('derives others for another salt, another credential, another device', async () => {
      const [one, two] = [await create(), await create()];
      const first = await one.device.enrol(OWNER);
      const second = await one.device.enrol(OWNER);
      const foreign = await two.device.enrol(OWNER);
      expect(second.credentialId).not.toBe(first.credentialId);
      const outputs = [
        await one.device.derive({ credentialId: first.credentialId, salt: salt(1) }),
        await one.device.derive({ credentialId: first.credentialId, salt: salt(2) }),
        await one.device.derive({ credentialId: second.credentialId, salt: salt(1) }),
        await two.device.derive({ credentialId: foreign.credentialId, salt: salt(1) }),
      ];
      expect(new Set(outputs.map(hex)).size).toBe(4);
    });

    it('knows no credential of another device', async () => {
      const [one, two] = [await create(), await create()];
      const { credentialId } = await one.device.enrol(OWNER);
      await expect(two.device.derive({ credentialId, salt: salt(1) })).rejects.toMatchObject({
        code: 'FACTOR_DEVICE_ABSENT',
      });
    });

    it('is absent while it is pulled out, and as before afterwards', async () => {
      const { device, pull } = await create();
      const { credentialId } = await device.enrol(OWNER);
      const before = await device.derive({ credentialId, salt: salt(1) });
      const plugIn = pull();
      const absent = { code: 'FACTOR_DEVICE_ABSENT' };
      await expect(device.derive({ credentialId, salt: salt(1) })).rejects.toMatchObject(absent);
      await expect(device.enrol(OWNER)).rejects.toMatchObject(absent);
      plugIn();
      expect(hex(await device.derive({ credentialId, salt: salt(1) }))).toBe(hex(before));
    });

    it('fails when nobody touches it', async () => {
      const { device, ignore } = await create();
      const { credentialId } = await device.enrol(OWNER);
      const touch = ignore();
      const failed = { code: 'FACTOR_DEVICE_FAILED' };
      await expect(device.derive({ credentialId, salt: salt(1) })).rejects.toMatchObject(failed);
      await expect(device.enrol(OWNER)).rejects.toMatchObject(failed);
      touch();
      expect(await device.derive({ credentialId, salt: salt(1) })).toHaveLength(32);
    });

    it('takes no salt of another length', async () => {
      const { device } = await create();
      const { credentialId } = await device.enrol(OWNER);
      for (const length of [0, 31, 33, 64])
        await expect(device.derive({ credentialId, salt: new Uint8Array(length) })).rejects.toMatchObject({
          code: 'FACTOR_DEVICE_FAILED',
        });
    });
  });
}
