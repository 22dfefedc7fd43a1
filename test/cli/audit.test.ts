// `strongroom audit`: a log verified from a file alone, whatever the file is; an export asked of the office as it was typed.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseArguments } from '../../electron/cli/arguments.ts';
import type { AppClient, Command } from '../../electron/cli/command.ts';
import { auditExport, auditVerify, readExportLines } from '../../electron/cli/commands/audit.ts';
import { anAuditLog, aSigner, CHAIN, exportedText } from '../builders/audit-log.ts';
import { strongroom } from '../builders/command-line.ts';

const asked = vi.hoisted(() => ({ directory: '', inputs: [] as unknown[] }));
vi.mock('../../electron/cli/open-office.ts', () => ({
  withOffice: async (_args: unknown, directory: string, work: (app: AppClient) => Promise<void>) => {
    asked.directory = directory;
    const client = { id: 'client_1', name: 'Harbour Bakery' };
    const written = { entries: 7, checkpointKey: 'KEY', head: 'HEAD' };
    await work({
      clients: { list: () => Promise.resolve([client]) },
      audit: { export: (input: unknown) => Promise.resolve((asked.inputs.push(input), written)) },
    } as unknown as AppClient);
  },
}));

const KEY = aSigner().keyring.checkpointKey;
let folder = '';
let text = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'strongroom-audit-cli-'));
  text = await exportedText(anAuditLog(12), true);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function aFile(content: string | Uint8Array): string {
  const path = join(folder, 'log.jsonl');
  writeFileSync(path, content);
  return path;
}

async function linesOf(content: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of readExportLines(aFile(content))) lines.push(line);
  return lines;
}

async function run(command: Command, ...words: string[]) {
  const [said, results, texts]: [string[], unknown[], string[]] = [[], [], []];
  const output = {
    json: false,
    say: (sentence: string) => void said.push(sentence),
    result: (value: unknown, word: () => string) => void (results.push(value), texts.push(word())),
  };
  await command.run({ args: parseArguments(words), output });
  return { said, result: results[0], text: texts.join('') };
}

const verify = (content: string | Uint8Array, ...more: string[]) =>
  run(auditVerify, 'audit', 'verify', aFile(content), ...more);

describe('audit verify', () => {
  it('prints entries, period, head, checkpoints and signer', async () => {
    const { said, result, text: printed } = await verify(text, '--key', KEY);
    expect(said).toEqual([]);
    expect(result).toMatchObject({ chain: CHAIN, entries: 12, checkpoints: 1, checkpointKey: KEY, keyGiven: true });
    for (const part of ['12 entries', CHAIN, 'Keel & Partners', '2026-06-01T08:01:00.000Z to 2026-06-01T08:12:00.000Z'])
      expect(printed).toContain(part);
    expect(printed).toContain((result as { head: string }).head);
    expect(printed).toContain(`Signed by:   ${KEY}`);
    expect(printed).toContain('with names and details');
  });

  it('without --key it says that this proves nothing about who signed', async () => {
    const { said, result } = await verify(text);
    expect(said.join()).toContain('proves nothing about who signed');
    expect(result).toMatchObject({ keyGiven: false });
  });

  it('words an export without a personal part, and one without entries', async () => {
    const bare = await verify(await exportedText(anAuditLog(0), false), '--key', KEY);
    expect(bare.text).toContain('0 entries');
    expect(bare.text).toContain('Period:      –');
    expect(bare.text).toContain('without names and details');
  });

  it('names what is wrong', async () => {
    const entry = (where: string) => ({ code: 'AUDIT_FILE_BROKEN', params: { where } });
    await expect(verify(text.replace('"client_4"', '"client_5"'), '--key', KEY)).rejects.toMatchObject(
      entry('entry 4'),
    );
    await expect(verify(text.slice(0, -400), '--key', KEY)).rejects.toMatchObject(entry('entry 13'));
    await expect(verify(text, '--key', aSigner(2).keyring.checkpointKey)).rejects.toMatchObject({
      code: 'AUDIT_KEY_WRONG',
    });
    await expect(verify(text.replaceAll('\n', '\r\n'), '--key', KEY)).rejects.toMatchObject(
      entry('the signature at its end'),
    );
  });

  it.each([
    ['an empty file', '', 'its first line'],
    ['another file', 'date;amount\n2026-01-01;1.00\n', 'its first line'],
    ['a byte order mark', '\u{feff}{}', 'its first line'],
    ['bytes that are no UTF-8', Uint8Array.of(0x7b, 0xff, 0x0a), 'it is not UTF-8 text'],
    ['one endless line', 'x'.repeat(9 * 1024 * 1024), 'a line is too long'],
  ])('%s is not an exported log', async (_what, content, where) => {
    await expect(verify(content)).rejects.toMatchObject({ code: 'AUDIT_FILE_INVALID', params: { where } });
  });

  it('a file that is not there, or a folder, is said to be unreadable', async () => {
    for (const path of [join(folder, 'none'), folder])
      await expect(run(auditVerify, 'audit', 'verify', path)).rejects.toMatchObject({
        code: 'AUDIT_FILE_INVALID',
        params: { where: 'it cannot be read' },
      });
    await expect(run(auditVerify, 'audit', 'verify')).rejects.toMatchObject({ code: 'USAGE_INVALID' });
  });

  it('lines cross the edges of chunks and need no line feed at the end', async () => {
    const long = ['a'.repeat(700_000), 'b'.repeat(700_000), '', 'ł'.repeat(600_000), 'end'];
    const lines = await linesOf(long.join('\n'));
    expect(lines.map((line) => [line.length, line.slice(0, 1)])).toEqual(
      long.map((line) => [line.length, line.slice(0, 1)]),
    );
    expect(await linesOf('a\nb\n')).toEqual(['a', 'b']);
  });

  it('ends the program with the area’s exit code', async () => {
    const good = await strongroom(['audit', 'verify', aFile(text), '--key', KEY, '--json']);
    expect(good).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(good.stdout)).toMatchObject({ entries: 12, keyGiven: true });
    const bad = await strongroom(['audit', 'verify', aFile(text.replace('denied', 'done')), '--key', KEY]);
    expect(bad).toMatchObject({ code: 19, stdout: '' });
    expect(bad.stderr).toContain('(entry 7)');
  });
});

describe('audit export', () => {
  it('asks for the office’s log without names, or for a client’s with them', async () => {
    const path = join(folder, 'out.jsonl');
    const { result, text: printed } = await run(auditExport, 'audit', 'export', 'my-office', path);
    expect(asked.directory).toBe('my-office');
    expect(result).toEqual({ path, entries: 7, checkpointKey: 'KEY', head: 'HEAD' });
    expect(printed).toBe(`Wrote ${path}: 7 entries.\nCheckpoint key: KEY`);
    await run(auditExport, 'audit', 'export', 'my-office', path, '--client', 'harbour bakery', '--personal');
    expect(asked.inputs).toEqual([
      { clientId: null, path, personal: false },
      { clientId: 'client_1', path, personal: true },
    ]);
    await expect(run(auditExport, 'audit', 'export', 'x', path, '--client', 'other')).rejects.toMatchObject({
      code: 'CLIENT_NOT_FOUND',
    });
  });
});
