// The practice bank in its own process: details by file and handle, control, and an end without remains.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCalendarDate } from '../../shared/model/calendar-date.ts';
import { PracticeBankDetails } from '../../electron/practice-bank/details.ts';
import { startPracticeBankProcess, type PracticeBankProcess } from '../../electron/practice-bank/spawn.ts';
import { connect, read, send } from './bank-client.ts';

let folder = '';
let bank: PracticeBankProcess;
const detailsFile = () => join(folder, 'details.json');
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'practice-bank-'));
  const started = performance.now();
  bank = await startPracticeBankProcess({ today: parseCalendarDate('2026-06-30'), detailsFile: detailsFile() });
  expect(performance.now() - started).toBeLessThan(10_000);
});
afterAll(async () => {
  await bank.close();
  rmSync(folder, { recursive: true });
});

describe('a bank in its own process', () => {
  it('writes its details for this user only', () => {
    expect(PracticeBankDetails.parse(JSON.parse(readFileSync(detailsFile(), 'utf8')))).toEqual(bank.details);
    if (process.platform !== 'win32') expect(statSync(detailsFile()).mode & 0o777).toBe(0o600);
    expect(bank.pid).not.toBe(process.pid);
  });

  it('lets a customer in and answers with its ledger, a statement and what it saw', async () => {
    const { tokens } = await connect(bank.details);
    expect((await read(bank.details, tokens.access_token, '/accounts')).status).toBe(200);
    const [account] = await bank.ledger();
    expect(account?.transactions.length).toBe((account?.bookedCount ?? 0) + (account?.pendingCount ?? 0));
    const request = {
      iban: account!.iban,
      format: 'ofx',
      from: parseCalendarDate('2026-06-01'),
      to: parseCalendarDate('2026-06-30'),
    } as const;
    expect(await bank.statementFile(request)).toContain(`<ACCTID>${account!.iban}</ACCTID>`);
    await expect(bank.statementFile({ ...request, to: parseCalendarDate('2020-01-01') })).rejects.toThrow(
      'upside down',
    );
    expect((await bank.requests()).map((entry) => entry.path)).toContain('/open-banking/v4.0/aisp/accounts');
  });

  it('misbehaves and behaves again', async () => {
    const discovery = `${bank.details.issuer}/.well-known/openid-configuration`;
    await bank.misbehave(['expired-certificate']);
    await expect(send(bank.details, discovery)).rejects.toMatchObject({ code: 'CERT_HAS_EXPIRED' });
    await bank.misbehave([]);
    expect((await send(bank.details, discovery)).status).toBe(200);
  });

  it('ends with its handle, takes its details along and refuses further calls', async () => {
    const file = join(folder, 'other.json');
    const other = await startPracticeBankProcess({ detailsFile: file });
    expect(existsSync(file)).toBe(true);
    await other.close();
    expect(existsSync(file)).toBe(false);
    expect(() => process.kill(other.pid, 0)).toThrow('ESRCH');
    await expect(other.ledger()).rejects.toThrow('not running');
  });

  it('says why it cannot start', async () => {
    const port = Number(new URL(bank.details.issuer).port);
    await expect(startPracticeBankProcess({ port })).rejects.toMatchObject({ code: 'PRACTICE_NOT_STARTED' });
  });
});

describe('a bank of its own', () => {
  it('prints one line of details and misbehaves from the start', async () => {
    const entry = fileURLToPath(new URL('../../electron/practice-bank/main.ts', import.meta.url));
    const child = spawn(process.execPath, [entry, '--misbehave', 'server-error', '--misbehave', 'wrong-pin'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    const details = PracticeBankDetails.parse(JSON.parse(line));
    const token = 'none';
    expect((await read(details, token, '/accounts')).status).toBe(500);
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
});
