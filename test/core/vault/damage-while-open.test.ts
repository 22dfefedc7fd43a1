// Damage that comes to light in an open office, or on the way into one: whoever finds it, copies are kept before anything changes the file.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientDatabaseName, OFFICE_DATABASE } from '../../../electron/adapters/sqlite/office-databases.ts';
import { createEvidenceFiles } from '../../../electron/adapters/vault-files/evidence-files.ts';
import { nodeFileSystem } from '../../../electron/adapters/vault-files/file-system.ts';
import { rotateKeys } from '../../../electron/core/vault/rotation/rotate-keys.ts';
import type { VaultServices } from '../../../electron/core/vault/services.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import type { ClientId } from '../../../shared/model/ids.ts';
import {
  addClientOnDisk,
  createOfficeOnDisk,
  officeServices,
  signInOnDisk,
  temporaryFolder,
  type OpenOfficeOnDisk,
} from '../../builders/office-on-disk.ts';

const PAGE = 4096;
let folder = temporaryFolder('damage-while-open');
let directory = '';
let services: VaultServices;
let clientId: ClientId;
let office: OpenOfficeOnDisk;
let full = false;

const at = (name: string): string => join(directory, name);

beforeEach(async () => {
  folder = temporaryFolder('damage-while-open');
  directory = folder.at('office');
  full = false;
  const copy: typeof nodeFileSystem.copy = (from, to) => {
    if (full) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    nodeFileSystem.copy(from, to);
  };
  services = { ...officeServices(), evidence: createEvidenceFiles({ ...nodeFileSystem, copy }) };
  const made = await createOfficeOnDisk(services, directory);
  clientId = await addClientOnDisk(services, made, 'Quay Books');
  const { userId } = made.session;
  made.close();
  office = await signInOnDisk(services, { directory, userId });
});
afterEach(() => {
  endAnyhow();
  folder.remove();
});

/** Every page but the first, or only one: what is cached reads on. Returns what lies there then. */
function damage(name: string, only: number | null = null): Buffer {
  const bytes = readFileSync(at(name));
  for (let page = 1; page * PAGE < bytes.length; page += 1)
    if (only === null || only === page) bytes.fill(0, page * PAGE, (page + 1) * PAGE);
  writeFileSync(at(name), bytes);
  return bytes;
}

async function damageFoundBy(work: () => unknown): Promise<AppError> {
  try {
    await work();
  } catch (error) {
    expect(error).toMatchObject({ code: 'VAULT_CORRUPT' });
    return error as AppError;
  }
  return expect.fail('nothing was found damaged');
}

function expectCopy({ params }: AppError, name: string, content: Buffer): void {
  expect(params['evidence']).toMatch(/^evidence\/[0-9a-f]{12}$/);
  expect(readFileSync(join(at(params['evidence'] ?? ''), basename(name))).equals(content)).toBe(true);
}

/** Closing may fail on the damage, and ends the session all the same. */
function endAnyhow(): void {
  try {
    office.close();
  } catch (error) {
    expect(error).toMatchObject({ code: 'VAULT_CORRUPT' });
  }
  expect(() => office.session.clientIds()).toThrow();
}

describe('the office’s database damaged while it is open', () => {
  it.each([
    ['a query', () => office.session.office.store.connections.list()],
    ['a check', () => office.session.office.problems()],
    ['the close', () => office.close()],
  ])('%s that finds it leaves the copy that was there then', async (_name, work) => {
    const content = damage(OFFICE_DATABASE);
    expectCopy(await damageFoundBy(work), OFFICE_DATABASE, content);
  });

  it('a rotation that finds it leaves a copy, and so does what is opened after a rotation', async () => {
    const what = { kind: 'office' } as const;
    const rotate = () => rotateKeys(services, office.contextOf('security.rotate'), { what, reason: 'routine' });
    await rotate();
    const content = damage(OFFICE_DATABASE);
    expectCopy(await damageFoundBy(() => office.session.office.problems()), OFFICE_DATABASE, content);
  });
});

describe('a client’s database damaged while it is open', () => {
  it.each([
    ['a check', () => office.session.client(clientId).problems()],
    ['a backup', () => office.session.client(clientId).freeze()],
  ])('%s that finds it leaves a copy', async (_name, work) => {
    const name = clientDatabaseName(clientId);
    const { store } = office.session.client(clientId);
    const [entry] = office.session.office.store.audit.records({ after: 0, limit: 1 });
    const draft = { userName: 'Ada', action: 'test', subject: null, outcome: 'done', payload: {} } as const;
    const { userId } = office.session;
    store.transaction(() => store.audit.append({ ...draft, at: entry?.at ?? expect.fail('no entry'), userId }));
    damage(name);
    const error = await damageFoundBy(work);
    // A freeze has moved the log into the file by then.
    expectCopy(error, name, readFileSync(at(name)));
  });

  it('a rotation that finds it leaves a copy', async () => {
    const name = clientDatabaseName(clientId);
    const what = { kind: 'client', clientId } as const;
    const rotate = () => rotateKeys(services, office.contextOf('security.rotate'), { what, reason: 'routine' });
    office.session.client(clientId);
    // What opening does not read.
    const last = readFileSync(at(name)).length / PAGE - 1;
    const content = damage(name, last);
    expectCopy(await damageFoundBy(rotate), name, content);
  });

  it('a full disk refused the copy: the next finding makes it, and later ones name it', async () => {
    const name = clientDatabaseName(clientId);
    const { problems, store } = office.session.client(clientId);
    const content = damage(name);
    full = true;
    expect((await damageFoundBy(problems)).params['evidence']).toBe('none');
    full = false;
    const kept = await damageFoundBy(problems);
    expectCopy(kept, name, content);
    damage(name, 2);
    expect((await damageFoundBy(() => store.accounts.list())).params['evidence']).toBe(kept.params['evidence']);
    expect(existsSync(at(name))).toBe(true);
  });
});
