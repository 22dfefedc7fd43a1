// Floors, ceilings and calibration of the password derivation.
import { argon2Sync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { calibrate, createArgon2Kdf, INSECURE_TEST_KDF } from '../../../electron/adapters/crypto/argon2-kdf.ts';
import type { KdfParameters } from '../../../electron/core/ports/key-derivation.ts';

const MIB = 1024;
const floor: KdfParameters = { algorithm: 'argon2id', version: 19, memoryKiB: 64 * MIB, passes: 3, lanes: 4 };
const salt = new Uint8Array(16);

describe('floors and ceilings', () => {
  const refused: Partial<KdfParameters>[] = [
    { memoryKiB: 8 * MIB },
    { memoryKiB: 64 * MIB - 1 },
    { memoryKiB: 1024 * MIB + 1 },
    { memoryKiB: 64 * 1024 * MIB },
    { passes: 2 },
    { passes: 11 },
    { lanes: 3 },
    { lanes: 17 },
    { algorithm: 'INSECURE_TEST_KDF' },
    { algorithm: 'INSECURE_TEST_KDF', memoryKiB: 64, passes: 1, lanes: 1 },
  ];
  it.each(refused)('refuses %o before hashing', async (changes) => {
    const kdf = createArgon2Kdf();
    const start = performance.now();
    await expect(kdf.derive('any', { ...floor, ...changes }, salt)).rejects.toMatchObject({
      code: 'VAULT_KDF_REFUSED',
    });
    expect(performance.now() - start).toBeLessThan(50);
  });

  it('accepts floor and ceiling themselves', () => {
    const kdf = createArgon2Kdf();
    kdf.assertAllowed(floor);
    kdf.assertAllowed({ ...floor, memoryKiB: 1024 * MIB, passes: 10, lanes: 16 });
  });

  it('takes toys only where it was told to, and no other weak parameters then', async () => {
    const toy = createArgon2Kdf(INSECURE_TEST_KDF);
    const parameters = await toy.calibrate();
    expect(parameters.algorithm).toBe('INSECURE_TEST_KDF');
    expect(await toy.derive('password', parameters, salt)).toHaveLength(32);
    expect(() => toy.assertAllowed({ ...parameters, memoryKiB: 128 })).toThrow(
      expect.objectContaining({ code: 'VAULT_KDF_REFUSED' }),
    );
    expect(() => toy.assertAllowed({ ...floor, memoryKiB: 8 * MIB })).toThrow(
      expect.objectContaining({ code: 'VAULT_KDF_REFUSED' }),
    );
  });

  it('derives Argon2id 1.3 with the stated memory, passes and lanes, as OpenSSL does', async () => {
    const nonce = Buffer.from('c0ffee00c0ffee00c0ffee00c0ffee00', 'hex');
    const stated = { ...floor, memoryKiB: 65 * MIB, passes: 4, lanes: 5 };
    const expected = argon2Sync('argon2id', {
      message: 'password',
      nonce,
      parallelism: stated.lanes,
      tagLength: 32,
      memory: stated.memoryKiB,
      passes: stated.passes,
    });
    const derived = await createArgon2Kdf().derive('password', stated, nonce);
    expect(Buffer.from(derived).toString('hex')).toBe(expected.toString('hex'));
  });

  it('derives from the NFKC form, untrimmed', async () => {
    const toy = createArgon2Kdf(INSECURE_TEST_KDF);
    const parameters = await toy.calibrate();
    const of = async (password: string): Promise<string> =>
      Buffer.from(await toy.derive(password, parameters, salt)).toString('hex');
    expect(await of('ﬁle Å')).toBe(await of('file Å'));
    expect(await of(' file')).not.toBe(await of('file'));
  });
});

describe('calibrate', () => {
  const onMachine =
    (msPer64: number) =>
    async (parameters: KdfParameters): Promise<number> =>
      await Promise.resolve((parameters.memoryKiB / (64 * MIB)) * msPer64);
  it.each([
    [100, 512],
    [130, 256],
    [260, 128],
    [400, 128],
    [501, 64],
    [900, 64],
    [5000, 64],
  ])('with %i ms for 64 MiB chooses %i MiB', async (msPer64, mebibytes) => {
    expect(await calibrate(onMachine(msPer64))).toEqual({ ...floor, memoryKiB: mebibytes * MIB });
  });
});
