// A genuine SQLCipher 4 opens an office's own files with the raw key, found with the paper key, `age` and node:crypto: SECURITY.md step by step.
import { Buffer } from 'node:buffer';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Database } from '@signalapp/sqlcipher';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recoveryIdentityByHand, type RecoveryStanza } from '../../builders/paper-key-by-hand.ts';
import { lock, openTestVault, type TestOffice } from '../../core/vault/vault-bench.ts';

const hasAge = spawnSync('age', ['--version']).status === 0;

interface HeaderFile {
  readonly header: {
    readonly office: { readonly id: string };
    readonly officeKey: string;
    readonly recovery: RecoveryStanza;
  };
}

let office: TestOffice;
let clientId = '';

beforeAll(async () => {
  office = await openTestVault();
  clientId = (await office.addClient('Harbour Bakery Ltd')).id;
  await office.vault.client.security.rotate({ what: { kind: 'all' }, reason: 'routine' });
  await lock(office.vault);
});
afterAll(() => office.remove());

/** What `age -d` makes of a sealed key, as 64 hex digits. */
function unseal(identity: string, sealed: Uint8Array): string {
  const file = join(office.root, 'identity.txt');
  writeFileSync(file, `${identity}\n`, { mode: 0o600 });
  return execFileSync('age', ['-d', '-i', file], { input: sealed }).toString('hex');
}

function openGenuine(name: string, hexKey: string): Database {
  const database = new Database(join(office.directory, name));
  database.pragma(`key = "x'${hexKey}'"`);
  return database;
}

describe.skipIf(!hasAge)('a genuine SQLCipher 4', () => {
  it('opens the office and its client with the paper key alone, and finds every page authentic', () => {
    const { header } = JSON.parse(readFileSync(join(office.directory, 'header.json'), 'utf8')) as HeaderFile;
    const identity = recoveryIdentityByHand(header.office.id, header.recovery, office.kit.groups);
    const main = openGenuine('office.db', unseal(identity, Buffer.from(header.officeKey, 'base64')));
    expect(main.pragma('cipher_version')).toEqual([{ cipher_version: expect.stringMatching(/^4\./) }]);
    expect(main.pragma('cipher_integrity_check')).toEqual([]);
    const row = main.prepare('SELECT name, sealed_key FROM clients').get() as { name: string; sealed_key: Uint8Array };
    expect(row.name).toBe('Harbour Bakery Ltd');
    main.close();
    const client = openGenuine(`clients/${clientId}.db`, unseal(identity, row.sealed_key));
    expect(client.pragma('cipher_integrity_check')).toEqual([]);
    expect(client.prepare('SELECT count(*) AS n FROM transactions').get()).toEqual({ n: 0 });
    client.close();
  });

  it('opens nothing with another key', () => {
    const main = openGenuine('office.db', '00'.repeat(32));
    expect(() => main.prepare('SELECT count(*) FROM clients').get()).toThrow(/not a database/);
    main.close();
  });
});
