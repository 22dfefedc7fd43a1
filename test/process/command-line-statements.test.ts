// Statements on the command line, over a real office: files in by several formats, doubts, exclusion, coverage, and the ledger as a file again.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BatchSummary, DoubtfulRow } from '../../shared/ipc/contract/batches.ts';
import type { AccountCoverage } from '../../shared/ipc/contract/statements.ts';
import type { TransactionRow } from '../../shared/ipc/contract/transactions.ts';
import type { StatementInspection } from '../../shared/model/statement-inspection.ts';
import { strongroom, strongroomJson, type CommandLineResult } from '../builders/command-line.ts';
import { camtText, decimal, ledgerRows, ofxText } from '../builders/statement-files.ts';

const ROWS = ledgerRows(30);
const SUM = ROWS.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
const CSV = 'Date;Text;Amount\n2026-02-03;Rent;-12,50\n2026-02-14;Invoice;100,00\n';

describe('statements on the command line', () => {
  let folder = '';
  const file = (name: string): string => join(folder, name);
  const password = (): string[] => ['--password-file', file('password')];
  const client = ['--client', 'Harbour'];
  const run = (...words: string[]): Promise<CommandLineResult> => strongroom([...words, ...password()]);
  const json = <T>(...words: string[]): Promise<T> => strongroomJson<T>([...words, ...password()]);
  const importing = (name: string, ...more: string[]) => run('import', file('office'), file(name), ...client, ...more);
  const ledger = () => json<TransactionRow[]>('transactions', file('office'), ...client);
  const sum = (rows: readonly TransactionRow[]): number =>
    rows.reduce((total, { amountMinor }) => total + Number(amountMinor), 0);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strongroom-statements-'));
    await writeFile(file('password'), 'seven violet kettles hum by the quay\n');
    await writeFile(file('a.xml'), camtText({ rows: ROWS }));
    await writeFile(file('a.ofx'), ofxText({ rows: ROWS }));
    await writeFile(file('b.csv'), CSV);
    await run('office', 'create', file('office'), '--password-only');
    await run('clients', 'add', file('office'), 'Harbour');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('the same period in another format brings nothing twice', async () => {
    expect((await importing('a.xml')).code).toBe(0);
    const again = await importing('a.ofx', '--account', 'operating ACCOUNT');
    expect(again).toMatchObject({ code: 0, stdout: expect.stringMatching(/a\.ofx +0 +30 +0 +0/) as string });
    const rows = await ledger();
    expect([rows.length, sum(rows)]).toEqual([30, SUM]);
  });

  test('a file that names no account says which there are; nothing of it stays', async () => {
    await run('statements', 'survey', file('b.csv'), '--output', file('b.json'));
    const survey = await json<{ proposal: { profile: object; signature: string } }>(
      'statements',
      'survey',
      file('b.csv'),
    );
    const profile = { ...survey.proposal.profile, currency: 'EUR' };
    await writeFile(file('b.json'), JSON.stringify({ name: 'Bank B', signature: survey.proposal.signature, profile }));
    expect((await run('profiles', 'save', file('office'), file('b.json'))).stdout).toContain('Saved Bank B');
    const refused = await importing('b.csv');
    expect(refused.code).toBe(15);
    expect(refused.stderr).toMatch(/--account NAME with one of Operating account \(.*EUR.*\); --account new/);
    expect(await json<BatchSummary[]>('batches', 'list', file('office'), ...client)).toHaveLength(2);
    expect((await importing('b.csv', '--account', 'new', '--dry-run')).code).toBe(0);
    expect(await ledger()).toHaveLength(30);
    expect((await importing('b.csv', '--account', 'new')).code).toBe(0);
    expect(await ledger()).toHaveLength(32);
  });

  test('signs that a bank writes the other way round are turned', async () => {
    await writeFile(file('c.csv'), CSV.replaceAll('2026-02', '2026-03'));
    expect((await importing('c.csv', '--account', 'new', '--invert-signs')).code).toBe(0);
    const turned = (await ledger()).filter(({ bookingDate }) => bookingDate.startsWith('2026-03'));
    expect(turned.map(({ amountMinor }) => amountMinor)).toEqual(['1250', '-10000']);
  });

  test('an excluded row leaves the sums and does not come back; restored it is there again', async () => {
    const [first] = await ledger();
    const words = ['transactions', 'exclude', file('office'), first?.id ?? '', ...client];
    expect((await run(...words)).code).toBe(2);
    expect((await run(...words, '--reason', 'booked by mistake')).code).toBe(0);
    expect((await ledger()).map(({ id }) => id)).not.toContain(first?.id);
    expect((await importing('a.xml')).stdout).toMatch(/a\.xml +0 +30 +0 +0/);
    expect((await ledger()).map(({ id }) => id)).not.toContain(first?.id);
    expect((await run('transactions', 'restore', file('office'), first?.id ?? '', ...client)).code).toBe(0);
    expect((await ledger()).map(({ id }) => id)).toContain(first?.id);
    expect((await run('transactions', 'restore', file('office'), 'first', ...client)).code).toBe(16);
  });

  test('a doubtful row waits for a word', async () => {
    // Without ids, and in other words: the same day and amount could be the same payment, or another.
    const [row] = ROWS.slice(-1);
    await writeFile(
      file('d.csv'),
      `Date;Text;Amount\n${row?.date ?? ''};Something quite different;${decimal(row?.amountMinor ?? 0).replace('.', ',')}\n`,
    );
    expect((await importing('d.csv', '--account', 'Operating account')).code).toBe(0);
    const doubts = await json<DoubtfulRow[]>('batches', 'doubts', file('office'), ...client);
    expect(doubts).toHaveLength(1);
    const { batchId = '', number = 0 } = doubts[0] ?? {};
    const decide = ['batches', 'decide', file('office'), batchId, String(number)];
    expect((await run(...decide, 'perhaps', ...client)).code).toBe(2);
    expect((await run(...decide, 'separate', ...client)).stdout).toContain('0 of the batch are open');
    expect(await ledger()).toHaveLength(35);
    expect((await run('batches', 'undo', file('office'), batchId, ...client)).code).toBe(0);
    expect(await ledger()).toHaveLength(34);
  });

  test('coverage names months, and the ledger goes out in every format and is read back', async () => {
    const months = ['--from', '2020-01', '--to', '2020-02'];
    const covered = await json<AccountCoverage[]>('statements', 'coverage', file('office'), ...client, ...months);
    const own = covered.find(({ name }) => name === 'Operating account');
    expect(own?.months.map(({ state }) => state)).toEqual(['proven', 'proven']);
    const account = ['--account', 'Operating account', '--from', '2020-01-01', '--to', '2020-12-31'];
    for (const format of ['ofx', 'camt053', 'mt940', 'csv', 'xlsx']) {
      const words = ['statements', 'export', file('office'), ...client, ...account, '--format', format];
      const out = ['--output', file(`out.${format}`)];
      const written = await json<{ rows: number; sumMinor: string }>(...words, ...out);
      expect(written, format).toMatchObject({ rows: 30, sumMinor: String(SUM) });
      const again = await run(...words, ...out);
      expect(again.stderr, format).toContain('EXPORT_DESTINATION_EXISTS');
    }
    const files = ['ofx', 'camt053', 'mt940', 'csv'].map((format) => file(`out.${format}`));
    const read = await strongroomJson<StatementInspection[]>(['statements', 'inspect', ...files]);
    expect(read.map(({ error }) => error)).toEqual([null, null, null, null]);
    for (const { file: name, statements } of read) {
      const amounts = statements.flatMap(({ transactions }) => transactions.map((one) => Number(one.amountMinor)));
      expect([amounts.length, amounts.reduce((total, amount) => total + amount, 0)], name).toEqual([30, SUM]);
    }
  });
});
