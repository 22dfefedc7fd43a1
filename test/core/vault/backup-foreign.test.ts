// Backups opened by foreign programs: Debian's age and tar, plain node:crypto. Nothing of the program takes part in the opening.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../electron/adapters/sqlite/open-database.ts';
import { recoveryIdentityByHand, type RecoveryStanza } from '../../builders/paper-key-by-hand.ts';
import { lock, openNewOffice, temporaryPlace } from './vault-bench.ts';

const PASSPHRASE = 'a passphrase for the bank box';
const hasAge = spawnSync('age', ['--version']).status === 0;
const hasXxd = spawnSync('xxd', ['-v']).status === 0;
let place = temporaryPlace();
let backup = '';

beforeEach(() => {
  place = temporaryPlace();
  backup = join(place.root, 'backup.age');
});
afterEach(() => place.remove());

/** An office with one client, backed up and closed. */
async function officeWithBackup(passphrase: string | null = null) {
  const { vault, kit } = await openNewOffice(place.directory);
  const client = await vault.client.clients.add({ name: 'Harbour Bakery Ltd' });
  const sealed = passphrase === null ? null : await vault.seal('passphrase', passphrase);
  await vault.client.backups.create({ path: backup, passphrase: sealed });
  await lock(vault);
  expect(vault.failures).toEqual([]);
  return { kit, client };
}

/** Runs age with a terminal of its own, where it asks for the passphrase. */
const AGE_WITH_PASSPHRASE = `import pty, os, sys
pid, fd = pty.fork()
if pid == 0:
    os.execvp('age', ['age'] + sys.argv[2:])
os.read(fd, 1000)
os.write(fd, sys.argv[1].encode() + b'\\n')
try:
    while os.read(fd, 1000): pass
except OSError:
    pass
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))`;

describe.skipIf(!hasAge)('with Debian’s age', () => {
  const age = (...inputs: string[]) => execFileSync('python3', ['-c', AGE_WITH_PASSPHRASE, PASSPHRASE, ...inputs]);

  it('opens with the passphrase’s identity file as it is, and with what lies in it', async () => {
    await officeWithBackup(PASSPHRASE);
    const [identity, tar] = [join(place.root, 'identity.txt'), join(place.root, 'backup.tar')];
    age('-d', '-i', `${backup}.identity.age`, '-o', tar, backup);
    age('-d', '-o', identity, `${backup}.identity.age`);
    expect(readFileSync(identity, 'utf8')).toMatch(/^# public key: age1[0-9a-z]{58}\nAGE-SECRET-KEY-1[0-9A-Z]{58}\n$/);
    expect(execFileSync('age', ['-d', '-i', identity, backup]).equals(readFileSync(tar))).toBe(true);
    const names = execFileSync('tar', ['-tf', tar]).toString().trim().split('\n');
    expect(names).toEqual(expect.arrayContaining(['keys.json', 'manifest.json', 'office.db']));
    execFileSync('tar', ['-xf', tar, 'office.db', 'manifest.json'], { cwd: place.root });
    const manifest = JSON.parse(readFileSync(join(place.root, 'manifest.json'), 'utf8')) as {
      files: { name: string; sha256: string }[];
    };
    const stated = manifest.files.find((file) => file.name === 'office.db')?.sha256;
    expect(execFileSync('sha256sum', [join(place.root, 'office.db')]).toString()).toContain(stated);
  });
});

/** What the backup's age header says about the recovery identity. */
function recoveryStanza(file: string): { readonly officeId: string; readonly recovery: RecoveryStanza } {
  const lines = file.split('\n');
  const start = lines.indexOf('-> strongroom/recovery-v1') + 1;
  const length = lines.slice(start).findIndex((line) => line.length < 64) + 1;
  const text = Buffer.from(lines.slice(start, start + length).join(''), 'base64').toString();
  return JSON.parse(text) as ReturnType<typeof recoveryStanza>;
}

describe.skipIf(!hasAge || !hasXxd)('with the paper key by hand', () => {
  it('opens with Debian’s age and tar; keys.json holds the databases’ keys', async () => {
    const { kit, client } = await officeWithBackup();
    const identity = join(place.root, 'identity.txt');
    const { officeId, recovery } = recoveryStanza(readFileSync(backup, 'latin1'));
    writeFileSync(identity, `${recoveryIdentityByHand(officeId, recovery, kit.groups)}\n`);
    const tar = execFileSync('age', ['-d', '-i', identity, backup]);
    const out = join(place.root, 'out');
    mkdirSync(out);
    execFileSync('tar', ['-x'], { cwd: out, input: tar });
    const keys = JSON.parse(readFileSync(join(out, 'keys.json'), 'utf8')) as {
      officeKey: string;
      clients: { id: string; key: string }[];
    };
    const toHex = (base64: string) =>
      execFileSync('sh', ['-c', 'base64 -d | xxd -p -c 64'], { input: base64 }).toString().trim();
    const count = (name: string, base64: string, table: string): unknown => {
      expect(toHex(base64)).toMatch(/^[0-9a-f]{64}$/);
      const key = Buffer.from(toHex(base64), 'hex');
      const database = openDatabase({ path: join(out, name), key, mode: 'open' });
      const counted = database.prepare(`SELECT count(*) AS n FROM ${table}`).get();
      database.close();
      return counted;
    };
    expect(count('office.db', keys.officeKey, 'clients')).toEqual({ n: 1 });
    expect(keys.clients.map(({ id }) => id)).toEqual([client.id]);
    expect(count(`clients/${client.id}.db`, keys.clients[0]?.key ?? '', 'transactions')).toEqual({ n: 0 });
  });
});
