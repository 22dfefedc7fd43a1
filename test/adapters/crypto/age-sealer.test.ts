// Sealing to people: everyone named opens it alone, nobody else, and Debian's age too.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAgeSealer } from '../../../electron/adapters/crypto/age-sealer.ts';

const sealer = createAgeSealer();
const secret = new Uint8Array(32).fill(9);
const hasAge = spawnSync('age', ['--version']).status === 0;

describe('createAgeSealer', () => {
  it('opens for each recipient and for nobody else', async () => {
    const [one, two, other] = [await sealer.newIdentity(), await sealer.newIdentity(), await sealer.newIdentity()];
    const sealed = await sealer.seal(secret, [await sealer.recipientOf(one), await sealer.recipientOf(two)]);
    expect(await sealer.open(sealed, one)).toEqual(secret);
    expect(await sealer.open(sealed, two)).toEqual(secret);
    await expect(sealer.open(sealed, other)).rejects.toMatchObject({ code: 'VAULT_HEADER_TAMPERED' });
    await expect(sealer.seal(secret, [])).rejects.toThrow(TypeError);
    for (let bit = 0; bit < sealed.length * 8; bit += 7) {
      const flipped = Uint8Array.from(sealed);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      await expect(sealer.open(flipped, one)).rejects.toMatchObject({ code: 'VAULT_HEADER_TAMPERED' });
    }
  });

  it.skipIf(!hasAge)('is the format Debian’s age reads', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'strongroom-age-'));
    try {
      const identity = await sealer.newIdentity();
      const sealed = await sealer.seal(secret, [await sealer.recipientOf(identity)]);
      writeFileSync(join(directory, 'identity'), `${identity}\n`);
      const opened = execFileSync('age', ['-d', '-i', join(directory, 'identity')], { input: sealed });
      expect(new Uint8Array(opened)).toEqual(secret);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
