// The archive apart from any office: the real cost of a passphrase, absurd costs refused, flat memory, odd files.
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBackupArchive, identityPath } from '../../../electron/adapters/vault-files/backup-archive.ts';
import type { ArchiveLabel, WriteArchive } from '../../../electron/core/ports/backup-archive.ts';

const base64 = (length: number): string => Buffer.alloc(length, 1).toString('base64');
const label: ArchiveLabel = {
  officeId: 'office_1',
  recovery: {
    id: 'recovery',
    salt: base64(16),
    recipient: 'age1example',
    ownerKey: Buffer.alloc(32, 6).toString('base64'),
    identity: { nonce: base64(12), ciphertext: base64(74), tag: base64(16), commitment: base64(32) },
  },
};
const archive = createBackupArchive();
let root = '';
let identity = '';
let recipient = '';

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'strongroom-archive-'));
  identity = await generateX25519Identity();
  recipient = await identityToRecipient(identity);
});
afterEach(() => rmSync(root, { recursive: true }));

function writeOptions(changes: Partial<WriteArchive> = {}): WriteArchive {
  return {
    path: join(root, 'backup.age'),
    label,
    recipients: [recipient],
    passphrase: null,
    entries: [{ name: 'keys.json', content: Buffer.from('{}') }],
    manifest: (entries) => ({ name: 'manifest.json', content: Buffer.from(JSON.stringify(entries)) }),
    ...changes,
  };
}

describe('createBackupArchive', () => {
  it('gives a passphrase scrypt with N = 2^18', async () => {
    const options = writeOptions({ passphrase: 'a passphrase for the bank box' });
    await archive.write(options);
    const [, stanza] = readFileSync(identityPath(options.path), 'latin1').split('\n');
    expect(stanza).toMatch(/^-> scrypt \S{22} 18$/);
  });

  it('refuses an absurd cost without paying it', async () => {
    const path = join(root, 'backup.age');
    const body = Buffer.alloc(32).toString('base64').replace(/=+$/, '');
    const salt = Buffer.alloc(16).toString('base64').replace(/=+$/, '');
    writeFileSync(
      identityPath(path),
      `age-encryption.org/v1\n-> scrypt ${salt} 40\n${body}\n--- ${body}\n${'x'.repeat(32)}`,
    );
    writeFileSync(path, `age-encryption.org/v1\n--- ${body}\n`);
    const start = performance.now();
    await expect(archive.identityByPassphrase(path, 'any')).rejects.toMatchObject({ code: 'BACKUP_NO_MATCHING_KEY' });
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('shows its label without a key, and its entries with one', async () => {
    const options = writeOptions();
    await archive.write(options);
    expect(await archive.label(options.path)).toEqual(label);
    const entries = await archive.read({ path: options.path, identity, sinkOf: () => 'keep' });
    expect(entries.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['keys.json', 2],
      ['manifest.json', expect.any(Number)],
    ]);
    expect(JSON.parse(String(Buffer.from(entries[1]?.content ?? [])))).toMatchObject([{ name: 'keys.json', bytes: 2 }]);
  });

  it('refuses files that are no backups', async () => {
    const path = join(root, 'odd');
    const odd = [
      '',
      'hello',
      'age-encryption.org/v1\n',
      `age-encryption.org/v1\n-> X25519 a\nb\n${'c'.repeat(100_000)}`,
      '\0'.repeat(70_000),
    ];
    for (const content of odd) {
      writeFileSync(path, content);
      await expect(archive.label(path)).rejects.toMatchObject({ code: 'BACKUP_FILE_INVALID' });
      await expect(archive.read({ path, identity, sinkOf: () => 'keep' })).rejects.toMatchObject({
        code: 'BACKUP_FILE_INVALID',
      });
    }
    await expect(archive.label(join(root, 'none'))).rejects.toMatchObject({ code: 'BACKUP_FILE_UNREADABLE' });
  });

  // Between collections about 80 MB of chunks pile up, at any size; a file that is held whole shows above that.
  it('keeps memory flat whatever the size', async () => {
    const big = join(root, 'big.bin');
    const bytes = 128 * 1024 * 1024;
    writeFileSync(big, '');
    truncateSync(big, bytes);
    const options = writeOptions({ entries: [{ name: 'office.db', content: { path: big, bytes } }] });
    const before = process.memoryUsage().arrayBuffers;
    let peak = 0;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().arrayBuffers)), 5);
    try {
      await archive.write(options);
      const [entry] = await archive.read({ path: options.path, identity, sinkOf: () => 'discard' });
      expect(entry?.bytes).toBe(bytes);
    } finally {
      clearInterval(watch);
    }
    expect(peak - before).toBeLessThan(bytes * 0.8);
  }, 90_000);
});
