// Connections in a real Chromium over the app double: health in words, sync with its dry run, the wizard on good and failing ways, practice switches.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import type { WireReply } from '../../../shared/ipc/call.ts';
import { accessibilityFindings } from '../../builders/accessibility.ts';
import { clientId, connectionId } from '../../builders/app-double/ids.ts';
import { changeReply, recordCalls, valueOf } from '../../builders/renderer-calls.ts';
import { describeInChromium, startRendererBrowser, type RendererBrowser } from '../../builders/renderer-page.ts';

const WIZARD = { path: '/connections?wizard=new' } as const;
const OTHER_KEY = `${'B'.repeat(43)}=`;

function refusal(code: ErrorCode): WireReply {
  return { ok: false, error: { code, params: { host: 'localhost' }, retryable: false, ref: 'log-1' } };
}

async function toIdentity(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Use the practice bank' }).click();
  await page.getByText('bertram').waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('Is this really the bank').waitFor();
}

async function toSignIn(page: Page): Promise<void> {
  await toIdentity(page);
  await page.getByText('Same fingerprint').waitFor();
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Fetch bookings from').fill('2024-04-01');
  await page.getByRole('button', { name: 'Save and go to the sign-in' }).click();
}

async function toAccounts(page: Page): Promise<void> {
  await toSignIn(page);
  await page.getByRole('button', { name: 'Open the bank’s sign-in' }).click();
  await page.getByText('Whose accounts are these').waitFor();
}

describeInChromium('connections', () => {
  let browser: RendererBrowser;
  beforeAll(async () => {
    browser = await startRendererBrowser();
  });
  afterAll(() => browser.close());

  it('words each state of health, its cause and whose move it is', async () => {
    const { page, close } = await browser.open('full', { path: '/connections' });
    const row = (name: string) => page.getByRole('row').filter({ hasText: name });
    await row('Severn Mutual').getByText('Stopped for safety').waitFor();
    await row('Severn Mutual').getByText('This is not the bank identity you confirmed. Your move.').waitFor();
    await row('Nordseebank').getByText('The client’s move.', { exact: false }).waitFor();
    await row('Bank of the Thames').getByText('5 days left').waitFor();
    await expect.poll(() => row('Practice Bank').getByText('Healthy').count()).toBe(1);
    expect(
      await row('Highland Savings')
        .getByRole('button', { name: /Sync now/ })
        .isDisabled(),
    ).toBe(true);
    await close();
  });

  it('shows one connection with identity, pins, permissions, accounts and ninety days', async () => {
    const { page, double, complaints, close } = await browser.open('full', { path: '/connections' });
    await page.getByRole('link', { name: 'Severn Mutual' }).click();
    const alert = page.getByRole('alert');
    await alert.getByText('Whose move').waitFor();
    const connection = double.world.connections[4];
    for (const { spkiSha256 } of connection?.pins ?? []) await page.getByText(spkiSha256).last().waitFor();
    await page.getByText('TLSv1.3', { exact: false }).waitFor();
    await page.getByText('ReadTransactionsDebits').waitFor();
    await expect.poll(() => page.locator('.sr-strip-day').count()).toBe(90);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('syncs as a dry run first and commits only what was looked at', async () => {
    const { page, double, complaints, close } = await browser.open('full', { path: '/connections' });
    const calls = recordCalls(double);
    await page.getByRole('button', { name: 'Sync now: Practice Bank' }).click();
    const dialog = page.getByRole('dialog', { name: 'Sync Practice Bank' });
    await dialog.getByRole('grid').getByText('No row like it in the ledger').first().waitFor();
    expect(calls('connections.sync')).toEqual([{ connectionId: connectionId(1), dryRun: true }]);
    expect(calls('connections.commit')).toEqual([]);
    expect(await accessibilityFindings(page)).toEqual([]);
    const staged = double.world.batches[0];
    await dialog.getByRole('button', { name: 'Commit 217 rows' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(calls('connections.commit')).toEqual([
      { connectionId: connectionId(1), batches: [{ clientId: staged?.clientId, batchId: staged?.id }] },
    ]);
    await page.getByText('214 new rows committed.').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('discards a dry run without a commit', async () => {
    const { page, double, close } = await browser.open('full', { path: '/connections' });
    const calls = recordCalls(double);
    await page.getByRole('button', { name: 'Sync now: Practice Bank' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
    await page.getByText('Discarded. The ledger was not touched.').waitFor();
    expect(calls('batches.discard')).toHaveLength(1);
    expect(calls('connections.commit')).toEqual([]);
    await close();
  });

  it('explains a sync that was refused and lets the user cancel one that runs', async () => {
    const { page, double, close } = await browser.open('full', { path: '/connections' });
    const calls = recordCalls(double);
    let answer: (reply: WireReply) => void = () => undefined;
    changeReply(double, 'connections.sync', () => new Promise((resolve) => (answer = resolve)));
    await page.getByRole('button', { name: 'Sync now: Practice Bank' }).click();
    const job = { jobId: 'job_000000000000000000aa', kind: 'sync', label: 'Practice Bank', unit: 'rows' };
    double.emit('jobs.progress', { ...job, done: 1200, total: null, state: 'running', error: null });
    await page.getByText('1,200 rows so far').waitFor();
    await page.getByRole('button', { name: 'Cancel the sync' }).click();
    await expect.poll(() => calls('jobs.cancel')).toEqual([{ jobId: job.jobId }]);
    answer(refusal('SYNC_CANCELLED'));
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Sync now: Practice Bank' }).click();
    await expect.poll(() => calls('connections.sync')).toHaveLength(2);
    answer(refusal('TLS_PIN_MISMATCH'));
    await page
      .getByRole('dialog')
      .getByRole('alert')
      .getByText('This is not the bank identity you confirmed')
      .waitFor();
    await close();
  });

  it('leads from the practice bank to a committed first sync, none of its accounts chosen beforehand', async () => {
    const { page, double, complaints, close } = await browser.open('full', WIZARD);
    const calls = recordCalls(double);
    await toAccounts(page);
    const { practice } = double.world;
    const { institution, issuer, resourceBase, authorityPem, pins } = practice;
    expect(calls('connections.identify')).toEqual([{ issuer, resourceBase, authorityPem }]);
    expect(calls('connections.create')).toEqual([
      {
        type: 'uk-open-banking',
        institution,
        issuer,
        resourceBase,
        clientId: practice.clientId,
        enrolment: null,
        authorityPem,
        practice: true,
        pins: [pins?.current, pins?.backup],
        startDate: '2024-04-01',
      },
    ]);
    const selects = page.getByRole('combobox', { name: /^Client of/ });
    const chosen = await selects.evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
    expect(new Set(chosen)).toEqual(new Set(['']));
    await expect.poll(() => page.getByRole('button', { name: 'Assign and fetch' }).isDisabled()).toBe(true);
    expect(await accessibilityFindings(page)).toEqual([]);
    await selects.first().click();
    await page.getByRole('option', { name: 'Aldgate Instruments Ltd' }).click();
    await page.getByRole('button', { name: 'Assign and fetch' }).click();
    const created = double.world.connections.at(-1);
    await page.getByRole('button', { name: /^Commit/ }).waitFor();
    expect(calls('connections.assign')).toEqual([
      { connectionId: created?.id, assignments: [{ resourceId: 'resource-1', clientId: clientId(1) }] },
    ]);
    expect(calls('connections.sync')).toEqual([{ connectionId: created?.id, dryRun: true }]);
    await page.getByRole('button', { name: /^Commit/ }).click();
    await page.getByText('214 new rows committed.').waitFor();
    expect(calls('connections.commit')).toHaveLength(1);
    expect(complaints).toEqual([]);
    await close();
  });

  it('stops at a key that is not the published one: nothing can be confirmed, nothing is created', async () => {
    const { page, double, close } = await browser.open('full', WIZARD);
    const calls = recordCalls(double);
    changeReply(double, 'connections.identify', (reply) => {
      const value = valueOf('connections.identify', reply);
      return { ok: true, value: { ...value, identity: { ...value.identity, spkiSha256: OTHER_KEY } } };
    });
    await toIdentity(page);
    await page.getByText('Different fingerprint. Do not continue.').waitFor();
    await expect.poll(() => page.getByRole('checkbox').isDisabled()).toBe(true);
    await expect.poll(() => page.getByRole('button', { name: 'Continue' }).isDisabled()).toBe(true);
    expect(calls('connections.create')).toEqual([]);
    expect(await accessibilityFindings(page)).toEqual([]);
    await close();
  });

  it.each(['TLS_CERTIFICATE_EXPIRED', 'TLS_WRONG_HOST', 'TLS_VERSION_REFUSED'] as const)(
    'explains %s before anything is pinned',
    async (code) => {
      const { page, double, close } = await browser.open('full', WIZARD);
      changeReply(double, 'connections.identify', (reply) => {
        const problem = { code, params: { host: 'localhost' }, retryable: false, ref: null };
        return { ok: true, value: { ...valueOf('connections.identify', reply), trusted: false, problem } };
      });
      await toIdentity(page);
      await page.locator(`[role="alert"][data-code="${code}"]`).getByText('Next step').waitFor();
      await expect.poll(() => page.getByRole('checkbox').count()).toBe(0);
      await expect.poll(() => page.getByRole('button', { name: 'Continue' }).count()).toBe(0);
      await close();
    },
  );

  it('explains a sign-in that failed, and the same connection signs in on the second try', async () => {
    const { page, double, close } = await browser.open('full', WIZARD);
    const calls = recordCalls(double);
    let rejected = true;
    changeReply(double, 'connections.authorise', (reply) => (rejected ? refusal('CONSENT_REJECTED') : reply));
    await toSignIn(page);
    await page.getByRole('button', { name: 'Open the bank’s sign-in' }).click();
    await page.locator('[role="alert"][data-code="CONSENT_REJECTED"]').waitFor();
    rejected = false;
    await page.getByRole('button', { name: 'Open the sign-in again' }).click();
    await page.getByText('Whose accounts are these').waitFor();
    expect(calls('connections.create')).toHaveLength(1);
    expect(calls('connections.authorise')).toHaveLength(2);
    await close();
  });

  it('waits for the system browser and cancels the sign-in', async () => {
    const { page, double, close } = await browser.open('full', WIZARD);
    const calls = recordCalls(double);
    changeReply(double, 'connections.authorise', () => new Promise(() => undefined));
    await toSignIn(page);
    await page.getByRole('button', { name: 'Open the bank’s sign-in' }).click();
    await page.getByText('Waiting for the bank’s answer').waitFor();
    const job = { jobId: 'job_000000000000000000ab', kind: 'sign-in', label: 'Practice Bank', unit: 'steps' };
    double.emit('jobs.progress', { ...job, done: 0, total: null, state: 'running', error: null });
    await page.getByRole('button', { name: 'Cancel the sign-in' }).click();
    await expect.poll(() => calls('jobs.cancel')).toEqual([{ jobId: job.jobId }]);
    await close();
  });

  it('asks a real bank’s details in words and takes two different keys', async () => {
    const { page, double, close } = await browser.open('full', WIZARD);
    const calls = recordCalls(double);
    await page.getByRole('button', { name: 'Connect a real bank' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect.poll(() => page.getByText('An address that starts with https://').count()).toBe(2);
    expect(calls('connections.identify')).toEqual([]);
    const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';
    await page.getByLabel('Institution').fill('Bank of the Thames');
    await page.getByLabel('Client id').fill('strongroom-4711');
    await page.getByLabel('Issuer address').fill('https://auth.thames.example');
    await page.getByLabel('Account information address').fill('https://api.thames.example/open-banking/v4.0/aisp');
    await page.getByLabel('Transport certificate').fill(pem);
    await page.getByLabel('Its private key').fill(pem.replaceAll('CERTIFICATE', 'PRIVATE KEY'));
    await page.getByRole('button', { name: 'Continue' }).click();
    const seen = await page.locator('[data-fingerprint]').first().getAttribute('data-fingerprint');
    await page.getByRole('checkbox').check();
    const backup = page.getByLabel('Fingerprint of the bank’s backup key');
    await backup.fill(seen ?? '');
    await page.getByText('The backup key must be another key').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Continue' }).isDisabled()).toBe(true);
    await backup.fill(OTHER_KEY);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Save and go to the sign-in' }).click();
    await expect.poll(() => calls('connections.create')).toHaveLength(1);
    expect(calls('connections.create')[0]).toMatchObject({
      institution: 'Bank of the Thames',
      practice: false,
      authorityPem: null,
      pins: [seen, OTHER_KEY],
      enrolment: { certificatePem: pem },
    });
    await close();
  });

  it('pauses and resumes with a way back, and asks only before disconnecting', async () => {
    const { page, double, close } = await browser.open('full', {
      path: `/connections?connection=${connectionId(1)}`,
    });
    const calls = recordCalls(double);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Pause' }).click();
    await page.getByText('Practice Bank paused.', { exact: false }).waitFor();
    await page.getByRole('list', { name: 'News' }).getByRole('button', { name: 'Resume' }).click();
    await page.getByText('Practice Bank resumed.').waitFor();
    expect(calls('connections.pause')).toEqual([
      { connectionId: connectionId(1), paused: true },
      { connectionId: connectionId(1), paused: false },
    ]);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Disconnect' }).click();
    const dialog = page.getByRole('dialog', { name: 'Disconnect Practice Bank?' });
    await dialog.getByText('All accounts, transactions, receipts and proofs stay.').waitFor();
    expect(calls('connections.disconnect')).toEqual([]);
    await dialog.getByRole('button', { name: 'Disconnect' }).click();
    await page.getByText('Practice Bank disconnected.', { exact: false }).waitFor();
    expect(calls('connections.disconnect')).toEqual([{ connectionId: connectionId(1) }]);
    await close();
  });

  it('switches misbehaviours of the practice bank on and all of them off', async () => {
    const { page, double, close } = await browser.open('full', { path: '/connections' });
    const calls = recordCalls(double);
    const [first, second] = double.world.practice.misbehaviours;
    const turn = async (name = ''): Promise<void> => {
      await page.getByRole('switch', { name }).click({ force: true });
      await expect.poll(() => page.getByRole('switch', { name }).isChecked()).toBe(true);
    };
    await turn(first?.description);
    await turn(second?.description);
    expect(calls('practice.misbehave')).toEqual([{ names: [first?.name] }, { names: [first?.name, second?.name] }]);
    await page.getByRole('button', { name: 'Behave well again' }).click();
    await page.getByText('It behaves well').waitFor();
    expect(calls('practice.misbehave').at(-1)).toEqual({ names: [] });
    await close();
  });
});
