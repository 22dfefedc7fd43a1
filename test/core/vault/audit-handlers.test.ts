// The `audit` calls in front of real chains and files: lists that know whether the chain holds, exports that appear whole, audited and once.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAgeSealer } from '../../../electron/adapters/crypto/age-sealer.ts';
import { newFiles } from '../../../electron/adapters/vault-files/new-files.ts';
import { createAuditHandlers } from '../../../electron/core/vault/audit-handlers.ts';
import { createAuditStart } from '../../../electron/core/vault/audit/audit-start.ts';
import {
  CHECKPOINT_INTERVAL,
  checkpointHolds,
  signCheckpoint,
  signDueCheckpoint,
} from '../../../electron/core/vault/audit/checkpoints.ts';
import { verifyExport } from '../../../electron/core/vault/audit/verify-export.ts';
import type { AuditFilter } from '../../../shared/ipc/contract/audit.ts';
import { ClientId } from '../../../shared/model/ids.ts';
import { anAuditContext, CLIENT } from '../../builders/audit-context.ts';
import { aDraft, anAuditLog, aSigner, CHAIN, withoutTriggers } from '../../builders/audit-log.ts';

const KEY = aSigner().keyring.checkpointKey;
const EVERYTHING: AuditFilter = { userId: null, action: null, outcome: null, from: null, until: null };
let folder = '';
let stores = { office: anAuditLog(0), client: anAuditLog(0) };
const handlers = createAuditHandlers({ newFiles });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strongroom-audit-'));
  stores = { office: anAuditLog(1234), client: anAuditLog(7) };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (name = 'log.jsonl'): string => join(folder, name);
const linesOf = (path: string): string[] => readFileSync(path, 'utf8').trimEnd().split('\n');
const list = (clientId: ClientId | null = null) =>
  handlers.list({ clientId, filter: EVERYTHING, offset: 0, limit: 10 }, anAuditContext(stores));
const exported = (options: { clientId?: ClientId | null; path?: string; personal?: boolean } = {}) =>
  handlers.export({ clientId: null, path: file(), personal: true, ...options }, anAuditContext(stores));

describe('audit.list', () => {
  it('reads the office’s chain or a client’s', async () => {
    expect(await list()).toMatchObject({ total: 1234, intact: true });
    expect((await list(CLIENT)).entries).toHaveLength(7);
    expect(() => list(ClientId.parse(`client_${'c2'.repeat(10)}`))).toThrow('CLIENT_NOT_FOUND');
  });

  it.each([
    ['an edited entry', "UPDATE audit SET subject = 'other' WHERE sequence = 3"],
    ['a missing end', 'DELETE FROM audit WHERE sequence > 1200'],
    ['a checkpoint of another time', "UPDATE audit_checkpoint SET at = '2020-01-01T00:00:00.000Z'"],
    ['a checkpoint nobody signed', "UPDATE audit_checkpoint SET signature = ''"],
  ])('says that the chain does not hold: %s', async (_what, sql) => {
    signCheckpoint(stores.office, aSigner());
    expect(await list()).toMatchObject({ intact: true });
    withoutTriggers(stores.office.database).exec(sql);
    expect(await list()).toMatchObject({ intact: false });
  });
});

describe('audit.export', () => {
  it('writes a new file of its owner alone that verifies, and leaves an entry about it', async () => {
    const before = stores.office.audit.head();
    const written = await exported();
    expect(written).toEqual({ entries: 1234, checkpointKey: KEY, head: before.hash });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['log.jsonl']);
    expect(await verifyExport(linesOf(file()), KEY)).toMatchObject({
      chain: CHAIN,
      officeName: 'Keel & Partners',
      entries: 1234,
      head: before.hash,
      checkpoints: 1,
      personal: true,
    });
    expect((await list()).entries[0]).toMatchObject({
      sequence: 1235,
      action: 'audit.export',
      subject: null,
      payload: { entries: 1234, head: before.hash, personal: true },
    });
    expect(await list()).toMatchObject({ intact: true });
  });

  it('exports a client’s chain into the client’s chain, without the personal part unless asked', async () => {
    const written = await exported({ clientId: CLIENT, personal: false });
    expect(written.entries).toBe(7);
    expect(readFileSync(file(), 'utf8')).not.toContain('Ada Keel');
    expect(stores.client.audit.head().sequence).toBe(8);
    expect(stores.office.audit.head().sequence).toBe(1234);
    expect((await list(CLIENT)).entries[0]).toMatchObject({ subject: CLIENT });
  });

  it('what is appended while the file is written is not part of it', async () => {
    const slow = createAuditHandlers({
      newFiles: {
        write: async (path, chunks) => {
          async function* busy(): AsyncGenerator<Uint8Array> {
            for await (const chunk of chunks) {
              stores.office.transaction(() => stores.office.audit.append(aDraft(1)));
              yield chunk;
            }
          }
          return await newFiles.write(path, busy());
        },
      },
    });
    const input = { clientId: null, path: file(), personal: true };
    expect(await slow.export(input, anAuditContext(stores))).toMatchObject({ entries: 1234 });
    expect(await verifyExport(linesOf(file()), KEY)).toMatchObject({ entries: 1234 });
    expect(stores.office.audit.head().sequence).toBe(1234 + 5 + 1);
    const second = await exported({ path: file('second.jsonl') });
    expect(await verifyExport(linesOf(file('second.jsonl')), KEY)).toMatchObject({
      entries: second.entries,
      checkpoints: 2,
    });
  });

  it('never overwrites, and says where a folder is missing', async () => {
    writeFileSync(file(), 'mine');
    await expect(exported()).rejects.toMatchObject({ code: 'AUDIT_DESTINATION_EXISTS' });
    expect(readFileSync(file(), 'utf8')).toBe('mine');
    await expect(exported({ path: join(folder, 'none', 'log') })).rejects.toMatchObject({
      code: 'AUDIT_FOLDER_NOT_FOUND',
      params: { reason: 'ENOENT' },
    });
    expect(readdirSync(folder)).toEqual(['log.jsonl']);
    expect(stores.office.audit.head().sequence).toBe(1234);
  });

  it('without its audit entry no file appears', async () => {
    stores.office.database.exec(
      "CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no entry today'); END",
    );
    await expect(exported()).rejects.toThrow('no entry today');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('a file that took the name meanwhile stays, and nothing is left beside it', async () => {
    const context = anAuditContext(stores);
    const { act } = context;
    const racing = { ...context, act: ((...inputs) => (writeFileSync(file(), 'mine'), act(...inputs))) as typeof act };
    await expect(handlers.export({ clientId: null, path: file(), personal: true }, racing)).rejects.toMatchObject({
      code: 'AUDIT_DESTINATION_EXISTS',
    });
    expect(readdirSync(folder)).toEqual(['log.jsonl']);
    expect(readFileSync(file(), 'utf8')).toBe('mine');
  });

  it('an error that is none of the path’s stays what it is', async () => {
    const full = { newFiles: { write: () => Promise.reject(new RangeError('broken')) } };
    const input = { clientId: null, path: file(), personal: true };
    await expect(createAuditHandlers(full).export(input, anAuditContext(stores))).rejects.toThrow(RangeError);
    expect(existsSync(file())).toBe(false);
  });
});

describe('checkpoints', () => {
  it('are signed when the head has moved, and at the latest after 100 entries', () => {
    const store = anAuditLog(0);
    signCheckpoint(store, aSigner());
    expect(store.audit.checkpoints()).toEqual([]);
    for (let number = 1; number <= 250; number += 1) {
      store.transaction(() => {
        store.audit.append(aDraft(number));
        signDueCheckpoint(store, () => aSigner());
      });
    }
    expect(store.audit.checkpoints().map(({ sequence }) => sequence)).toEqual([100, 200]);
    expect(CHECKPOINT_INTERVAL).toBe(100);
    signCheckpoint(store, aSigner());
    signCheckpoint(store, aSigner());
    const checkpoints = store.audit.checkpoints();
    expect(checkpoints.map(({ sequence }) => sequence)).toEqual([100, 200, 250]);
    expect(checkpoints.every((checkpoint) => checkpointHolds(CHAIN, checkpoint))).toBe(true);
    expect(store.audit.lastCheckpoint()).toEqual(checkpoints[2]);
    expect(store.audit.check()).toEqual({ entries: 250, brokenAt: null });
  });

  it('go with the transaction they are part of', () => {
    const store = anAuditLog(100);
    const failing = (): void => {
      signCheckpoint(store, aSigner());
      throw new Error('the action failed');
    };
    expect(() => store.transaction(failing)).toThrow('the action failed');
    expect(store.audit.checkpoints()).toEqual([]);
  });
});

describe('createAuditStart', () => {
  it('seals the first key to every owner', async () => {
    const sealer = createAgeSealer();
    const identities = [await sealer.newIdentity(), await sealer.newIdentity()];
    const recipients = await Promise.all(identities.map((identity) => sealer.recipientOf(identity)));
    const random = (length: number): Uint8Array => new Uint8Array(length).fill(5);
    const start = await createAuditStart({ random, sealer }, recipients);
    expect(start.firstKey).toEqual(new Uint8Array(32).fill(5));
    for (const identity of identities)
      expect(await sealer.open(start.sealedFirstKey, identity)).toEqual(start.firstKey);
    await expect(sealer.open(start.sealedFirstKey, await sealer.newIdentity())).rejects.toThrow();
  });
});
