// Steps of a person in the window, and the same office made at once where a test is about something later.
import type { Locator, Page } from 'playwright-core';
import { createPracticeConnection, assignAccounts } from '../../../electron/cli/connect-practice.ts';
import { createDemoOffice } from '../../../electron/cli/demo/demo-steps.ts';
import type { ConnectionView } from '../../../shared/ipc/contract/connections.ts';
import { CalendarDate } from '../../../shared/model/calendar-date.ts';
import { PROGRAM_PASSWORD, type Program } from '../../builders/program.ts';
import type { PracticeBankProcess } from '../../../electron/practice-bank/spawn.ts';

/** The practice bank's first company; two of its accounts are under the sign-in that tests use. */
export const JOINERY = 'Ashdown & Pryce Joinery Ltd';

export async function choosePassword(page: Page, password: string): Promise<void> {
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel('Password again').fill(password);
}

/** The kit as it is printed, group by group. */
export async function readKit(page: Page): Promise<string[]> {
  await page.getByRole('heading', { name: 'Your recovery kit' }).waitFor();
  return await page.getByRole('list', { name: 'Recovery key' }).locator('b').allTextContents();
}

export async function goTo(page: Page, screen: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen, exact: true }).click();
  await page.getByRole('heading', { level: 1 }).first().waitFor();
}

export async function chooseClient(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Client:/ }).click();
  await page.getByRole('option', { name, exact: true }).click();
}

/** The first row of a long table, once its data has arrived. */
export function firstRow(page: Page): Locator {
  return page.locator('[role="row"][aria-rowindex="2"]:not([data-loading])');
}

export async function unlock(page: Page, password = PROGRAM_PASSWORD): Promise<void> {
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
}

/** Answers the prompt for a fresh proof: this window has given none in the last five minutes. */
export async function confirmItIsYou(page: Page, password = PROGRAM_PASSWORD): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Please confirm that it is you' });
  await dialog.getByLabel('Password', { exact: true }).fill(password);
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** The first day of the month so many months before the practice bank's today. */
export function monthsBack(bank: PracticeBankProcess, months: number): CalendarDate {
  const [year = 0, month = 1] = bank.details.today.split('-').map(Number);
  return CalendarDate.parse(new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 10));
}

/** An office with a client a company, unlocked. Returns the recovery key. */
export async function makeOffice(program: Program): Promise<string> {
  return await createDemoOffice(await program.demoOffice());
}

/** A connection whose accounts all belong to the first two companies' clients, synced from `months` ago. */
export async function makeConnection(program: Program, months = 2): Promise<ConnectionView> {
  const { calls } = program;
  const bank = await program.bank();
  const { connection } = await createPracticeConnection(calls, bank.details, monthsBack(bank, months));
  const authorised = await calls.connections.authorise({ connectionId: connection.id });
  const clients = new Map((await calls.clients.list({})).map(({ name, id }) => [name, id]));
  const owners = new Map(
    bank.details.companies.flatMap(({ name, accounts }) => accounts.map(({ iban }) => [String(iban), name])),
  );
  const assigned = await assignAccounts(calls, authorised, (iban) => clients.get(owners.get(iban ?? '') ?? '') ?? null);
  await calls.connections.sync({ connectionId: assigned.id, dryRun: false });
  return assigned;
}
