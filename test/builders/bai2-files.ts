// Writes BAI2 files of the invented ledger the way a bank does, continuations and control totals included. Same input, same bytes.
import type { LedgerRow } from './statement-files.ts';

export interface Bai2Options {
  readonly rows: readonly LedgerRow[];
  readonly account?: string;
  readonly currency?: string;
  /** Opening ledger balance in minor units; null leaves both ledger balances out. */
  readonly opening?: number | null;
  readonly status?: string;
  readonly modifier?: string;
  readonly lineEnd?: string;
  /** Pads every physical record to this length, which the file header declares; text goes on in continuations. */
  readonly length?: number;
}

const baiDate = (date: string): string => date.slice(2).replaceAll('-', '');

/** A detail of two physical records: fields, then text. */
export function bai2Detail(row: LedgerRow): string[] {
  const code = row.amountMinor < 0 ? '475' : '195';
  return [
    `16,${code},${Math.abs(row.amountMinor)},V,${baiDate(row.date)},,${row.id},C${row.id},${row.name}`,
    `88,${row.text}`,
  ];
}

/** One account with its trailer, whose total and number of records are right. */
export function bai2Account({ rows, account = '0123456789', currency = '', opening = 0 }: Bai2Options): string[] {
  const sum = rows.reduce((total, row) => total + row.amountMinor, 0);
  const turnover = rows.reduce((total, row) => total + Math.abs(row.amountMinor), 0);
  const credits = rows.filter((row) => row.amountMinor > 0);
  const creditSum = credits.reduce((total, row) => total + row.amountMinor, 0);
  const ledger = opening === null ? [] : [`010,${opening},,`, `015,${opening + sum},,`];
  const totals = [`100,${creditSum},${credits.length},`, `400,${creditSum - sum},${rows.length - credits.length},`];
  const control = turnover * 2 + (opening === null ? 0 : opening * 2 + sum);
  const records = [`03,${account},${currency},${[...ledger, ...totals].join(',')}/`, ...rows.flatMap(bai2Detail)];
  return [...records, `49,${control},${records.length + 1}/`];
}

const controlOf = (account: readonly string[]): number => Number(account.at(-1)?.split(',')[1]);

/** A group of accounts as of the first one's last row. */
export function bai2Group(accounts: readonly Bai2Options[]): string[] {
  const [first] = accounts;
  const { status = '1', modifier = '2' } = first ?? {};
  const records = accounts.map(bai2Account);
  const control = records.reduce((sum, account) => sum + controlOf(account), 0);
  const inner = records.flat();
  return [
    `02,031001234,122099999,${status},${baiDate(first?.rows.at(-1)?.date ?? '2020-01-01')},2359,EUR,${modifier}/`,
    ...inner,
    `98,${control},${accounts.length},${inner.length + 2}/`,
  ];
}

/** A file of groups, each a list of accounts. */
export function bai2File(
  groups: readonly (readonly Bai2Options[])[],
  { lineEnd = '\n', length }: Pick<Bai2Options, 'lineEnd' | 'length'> = {},
): string {
  const records = groups.map(bai2Group);
  const control = records.reduce((sum, group) => sum + controlOf(group), 0);
  const inner = records.flat();
  return [
    `01,122099999,031001234,200101,0200,1,${length ?? ''},,2/`,
    ...inner,
    `99,${control},${groups.length},${inner.length + 2}/`,
  ]
    .map((record) => record.padEnd(length ?? 0) + lineEnd)
    .join('');
}

export function bai2Text(options: Bai2Options): string {
  return bai2File([[options]], options);
}
