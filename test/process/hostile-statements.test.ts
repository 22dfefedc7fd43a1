// Hostile files through the real app and the real connector process: each is a typed error at once, nothing of it stays, the next file comes in.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemTimer } from '../../electron/adapters/system/system.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { BatchSummary } from '../../shared/ipc/contract/batches.ts';
import type { ClientId } from '../../shared/model/ids.ts';
import type { StatementProfile } from '../../shared/model/statement-profile.ts';
import { anAppOnDisk, type AppOnDisk } from '../builders/app-on-disk.ts';
import { aCsvProfile } from '../builders/csv-profiles.ts';
import { bai2Text } from '../builders/bai2-files.ts';
import { mt940Text } from '../builders/mt940-files.ts';
import { camtText, ledgerRows, ofxText } from '../builders/statement-files.ts';
import { zipOf } from '../builders/zip-files.ts';

const MEGABYTE = 1_048_576;
/** The app gives up on a slice after a minute; here after a moment. */
const GIVES_UP_MS = 500;
let app: AppOnDisk;
let clientId: ClientId;
let shortened = false;

beforeAll(async () => {
  app = await anAppOnDisk({ timer: (ms, work) => systemTimer(shortened && ms === 60_000 ? GIVES_UP_MS : ms, work) });
  clientId = (await app.client.clients.add({ name: 'Client One' })).id;
});
afterAll(async () => await app.close());

interface Source {
  readonly chunks: Iterable<Buffer>;
  readonly profile?: StatementProfile;
}

async function stage({ chunks, profile }: Source, fileName = 'hostile.bin'): Promise<BatchSummary> {
  const { imports } = app.client;
  const { jobId } = await imports.begin({ clientId, fileName, bytes: 0, ...(profile ? { profile } : {}) });
  for (const chunk of chunks)
    for (let at = 0; at < chunk.length; at += MEGABYTE)
      await imports.slice({ jobId, base64: chunk.subarray(at, at + MEGABYTE).toString('base64') });
  return await imports.finish({ jobId });
}

async function errorOf(work: () => Promise<unknown>): Promise<AppError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new TypeError('it was read');
}

/** Most memory the connector ever had, in bytes. Linux only. */
function connectorPeak(): number {
  const status = readFileSync(`/proc/${app.process('connector').pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) * 1024;
}

const good = (from = 0): Source => ({ chunks: [Buffer.from(camtText({ rows: ledgerRows(from + 3) }))] });

const rows = ledgerRows(3);
const [camt, ofx, mt940, bai2] = [camtText({ rows }), ofxText({ rows }), mt940Text({ rows }), bai2Text({ rows })];
const one = (text: string | Buffer): Source => ({ chunks: [Buffer.from(text)] });

/** `start`, then the unit until 200 MB are full. */
function* endless(start: string, unit: string): Generator<Buffer> {
  yield Buffer.from(start);
  const piece = Buffer.from(unit.repeat(Math.ceil(MEGABYTE / unit.length)));
  for (let megabytes = 0; megabytes < 200; megabytes += 1) yield piece;
}

const upTo = (text: string, mark: string): string => text.slice(0, text.indexOf(mark) + mark.length);
const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
const csv = 'Date,Text,Amount\n2026-01-02,a,1.00\n';
const profile = aCsvProfile();
const qifProfile: StatementProfile = {
  format: 'qif',
  charset: 'utf-8',
  dateOrder: 'ymd',
  decimalMark: '.',
  currency: profile.currency,
};
const zeros = (): Buffer => Buffer.alloc(64 * MEGABYTE);

const CASES: readonly (readonly [string, RegExp, () => Source])[] = [
  [
    'entities that laugh',
    /MALFORMED/,
    () => one(`<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha">${laughs}]>${camt.slice(camt.indexOf('<Document'))}`),
  ],
  ['deep nesting', /MALFORMED|TOO_LARGE/, () => ({ chunks: endless(upTo(camt, '<Ntry>'), '<a>') })],
  [
    'an amount of a million digits',
    /MALFORMED|TOO_LARGE/,
    () => one(camt.replace(/(<Amt [^>]*>)[^<]*/, `$1${'9'.repeat(1_000_000)}`)),
  ],
  ['a line of 200 MB in OFX', /MALFORMED|TOO_LARGE/, () => ({ chunks: endless(upTo(ofx, '<NAME>'), 'x') })],
  ['a line of 200 MB in MT940', /MALFORMED|TOO_LARGE/, () => ({ chunks: endless(upTo(mt940, ':86:'), 'x') })],
  ['a line of 200 MB in CSV', /MALFORMED|TOO_LARGE/, () => ({ chunks: endless(`${csv}2026-01-03,"`, 'x'), profile })],
  ['a line of 200 MB in BAI2', /MALFORMED|TOO_LARGE/, () => ({ chunks: endless(upTo(bai2, '\n88,'), 'x') })],
  ['a record of 200 MB in BAI2', /MALFORMED|TOO_LARGE/, () => ({ chunks: endless(upTo(bai2, '\n88,'), 'x\n88,') })],
  [
    'a line of 200 MB in QIF',
    /MALFORMED|TOO_LARGE/,
    () => ({ chunks: endless('!Type:Bank\nD2026-01-02\nT', '9'), profile: qifProfile }),
  ],
  ['a CAMT that breaks off', /MALFORMED/, () => one(camt.slice(0, -60))],
  ['an OFX that breaks off', /MALFORMED/, () => one(ofx.slice(0, ofx.length / 2))],
  ['an MT940 that breaks off', /MALFORMED/, () => one(mt940.slice(0, mt940.indexOf(':62F:')))],
  ['a BAI2 that breaks off', /MALFORMED/, () => one(bai2.slice(0, bai2.indexOf('\n99,')))],
  [
    'charsets mixed',
    /MALFORMED/,
    () =>
      one(
        Buffer.concat([
          Buffer.from(camt.slice(0, -200)),
          Buffer.from([0xff, 0xfe, 0x00, 0xd8]),
          Buffer.from(camt.slice(-200)),
        ]),
      ),
  ],
  ['a lone surrogate', /MALFORMED/, () => one(camt.replace('Nordwind', '&#xD800;'))],
  ['a bomb by ratio', /TOO_LARGE/, () => one(zipOf([{ name: 'a.xml', content: zeros() }]))],
  [
    'a bomb that hides its size',
    /MALFORMED/,
    () => one(zipOf([{ name: 'a.xml', content: Buffer.concat([Buffer.from(camt), zeros()]), size: 4_000_000 }])),
  ],
  [
    'a bomb of many files',
    /TOO_LARGE/,
    () => one(zipOf(Array.from({ length: 1001 }, (_, n) => ({ name: `${n}.xml`, content: camt })))),
  ],
  [
    'an archive of archives',
    /NO_TRANSACTIONS/,
    () => one(zipOf([{ name: 'a.zip', content: zipOf([{ name: 'a.xml', content: camt }]) }])),
  ],
  ['names that climb', /UNSUPPORTED/, () => one(zipOf([{ name: '../../a.xml', content: camt }]))],
  ['zeros only', /EMPTY/, () => one(Buffer.alloc(2 * MEGABYTE))],
  ['a table without a profile', /PROFILE_NEEDED/, () => one(csv)],
];

describe('a hostile file is refused and leaves nothing', () => {
  for (const [name, code, build] of CASES) {
    it(name, async () => {
      await app.client.imports.survey({ fileName: 'warm.xml', base64: Buffer.from(camt).toString('base64') });
      const { pid } = app.process('connector');
      const source = build();
      const started = performance.now();
      const error = await errorOf(() => stage(source));
      expect(error.code).toMatch(code);
      expect(error.code).toMatch(/^STATEMENT_/);
      expect(performance.now() - started).toBeLessThan(5000);
      expect(app.process('connector').pid, 'no reader was lost').toBe(pid);
      expect(await app.client.batches.list({ clientId })).toEqual([]);
    });
  }

  it.skipIf(process.platform !== 'linux')('all of them in bounded memory', () => {
    expect(connectorPeak()).toBeLessThan(400 * MEGABYTE);
  });

  it('harmless oddities are read as they stand', async () => {
    const table =
      'Date,Text,Amount,__proto__,constructor\n2026-01-02,"=HYPERLINK(""x"")",1.00,a,b\n2026-01-03,@cmd,-2.00,c,d\n';
    const base64 = Buffer.from(table).toString('base64');
    const { rows: read } = await app.client.imports.preview({ base64, profile });
    expect(read.map(({ description }) => description)).toEqual(['=HYPERLINK("x")', '@cmd']);
    const staged = await stage({ ...one(table), profile }, 'odd.csv');
    expect(staged.counts.new).toBe(2);
    await app.client.batches.discard({ clientId, batchId: staged.id });
  });
});

describe('a reader that was ended', () => {
  const endings: readonly (readonly [string, (pid: number) => void, string])[] = [
    ['by a kill', (pid) => void process.kill(pid, 'SIGKILL'), 'PROCESS_CRASHED'],
    ['because it hangs', (pid) => void process.kill(pid, 'SIGSTOP'), 'PROCESS_TIMEOUT'],
  ];
  for (const [name, end, why] of endings) {
    it.skipIf(process.platform === 'win32')(`${name} is explained, and the next file comes in`, async () => {
      const { imports, batches } = app.client;
      const before = (await batches.list({ clientId })).length;
      const { jobId } = await imports.begin({ clientId, fileName: 'stuck.xml', bytes: 9 });
      await imports.slice({ jobId, base64: Buffer.from(camt.slice(0, 900)).toString('base64') });
      const { pid } = app.process('connector');
      shortened = true;
      end(pid);
      const error = await errorOf(() => imports.slice({ jobId, base64: Buffer.from('x').toString('base64') }));
      shortened = false;
      expect(error).toMatchObject({ code: 'STATEMENT_READER_STOPPED', params: { file: 'stuck.xml', why } });
      expect(await batches.list({ clientId })).toHaveLength(before);
      const next = await stage(good());
      expect(next).toMatchObject({ state: 'staged', counts: { new: 3 } });
      expect(app.process('connector').pid).not.toBe(pid);
      await batches.discard({ clientId, batchId: next.id });
    });
  }
});

describe('large things that are no attack', () => {
  it('one entry with thirty thousand details comes in', async () => {
    const detail =
      '<TxDtls><Refs><EndToEndId>E2E</EndToEndId></Refs><RmtInf><Ustrd>Salary of January, as agreed in the contract</Ustrd></RmtInf></TxDtls>';
    const [start, end] = ['<NtryDtls>', '</NtryDtls>'];
    const from = camt.indexOf(start);
    const to = camt.indexOf(end, from);
    const text = camt.slice(0, from + start.length) + detail.repeat(30_000) + camt.slice(to);
    const staged = await stage(one(text), 'salaries.xml');
    expect(staged.counts.new).toBe(3);
    await app.client.batches.discard({ clientId, batchId: staged.id });
  });

  it('an archive comes in as one batch, in several answers', async () => {
    const many = ledgerRows(25_000);
    const bytes = zipOf([
      { name: 'a.xml', content: camtText({ rows: many }) },
      { name: 'readme.txt', content: 'hello' },
    ]);
    const staged = await stage(one(bytes), 'year.zip');
    expect(staged).toMatchObject({ counts: { new: 25_000 }, reader: expect.stringMatching(/^zip camt /) as string });
    expect(staged.warnings).toMatchObject([{ code: 'PART_NOT_READ' }]);
    await app.client.batches.discard({ clientId, batchId: staged.id });
  });
});
