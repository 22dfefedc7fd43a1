// What a demonstration proved, as data for --json and as the closing table.
import type { AccountSummary } from '../../../shared/ipc/contract/accounts.ts';
import type { BackupContents } from '../../../shared/ipc/contract/backups.ts';
import type { ConnectionView, Health, SyncOutcome } from '../../../shared/ipc/contract/connections.ts';
import type { VerifyReport } from '../../../shared/ipc/contract/office.ts';
import { formatDecimalAmount } from '../../../shared/model/money.ts';
import type { AppClient } from '../command.ts';
import { wordOutcome } from '../commands/sync.ts';
import { formatTable } from '../output.ts';
import type { DemoImport } from './demo-steps.ts';

export interface DemoAccount {
  readonly client: string;
  readonly name: string;
  readonly iban: string | null;
  readonly currency: string;
  readonly bookedMinor: string;
  readonly pendingMinor: string;
  readonly transactions: number;
  /** Rows by their state, and the sum of the booked ones alone: no balance that a bank stated takes part. */
  readonly booked: number;
  readonly pending: number;
  readonly bookedSumMinor: string;
  /** The files or the bank that its rows came from. */
  readonly sources: readonly string[];
  readonly proof: AccountSummary['proof']['result'];
}

export interface DemoSummary {
  readonly accounts: readonly DemoAccount[];
  readonly connections: readonly { readonly institution: string; readonly health: Health }[];
  readonly firstSync: { readonly new: number };
  readonly secondSync: { readonly new: number; readonly known: number };
  readonly imports: readonly DemoImport[];
  readonly backup: { readonly ok: boolean; readonly files: number; readonly transactions: number };
  readonly verify: VerifyReport;
  /** Where the picture of the overview was written, or why there is none. */
  readonly screenshot: { readonly path: string | null; readonly reason: string | null };
  readonly directory: string | null;
}

export interface DemoResults {
  readonly syncs: readonly [SyncOutcome, SyncOutcome];
  readonly imports: readonly DemoImport[];
  readonly backup: BackupContents;
  readonly screenshot: DemoSummary['screenshot'];
  readonly directory: string | null;
}

function countOf({ batches }: SyncOutcome, kind: 'new' | 'known'): number {
  return batches.reduce((sum, { counts }) => sum + counts[kind], 0);
}

async function rowsOf(
  app: AppClient,
  { clientId, id }: AccountSummary,
): Promise<Pick<DemoAccount, 'booked' | 'pending' | 'bookedSumMinor' | 'sources'>> {
  const filter = { clientId, accountId: id, from: null, to: null, search: null, state: null };
  const sort = { by: 'bookingDate', direction: 'ascending' } as const;
  const { totals } = await app.transactions.list({ filter, sort, offset: 0, limit: 1 });
  const { sources } = await app.accounts.get({ clientId, accountId: id });
  const [total] = totals;
  return {
    booked: total?.booked ?? 0,
    pending: total?.pending ?? 0,
    bookedSumMinor: total?.bookedMinor ?? '0',
    sources: sources.map(({ name }) => name),
  };
}

async function accountsOf(app: AppClient): Promise<DemoAccount[]> {
  const names = new Map((await app.clients.list({})).map(({ id, name }) => [id, name]));
  const accounts = await app.accounts.list({ clientId: null });
  return await Promise.all(
    accounts.map(async (account) => {
      const { clientId, name, iban, currency, bookedMinor, pendingMinor, transactions, proof } = account;
      return {
        client: names.get(clientId) ?? '',
        name,
        iban,
        currency,
        bookedMinor,
        pendingMinor,
        transactions,
        ...(await rowsOf(app, account)),
        proof: proof.result,
      };
    }),
  );
}

export async function summariseDemo(app: AppClient, results: DemoResults): Promise<DemoSummary> {
  const { syncs, imports, backup, screenshot, directory } = results;
  const connections: ConnectionView[] = await app.connections.list({});
  return {
    accounts: await accountsOf(app),
    connections: connections.map(({ institution, health }) => ({ institution, health })),
    firstSync: { new: countOf(syncs[0], 'new') },
    secondSync: { new: countOf(syncs[1], 'new'), known: countOf(syncs[1], 'known') },
    imports,
    backup: { ok: backup.ok, files: backup.files.length, transactions: backup.transactions },
    verify: await app.office.verify({}),
    screenshot,
    directory,
  };
}

/** True when everything that the demonstration shows came out right. */
export function demoHolds({ accounts, connections, secondSync, backup, verify }: DemoSummary): boolean {
  const healthy = connections.every(({ health }) => health.state === 'healthy');
  return healthy && secondSync.new === 0 && backup.ok && verify.ok && accounts.every(({ proof }) => proof !== 'fail');
}

function accountRows({ accounts }: DemoSummary) {
  return accounts.map(({ client, name, currency, bookedMinor, pendingMinor, transactions, proof }) => [
    client,
    name,
    currency,
    formatDecimalAmount(BigInt(bookedMinor), currency),
    formatDecimalAmount(BigInt(pendingMinor), currency),
    transactions,
    proof,
  ]);
}

/** The closing table: accounts, balances, proof, connection health. */
export function demoText(summary: DemoSummary, syncs: readonly [SyncOutcome, SyncOutcome]): string {
  const { connections, imports, backup, verify, screenshot, directory } = summary;
  const health = connections.map(({ institution, health: { state, lastGoodSync, consentDaysLeft } }) => [
    institution,
    state,
    lastGoodSync,
    consentDaysLeft,
  ]);
  return [
    formatTable(['client', 'account', '', 'balance', 'pending', 'rows', 'proof'], accountRows(summary), [3, 4, 5]),
    '',
    formatTable(['connection', 'health', 'last good sync', 'consent days left'], health, [3]),
    '',
    `first sync    ${wordOutcome(syncs[0])}`,
    `second sync   ${wordOutcome(syncs[1])}`,
    `imports       ${imports.map((one) => `${one.new} new, ${one.known} known`).join('; ') || 'none'}`,
    `backup        ${backup.files} files, ${backup.transactions} transactions, ${backup.ok ? 'all intact' : 'DAMAGED'}`,
    `verify        ${verify.checks.length} checks, ${verify.ok ? 'all ok' : 'FAILED'}`,
    `screenshot    ${screenshot.path ?? `none: ${screenshot.reason ?? ''}`}`,
    ...(directory ? [`kept in       ${directory}`] : []),
  ].join('\n');
}
