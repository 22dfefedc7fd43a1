// The recovery kit on the command line: proven from a file or by typing two groups, made anew as key and PDF, and asked for after a compromise.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SecurityState } from '../../shared/ipc/contract/security.ts';
import { startStrongroom, strongroom, strongroomJson, type CommandLineResult } from '../builders/command-line.ts';

const PASSWORDS = { first: 'seven violet kettles hum by the quay', next: 'nine amber bicycles drift past noon' };

describe('a recovery kit on the command line', () => {
  let folder = '';
  let key = '';
  const file = (name: string): string => join(folder, name);
  const password = (): string[] => ['--password-file', file('first')];
  const run = (...words: string[]): Promise<CommandLineResult> => strongroom([...words, ...password()]);
  const prove = (paper: string): Promise<CommandLineResult> =>
    run('recovery', 'prove', file('office'), '--recovery-key-file', file(paper));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strongroom-kit-'));
    for (const [name, text] of Object.entries(PASSWORDS)) await writeFile(file(name), `${text}\n`);
    const words = ['office', 'create', file('office'), '--password-only', ...password()];
    key = (await strongroomJson<{ recoveryKey: string }>(words)).recoveryKey;
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('another paper proves nothing, the right one does, once', async () => {
    await writeFile(file('wrong'), 'AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA');
    const wrong = await prove('wrong');
    expect(wrong.stderr).toContain('SESSION_RECOVERY_NOT_PROVEN');
    expect(wrong.code).toBe(13);
    await writeFile(file('paper'), key.toLowerCase().replaceAll('-', ' '));
    expect((await prove('paper')).stdout).toContain('Proven');
    expect((await prove('wrong')).stdout).toContain('proven before');
  });

  test('a compromise makes a new one due, at every sign-in', async () => {
    const rotated = await run('keys', 'rotate', file('office'), '--compromised');
    expect(rotated).toMatchObject({ code: 0, stderr: expect.stringContaining('recovery renew DIR') as string });
    expect((await run('verify', file('office'))).stderr).toContain('recovery renew DIR');
  });

  test('a new one is shown once and saved; nothing is due, and the old paper opens nothing', async () => {
    const words = ['recovery', 'renew', file('office'), '--kit', file('kit.pdf'), ...password()];
    const made = await strongroomJson<{ recoveryKey: string; kit: string }>(words);
    expect(made.recoveryKey).not.toBe(key);
    expect((await readFile(made.kit)).subarray(0, 5).toString()).toBe('%PDF-');
    const { stderr } = await run('verify', file('office'));
    expect(stderr).not.toContain('recovery renew DIR');
    const recover = ['office', 'recover', file('office'), '--password-only', '--new-password-file', file('next')];
    const old = await strongroom([...recover, '--recovery-key-file', file('paper')]);
    expect(old.stderr).toContain('SESSION_WRONG_CREDENTIALS');
    key = made.recoveryKey;
  });

  test('both groups may lie in the pipe before the first is asked for', async () => {
    const command = startStrongroom(['recovery', 'prove', file('office'), ...password()]);
    command.answer('AAAA\nAAAA');
    command.hangUp();
    const { code, stderr } = await command.ended;
    expect(stderr).toContain('SESSION_RECOVERY_NOT_PROVEN');
    expect(code).toBe(13);
  });

  test('two groups can be typed when they are asked for', async () => {
    const command = startStrongroom(['recovery', 'prove', file('office'), ...password()]);
    for (let asked = 0; asked < 2; asked += 1) {
      const [, number = ''] = await command.heard(asked === 0 ? /Group (\d)/ : /Group \d[^]*Group (\d)/);
      command.answer(key.split('-')[Number(number) - 1] ?? '');
    }
    expect(await command.ended).toMatchObject({ code: 0, stdout: expect.stringContaining('Proven') as string });
    const words = ['office', 'security', file('office'), ...password()];
    expect((await strongroomJson<SecurityState>(words)).recoveryProvenAt).not.toBeNull();
  });
});
