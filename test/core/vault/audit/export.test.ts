// An export line by line, computed here a second time; what its reader refuses; and in which order file, entry and name come.
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AuditCheckpoint } from '../../../../electron/core/ports/audit-chain.ts';
import type { NewFiles } from '../../../../electron/core/ports/new-files.ts';
import { checkpointText, signCheckpoint, signWith } from '../../../../electron/core/vault/audit/checkpoints.ts';
import { exportAudit } from '../../../../electron/core/vault/audit/export-audit.ts';
import { endText, ExportHeader, ExportLine } from '../../../../electron/core/vault/audit/export-format.ts';
import { exportLines } from '../../../../electron/core/vault/audit/export-lines.ts';
import { startExportWalk, verifyExport } from '../../../../electron/core/vault/audit/verify-export.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { anAuditContext, CLIENT } from '../../../builders/audit-context.ts';
import {
  aDraft,
  allRecords,
  anAuditLog,
  aSigner,
  CHAIN,
  exportedLines,
  exportedText,
} from '../../../builders/audit-log.ts';

const KEY = aSigner().keyring.checkpointKey;
const END = 'the signature at its end';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const broken = (where: string): unknown => expect.objectContaining({ code: 'AUDIT_FILE_BROKEN', params: { where } });
const invalid: unknown = expect.objectContaining({
  code: 'AUDIT_FILE_INVALID',
  params: { where: 'its first line' },
});
const changed = (line: string | undefined, change: object): string =>
  JSON.stringify({ ...(JSON.parse(line ?? '') as object), ...change });

/** Five entries with a checkpoint behind the third one, and one at the end. */
function aStore() {
  const store = anAuditLog(3);
  signCheckpoint(store, aSigner());
  for (const number of [4, 5]) store.transaction(() => store.audit.append(aDraft(number)));
  return store;
}
let lines: string[] = [];
/** Header, three entries, checkpoint, two entries, checkpoint, end. */
let [header, first, second, third, middle, fourth, fifth, last, end] = lines;
beforeAll(async () => {
  lines = await exportedLines(aStore());
  [header, first, second, third, middle, fourth, fifth, last, end] = lines;
});

/** Signs a changed body anew, as only the office could. */
function signedAnew(body: readonly (string | undefined)[], entries = 5, signer = aSigner()): string[] {
  const lineTexts = body.map((line) => line ?? '');
  const { head } = JSON.parse(end ?? '') as { head: string };
  const closing = { entries, head, sha256: sha256(`${lineTexts.join('\n')}\n`) };
  const signature = signWith(signer, endText(CHAIN, closing));
  return [...lineTexts, JSON.stringify({ end: true, ...closing, signature })];
}
/** The last checkpoint with changes, really signed. */
function signedCheckpoint(change: Partial<AuditCheckpoint>, signer = aSigner()): string {
  const { signature: _replaced, ...fields } = JSON.parse(last ?? '') as AuditCheckpoint;
  const unsigned = { ...fields, publicKey: signer.keyring.checkpointKey, ...change };
  return JSON.stringify({ ...unsigned, signature: signWith(signer, checkpointText(CHAIN, unsigned)) });
}
const verify = async (given: readonly (string | undefined)[], key: string | null = KEY) =>
  await verifyExport(
    given.map((line) => line ?? ''),
    key,
  );

describe('the lines of an export', () => {
  it('are header, entries, each checkpoint behind its entry, and the signed end', async () => {
    const store = aStore();
    const text = await exportedText(store);
    const [one, two, three, four, five] = allRecords(store);
    const [atThree, atFive] = store.audit.checkpoints();
    const head = store.audit.head();
    const body = [
      {
        format: 'strongroom-audit',
        version: 1,
        chain: CHAIN,
        firstKeyCommitment: store.audit.start().firstKeyCommitment,
        officeName: 'Keel & Partners',
        checkpointKey: KEY,
        exportedAt: aSigner().at,
        personal: true,
      },
      one,
      two,
      three,
      { checkpoint: true, ...atThree },
      four,
      five,
      { checkpoint: true, ...atFive },
    ];
    const whole = body.map((line) => `${JSON.stringify(line)}\n`).join('');
    const closing = { entries: 5, head: head.hash, sha256: sha256(whole) };
    const signature = signWith(
      aSigner(),
      `{"chain":"${CHAIN}","entries":5,"head":"${head.hash}","magic":"strongroom/v1/audit-export","sha256":"${sha256(whole)}"}`,
    );
    expect(text).toBe(`${whole}${JSON.stringify({ end: true, ...closing, signature })}\n`);
  });

  it('have no personal part where none was asked for', async () => {
    const store = aStore();
    const entries = (await exportedLines(store, false)).slice(1, 4).map((line) => JSON.parse(line) as unknown);
    const bare = allRecords(store).map((record) => ({ ...record, name: null, payload: null, salt: null }));
    expect(entries).toEqual(bare.slice(0, 3));
  });

  it.each([
    [0, []],
    [1, [[0, 1]]],
    [500, [[0, 500]]],
    [1001, [[0, 500], [500, 500], [1000, 1]]], // prettier-ignore
  ])('of %i entries are read in pages, up to the head and no further', async (sequence, pages) => {
    const { audit } = anAuditLog(0);
    const asked: number[][] = [];
    const records: typeof audit.records = ({ after, limit }) => {
      asked.push([after, limit]);
      return [];
    };
    const chain = {
      audit: { ...audit, records },
      header: ExportHeader.parse(JSON.parse(header ?? '')),
      head: { sequence, hash: 'a'.repeat(64) },
      signer: aSigner(),
    };
    const chunks: Uint8Array[] = [];
    for await (const chunk of exportLines(chain)) chunks.push(chunk);
    expect(asked).toEqual(pages);
    expect(chunks).toHaveLength(pages.length + 2);
  });
});

describe('a line', () => {
  it.each([
    { format: 'other' },
    { version: 2 },
    { chain: 'c'.repeat(101) },
    { firstKeyCommitment: `${'a'.repeat(64)}a` },
    { firstKeyCommitment: `x${'a'.repeat(64)}` },
    { firstKeyCommitment: 'a'.repeat(63) },
    { firstKeyCommitment: 'g'.repeat(64) },
    { officeName: 'n'.repeat(401) },
    { checkpointKey: `${KEY}AAAA` },
    { checkpointKey: '!'.repeat(44) },
    { exportedAt: 'yesterday' },
    { personal: 'yes' },
    { more: 1 },
  ])('is no header with %j', async (change) => {
    await expect(verify([changed(header, change), ...lines.slice(1)], null)).rejects.toEqual(invalid);
  });

  it('is a header with the longest names', () => {
    const longest = { chain: 'c'.repeat(100), officeName: 'n'.repeat(400) };
    expect(ExportHeader.safeParse(JSON.parse(changed(header, longest))).success).toBe(true);
  });

  it.each([
    ['a checkpoint that says it is none', () => changed(middle, { checkpoint: false })],
    ['a checkpoint with more in it', () => changed(middle, { more: 1 })],
    ['an end that says it is none', () => changed(end, { end: false })],
    ['an end with more in it', () => changed(end, { more: 1 })],
    ['an end of fewer than no entries', () => changed(end, { entries: -1 })],
    ['an end with a short signature', () => changed(end, { signature: 'AAAA' })],
    ['an end with a signature that is no base64', () => changed(end, { signature: '!'.repeat(88) })],
    ['an empty object', () => '{}'],
  ])('is none: %s', (_what, lineOf) => {
    expect(ExportLine.safeParse(JSON.parse(lineOf())).success).toBe(false);
  });

  it('may end an export without entries', () => {
    expect(ExportLine.safeParse(JSON.parse(changed(end, { entries: 0 }))).success).toBe(true);
  });
});

describe('a verified export', () => {
  const found = () => ({
    chain: CHAIN,
    officeName: 'Keel & Partners',
    exportedAt: aSigner().at,
    personal: true,
    entries: 5,
    period: { from: aDraft(1).at, until: aDraft(5).at },
    head: (JSON.parse(last ?? '') as { hash: string }).hash,
    checkpoints: 2,
    checkpointKey: KEY,
    keyGiven: true,
  });

  it('says what it holds, and whether the key was given', async () => {
    expect(await verify(lines)).toEqual(found());
    expect(await verify(lines, null)).toEqual({ ...found(), keyGiven: false });
  });

  it('may hold nothing, or nothing personal', async () => {
    const empty = { entries: 0, period: null, checkpoints: 0 };
    expect(await verify(await exportedLines(anAuditLog(0)))).toMatchObject(empty);
    expect(await verify(await exportedLines(aStore(), false))).toMatchObject({ personal: false, entries: 5 });
  });

  it('is one only under its own key, from its own first line', async () => {
    await expect(verify([])).rejects.toEqual(invalid);
    await expect(verify(['{'])).rejects.toEqual(invalid);
    await expect(verify(lines.slice(1))).rejects.toEqual(invalid);
    await expect(verify(lines, aSigner(2).keyring.checkpointKey)).rejects.toMatchObject({
      code: 'AUDIT_KEY_WRONG',
      params: {},
    });
    await expect(verify([changed(header, { officeName: 'Other' }), ...lines.slice(1)])).rejects.toEqual(broken(END));
    for (const change of [{ personal: false }, { chain: 'other' }, { firstKeyCommitment: 'a'.repeat(64) }])
      await expect(verify([changed(header, change), ...lines.slice(1)])).rejects.toEqual(broken('entry 1'));
  });

  it('shows every line that is changed, missing, doubled or moved, in its place', async () => {
    const without = (index: number): string[] => lines.toSpliced(index, 1);
    const cases: [readonly (string | undefined)[], string][] = [
      [lines.with(2, changed(second, { action: 'x' })), 'entry 2'],
      [lines.with(2, '{'), 'entry 2'],
      [without(2), 'entry 2'],
      [[header, second, first, third, middle, fourth, fifth, last, end], 'entry 1'],
      [[header, first, first, second], 'entry 2'],
      [without(4), END],
      [without(7), 'entry 6'],
      [without(8), 'entry 6'],
      [lines.toSpliced(4, 0, middle ?? ''), 'entry 3'],
      [lines.toSpliced(3, 0, middle ?? ''), 'entry 2'],
      [lines.toSpliced(6, 0, last ?? ''), 'entry 4'],
      [[...lines, ''], 'entry 6'],
      [[...lines, end], 'entry 6'],
      [[...lines, fifth], 'entry 6'],
    ];
    for (const [given, where] of cases) await expect(verify(given)).rejects.toEqual(broken(where));
  });

  it.each([
    ['sequence', { sequence: 4 }],
    ['hash', { hash: 'a'.repeat(64) }],
    ['time', { at: '2020-01-01T00:00:00.000Z' }],
    ['key', { publicKey: aSigner(2).keyring.checkpointKey }],
    ['signature', { signature: '' }],
  ])('has checkpoints with the right %s, whoever signs the end', async (_what, change) => {
    const body = lines.with(7, changed(last, change)).slice(0, -1);
    await expect(verify(signedAnew(body))).rejects.toEqual(broken('entry 5'));
  });

  it.each([
    ['another number', { sequence: 4 }],
    ['another head', { hash: 'a'.repeat(64) }],
  ])('has no checkpoint of %s, though it was really signed', async (_what, change) => {
    const body = lines.with(7, signedCheckpoint(change)).slice(0, -1);
    await expect(verify(signedAnew(body))).rejects.toEqual(broken('entry 5'));
  });

  it('has its last word from today’s key, once', async () => {
    const body = lines.slice(0, -1);
    await expect(verify(signedAnew([...body, last]))).rejects.toEqual(broken('entry 5'));
    await expect(verify(signedAnew(lines.slice(0, -2)))).rejects.toEqual(broken('entry 6'));
    const store = aStore();
    const both = await exportedLines(store, true, aSigner(2));
    expect(await verify(both, aSigner(2).keyring.checkpointKey)).toMatchObject({ checkpoints: 2 });
    const replaced = aStore();
    signCheckpoint(replaced, aSigner(3));
    expect(await verify(await exportedLines(replaced))).toMatchObject({ checkpoints: 3 });
    await expect(verify(signedAnew([...lines.slice(0, 7), signedCheckpoint({}, aSigner(2))]))).rejects.toEqual(
      broken('entry 6'),
    );
  });

  it.each([
    ['count', { entries: 4 }, 'entry 6'],
    ['head', { head: 'a'.repeat(64) }, 'entry 6'],
    ['digest', { sha256: 'a'.repeat(64) }, END],
    ['signature', { signature: Buffer.alloc(64).toString('base64') }, END],
  ])('ends with the right %s', async (_what, change, where) => {
    await expect(verify(lines.with(8, changed(end, change)))).rejects.toEqual(broken(where));
  });

  it('ends with the digest of what was read, though another one was signed', async () => {
    const { head } = JSON.parse(end ?? '') as { head: string };
    const closing = { entries: 5, head, sha256: 'a'.repeat(64) };
    const signature = signWith(aSigner(), endText(CHAIN, closing));
    const wrong = JSON.stringify({ end: true, ...closing, signature });
    await expect(verify(lines.with(8, wrong))).rejects.toEqual(broken(END));
  });

  it('goes on behind a line that was refused', () => {
    const walk = startExportWalk(header ?? '', KEY);
    for (const line of lines.slice(1)) {
      expect(() => walk.finish()).toThrow(expect.objectContaining({ code: 'AUDIT_FILE_BROKEN' }));
      expect(() => walk.take('nothing')).toThrow(expect.objectContaining({ code: 'AUDIT_FILE_BROKEN' }));
      walk.take(line);
    }
    expect(walk.finish()).toEqual(found());
  });
});

describe('exporting', () => {
  function subject(files: Partial<{ write: unknown; publish: () => Promise<void> }> = {}) {
    const events: string[] = [];
    const written: string[] = [];
    const stores = { office: anAuditLog(3), client: anAuditLog(2) };
    const base = anAuditContext(stores);
    const acted: unknown[] = [];
    const act: typeof base.act = (store, action, work) => {
      events.push('act');
      acted.push([store.audit.chain, action]);
      return base.act(store, action, work);
    };
    const newFiles: NewFiles = {
      write: async (path, chunks) => {
        events.push(`write ${path}`);
        for await (const chunk of chunks) written.push(Buffer.from(chunk).toString());
        return {
          publish: async () => {
            events.push('publish');
            await files.publish?.();
          },
          discard: () => {
            events.push('discard');
            return Promise.resolve();
          },
        };
      },
      ...(files.write ? { write: files.write as NewFiles['write'] } : {}),
    };
    const run = async (clientId: typeof CLIENT | null = null) =>
      await exportAudit(newFiles, { ...base, act }, { clientId, path: '/log', personal: true });
    return { run, events, written, acted, stores };
  }

  it('writes, leaves its entry, and only then gives the file its name', async () => {
    const { run, events, written, acted, stores } = subject();
    const { hash: head } = stores.office.audit.head();
    expect(await run()).toEqual({ entries: 3, checkpointKey: KEY, head });
    expect(events).toEqual(['write /log', 'act', 'publish']);
    expect(acted).toEqual([[CHAIN, { subject: null, payload: { entries: 3, head, personal: true } }]]);
    const text = written.join('');
    expect(JSON.parse(text.split('\n')[0] ?? '')).toEqual({
      format: 'strongroom-audit',
      version: 1,
      chain: CHAIN,
      firstKeyCommitment: stores.office.audit.start().firstKeyCommitment,
      officeName: 'Keel & Partners',
      checkpointKey: KEY,
      exportedAt: '2026-07-01T08:00:00.000Z',
      personal: true,
    });
    expect(await verifyExport(text.trimEnd().split('\n'), KEY)).toMatchObject({ entries: 3, checkpoints: 1 });
  });

  it('of a client’s chain leaves its entry there', async () => {
    const { run, acted, stores } = subject();
    const { hash: head } = stores.client.audit.head();
    expect(await run(CLIENT)).toMatchObject({ entries: 2, head });
    expect(acted).toEqual([[CHAIN, { subject: CLIENT, payload: { entries: 2, head, personal: true } }]]);
    expect([stores.office, stores.client].map(({ audit }) => audit.head().sequence)).toEqual([3, 3]);
  });

  it('that fails behind the file takes it back', async () => {
    const failing = subject({ publish: () => Promise.reject(new RangeError('broken')) });
    await expect(failing.run()).rejects.toThrow(RangeError);
    expect(failing.events).toEqual(['write /log', 'act', 'publish', 'discard']);
  });

  it.each([
    ['BACKUP_DESTINATION_EXISTS', 'AUDIT_DESTINATION_EXISTS'],
    ['BACKUP_FOLDER_NOT_FOUND', 'AUDIT_FOLDER_NOT_FOUND'],
  ] as const)('speaks of its own file: %s becomes %s', async (from, code) => {
    const cause = new AppError(from, { reason: 'why' });
    await expect(subject({ write: () => Promise.reject(cause) }).run()).rejects.toMatchObject({
      code,
      params: { reason: 'why' },
      cause,
    });
  });

  it.each([new AppError('VAULT_DISK_FULL'), new TypeError('a bug')])('passes other errors on: %s', async (failure) => {
    await expect(subject({ write: () => Promise.reject(failure) }).run()).rejects.toBe(failure);
  });
});
