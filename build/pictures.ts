// `npm run pictures`: the README's pictures, taken from the whole program with the demonstration's data. Chinese, Japanese and Korean names need
// a font for them, Debian's fonts-noto-cjk.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { stageFile } from '../electron/cli/commands/import.ts';
import { backupDemo, connectDemo, createDemoOffice, syncTwice } from '../electron/cli/demo/demo-steps.ts';
import type { PracticeBankProcess } from '../electron/practice-bank/spawn.ts';
import type { CalendarDate } from '../shared/model/calendar-date.ts';
import type { Iban } from '../shared/model/iban.ts';
import { PROGRAM_PASSWORD, startProgram, type Program } from '../test/builders/program.ts';
import {
  chooseClient,
  choosePassword,
  firstRow,
  goTo,
  JOINERY,
  monthsBack,
  readKit,
} from '../test/e2e/program/steps.ts';
import { ROOT } from './run.ts';

const FOLDER = join(ROOT, 'build/pictures');
type Period = { readonly from: CalendarDate; readonly to: CalendarDate };

const TEA_HOUSE = 'Kobayashi 茶房 Tea House Ltd';

async function take(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' });
  console.log(`build/pictures/${name}.png`);
}

/** Waits until what has ended is no longer shown as work in the top bar. */
async function quiet(page: Page): Promise<void> {
  await page.getByRole('list', { name: 'Running work' }).getByRole('listitem').first().waitFor({ state: 'detached' });
}

async function pictureFirstRun(): Promise<void> {
  const program = await startProgram();
  const { page, close } = await program.open();
  try {
    await page.getByRole('button', { name: 'Create an office' }).click();
    await page.getByLabel('Name of the office').fill('Harbour Lane Accountants');
    await page.getByLabel('Your name').fill('Olivia Hart');
    await choosePassword(page, PROGRAM_PASSWORD);
    await page.getByRole('button', { name: 'Create the office' }).click();
    await readKit(page);
    await take(page, 'recovery-kit');
  } finally {
    await close();
    await program.close();
  }
}

async function statement(bank: PracticeBankProcess, iban: Iban, period: Period): Promise<string> {
  return await bank.statementFile({ iban, format: 'camt053', ...period });
}

/** Statement files for the clients that no sign-in shows, up to the first of this month. Returns one of the accounts. */
async function importFiles(program: Program, connected: ReadonlySet<string | null>): Promise<Iban> {
  const { calls, directory } = program;
  const bank = await program.bank();
  const path = join(directory, 'statement.xml');
  const clients = new Map((await calls.clients.list({})).map(({ name, id }) => [name, id]));
  const imported: Iban[] = [];
  for (const { name, accounts } of bank.details.companies) {
    const clientId = clients.get(name);
    for (const { iban } of accounts.filter((account) => !connected.has(account.iban))) {
      if (!clientId) continue;
      const period = { from: monthsBack(bank, 24), to: monthsBack(bank, 0) };
      await writeFile(path, await statement(bank, iban, period));
      const { id: batchId } = await stageFile(calls, clientId, { path });
      await calls.batches.commit({ clientId, batchId });
      if (name === TEA_HOUSE) imported.push(iban);
    }
  }
  const [iban] = imported;
  if (!iban) throw new TypeError('the practice bank has no tea house');
  return iban;
}

async function pictureImport(program: Program, page: Page, iban: Iban): Promise<void> {
  const bank = await program.bank();
  const period = { from: monthsBack(bank, 2), to: bank.details.today };
  const buffer = Buffer.from(await statement(bank, iban, period));
  await chooseClient(page, TEA_HOUSE);
  await goTo(page, 'Import');
  await page
    .locator('input[type="file"][name="files"]')
    .setInputFiles({ name: 'statement.xml', mimeType: 'application/xml', buffer });
  await page.getByRole('button', { name: /^Commit/ }).waitFor();
  await page.getByRole('grid').getByText('No row like it in the ledger').first().waitFor();
  await quiet(page);
  await take(page, 'import');
}

async function pictureTransactions(page: Page): Promise<void> {
  await chooseClient(page, JOINERY);
  await goTo(page, 'Transactions');
  await firstRow(page).waitFor();
  await page.locator('[role="row"][aria-rowindex="11"]').click();
  await page.getByText('Where it came from').waitFor();
  await take(page, 'transactions');
}

async function pictureBlocked(program: Program, page: Page): Promise<void> {
  const bank = await program.bank();
  await bank.misbehave(['wrong-pin']);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await chooseClient(page, 'All clients');
  await goTo(page, 'Connections');
  await page.getByRole('link', { name: 'Practice Bank' }).click();
  await page.getByRole('button', { name: 'Sync now: Practice Bank' }).click();
  await page.getByRole('dialog').getByRole('alert').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await quiet(page);
  await take(page, 'connection-blocked');
}

async function pictureOffice(): Promise<void> {
  const program = await startProgram();
  try {
    const office = await program.demoOffice();
    await createDemoOffice(office);
    const connection = await connectDemo(office);
    await syncTwice(office, connection);
    const iban = await importFiles(program, new Set(connection.accounts.map(({ account }) => account.iban)));
    await backupDemo(office);
    const { page, close } = await program.open();
    try {
      await pictureImport(program, page, iban);
      await chooseClient(page, 'All clients');
      await goTo(page, 'Overview');
      await page.getByRole('table', { name: 'Clients' }).waitFor();
      await take(page, 'overview');
      await pictureTransactions(page);
      await pictureBlocked(program, page);
    } finally {
      await close();
    }
  } finally {
    await program.close();
  }
}

await mkdir(FOLDER, { recursive: true });
await pictureFirstRun();
await pictureOffice();
