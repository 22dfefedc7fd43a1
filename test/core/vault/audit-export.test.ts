// Exported audit logs: verified from their lines alone; each of 1,000 entries changed, removed, doubled or moved is named, every missing end
// shows, and so does another signer.
import { describe, expect, it } from 'vitest';
import { entryHash, type AuditRecord } from '../../../electron/core/ports/audit-chain.ts';
import { startExportWalk, verifyExport } from '../../../electron/core/vault/audit/verify-export.ts';
import { checkpointText, signCheckpoint, signWith } from '../../../electron/core/vault/audit/checkpoints.ts';
import { endText } from '../../../electron/core/vault/audit/export-format.ts';
import { createHash } from 'node:crypto';
import { aDraft, anAuditLog, aSigner, CHAIN, exportedLines, exportedText } from '../../builders/audit-log.ts';

const ENTRIES = 1000;
const KEY = aSigner().keyring.checkpointKey;

/** 1,000 entries with a checkpoint at every hundredth, as the vault makes them while it works. */
async function aBigExport(): Promise<string[]> {
  const store = anAuditLog(0);
  for (let number = 1; number <= ENTRIES; number += 1) {
    store.transaction(() => store.audit.append(aDraft(number)));
    if (number % 100 === 0) signCheckpoint(store, aSigner());
  }
  return exportedLines(store);
}
const lines = await aBigExport();
/** Where each entry stands. */
const places = lines.flatMap((line, index) => (line.includes('"action"') ? [index] : []));

const broken = (where: string): unknown => expect.objectContaining({ code: 'AUDIT_FILE_BROKEN', params: { where } });
const changed = (line: string, change: object): string =>
  JSON.stringify({ ...(JSON.parse(line) as object), ...change });
const replaced = (index: number, ...by: string[]): string[] => lines.toSpliced(index, 1, ...by);

/** Signs a changed export's end anew, as only the office could. */
function signedAnew(body: readonly string[], signer = aSigner()): string[] {
  const end = JSON.parse(lines.at(-1)!) as { entries: number; head: string };
  const sha256 = createHash('sha256')
    .update(`${body.join('\n')}\n`)
    .digest('hex');
  const closing = { entries: end.entries, head: end.head, sha256 };
  return [...body, JSON.stringify({ end: true, ...closing, signature: signWith(signer, endText(CHAIN, closing)) })];
}

describe('a whole export', () => {
  it('verifies against the office’s key and says what it holds', async () => {
    const found = await verifyExport(lines, KEY);
    expect(found).toEqual({
      chain: CHAIN,
      officeName: 'Keel & Partners',
      exportedAt: aSigner().at,
      personal: true,
      entries: ENTRIES,
      period: { from: aDraft(1).at, until: aDraft(ENTRIES).at },
      head: (JSON.parse(lines.at(-2)!) as { hash: string }).hash,
      checkpoints: 10,
      checkpointKey: KEY,
      keyGiven: true,
    });
    expect(places).toHaveLength(ENTRIES);
  });

  it('verifies against its own key, and says that this is so', async () => {
    expect(await verifyExport(lines, null)).toMatchObject({ keyGiven: false, checkpointKey: KEY });
  });

  it('verifies without its personal part, of which nothing is in the file', async () => {
    const text = await exportedText(anAuditLog(30), false);
    expect(await verifyExport(text.trimEnd().split('\n'), KEY)).toMatchObject({ personal: false, entries: 30 });
    for (const personal of ['Ada Keel', 'Ben Moor', 'Harbour Bakery']) {
      expect(lines.join('\n')).toContain(personal);
      expect(text).not.toContain(personal);
    }
  });

  it('verifies where some of it was erased, and where there is nothing', async () => {
    const store = anAuditLog(30);
    store.database.exec('UPDATE audit SET user_name = NULL, payload = NULL, salt = NULL WHERE sequence < 20');
    expect(await verifyExport(await exportedLines(store), KEY)).toMatchObject({ entries: 30 });
    const empty = await exportedLines(anAuditLog(0));
    expect(empty).toHaveLength(2);
    expect(await verifyExport(empty, KEY)).toMatchObject({ entries: 0, period: null, checkpoints: 0 });
  });

  it.each([
    ['with another entry', 1],
    ['at the same head', 0],
  ])('verifies after the checkpoint key was replaced, %s: the last word is the new one’s', async (_when, more) => {
    const store = anAuditLog(11 - more);
    signCheckpoint(store, aSigner(1));
    if (more > 0) store.transaction(() => store.audit.append(aDraft(11)));
    const both = await exportedLines(store, true, aSigner(2));
    expect(await verifyExport(both, aSigner(2).keyring.checkpointKey)).toMatchObject({ checkpoints: 2, entries: 11 });
    await expect(verifyExport(both, aSigner(1).keyring.checkpointKey)).rejects.toMatchObject({
      code: 'AUDIT_KEY_WRONG',
    });
    expect(store.audit.check()).toEqual({ entries: 11, brokenAt: null });
  });
});

describe('1,000 entries', () => {
  const edits: ((record: AuditRecord) => Partial<AuditRecord> | Record<string, unknown>)[] = [
    ({ sequence }) => ({ sequence: sequence + 1 }),
    () => ({ at: '2020-01-01T00:00:00.000Z' }),
    () => ({ at: 'yesterday' }),
    () => ({ userId: null }),
    () => ({ action: 'clients.list' }),
    () => ({ subject: 'client_other' }),
    ({ outcome }) => ({ outcome: outcome === 'done' ? 'denied' : 'done' }),
    () => ({ name: 'Eve' }),
    () => ({ payload: '{}' }),
    () => ({ salt: Buffer.alloc(16).toString('base64') }),
    ({ hash }) => ({ personalDigest: hash }),
    ({ hash }) => ({ previousHash: hash }),
    ({ previousHash }) => ({ hash: previousHash }),
    () => ({ more: 1 }),
  ];
  it('every edit, removal, copy and swap is named in its place, and no cut is an end', () => {
    const walk = startExportWalk(lines[0]!, KEY);
    let entry = 0;
    for (const line of lines.slice(1)) {
      const attempt = (wrong: string): unknown => expect(() => walk.take(wrong)).toThrow(broken(`entry ${entry + 1}`));
      expect(() => walk.finish()).toThrow(broken(`entry ${entry + 1}`));
      if (line.includes('"action"')) {
        const record = JSON.parse(line) as AuditRecord;
        for (const edit of edits) attempt(changed(line, edit(record)));
        if (entry > 0) attempt(lines[places[entry - 1]!]!);
        if (entry + 1 < ENTRIES) attempt(lines[places[entry + 1]!]!);
        entry += 1;
      }
      walk.take(line);
    }
    expect(walk.finish()).toMatchObject({ entries: ENTRIES });
    expect(entry).toBe(ENTRIES);
  });

  it('the same through the whole verifier, at every fiftieth entry', async () => {
    for (let index = 0; index < ENTRIES - 1; index += 50) {
      const [here, next] = [places[index]!, places[index + 1]!];
      const [line, following] = [lines[here]!, lines[next]!];
      const edited = changed(line, edits[(index / 50) % edits.length]!(JSON.parse(line) as AuditRecord));
      const at = (number: number): unknown => broken(`entry ${index + number}`);
      await expect(verifyExport(replaced(here, edited), KEY)).rejects.toEqual(at(1));
      await expect(verifyExport(replaced(here), KEY)).rejects.toEqual(at(1));
      await expect(verifyExport(replaced(here, line, line), KEY)).rejects.toEqual(at(2));
      await expect(verifyExport(lines.with(here, following).with(next, line), KEY)).rejects.toEqual(at(1));
      await expect(verifyExport(lines.slice(0, here), KEY)).rejects.toEqual(at(1));
    }
    await expect(verifyExport(lines.slice(0, -1), KEY)).rejects.toEqual(broken(`entry ${ENTRIES + 1}`));
    await expect(verifyExport([], KEY)).rejects.toMatchObject({ code: 'AUDIT_FILE_INVALID' });
  });

  it('the last k entries missing before a kept or corrected end show, also right behind a checkpoint', async () => {
    const end = lines.at(-1)!;
    for (let index = ENTRIES - 1; index > 0; index -= 37) {
      await expect(verifyExport([...lines.slice(0, places[index]), end], KEY)).rejects.toEqual(
        broken(`entry ${index + 1}`),
      );
    }
    for (let entries = 100; entries < ENTRIES; entries += 100) {
      const body = lines.slice(0, places[entries]);
      const { hash: head } = JSON.parse(body.at(-1)!) as { hash: string };
      const sha256 = createHash('sha256')
        .update(`${body.join('\n')}\n`)
        .digest('hex');
      const corrected = changed(end, { entries, head, sha256 });
      await expect(verifyExport([...body, corrected], KEY)).rejects.toEqual(broken('the signature at its end'));
    }
  });
});

describe('what is not an entry', () => {
  const [header = ''] = lines;
  const lastCheckpoint = lines.length - 2;

  it.each([
    ['nothing', []],
    ['no JSON', ['a,b,c']],
    ['other JSON', ['{"format":"strongroom-backup"}']],
    ['a later version', [changed(header, { version: 2 })]],
    ['an export without its first line', lines.slice(1)],
  ])('%s is no export', async (_what, other) => {
    for (const key of [KEY, null])
      await expect(verifyExport(other, key)).rejects.toMatchObject({
        code: 'AUDIT_FILE_INVALID',
        params: { where: 'its first line' },
      });
  });

  it('a header of another office, chain or key does not fit', async () => {
    await expect(verifyExport(replaced(0, changed(header, { officeName: 'Other' })), KEY)).rejects.toEqual(
      broken('the signature at its end'),
    );
    for (const change of [{ chain: 'office_other' }, { firstKeyCommitment: 'a'.repeat(64) }, { personal: false }])
      await expect(verifyExport(replaced(0, changed(header, change)), KEY)).rejects.toEqual(broken('entry 1'));
    const otherKey = replaced(0, changed(header, { checkpointKey: aSigner(2).keyring.checkpointKey }));
    await expect(verifyExport(otherKey, KEY)).rejects.toMatchObject({ code: 'AUDIT_KEY_WRONG' });
    await expect(verifyExport(otherKey, null)).rejects.toEqual(broken(`entry ${ENTRIES + 1}`));
  });

  it('an export that someone else signed throughout is not the office’s', async () => {
    const forged = await exportedLines(anAuditLog(20), true, aSigner(3));
    await expect(verifyExport(forged, KEY)).rejects.toMatchObject({ code: 'AUDIT_KEY_WRONG' });
    expect(await verifyExport(forged, null)).toMatchObject({ keyGiven: false });
    await expect(verifyExport(lines, 'no key')).rejects.toMatchObject({ code: 'AUDIT_KEY_WRONG' });
  });

  it.each([
    ['another sequence', { sequence: 999 }],
    ['another hash', { hash: 'a'.repeat(64) }],
    ['another time', { at: '2020-01-01T00:00:00.000Z' }],
    ['another key', { publicKey: aSigner(2).keyring.checkpointKey }],
    ['no signature', { signature: '' }],
  ])('a checkpoint with %s is refused', async (_what, change) => {
    const wrong = replaced(lastCheckpoint, changed(lines[lastCheckpoint]!, change));
    await expect(verifyExport(wrong, KEY)).rejects.toEqual(broken(`entry ${ENTRIES}`));
    await expect(verifyExport(signedAnew(wrong.slice(0, -1)), KEY)).rejects.toEqual(broken(`entry ${ENTRIES}`));
  });

  it('a checkpoint that was really signed, but with another number, is refused', async () => {
    const { hash } = JSON.parse(lines[lastCheckpoint]!) as { hash: string };
    const { at, keyring } = aSigner();
    const unsigned = { sequence: 999, hash, at, publicKey: keyring.checkpointKey };
    const signature = signWith(aSigner(), checkpointText(CHAIN, unsigned));
    const wrong = replaced(lastCheckpoint, JSON.stringify({ checkpoint: true, ...unsigned, signature }));
    await expect(verifyExport(signedAnew(wrong.slice(0, -1)), KEY)).rejects.toEqual(broken(`entry ${ENTRIES}`));
  });

  it('a checkpoint twice, none at the head, or one of another signer there is refused, even when the end is signed anew', async () => {
    const checkpoint = lines[lastCheckpoint]!;
    const twice = signedAnew(replaced(lastCheckpoint, checkpoint, checkpoint).slice(0, -1));
    await expect(verifyExport(twice, KEY)).rejects.toEqual(broken(`entry ${ENTRIES}`));
    await expect(verifyExport(signedAnew(lines.slice(0, lastCheckpoint)), KEY)).rejects.toEqual(
      broken(`entry ${ENTRIES + 1}`),
    );
    const other = aSigner(2);
    const { checkpoint: _mark, ...fields } = JSON.parse(checkpoint) as {
      checkpoint: true;
      sequence: number;
      hash: string;
    };
    const unsigned = { ...fields, at: other.at, publicKey: other.keyring.checkpointKey };
    const signature = signWith(other, checkpointText(CHAIN, unsigned));
    const theirs = JSON.stringify({ checkpoint: true, ...unsigned, signature });
    await expect(verifyExport(signedAnew([...lines.slice(0, lastCheckpoint), theirs]), KEY)).rejects.toEqual(
      broken(`entry ${ENTRIES + 1}`),
    );
  });

  it.each([
    ['another count', { entries: 999 }, `entry ${ENTRIES + 1}`],
    ['another head', { head: 'a'.repeat(64) }, `entry ${ENTRIES + 1}`],
    ['another digest', { sha256: 'a'.repeat(64) }, 'the signature at its end'],
    ['another signature', { signature: Buffer.alloc(64).toString('base64') }, 'the signature at its end'],
    ['a short signature', { signature: 'AAAA' }, `entry ${ENTRIES + 1}`],
  ])('an end with %s is refused', async (_what, change, where) => {
    const end = changed(lines.at(-1)!, change);
    await expect(verifyExport([...lines.slice(0, -1), end], KEY)).rejects.toEqual(broken(where));
  });

  it('lines behind the end, empty lines and lines of another kind are refused', async () => {
    await expect(verifyExport([...lines, lines[1]!], KEY)).rejects.toEqual(broken(`entry ${ENTRIES + 1}`));
    const last = JSON.parse(lines[places.at(-1)!]!) as AuditRecord;
    const next = { ...last, sequence: ENTRIES + 1, previousHash: last.hash };
    const following = JSON.stringify({ ...next, hash: entryHash(next) });
    for (const more of [following, lines.at(-1)!])
      await expect(verifyExport([...lines, more], KEY)).rejects.toEqual(broken(`entry ${ENTRIES + 1}`));
    await expect(verifyExport([...lines, ''], KEY)).rejects.toEqual(broken(`entry ${ENTRIES + 1}`));
    for (const other of ['', 'null', '{', '{"a":1}', '[]'])
      await expect(verifyExport(lines.toSpliced(places[500]!, 0, other), KEY)).rejects.toEqual(broken('entry 501'));
  });

  it('an error of the source is not an error of the file', async () => {
    async function* failing(): AsyncGenerator<string> {
      yield header;
      await Promise.resolve();
      throw new RangeError('the disk went away');
    }
    await expect(verifyExport(failing(), KEY)).rejects.toThrow(RangeError);
  });
});
