// An older state shows: of the header, of a chain, of a single page put back, of a whole file. What is remembered decides, not what lies there.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClientAnchors } from '../../../electron/core/vault/anchors/client-anchors.ts';
import {
  anchorFacts,
  checkOfficeAnchor,
  writeOfficeAnchor,
} from '../../../electron/core/vault/anchors/office-anchor.ts';
import type { VaultServices } from '../../../electron/core/vault/services.ts';
import type { VaultHeader } from '../../../electron/core/ports/vault-header.ts';
import type { OpenDatabase } from '../../../electron/core/ports/vault-databases.ts';
import type { ClientStore, OfficeStore } from '../../../electron/core/ports/vault-store.ts';
import type { ClientId } from '../../../shared/model/ids.ts';
import { instantOf } from '../../../shared/model/instant.ts';
import { addClientOnDisk, createOfficeOnDisk, officeServices, temporaryFolder } from '../../builders/office-on-disk.ts';

const at = instantOf(Date.UTC(2026, 0, 31));
const withCode = (what: string): unknown =>
  expect.objectContaining({
    code: 'VAULT_ROLLED_BACK',
    params: { what, evidence: expect.stringMatching(/^evidence\//) },
  });
let folder = temporaryFolder('anchors');
let directory = '';
let services: VaultServices = officeServices();
let header: VaultHeader;
let officeKey: Uint8Array = new Uint8Array();
let clientKey: Uint8Array = new Uint8Array();
let clientId: ClientId;
let text = '';

const path = (name: string): string => join(directory, name);
const digest = (database: 'office' | ClientId = 'office'): string | null =>
  services.databases.digest({ directory, database });

const openOffice = (): OpenDatabase<OfficeStore> =>
  services.databases.openOffice({ directory, officeId: header.office.id, key: officeKey, create: false });

/** Works in the office database and closes it. */
function inOffice<T>(work: (store: OfficeStore) => T): T {
  const database = openOffice();
  try {
    return work(database.store);
  } finally {
    database.close();
  }
}

const note = (store: Pick<OfficeStore, 'audit' | 'transaction'>): void =>
  store.transaction(() =>
    store.audit.append({
      at,
      userId: null,
      userName: 'Ada',
      action: 'office.setPreferences',
      subject: null,
      outcome: 'done',
      payload: {},
    }),
  );

/** The anchor of the office as it lies there, closed. */
const anchorNow = (): string =>
  writeOfficeAnchor({ header, officeKey }, { head: inOffice(({ audit }) => audit.head()), fileSha256: digest(), at });

/** Both halves, as an opening has them. */
function judge(
  anchor: string | null,
  changes: { acceptOlderState?: boolean; header?: VaultHeader; key?: Uint8Array } = {},
) {
  const office = { directory, header: changes.header ?? header, officeKey: changes.key ?? officeKey };
  const second = checkOfficeAnchor(services, office, { anchor, acceptOlderState: changes.acceptOlderState ?? false });
  return inOffice(({ audit }) => second(audit));
}

beforeEach(async () => {
  folder = temporaryFolder('anchors');
  directory = folder.at('office');
  services = officeServices();
  const office = await createOfficeOnDisk(services, directory);
  clientId = await addClientOnDisk(services, office, 'Harbour Bakery Ltd');
  header = office.session.header();
  officeKey = Uint8Array.from(office.session.officeKey);
  clientKey = office.session.clientKey(clientId);
  office.close();
  inOffice(note);
  text = anchorNow();
});
afterEach(() => folder.remove());

describe('the office’s anchor', () => {
  const fine = { warnings: [], older: [] };

  it('lets pass what it remembers, and what grew since', () => {
    expect(judge(text)).toEqual(fine);
    inOffice(note);
    expect(judge(text)).toEqual(fine);
    expect(judge(text, { header: { ...header, generation: header.generation + 3 } })).toEqual(fine);
    expect(anchorFacts(text)).toEqual({ sequence: inOffice(({ audit }) => audit.head()).sequence - 1, at });
  });

  it.each([null, '', 'null', '{}', '{"version":1}', 'x'.repeat(2000)])(
    'warns where nothing is remembered: %s',
    (anchor) => {
      expect(judge(anchor)).toEqual({ warnings: ['anchor-missing'], older: [] });
      expect(anchorFacts(anchor)).toBeNull();
    },
  );

  it('takes another office’s anchor, and one of another key, for none', () => {
    const other = {
      ...header,
      office: { ...header.office, id: `office_${'00'.repeat(10)}` as typeof header.office.id },
    };
    expect(judge(text, { header: other })).toEqual({ warnings: ['anchor-missing'], older: [] });
    const forged = text.replace(/"mac":"./, '"mac":"0');
    const otherMac = forged === text ? text.replace(/"mac":"./, '"mac":"1') : forged;
    expect(judge(otherMac)).toEqual({ warnings: ['anchor-missing'], older: [] });
  });

  it('does not warn of a key that is just being replaced', () => {
    const before = writeOfficeAnchor(
      { header, officeKey: new Uint8Array(32) },
      { head: inOffice(({ audit }) => audit.head()), fileSha256: null, at },
    );
    expect(judge(before, { header: { ...header, pendingOfficeKey: 'AAAA' } })).toEqual(fine);
  });

  it('finds an older header before anything is opened', () => {
    const newer = writeOfficeAnchor(
      { header: { ...header, generation: header.generation + 1 }, officeKey },
      { head: inOffice(({ audit }) => audit.head()), fileSha256: null, at },
    );
    const office = { directory, header, officeKey };
    const check = (): unknown => checkOfficeAnchor(services, office, { anchor: newer, acceptOlderState: false });
    expect(check).toThrow(withCode('header.json'));
    expect(judge(newer, { acceptOlderState: true })).toEqual({
      warnings: ['older-state-accepted'],
      older: ['header.json'],
    });
  });

  it('finds last week’s file, also when a newer key makes the anchor unreadable', () => {
    copyFileSync(path('office.db'), folder.at('last-week.db'));
    inOffice(note);
    const newer = anchorNow();
    copyFileSync(folder.at('last-week.db'), path('office.db'));
    expect(() => judge(newer)).toThrow(withCode('office.db'));
    const unreadable = newer.replace(/"mac":"[0-9a-f]{8}/, '"mac":"00000000');
    expect(() => judge(unreadable)).toThrow(withCode('office.db'));
    expect(judge(newer, { acceptOlderState: true })).toEqual({
      warnings: ['older-state-accepted'],
      older: ['office.db'],
    });
  });

  it('finds another chain of the same length', () => {
    copyFileSync(path('office.db'), folder.at('branch.db'));
    inOffice(note);
    const taken = anchorNow();
    copyFileSync(folder.at('branch.db'), path('office.db'));
    inOffice(note);
    inOffice(note);
    expect(() => judge(taken)).toThrow(withCode('office.db'));
  });

  it('finds a page of an earlier state put back, as long as nobody worked since', () => {
    const before = readFileSync(path('office.db'));
    inOffice((store) => store.transaction(() => store.profile.setLockAfterMinutes(14)));
    const anchor = anchorNow();
    const after = readFileSync(path('office.db'));
    const page = Array.from({ length: before.length / 4096 }, (_, index) => index * 4096).find(
      (start) => start > 0 && !before.subarray(start, start + 4096).equals(after.subarray(start, start + 4096)),
    );
    expect(page).toBeDefined();
    const spliced = Buffer.from(after);
    before.copy(spliced, page, page, (page ?? 0) + 4096);
    writeFileSync(path('office.db'), spliced);
    expect(inOffice((store) => store.profile.get().lockAfterMinutes)).toBe(5);
    writeFileSync(path('office.db'), spliced);
    expect(() => judge(anchor)).toThrow(withCode('office.db'));
    writeFileSync(path('office.db'), after);
    expect(judge(anchor)).toEqual(fine);
    inOffice(note);
    expect(judge(anchor)).toEqual(fine);
  });

  it('takes a flipped bit for damage, not for an older state', () => {
    const bytes = readFileSync(path('office.db'));
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 100) ^ 1, bytes.length - 100);
    writeFileSync(path('office.db'), bytes);
    const damage = expect.objectContaining({ code: 'VAULT_CORRUPT' });
    expect(() => judge(text)).toThrow(damage);
    expect(() => judge(text, { acceptOlderState: true })).toThrow(damage);
  });

  it.each([false, true])('takes what a kill leaves for no alarm; torn by a checkpoint: %s', (torn) => {
    const files = ['office.db', 'office.db-wal'] as const;
    const before = readFileSync(path('office.db'));
    const [file, log] = inOffice((store) => {
      store.transaction(() => store.profile.setLockAfterMinutes(14));
      return files.map((name) => readFileSync(path(name))) as [Buffer, Buffer];
    });
    const after = readFileSync(path('office.db'));
    const changed = Array.from({ length: before.length / 4096 }, (_, index) => index * 4096).filter(
      (start) => start > 0 && !before.subarray(start, start + 4096).equals(after.subarray(start, start + 4096)),
    );
    expect(changed).not.toEqual([]);
    if (torn) for (const start of changed) after.copy(file, start, start, start + 100);
    writeFileSync(path('office.db'), file);
    writeFileSync(path('office.db-wal'), log);
    expect(judge(text)).toEqual({ warnings: ['anchor-missing'], older: [] });
    expect(inOffice((store) => store.profile.get().lockAfterMinutes)).toBe(14);
  });

  it('with a log beside the file warns, and still finds an older chain', () => {
    writeFileSync(path('office.db-wal'), 'not a log');
    expect(judge(text)).toEqual({ warnings: ['anchor-missing'], older: [] });
    copyFileSync(path('office.db'), folder.at('last-week.db'));
    inOffice(note);
    const newer = anchorNow();
    copyFileSync(folder.at('last-week.db'), path('office.db'));
    writeFileSync(path('office.db-wal'), 'not a log');
    expect(() => judge(newer)).toThrow(withCode('office.db'));
  });

  it('holds no digest against a database that was left open', () => {
    const open = writeOfficeAnchor(
      { header, officeKey },
      { head: inOffice(({ audit }) => audit.head()), fileSha256: null, at },
    );
    inOffice((store) => store.transaction(() => store.profile.setLockAfterMinutes(14)));
    expect(judge(open)).toEqual(fine);
  });
});

describe('the clients’ anchors', () => {
  const clientPath = (): string => path(`clients/${clientId}.db`);
  const accepted: ClientId[] = [];
  let office: OpenDatabase<OfficeStore>;

  beforeEach(() => {
    office = openOffice();
    accepted.length = 0;
  });
  afterEach(() => office.close());

  const begin = (acceptOlder = false) =>
    createClientAnchors(services, {
      directory,
      clientIds: [clientId],
      office: () => office.store,
      now: () => at,
      acceptOlder: acceptOlder ? (id) => void accepted.push(id) : null,
    });

  /** A session in which the client is opened, perhaps worked in, and closed. */
  function session(work: (store: ClientStore) => void = () => undefined, acceptOlder = false): void {
    const anchors = begin(acceptOlder);
    anchors.beforeOpening(clientId, clientKey);
    const client = services.databases.openClient({ directory, clientId, key: clientKey, create: false });
    try {
      anchors.afterOpening(clientId, client.store.audit);
      work(client.store);
      anchors.beforeClosing(clientId, client.store.audit);
    } finally {
      client.close();
    }
    anchors.settle();
  }

  const known = () => office.store.anchors.find(clientId);

  it('remember head and digest of what was closed, and hold them against the next opening', () => {
    session(note);
    expect(known()).toMatchObject({ fileSha256: digest(clientId), at });
    session();
    session(note);
    expect(known()?.sequence).toBeGreaterThan(1);
  });

  it('forget the digests while a session lasts, and give back those of clients that were not opened', () => {
    session(note);
    const before = known();
    const anchors = begin();
    expect(known()).toEqual({ ...before, fileSha256: null });
    anchors.settle();
    expect(known()).toEqual(before);
  });

  it('hold no digest against what a crash left', () => {
    session(note);
    const anchors = begin();
    anchors.beforeOpening(clientId, clientKey);
    const client = services.databases.openClient({ directory, clientId, key: clientKey, create: false });
    anchors.afterOpening(clientId, client.store.audit);
    note(client.store);
    anchors.remember(clientId, client.store.audit);
    note(client.store);
    client.close();
    session();
    expect(known()?.fileSha256).toBe(digest(clientId));
  });

  it('find last week’s file and go on finding it until it is accepted', () => {
    session(note);
    copyFileSync(clientPath(), folder.at('last-week.db'));
    session(note);
    const newest = known();
    copyFileSync(folder.at('last-week.db'), clientPath());
    for (let turn = 0; turn < 2; turn += 1) {
      const refused = begin();
      expect(() => refused.beforeOpening(clientId, clientKey)).toThrow(withCode(`clients/${clientId}.db`));
      refused.settle();
      expect(known()).toEqual(newest);
    }
    session(undefined, true);
    expect(accepted).toEqual([clientId]);
    session();
  });

  it('find an older chain after a crash, when no digest is known', () => {
    session(note);
    copyFileSync(clientPath(), folder.at('last-week.db'));
    const anchors = begin();
    anchors.beforeOpening(clientId, clientKey);
    const client = services.databases.openClient({ directory, clientId, key: clientKey, create: false });
    note(client.store);
    anchors.remember(clientId, client.store.audit);
    client.close();
    copyFileSync(folder.at('last-week.db'), clientPath());
    expect(() => session()).toThrow(withCode(`clients/${clientId}.db`));
    session(undefined, true);
    expect(accepted).toEqual([clientId]);
  });

  it('find a single page put back', () => {
    session(note);
    const before = readFileSync(clientPath());
    session(note);
    const after = readFileSync(clientPath());
    const page = Array.from({ length: before.length / 4096 }, (_, index) => index * 4096).find(
      (start) => start > 0 && !before.subarray(start, start + 4096).equals(after.subarray(start, start + 4096)),
    );
    const spliced = Buffer.from(after);
    before.copy(spliced, page, page, (page ?? 0) + 4096);
    writeFileSync(clientPath(), spliced);
    expect(() => session()).toThrow(withCode(`clients/${clientId}.db`));
  });

  it('take a flipped bit for damage, whether older states are accepted or not', () => {
    session(note);
    const bytes = readFileSync(clientPath());
    bytes.writeUInt8(bytes.readUInt8(9000) ^ 1, 9000);
    writeFileSync(clientPath(), bytes);
    for (const accept of [false, true])
      expect(() => session(undefined, accept)).toThrow(expect.objectContaining({ code: 'VAULT_CORRUPT' }));
    expect(accepted).toEqual([]);
  });

  it('take a log that someone put beside a closed file for a change', () => {
    session(note);
    writeFileSync(`${clientPath()}-wal`, 'not a log');
    expect(() => begin().beforeOpening(clientId, clientKey)).toThrow(withCode(`clients/${clientId}.db`));
  });

  it('write nothing where nothing moved', () => {
    session(note);
    const anchors = begin();
    anchors.beforeOpening(clientId, clientKey);
    const client = services.databases.openClient({ directory, clientId, key: clientKey, create: false });
    anchors.afterOpening(clientId, client.store.audit);
    const before = known();
    anchors.remember(clientId, client.store.audit);
    expect(known()).toEqual(before);
    note(client.store);
    anchors.remember(clientId, client.store.audit);
    expect(known()?.sequence).toBe((before?.sequence ?? 0) + 1);
    client.close();
  });
});
