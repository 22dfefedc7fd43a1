// Every secret of an office, derived from its folder as the vault derives them, for tests that look for them where they must not be.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAgeSealer } from '../../electron/adapters/crypto/age-sealer.ts';
import { createArgon2Kdf } from '../../electron/adapters/crypto/argon2-kdf.ts';
import { OFFICE_DATABASE } from '../../electron/adapters/sqlite/office-databases.ts';
import { openDatabase } from '../../electron/adapters/sqlite/open-database.ts';
import { nodeFileSystem } from '../../electron/adapters/vault-files/file-system.ts';
import { createHeaderFiles } from '../../electron/adapters/vault-files/header-files.ts';
import { fromBase64 } from '../../electron/core/vault/keys/key-tools.ts';
import { openRecoverySlot } from '../../electron/core/vault/keys/recovery-slot.ts';
import { openUserSlot } from '../../electron/core/vault/keys/user-slot.ts';
import type { SealIdentity } from '../../electron/core/ports/sealer.ts';
import { parseRecoveryKey } from '../../shared/model/recovery-key.ts';
import { secretText, type Secret } from './process-memory.ts';

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

/** The 32 bytes of an age identity. @see https://age-encryption.org/v1 */
function identityBytes(identity: SealIdentity): Uint8Array {
  const digits = identity.toLowerCase().slice('age-secret-key-1'.length, -6);
  let bits = 0n;
  for (const digit of digits) bits = (bits << 5n) | BigInt(BECH32.indexOf(digit));
  const padding = BigInt(digits.length * 5 - 256);
  return Buffer.from((bits >> padding).toString(16).padStart(64, '0'), 'hex');
}

/** Keys of every client's database, from a copy of the office's: the vault holds the original. */
async function clientKeys(directory: string, officeKey: Uint8Array, identity: SealIdentity): Promise<Uint8Array[]> {
  const copy = await mkdtemp(join(tmpdir(), 'strongroom-copy-'));
  await cp(directory, copy, { recursive: true, filter: (path) => !path.endsWith('.sock') });
  const database = openDatabase({ path: join(copy, OFFICE_DATABASE), key: officeKey, mode: 'open' });
  const rows = database.prepare<[], { sealed_key: Uint8Array }>('SELECT sealed_key FROM clients').all();
  database.close();
  await rm(copy, { recursive: true });
  return await Promise.all(rows.map(({ sealed_key: sealed }) => createAgeSealer().open(sealed, identity)));
}

export interface OfficeUnderSearch {
  readonly directory: string;
  /** Of the office's first user. The office has no device secret. */
  readonly password: string;
  /** As printed, groups joined by dashes. */
  readonly recoveryKey: string;
}

/** Password, stretched password, key over the identity, identities, office key, clients' keys and recovery key. */
export async function secretsOf({ directory, password, recoveryKey }: OfficeUnderSearch): Promise<Secret[]> {
  const { header } = createHeaderFiles(nodeFileSystem).read(directory);
  const [slot] = header.slots;
  if (!slot) throw new TypeError('the office has no user');
  const kdf = createArgon2Kdf();
  const officeId = header.office.id;
  const opened = await openUserSlot(kdf, { officeId, slot }, { password, deviceSecret: null, deviceOutput: null });
  const { identity } = opened.secrets;
  const officeKey = await createAgeSealer().open(fromBase64(header.officeKey), identity);
  const recoveryBytes = parseRecoveryKey(recoveryKey);
  const recoveryIdentity = openRecoverySlot(officeId, header.recovery, recoveryBytes);
  if (recoveryIdentity === null) throw new TypeError('the recovery key is of another office');
  const clients = await clientKeys(directory, officeKey, identity);
  return [
    secretText('password', password),
    { name: 'stretched password', bytes: await kdf.derive(password, slot.kdf, fromBase64(slot.kdf.salt)) },
    { name: 'key of the slot', bytes: opened.key },
    secretText('identity', identity),
    { name: 'identity as bytes', bytes: identityBytes(identity) },
    { name: 'office key', bytes: officeKey },
    ...clients.map((bytes, index) => ({ name: `client key ${index}`, bytes })),
    secretText('recovery key', recoveryKey),
    secretText('recovery key without dashes', recoveryKey.replaceAll('-', '')),
    { name: 'recovery key as bytes', bytes: recoveryBytes },
    secretText('recovery identity', recoveryIdentity),
    { name: 'recovery identity as bytes', bytes: identityBytes(recoveryIdentity) },
  ];
}
