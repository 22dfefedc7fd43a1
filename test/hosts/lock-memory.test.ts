// Lock destroys keys, in the window as well: after a password was typed and a ledger shown, neither host, browser, renderers nor any other
// process of the program holds a secret of the office or what the page showed.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findBrowser } from '../../electron/hosts/chromium/find-browser.ts';
import { followPage, freePort, type PageUnderTest } from '../builders/chromium-window.ts';
import { startHost, type HostUnderSearch } from '../builders/host-process.ts';
import { secretsOf } from '../builders/office-secrets.ts';
import { processTree, searchMemory, secretText, type Finding, type Secret } from '../builders/process-memory.ts';

/** Unique, so that they are found only where this program left them. */
const PASSWORD = `kettle-harbour-${randomBytes(9).toString('base64url')}`;
const CLIENT = `Harbour Lane ${randomBytes(9).toString('hex')}`;

const placesOf = (findings: readonly Finding[]): string[] =>
  [
    ...new Set(
      findings.map(({ process, secret, spelling, mapping }) => `${process}: ${secret} (${spelling}) ${mapping}`),
    ),
  ].toSorted();

describe.skipIf(process.platform !== 'linux' || findBrowser() === null)('a lock of the window', () => {
  let folder: string;
  let host: HostUnderSearch;
  let window: PageUnderTest;
  let secrets: Secret[];
  const searchAll = (what: readonly Secret[]): Finding[] =>
    processTree(host.pid).flatMap((pid) => searchMemory(pid, what));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strongroom-test-'));
    const directory = join(folder, 'office');
    const port = await freePort();
    host = await startHost({ directory, port });
    const { kit } = await host.calls.office.create({
      name: 'Keel & Partners',
      ownerName: 'Ada Keel',
      password: await host.secrets.seal('new-password', PASSWORD),
      protection: 'password-only',
      lockAfterMinutes: 5,
      replyKey: await host.secrets.replyKey(),
    });
    const { groups } = await host.secrets.openKit(kit);
    await host.calls.clients.add({ name: CLIENT });
    secrets = await secretsOf({ directory, password: PASSWORD, recoveryKey: groups.join('-') });
    await host.calls.office.lock({});
    window = await followPage(port);
  });
  afterAll(async () => {
    await window.close();
    await host.close();
    await rm(folder, { recursive: true });
  });

  /** Key by key, as a person types: handed over as a whole, it would be in the browser's memory by this test's doing. */
  async function unlock(page: Page): Promise<void> {
    await page.getByLabel('Password', { exact: true }).pressSequentially(PASSWORD);
    await page.getByRole('button', { name: 'Unlock', exact: true }).click();
    await page.getByText(CLIENT).first().waitFor();
  }

  it('leaves no key, no password and nothing of what it showed, round after round', async () => {
    for (const round of [1, 2]) {
      await unlock(window.page);
      const shown = searchAll([...secrets, secretText('client', CLIENT)]);
      expect(shown.map(({ secret }) => secret)).toEqual(expect.arrayContaining(['office key', 'identity', 'client']));
      const renderers = shown.filter(({ process }) => process.includes('--type=renderer'));
      expect(renderers.map(({ secret }) => secret)).toContain('client');
      const ended = new Set(shown.filter(({ process }) => /vault|--type=renderer/.test(process)).map(({ pid }) => pid));
      await window.page.keyboard.press('Control+l');
      const page = await window.renewed();
      await page.getByText('You locked it.').waitFor();
      await vi.waitFor(() => expect([...ended].filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]), 5_000);
      await vi.waitFor(() => expect(placesOf(searchAll(secrets)), `round ${round}`).toEqual([]), 5_000);
      const pages = searchAll([secretText('client', CLIENT)]).filter(({ process }) => process.includes('--type='));
      expect(placesOf(pages), `round ${round}`).toEqual([]);
    }
    expect(host.complaints).toEqual([]);
  });
});
