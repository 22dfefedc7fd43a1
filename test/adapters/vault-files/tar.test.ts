// The tar stream: Debian's tar reads it, we read Debian's, and odd ones are refused.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTar, TAR_END, tarHeader, tarPadding } from '../../../electron/adapters/vault-files/tar.ts';

interface File {
  readonly name: string;
  readonly content: Uint8Array;
}

function pack(files: readonly File[]): Buffer {
  const parts = files.flatMap(({ name, content }) => [
    tarHeader({ name, bytes: content.length }, 1_700_000_000),
    content,
    tarPadding(content.length),
  ]);
  return Buffer.concat([...parts, TAR_END]);
}

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size)
    yield await Promise.resolve(bytes.subarray(start, start + size));
}

async function unpack(archive: Uint8Array, size = 700): Promise<File[]> {
  const files: File[] = [];
  for await (const entry of readTar(inChunks(archive, size))) {
    const pieces: Buffer[] = [];
    for await (const piece of entry.content) pieces.push(Buffer.from(piece));
    files.push({ name: entry.name, content: new Uint8Array(Buffer.concat(pieces)) });
  }
  return files;
}

const name = fc.stringMatching(/^[a-z0-9_./-]{1,100}$/);
const file = fc.record({ name, content: fc.uint8Array({ maxLength: 2000 }) });
const hasTar = spawnSync('tar', ['--version']).status === 0;

describe('tar', () => {
  it('reads what it wrote, whatever the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(file, { maxLength: 5 }), fc.integer({ min: 1, max: 3000 }), async (files, size) => {
        expect(await unpack(pack(files), size)).toEqual(files);
      }),
      { numRuns: 60 },
    );
  });

  it('ends early or refuses at every cut and every flipped header bit', async () => {
    const archive = pack([{ name: 'office.db', content: new Uint8Array(600).fill(7) }]);
    for (let cut = 0; cut < archive.length; cut += 1) {
      await expect(unpack(archive.subarray(0, cut))).rejects.toMatchObject({ code: 'BACKUP_INCOMPLETE' });
    }
    for (let bit = 0; bit < 512 * 8; bit += 1) {
      const flipped = Uint8Array.from(archive);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      await expect(unpack(flipped)).rejects.toMatchObject({ code: expect.stringMatching(/^BACKUP_/) });
    }
  });

  it('refuses names and sizes ustar has no room for', () => {
    for (const wrong of ['', 'a'.repeat(101), 'with blank', 'ümlaut'])
      expect(() => tarHeader({ name: wrong, bytes: 1 }, 0)).toThrow(TypeError);
    expect(() => tarHeader({ name: 'a', bytes: 8 ** 11 }, 0)).toThrow(TypeError);
  });

  it.skipIf(!hasTar)('agrees with the system’s tar both ways', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'strongroom-tar-'));
    try {
      const files = [
        { name: 'keys.json', content: new Uint8Array(Buffer.from('{}')) },
        { name: 'clients/client_0123456789abcdef0123.db', content: new Uint8Array(5000).fill(3) },
      ];
      writeFileSync(join(directory, 'ours.tar'), pack(files));
      execFileSync('tar', ['-xf', 'ours.tar'], { cwd: directory });
      for (const { name: entry, content } of files)
        expect(new Uint8Array(readFileSync(join(directory, entry)))).toEqual(content);
      const names = files.map((entry) => entry.name);
      execFileSync('tar', ['--format=ustar', '-cf', 'theirs.tar', ...names], { cwd: directory });
      expect(await unpack(readFileSync(join(directory, 'theirs.tar')).subarray(0))).toEqual(files);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
