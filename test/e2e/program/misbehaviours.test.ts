// Every misbehaviour of the practice bank through the real program: refused, named on the health screen with whose move it is, and nothing
// of it left in the ledger or the keychain.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { moveWords } from '../../../renderer/text/common.ts';
import { errorTexts } from '../../../shared/errors/texts.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import type { HealthState } from '../../../shared/ipc/contract/connections.ts';
import { MISBEHAVIOURS, type Misbehaviour } from '../../../electron/practice-bank/misbehaviours.ts';
import { accessibilityFindings } from '../../builders/accessibility.ts';
import { startProgram, type Program, type ProgramWindow } from '../../builders/program.ts';
import { describeInChromium } from '../../builders/renderer-page.ts';
import { goTo, makeConnection, makeOffice } from './steps.ts';

const REFUSED: readonly (readonly [Misbehaviour, ErrorCode, HealthState])[] = [
  ['wrong-pin', 'TLS_PIN_MISMATCH', 'blocked'],
  ['expired-certificate', 'TLS_CERTIFICATE_EXPIRED', 'blocked'],
  ['not-yet-valid-certificate', 'TLS_CERTIFICATE_NOT_YET_VALID', 'blocked'],
  ['self-signed-certificate', 'TLS_AUTHORITY_UNKNOWN', 'blocked'],
  ['wrong-host', 'TLS_WRONG_HOST', 'blocked'],
  ['tls-1.2-only', 'TLS_VERSION_REFUSED', 'blocked'],
  ['no-client-certificate', 'TLS_CLIENT_CERTIFICATE_REFUSED', 'needs-you'],
  ['consent-expired', 'CONSENT_EXPIRED', 'needs-you'],
  ['consent-revoked', 'CONSENT_REVOKED', 'needs-you'],
  ['server-error', 'BANK_SERVER_ERROR', 'stale'],
  ['truncated-body', 'BANK_RESPONSE_TRUNCATED', 'stale'],
  ['redirect', 'BANK_REDIRECTED', 'blocked'],
];

describeInChromium('the program: a bank that misbehaves', () => {
  let program: Program;
  let window: ProgramWindow;
  beforeAll(async () => {
    program = await startProgram();
    await makeOffice(program);
    await makeConnection(program, 1);
    window = await program.open();
    await goTo(window.page, 'Connections');
    await window.page.getByRole('link', { name: 'Practice Bank' }).click();
  });
  afterAll(async () => {
    expect(window.complaints).toEqual([]);
    await window.close();
    await program.close();
  });

  const health = async () => (await program.calls.connections.list({}))[0]?.health;

  /** The keychain to the byte, but for the office's anchor: that moves on with every audit entry. */
  async function keychain(): Promise<string> {
    const entries = z.array(z.tuple([z.string(), z.string().nullable()])).parse(JSON.parse(await program.keychain()));
    return JSON.stringify(entries.filter(([name]) => !name.endsWith('/anchor')));
  }

  /** Rows of every account, every batch with its receipt, and the keychain. */
  async function kept(): Promise<string> {
    const { calls } = program;
    const clients = await calls.clients.list({});
    const batches = await Promise.all(clients.map(({ id }) => calls.batches.list({ clientId: id })));
    const accounts = await calls.accounts.list({ clientId: null });
    return JSON.stringify([
      accounts.map(({ id, bookedMinor, transactions }) => [id, bookedMinor, transactions]),
      batches,
      await keychain(),
    ]);
  }

  async function turn(name: Misbehaviour, on: boolean): Promise<void> {
    const control = window.page.getByRole('switch', { name: MISBEHAVIOURS[name] });
    await control.press('Space');
    await expect.poll(() => control.isChecked()).toBe(on);
  }

  async function syncNow(): Promise<void> {
    await window.page.getByRole('button', { name: 'Sync now: Practice Bank' }).click();
  }

  async function syncsWell(): Promise<void> {
    const dialog = window.page.getByRole('dialog');
    await dialog.getByRole('button', { name: /^(Record the sync|Commit)/ }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(async () => (await health())?.state).toBe('healthy');
    expect(await health()).toMatchObject({ cause: null, whoseMove: 'nobody' });
  }

  /** The refusal in the dialog, then on the health screen: the cause in words and whose move it is. */
  async function seesRefusal(code: ErrorCode): Promise<void> {
    const { page } = window;
    const { title, whoseMove } = errorTexts[code];
    await page.getByRole('dialog').locator(`[data-code="${code}"]`).getByText(title).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click();
    const cause = page.getByRole('region', { name: 'Health' }).locator(`[data-code="${code}"]`);
    await cause.getByText(title).waitFor();
    await cause.getByText(moveWords[whoseMove], { exact: true }).waitFor();
  }

  it.each(REFUSED)('%s is refused as %s', async (name, code, state) => {
    const before = await kept();
    await turn(name, true);
    await syncNow();
    await seesRefusal(code);
    expect(await health()).toMatchObject({ state, cause: code, whoseMove: errorTexts[code].whoseMove });
    expect(await kept()).toBe(before);
    expect(await accessibilityFindings(window.page)).toEqual([]);
    await turn(name, false);
    await syncNow();
    await syncsWell();
  });

  it('backup-pin is accepted: the bank changed to the key that was pinned for it', async () => {
    await turn('backup-pin', true);
    await syncNow();
    await syncsWell();
    const { pins } = (await program.bank()).details;
    const [connection] = await program.calls.connections.list({});
    expect(connection?.tls?.spkiSha256).toBe(pins.backup);
    await turn('backup-pin', false);
  });

  it('rate-limited waits as long as the bank asks, and not a second less', async () => {
    const before = await kept();
    await turn('rate-limited', true);
    await syncNow();
    await seesRefusal('BANK_RATE_LIMITED');
    const limited = await health();
    expect(limited).toMatchObject({ state: 'limited', cause: 'BANK_RATE_LIMITED', whoseMove: 'nobody' });
    const waitMs = Date.parse(limited?.nextAllowed ?? '') - Date.parse(limited?.lastTry ?? '');
    expect(waitMs).toBeGreaterThan(100_000);
    expect(waitMs).toBeLessThanOrEqual(121_000);
    expect(await kept()).toBe(before);
    await turn('rate-limited', false);
    const asked = (await (await program.bank()).requests()).length;
    await syncNow();
    await seesRefusal('BANK_RATE_LIMITED');
    expect((await (await program.bank()).requests()).length).toBe(asked);
    program.advance(125_000);
    await syncNow();
    await syncsWell();
  });
});
