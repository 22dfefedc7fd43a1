// What a kill left and cannot be opened: file and log stay as they lie, so that whoever can open them finds all of it.
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientDatabaseName, OFFICE_DATABASE } from '../../../electron/adapters/sqlite/office-databases.ts';
import { openDatabase, type Database } from '../../../electron/adapters/sqlite/open-database.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import type { ClientId } from '../../../shared/model/ids.ts';
import {
  addClientOnDisk,
  createOfficeOnDisk,
  officeServices,
  signInOnDisk,
  temporaryFolder,
} from '../../builders/office-on-disk.ts';

const services = officeServices();
let folder = temporaryFolder('after-kill');
let directory = '';
let userId = '';
let clientId: ClientId;
let keys: { office: Uint8Array; client: Uint8Array };

const at = (name: string): string => join(directory, name);

beforeEach(async () => {
  folder = temporaryFolder('after-kill');
  directory = folder.at('office');
  const office = await createOfficeOnDisk(services, directory);
  clientId = await addClientOnDisk(services, office, 'Harbour Bakery Ltd');
  userId = office.session.userId;
  keys = { office: Uint8Array.from(office.session.officeKey), client: office.session.clientKey(clientId) };
  office.close();
});
afterEach(() => folder.remove());

interface Killed {
  readonly name: string;
  readonly key: Uint8Array;
  readonly work: (database: Database) => void;
  readonly journal?: 'wal' | 'delete';
}

/** The database as it lies there when its last writer is killed after `work`. */
function killedAfter({ name, key, work, journal = 'wal' }: Killed): void {
  const database = openDatabase({ path: at(name), key, mode: 'open', journal });
  work(database);
  const names = [name, `${name}-wal`].filter((file) => existsSync(at(file)));
  const files = names.map((file) => [at(file), readFileSync(at(file))] as const);
  database.close();
  for (const [path, bytes] of files) writeFileSync(path, bytes);
  expect(files).toHaveLength(journal === 'wal' ? 2 : 1);
}

const newer = (database: Database): void => void database.pragma('user_version=99');

/** File and log, byte for byte. */
const contentOf = (name: string): (Buffer | null)[] =>
  [name, `${name}-wal`].map((file) => (existsSync(at(file)) ? readFileSync(at(file)) : null));

function flip(name: string): void {
  const bytes = readFileSync(at(name));
  bytes.writeUInt8(bytes.readUInt8(300) ^ 0x10, 300);
  writeFileSync(at(name), bytes);
}

/** The copies that an error names hold what lies in the office now. */
function expectCopied({ params }: AppError, name: string): void {
  const copies = at(params['evidence'] ?? expect.fail('no copies'));
  const copied = [name, `${name}-wal`].map((file) => readFileSync(join(copies, basename(file))));
  expect(copied).toEqual(contentOf(name));
}

const signIn = () => signInOnDisk(services, { directory, userId, anchor: null });

function caught(work: () => unknown): AppError {
  try {
    work();
  } catch (error) {
    return error as AppError;
  }
  return expect.fail('nothing was refused');
}

/** What signing in ends with; not a byte of the office database was changed. */
async function refusal(): Promise<AppError> {
  const before = contentOf(OFFICE_DATABASE);
  const error: unknown = await signIn().catch((reason: unknown) => reason);
  expect(contentOf(OFFICE_DATABASE)).toEqual(before);
  return error as AppError;
}

describe('a newer schema that a kill left', () => {
  it.each(['wal', 'delete'] as const)('is untouched in the office: journal %s', async (journal) => {
    killedAfter({ name: OFFICE_DATABASE, key: keys.office, work: newer, journal });
    expect(await refusal()).toMatchObject({ code: 'VAULT_SCHEMA_NEWER', params: { found: '99' } });
  });

  it('is untouched in a client’s database, and the office stays open', async () => {
    const name = clientDatabaseName(clientId);
    killedAfter({ name, key: keys.client, work: newer });
    const before = contentOf(name);
    const { session, close } = await signIn();
    session.replaceClientKey(clientId, session.clientKey(clientId));
    expect(() => session.client(clientId)).toThrow(expect.objectContaining({ code: 'VAULT_SCHEMA_NEWER' }));
    expect(contentOf(name)).toEqual(before);
    expect(session.office.problems()).toEqual([]);
    close();
  });
});

describe('a damaged file with the log that a kill left', () => {
  it('is refused with the log in its place, and both are copied', async () => {
    const work = (database: Database): void => void database.exec('UPDATE office SET lock_after_minutes = 4');
    killedAfter({ name: OFFICE_DATABASE, key: keys.office, work });
    flip(OFFICE_DATABASE);
    const error = await refusal();
    expect(error.code).toBe('VAULT_CORRUPT');
    expectCopied(error, OFFICE_DATABASE);
  });

  it('of a client is refused so also where no digest of it was left', async () => {
    const name = clientDatabaseName(clientId);
    const { session, close } = await signIn();
    session.client(clientId);
    cpSync(directory, folder.at('killed'), { recursive: true });
    close();
    directory = folder.at('killed');
    flip(name);
    const before = contentOf(name);
    const again = await signIn();
    const error = caught(() => again.session.client(clientId));
    expect(error.code).toBe('VAULT_CORRUPT');
    expectCopied(error, name);
    expect(contentOf(name)).toEqual(before);
    again.close();
  });
});

describe('an older file of a client after a kill', () => {
  it('is found by its audit log alone, for no digest was left', async () => {
    const name = clientDatabaseName(clientId);
    const older = readFileSync(at(name));
    const { session, close } = await signIn();
    const { store } = session.client(clientId);
    const [entry] = session.office.store.audit.records({ after: 0, limit: 1 });
    const draft = { userName: 'Ada', action: 'test', subject: null, outcome: 'done', payload: {} } as const;
    store.transaction(() => store.audit.append({ ...draft, at: entry?.at ?? expect.fail('no entry'), userId }));
    session.remember(store);
    cpSync(directory, folder.at('killed'), { recursive: true });
    close();
    directory = folder.at('killed');
    writeFileSync(at(name), older);
    rmSync(at(`${name}-wal`));
    const again = await signIn();
    const error = caught(() => again.session.client(clientId));
    expect(error).toMatchObject({ code: 'VAULT_ROLLED_BACK', params: { what: name } });
    again.close();
  });
});
