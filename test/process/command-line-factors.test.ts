// An authenticator app set up and used from the command line; the test computes its codes from the RFC, without the library of the program.
// Each code works once, recovery codes stand in, and it is removed again.
import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStrongroom, strongroom, strongroomJson, type CommandLineResult } from '../builders/command-line.ts';

const STEP_MS = 30_000;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** @see RFC 4648 §6 */
function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** @see RFC 4226 §5.3, RFC 6238 §4 */
function codeOf(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, '0');
}

describe('an authenticator app on the command line', () => {
  let folder = '';
  let secret = '';
  let lastStep = 0;
  let recoveryCodes: string[] = [];
  const office = (): string => join(folder, 'office');
  const password = (): string[] => ['--password-file', join(folder, 'password')];
  const signIn = (...words: string[]): Promise<CommandLineResult> =>
    strongroom(['office', 'unlock-check', office(), ...password(), ...words]);

  /** The next code nobody used: of the step before the present one at the earliest, of the one after it at the latest. */
  function nextCode(): string {
    lastStep = Math.max(lastStep + 1, Math.floor(Date.now() / STEP_MS) - 1);
    return codeOf(secret, lastStep);
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strongroom-factors-'));
    await writeFile(join(folder, 'password'), 'seven violet kettles hum by the quay\n');
    await strongroomJson(['office', 'create', office(), '--password-only', ...password()]);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('shows a QR code and its key, asks again after a wrong code, hands out ten recovery codes', async () => {
    const command = startStrongroom(['factors', 'totp', office(), ...password(), '--json']);
    const [, uri = ''] = await command.heard(/^(otpauth:\/\/\S+)$/m);
    expect(uri).toMatch(/^otpauth:\/\/totp\/Strongroom:/);
    secret = new URL(uri).searchParams.get('secret') ?? '';
    const [, typed = ''] = await command.heard(/^Key: (.+)$/m);
    expect(typed.replaceAll(' ', '')).toBe(secret);
    await command.heard(/█▀|▄█/);
    await command.heard(/shows now: /);
    command.answer('000000');
    await command.heard(/not the app’s present code[^]*shows now: /);
    command.answer(nextCode());
    const { code, stdout } = await command.ended;
    expect(code).toBe(0);
    ({ recoveryCodes } = JSON.parse(stdout) as { recoveryCodes: string[] });
    expect(new Set(recoveryCodes).size).toBe(10);
  });

  test('without a code nobody gets in, and a code works once', async () => {
    const none = await signIn();
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('--code') as string });
    const wrong = await signIn('--code', '000000');
    expect(wrong).toMatchObject({ code: 13, stderr: expect.stringContaining('SESSION_WRONG_CREDENTIALS') as string });
    const code = nextCode();
    expect((await signIn('--code', code)).code).toBe(0);
    expect((await signIn('--code', code)).code).toBe(13);
  });

  test('a code can be typed when it is asked for', async () => {
    const [code = '', ...rest] = recoveryCodes;
    recoveryCodes = rest;
    const command = startStrongroom(['office', 'unlock-check', office(), ...password()]);
    await command.heard(/recovery code: /);
    command.answer(code.toLowerCase());
    expect((await command.ended).code).toBe(0);
    expect((await signIn('--code', code)).code).toBe(13);
  });

  test('the state of the office’s protection knows of it', async () => {
    const [code = ''] = recoveryCodes.splice(0, 1);
    const words = ['office', 'security', office(), ...password(), '--code', code];
    expect(await strongroomJson(words)).toMatchObject({
      factors: { code: true, device: false },
      users: { withSecondFactor: 1 },
    });
  });

  test('new recovery codes take the place of the old ones', async () => {
    const [code = '', old = ''] = recoveryCodes;
    const words = ['factors', 'codes', office(), ...password(), '--code', code];
    const renewed = (await strongroomJson<{ recoveryCodes: string[] }>(words)).recoveryCodes;
    expect(new Set([...renewed, ...recoveryCodes]).size).toBe(renewed.length + recoveryCodes.length);
    expect(renewed).toHaveLength(10);
    recoveryCodes = renewed;
    expect((await signIn('--code', old)).code).toBe(13);
    const [one = ''] = recoveryCodes.splice(0, 1);
    expect((await signIn('--code', one)).code).toBe(0);
  });

  test('once it is removed the password alone signs in, and its codes mean nothing', async () => {
    const [code = ''] = recoveryCodes.splice(0, 1);
    expect(await strongroomJson(['factors', 'remove-totp', office(), ...password(), '--code', code])).toEqual({
      removed: true,
    });
    expect((await signIn()).code).toBe(0);
    const again = await strongroom(['factors', 'remove-totp', office(), ...password()]);
    expect(again).toMatchObject({ code: 18, stderr: expect.stringContaining('FACTOR_NOT_ENROLLED') as string });
  });
});
