// The header on disk: whole or refused, old or new after every fault, the generation before it in reserve.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  createHeaderFiles,
  HEADER_FILE,
  PREVIOUS_HEADER_FILE,
} from '../../../electron/adapters/vault-files/header-files.ts';
import { HEADER_MAGIC, VaultHeader } from '../../../electron/core/ports/vault-header.ts';
import { canonicalJson } from '../../../shared/model/canonical-json.ts';
import { flipBit } from '../../faults/flips.ts';
import { createCrashingDisk, folder, PowerLoss, type CrashingDisk } from './crashing-file-system.ts';

const macKey = new Uint8Array(32).fill(3);
const bytes = (length: number): string => Buffer.alloc(length, 5).toString('base64');
const wrapped = { nonce: bytes(12), ciphertext: bytes(74), tag: bytes(16), commitment: bytes(32) };

function aHeader(generation: number): VaultHeader {
  return VaultHeader.parse({
    magic: HEADER_MAGIC,
    version: 1,
    generation,
    office: { id: `office_${'a1'.repeat(10)}`, name: 'Keel & Partners', createdAt: '2026-01-31T08:15:00.000Z' },
    lockAfterMinutes: 5,
    slots: [
      {
        id: `slot_${'b2'.repeat(10)}`,
        userId: `user_${'c3'.repeat(10)}`,
        name: 'Ada Keel',
        kind: 'password',
        expiresAt: null,
        recipient: 'age1example',
        policy: { deviceSecret: true, secondFactorKey: false, code: false },
        kdf: { algorithm: 'argon2id', version: 19, memoryKiB: 65536, passes: 3, lanes: 4, salt: bytes(16) },
        costsBefore: null,
        device: null,
        identity: wrapped,
      },
    ],
    recovery: {
      id: 'recovery',
      salt: bytes(16),
      recipient: 'age1example',
      identity: wrapped,
      ownerKey: bytes(32),
      forOwner: bytes(200),
    },
    officeKey: bytes(200),
    pendingOfficeKey: null,
  });
}

const current = join(folder, HEADER_FILE);
const previous = join(folder, PREVIOUS_HEADER_FILE);

function diskWith(generations: number): CrashingDisk {
  const disk = createCrashingDisk();
  for (let generation = 1; generation <= generations; generation += 1)
    createHeaderFiles(disk).write(folder, aHeader(generation), macKey);
  return disk;
}

const readGeneration = (disk: CrashingDisk): number => createHeaderFiles(disk).read(folder).header.generation;
const withCode = (code: string): unknown => expect.objectContaining({ code });

describe('header files', () => {
  it('reads back what was written and keeps the generation before', () => {
    const disk = diskWith(2);
    const read = createHeaderFiles(disk).read(folder);
    expect(read.header).toEqual(aHeader(2));
    expect(read.source).toBe('current');
    expect(read.tampered(macKey)).toBe(false);
    expect(read.tampered(new Uint8Array(32))).toBe(true);
    disk.remove(current);
    expect(createHeaderFiles(disk).read(folder)).toMatchObject({ source: 'previous', header: { generation: 1 } });
    disk.remove(previous);
    expect(() => readGeneration(disk)).toThrow(withCode('OFFICE_NOT_FOUND'));
  });

  it('refuses every flipped bit', () => {
    const disk = diskWith(1);
    const original = disk.read(current);
    const headers = createHeaderFiles(disk);
    for (let bit = 0; bit < original.length * 8; bit += 1) {
      disk.write(current, flipBit(original, bit));
      let code = 'accepted';
      try {
        headers.read(folder);
      } catch (error) {
        code = (error as { code: string }).code;
      }
      if (code !== 'VAULT_HEADER_CORRUPT' && code !== 'VAULT_SCHEMA_NEWER') expect.fail(`bit ${bit}: ${code}`);
    }
  });

  it('refuses every length but its own', () => {
    const disk = diskWith(1);
    const original = disk.read(current);
    for (const cut of [0, 1, 100, original.length - 2, original.length - 1]) {
      disk.write(current, original.subarray(0, cut));
      expect(() => readGeneration(disk)).toThrow(withCode('VAULT_HEADER_CORRUPT'));
    }
    for (const tail of [' ', '\n', '{}', ' '.repeat(2 * 1024 * 1024)]) {
      disk.write(current, Buffer.concat([original, Buffer.from(tail)]));
      expect(() => readGeneration(disk)).toThrow(withCode('VAULT_HEADER_CORRUPT'));
    }
  });

  it('tells a newer format from damage', () => {
    const disk = diskWith(1);
    const header = { ...aHeader(1), version: 2, something: 'new' };
    disk.write(current, Buffer.from(`${canonicalJson({ header, mac: 'x', sha256: 'y' })}\n`));
    expect(() => readGeneration(disk)).toThrow(withCode('VAULT_SCHEMA_NEWER'));
  });

  it('sees through a checksum made to fit a changed header', () => {
    const disk = diskWith(1);
    const { mac } = JSON.parse(disk.read(current).toString()) as { mac: string };
    const header = { ...aHeader(1), lockAfterMinutes: 15 };
    const sha256 = createHash('sha256').update(canonicalJson({ header, mac })).digest('hex');
    disk.write(current, Buffer.from(`${canonicalJson({ header, mac, sha256 })}\n`));
    expect(createHeaderFiles(disk).read(folder).tampered(macKey)).toBe(true);
  });

  it('keeps a damaged header as evidence and the good one before it', () => {
    const disk = diskWith(2);
    disk.write(current, Buffer.from('scribble'));
    expect(createHeaderFiles(disk).read(folder)).toMatchObject({ source: 'previous', header: { generation: 1 } });
    createHeaderFiles(disk).write(folder, aHeader(3), macKey);
    expect(readGeneration(disk)).toBe(3);
    const damaged = disk.list(folder).find((name) => name.startsWith('header.damaged-'));
    expect(disk.read(join(folder, damaged!)).toString()).toBe('scribble');
    disk.remove(current);
    expect(readGeneration(disk)).toBe(1);
  });
});

describe('faults while writing', () => {
  const before = diskWith(2).steps();
  const total = diskWith(3).steps() - before;

  it('takes more than one step to write', () => {
    expect(total).toBeGreaterThanOrEqual(7);
  });

  for (const how of ['error', 'before', 'after'] as const) {
    it(`leaves the old or the new header when step n ends with "${how}"`, () => {
      for (let step = 1; step <= total; step += 1) {
        const disk = diskWith(2);
        disk.failAt(step, how);
        const write = (): void => createHeaderFiles(disk).write(folder, aHeader(3), macKey);
        if (how === 'error') expect(write).toThrow(withCode('VAULT_DISK_FULL'));
        else expect(write).toThrow(PowerLoss);
        for (const later of [disk.afterKill(), disk.afterPowerLoss()]) {
          expect([2, 3]).toContain(readGeneration(later));
          createHeaderFiles(later).write(folder, aHeader(4), macKey);
          expect(readGeneration(later)).toBe(4);
        }
      }
    });
  }

  it('is durable when it returns', () => {
    expect(readGeneration(diskWith(3).afterPowerLoss())).toBe(3);
  });
});
