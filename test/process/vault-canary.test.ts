// No readable byte at rest: a canary goes through every way into the vault, and every file the process leaves is searched for it.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConnectionId, newId } from '../../shared/model/ids.ts';
import { aSourceAccount, buildLedger, statementEvents } from '../builders/ledger.ts';
import {
  createVaultOffice,
  startVault,
  unlockVaultOffice,
  VAULT_PASSWORD,
  vaultErrors,
} from '../builders/vault-process.ts';

const CANARY = 'kanarienvogel-Zürich-4711';
const ROWS = 12_000;
const root = mkdtempSync(join(tmpdir(), 'strongroom-canary-'));
const [directory, temporary, backup] = [join(root, 'office'), join(root, 'tmp'), join(root, 'backup.age')];
mkdirSync(temporary);
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Base64 of a text that holds the word, wherever in it: whole groups of four only, in each of the three ways the bytes may fall. */
const base64Forms = (word: string): string[] =>
  [0, 1, 2].map((before) => {
    const whole = Buffer.from(word).subarray(before);
    return whole.subarray(0, whole.length - (whole.length % 3)).toString('base64');
  });

const texts = [CANARY, 'kanarienvogel', Buffer.from('kanarienvogel').toString('hex'), ...base64Forms('kanarienvogel')];
const forms = [Buffer.from(CANARY, 'utf16le'), ...texts.map((text) => Buffer.from(text, 'utf8'))];

/** Files under `path` that hold the canary, and how many were searched. */
function search(path: string): { searched: number; found: string[] } {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const found = files
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((name) => forms.some((form) => readFileSync(name).includes(form)));
  return { searched: files.length, found };
}

const LARGE_SORT = fileURLToPath(new URL('fixtures/large-sort.ts', import.meta.url));

/** The temporary files that SQLite holds in the middle of a large sort, in a process of its own. */
function heldWhileSorting(name: string, ...control: 'FILE'[]): string[] {
  const output = execFileSync(process.execPath, [LARGE_SORT, join(root, name), ...control]).toString();
  return z.strictObject({ held: z.array(z.string()) }).parse(JSON.parse(output)).held;
}

describe('canary', () => {
  it('is found by the search itself, in any spelling', () => {
    const control = join(root, 'control');
    mkdirSync(control);
    writeFileSync(join(control, 'plain'), `x${CANARY}x`);
    writeFileSync(join(control, 'hex'), Buffer.from(`x${CANARY}x`).toString('hex'));
    for (const before of ['', 'x', 'xx'])
      writeFileSync(join(control, `base64${before}`), Buffer.from(`${before}${CANARY}x`).toString('base64'));
    expect(search(control).found).toHaveLength(5);
    rmSync(control, { recursive: true });
  });

  it('is in no database, log, temporary file, header or backup', async () => {
    const vault = startVault({ environment: { TMPDIR: temporary, SQLITE_TMPDIR: temporary } });
    const { client } = vault;
    const password = `${VAULT_PASSWORD} ${CANARY}`;
    // Names of office and people stand on the sign-in screen, readable without a key.
    await createVaultOffice(vault, directory, { password });
    const { id: clientId } = await client.clients.add({ name: `Client ${CANARY}` });
    await client.vaultConnections.create({
      connectionId: newId(ConnectionId, 'connection', randomBytes(10)),
      details: {
        type: 'uk-open-banking',
        institution: `Bank ${CANARY}`,
        issuer: 'https://bank.example',
        resourceBase: 'https://bank.example/open-banking/v4.0/aisp',
        clientId: `id-${CANARY}`,
        authorityPem: null,
        practice: false,
      },
      pins: [`${'A'.repeat(43)}=`, `${'B'.repeat(43)}=`],
      startDate: '2025-01-01',
      permissions: ['ReadAccountsDetail'],
    });
    const reader = 'ofx 1.02';
    const source = `${CANARY}.ofx`;
    const { batchId } = await client.staging.open({ clientId, kind: 'file', source, connectionId: null, reader });
    const rows = buildLedger({ rows: ROWS, seed: 3 }).rows.map((row) => ({
      ...row,
      description: `${row.description} ${CANARY}`,
      counterparty: CANARY,
      raw: `${row.raw} ${CANARY}`,
    }));
    for (const event of statementEvents({ account: aSourceAccount({ name: CANARY }), rows }))
      await client.staging.add({ clientId, batchId, resourceId: null, events: [event] });
    const facts = { payloadSha256: 'a'.repeat(64), payloadBytes: 1, reader, tls: null, complete: [] };
    await client.staging.finish({ clientId, batchId, ...facts });
    expect(search(directory).found).toEqual([]);
    await client.batches.commit({ clientId, batchId });
    const filter = { clientId, accountId: null, from: null, to: null, search: 'kanarienvogel', state: null };
    const sort = { by: 'description', direction: 'descending' } as const;
    const page = await client.transactions.list({ filter, sort, offset: ROWS - 100, limit: 100 });
    expect(page.total).toBe(ROWS);
    expect(page.rows[0]?.description).toContain(CANARY);
    await client.backups.create({ path: backup, passphrase: await vault.seal('passphrase', password) });

    const alive = search(root);
    expect(alive.found).toEqual([]);
    expect(alive.searched).toBeGreaterThan(7);
    await vault.kill();
    expect(search(root).found).toEqual([]);
    expect(readdirSync(join(directory, 'clients')).some((name) => name.endsWith('-wal'))).toBe(true);

    const second = startVault({ environment: { TMPDIR: temporary } });
    await unlockVaultOffice(second, directory, { password });
    await second.client.vaultOffice.close({});
    await second.kill();
    expect(search(root).found).toEqual([]);
    expect(vaultErrors).toEqual([]);
  });
});

describe.skipIf(process.platform !== 'linux')('temporary files of SQLite, as /proc shows them on Linux', () => {
  it('are seen by this check where the database allows them', () => {
    expect(heldWhileSorting('control.db', 'FILE')).not.toEqual([]);
  });

  it('do not exist while a database of the office sorts 200,000 rows', () => {
    expect(heldWhileSorting('sorted.db')).toEqual([]);
  });
});
