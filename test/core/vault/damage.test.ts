// A damaged, replaced or foreign office: a calm code, a copy of what lies there, and every original byte where it was.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../electron/adapters/sqlite/open-database.ts';
import { clientDatabaseName, OFFICE_DATABASE } from '../../../electron/adapters/sqlite/office-databases.ts';
import { createEvidenceFiles } from '../../../electron/adapters/vault-files/evidence-files.ts';
import { nodeFileSystem } from '../../../electron/adapters/vault-files/file-system.ts';
import { inspectOffice } from '../../../electron/core/vault/office-unlock.ts';
import type { VaultServices } from '../../../electron/core/vault/services.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { errorTexts } from '../../../shared/errors/texts.ts';
import type { ClientId } from '../../../shared/model/ids.ts';
import {
  addClientOnDisk,
  createOfficeOnDisk,
  officeServices,
  signInOnDisk,
  temporaryFolder,
  type OpenOfficeOnDisk,
} from '../../builders/office-on-disk.ts';
import { namesIn } from '../../faults/photographs.ts';

let folder = temporaryFolder('damage');
let directory = '';
let services: VaultServices = officeServices();
let userId = '';
let clientId: ClientId;
let keys: { office: Uint8Array; client: Uint8Array };
let anchor: string | null = null;
let opened: OpenOfficeOnDisk | null = null;

const at = (name: string): string => join(directory, name);
const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** Every file with its content, apart from the lock and what was copied as evidence. */
const holdings = (): Record<string, string> =>
  Object.fromEntries(
    namesIn(directory)
      .filter((name) => !name.startsWith('evidence') && name !== 'office.lock' && statSync(at(name)).isFile())
      .map((name) => [name, sha256(at(name))]),
  );

beforeEach(async () => {
  folder = temporaryFolder('damage');
  directory = folder.at('office');
  services = officeServices();
  const office = await createOfficeOnDisk(services, directory);
  clientId = await addClientOnDisk(services, office, 'Harbour Bakery Ltd');
  userId = office.session.userId;
  keys = { office: Uint8Array.from(office.session.officeKey), client: office.session.clientKey(clientId) };
  office.session.updateHeader({ lockAfterMinutes: 6 });
  anchor = office.close();
});
afterEach(() => {
  closeAnyhow();
  folder.remove();
});

/** A damaged office may be unable to say how it ended; it is closed all the same. */
function closeAnyhow(): void {
  try {
    opened?.close();
  } catch (error) {
    expect(error).toMatchObject({ code: 'VAULT_CORRUPT' });
  } finally {
    opened = null;
  }
}

async function signIn(changes: { anchor?: string | null; acceptOlderState?: boolean } = {}): Promise<OpenOfficeOnDisk> {
  opened = await signInOnDisk(services, { directory, userId, anchor, ...changes });
  return opened;
}

/** The error that `work` ends with: expected, worded, and with all that lay in the folder still there. */
async function refusal(work: () => unknown): Promise<AppError> {
  const before = holdings();
  try {
    await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { title, whatHappened, nextStep } = errorTexts[error.code];
    expect([title, whatHappened, nextStep].every((text) => text.length > 10)).toBe(true);
    expect(holdings()).toEqual(before);
    return error;
  }
  return expect.fail('nothing was refused');
}

const signInRefused = (changes?: Parameters<typeof signIn>[0]): Promise<AppError> => refusal(() => signIn(changes));

function flip(name: string, position: number): void {
  const bytes = readFileSync(at(name));
  bytes.writeUInt8(bytes.readUInt8(position) ^ 0x10, position);
  writeFileSync(at(name), bytes);
}

/** The copies that an error names hold what lies in the office now. */
function expectEvidence(error: AppError, names: readonly string[]): void {
  const copies = error.params['evidence'] ?? '';
  expect(copies).toMatch(/^evidence\/[0-9a-f]{12}$/);
  for (const name of names) {
    const copy = join(at(copies), name.split('/').at(-1) ?? name);
    expect(sha256(copy)).toBe(sha256(at(name)));
    if (process.platform !== 'win32') expect(statSync(copy).mode & 0o777).toBe(0o600);
  }
  if (process.platform !== 'win32') expect(statSync(at(copies)).mode & 0o777).toBe(0o700);
}

const anEvidenceFolder: unknown = expect.stringMatching(/^evidence\/[0-9a-f]{12}$/);

/** How many are found, or one where even looking fails. */
function problemsOf({ office }: OpenOfficeOnDisk['session']): number {
  try {
    return office.problems().length;
  } catch (error) {
    expect(error).toMatchObject({ code: 'VAULT_CORRUPT' });
    return 1;
  }
}

describe('a damaged office database', () => {
  it('is refused on every page that signing in reads, with one copy for one content', async () => {
    const pages = statSync(at(OFFICE_DATABASE)).size / 4096;
    const original = readFileSync(at(OFFICE_DATABASE));
    let [refused, found] = [0, 0];
    for (let page = 0; page < pages; page += 1) {
      writeFileSync(at(OFFICE_DATABASE), original);
      flip(OFFICE_DATABASE, page * 4096 + 300);
      try {
        const { session } = await signIn({ anchor: null });
        found += problemsOf(session) > 0 ? 1 : 0;
      } catch (error) {
        expect(error, `page ${page}`).toMatchObject({ code: 'VAULT_CORRUPT', params: { evidence: anEvidenceFolder } });
        refused += 1;
      }
      closeAnyhow();
    }
    expect(refused + found).toBe(pages);
    expect(refused).toBeGreaterThan(3);
    writeFileSync(at(OFFICE_DATABASE), original);
    flip(OFFICE_DATABASE, 300);
    const errors = [await signInRefused(), await signInRefused()];
    expect(errors.map(({ code }) => code)).toEqual(['VAULT_CORRUPT', 'VAULT_CORRUPT']);
    expect(errors[0]?.params['evidence']).toBe(errors[1]?.params['evidence']);
    expectEvidence(errors[0] as AppError, [OFFICE_DATABASE]);
  });

  it('is refused when it was cut off', async () => {
    truncateSync(at(OFFICE_DATABASE), 4096);
    const error = await signInRefused();
    expect(error.code).toBe('VAULT_CORRUPT');
    expectEvidence(error, [OFFICE_DATABASE]);
  });

  it('keeps the error when there is no room for the copy', async () => {
    flip(OFFICE_DATABASE, 300);
    const full = (): never => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    };
    services = { ...services, evidence: createEvidenceFiles({ ...nodeFileSystem, copy: full }) };
    const error = await signInRefused();
    expect([error.code, error.params['evidence']]).toEqual(['VAULT_CORRUPT', 'none']);
    expect(namesIn(directory).filter((name) => name.includes('partial'))).toEqual([]);
  });
});

function damageOf(work: () => unknown): AppError {
  try {
    work();
  } catch (error) {
    expect(error).toMatchObject({ code: 'VAULT_CORRUPT' });
    return error as AppError;
  }
  return expect.fail('nothing was found damaged');
}

describe('a damaged client’s database', () => {
  it('is refused alone: the office and its other clients stay open', async () => {
    flip(clientDatabaseName(clientId), 300);
    const { session } = await signIn();
    const name = clientDatabaseName(clientId);
    const before = sha256(at(name));
    const error = damageOf(() => session.client(clientId));
    expectEvidence(error, [name]);
    expect(sha256(at(name))).toBe(before);
    expect(session.office.problems()).toEqual([]);
  });
});

describe('a client’s database that is damaged while it is open', () => {
  it('is refused by the query that finds it, with a copy, one a session; the rest goes on', async () => {
    const { session } = await signIn();
    const { store } = session.client(clientId);
    const name = clientDatabaseName(clientId);
    const bytes = readFileSync(at(name));
    // Every page but the first: what is cached of it reads on.
    for (let page = 1; page * 4096 < bytes.length; page += 1) bytes.fill(0, page * 4096, (page + 1) * 4096);
    writeFileSync(at(name), bytes);
    const query = () => store.accounts.list();
    const first = damageOf(query);
    expectEvidence(first, [name]);
    // Whatever is written meanwhile changes the file, and makes no second copy.
    flip(name, 9000);
    expect(damageOf(query).params['evidence']).toBe(first.params['evidence']);
    expect(session.office.problems()).toEqual([]);
  });
});

describe('a log cut off', () => {
  it('opens with the last whole commit, from every length, or is refused', async () => {
    const database = openDatabase({ path: at(OFFICE_DATABASE), key: keys.office, mode: 'open' });
    database.pragma('wal_autocheckpoint=0');
    for (let minutes = 1; minutes <= 4; minutes += 1)
      database.exec(`UPDATE office SET lock_after_minutes = ${minutes}`);
    const files = [OFFICE_DATABASE, `${OFFICE_DATABASE}-wal`].map((name) => [name, readFileSync(at(name))] as const);
    database.close();
    const log = files[1]?.[1].length ?? 0;
    const found = new Set<number>();
    for (let length = 0; length <= log; length += 509) {
      for (const [name, bytes] of files) writeFileSync(at(name), bytes);
      truncateSync(at(`${OFFICE_DATABASE}-wal`), length);
      const { session } = await signIn({ anchor: null });
      const { lockAfterMinutes } = session.office.store.profile.get();
      expect(session.office.problems()).toEqual([]);
      found.add(lockAfterMinutes);
      closeAnyhow();
    }
    expect([...found].every((minutes) => minutes === 5 || (minutes >= 1 && minutes <= 4))).toBe(true);
    expect(found.size).toBeGreaterThan(3);
  });
});

describe('a damaged header', () => {
  it('lets the one before it open the office, with a warning, where nothing is remembered', async () => {
    flip('header.json', 200);
    const { opened: answer } = await signIn({ anchor: null });
    expect(answer.warnings).toContain('header-previous');
  });

  it('is an older state where more is remembered, and can be opened knowingly', async () => {
    flip('header.json', 200);
    const error = await signInRefused();
    expect(error).toMatchObject({ code: 'VAULT_ROLLED_BACK', params: { what: 'header.json' } });
    expectEvidence(error, ['header.json', 'header.previous.json']);
    const { opened: answer, session } = await signIn({ acceptOlderState: true });
    expect(answer.warnings).toEqual(expect.arrayContaining(['header-previous', 'older-state-accepted']));
    expect(session.office.store.audit.check().brokenAt).toBeNull();
  });

  it('is refused when both generations are damaged, with copies of both', async () => {
    flip('header.json', 200);
    flip('header.previous.json', 200);
    const error = await signInRefused();
    expect(error.code).toBe('VAULT_HEADER_CORRUPT');
    expectEvidence(error, ['header.json', 'header.previous.json']);
    const inspected = await inspectOffice(services, directory, null);
    expect(inspected.problem).toMatchObject({
      code: 'VAULT_HEADER_CORRUPT',
      params: { evidence: error.params['evidence'] },
    });
  });

  it('is refused when it was written by someone without the key', async () => {
    const header = services.headers.read(directory).header;
    services.headers.write(directory, { ...header, generation: header.generation + 1 }, new Uint8Array(32));
    const error = await signInRefused();
    expect(error.code).toBe('VAULT_HEADER_TAMPERED');
    expectEvidence(error, ['header.json', 'header.previous.json']);
  });
});

describe('an older state', () => {
  it('of the whole folder is refused, opened knowingly, and said so in the audit log', async () => {
    const older = ['header.json', OFFICE_DATABASE];
    for (const name of older) copyFileSync(at(name), folder.at(name));
    const newer = await signIn();
    newer.session.updateHeader({ lockAfterMinutes: 9 });
    anchor = newer.close();
    for (const name of older) copyFileSync(folder.at(name), at(name));
    const error = await signInRefused();
    expect(error.code).toBe('VAULT_ROLLED_BACK');
    expectEvidence(error, ['header.json']);
    const knowingly = await signIn({ acceptOlderState: true });
    expect(knowingly.opened.warnings).toContain('older-state-accepted');
    const { audit } = knowingly.session.office.store;
    const [last] = audit.records({ after: audit.head().sequence - 1, limit: 1 });
    expect(last?.payload).toMatch(/header\.json/);
    expect(last?.payload).toMatch(/office\.db/);
    anchor = knowingly.close();
    await signIn();
  });

  it('of one page is refused', async () => {
    const before = readFileSync(at(OFFICE_DATABASE));
    anchor = (await signIn()).close();
    const after = readFileSync(at(OFFICE_DATABASE));
    const changed = Array.from({ length: before.length / 4096 }, (_, page) => page * 4096).filter(
      (start) => !before.subarray(start, start + 4096).equals(after.subarray(start, start + 4096)),
    );
    expect(changed.length).toBeGreaterThan(2);
    const codes = new Set<string>();
    for (const start of changed) {
      const spliced = Buffer.from(after);
      before.copy(spliced, start, start, start + 4096);
      writeFileSync(at(OFFICE_DATABASE), spliced);
      codes.add((await signInRefused()).code);
    }
    expect([...codes].sort().filter((code) => code !== 'VAULT_ROLLED_BACK' && code !== 'VAULT_CORRUPT')).toEqual([]);
    expect(codes).toContain('VAULT_ROLLED_BACK');
    writeFileSync(at(OFFICE_DATABASE), after);
    await signIn();
  });

  it('of a client’s file is refused when it is opened', async () => {
    const name = clientDatabaseName(clientId);
    copyFileSync(at(name), folder.at('client.db'));
    const first = await signIn();
    const { store } = first.session.client(clientId);
    const [entry] = first.session.office.store.audit.records({ after: 0, limit: 1 });
    const draft = { userName: 'Ada', action: 'test', subject: null, outcome: 'done', payload: {} } as const;
    store.transaction(() => store.audit.append({ ...draft, at: entry?.at ?? expect.fail('no entry'), userId }));
    anchor = first.close();
    copyFileSync(folder.at('client.db'), at(name));
    const second = await signIn();
    let error: unknown = null;
    try {
      second.session.client(clientId);
    } catch (caught) {
      error = caught;
    }
    expect(error).toMatchObject({ code: 'VAULT_ROLLED_BACK', params: { what: name } });
    expectEvidence(error as AppError, [name]);
  });

  it('is not claimed where nothing is remembered, or after a kill', async () => {
    const without = await signIn({ anchor: null });
    expect(without.opened.warnings).toContain('anchor-missing');
    const whileOpen = without.opened.anchor;
    without.session.client(clientId);
    const killed = folder.at('killed');
    for (const name of namesIn(directory)) {
      if (!statSync(at(name)).isFile()) continue;
      nodeFileSystem.makeDirectory(join(killed, name, '..'));
      copyFileSync(at(name), join(killed, name));
    }
    without.close();
    directory = killed;
    const again = await signIn({ anchor: whileOpen });
    expect(again.opened.warnings).toEqual([]);
    expect(again.session.client(clientId).problems()).toEqual([]);
  });
});

describe('what is no damage', () => {
  function raiseSchema(name: string, key: Uint8Array): void {
    const database = openDatabase({ path: at(name), key, mode: 'open' });
    database.pragma('user_version=99');
    database.close();
  }

  it('a newer schema is left alone, byte for byte', async () => {
    raiseSchema(OFFICE_DATABASE, keys.office);
    expect(await signInRefused({ anchor: null })).toMatchObject({
      code: 'VAULT_SCHEMA_NEWER',
      params: { found: '99' },
    });
    expect(existsSync(at('evidence'))).toBe(false);
  });

  it('a client’s newer schema is left alone, and the office stays open', async () => {
    const name = clientDatabaseName(clientId);
    const { session } = await signIn();
    session.client(clientId);
    session.replaceClientKey(clientId, session.clientKey(clientId));
    raiseSchema(name, keys.client);
    const before = sha256(at(name));
    expect(() => session.client(clientId)).toThrow(expect.objectContaining({ code: 'VAULT_SCHEMA_NEWER' }));
    expect(sha256(at(name))).toBe(before);
    expect(session.office.problems()).toEqual([]);
  });

  it('a second program is told and opens nothing', async () => {
    await signIn();
    const other = officeServices();
    const before = holdings();
    await expect(signInOnDisk(other, { directory, userId, anchor })).rejects.toMatchObject({ code: 'OFFICE_IN_USE' });
    expect((await inspectOffice(other, directory, null)).problem).toMatchObject({ code: 'OFFICE_IN_USE' });
    expect(holdings()).toEqual(before);
  });

  it('a folder on another computer is warned of', async () => {
    services = { ...services, folders: { ...services.folders, isRemote: () => true } };
    expect((await signIn()).opened.warnings).toContain('network-folder');
    expect((await inspectOffice(services, directory, opened?.session ?? null)).warnings).toContain('network-folder');
  });
});
