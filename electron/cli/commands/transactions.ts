// `strongroom transactions`: the ledger as a table, JSON or CSV.
import type { TransactionRow } from '../../../shared/ipc/contract/transactions.ts';
import { parseCalendarDate, type CalendarDate } from '../../../shared/model/calendar-date.ts';
import { formatDecimalAmount } from '../../../shared/model/money.ts';
import type { Arguments } from '../arguments.ts';
import type { AppClient, Command } from '../command.ts';
import { findClients } from '../lookup.ts';
import { withOffice } from '../open-office.ts';
import { csvLine, formatTable, type Cell } from '../output.ts';

const PAGE = 500;
const HEAD = ['client', 'account', 'date', 'value date', 'state', 'amount', 'currency', 'counterparty', 'description'];

interface ClientRow extends TransactionRow {
  readonly client: string;
}

function optionalDate(text: string | null): CalendarDate | null {
  return text === null ? null : parseCalendarDate(text);
}

async function readAll(app: AppClient, args: Arguments): Promise<ClientRow[]> {
  const rows: ClientRow[] = [];
  const [from, to] = [optionalDate(args.value('from')), optionalDate(args.value('to'))];
  for (const client of await findClients(app, args.value('client'))) {
    const filter = { clientId: client.id, accountId: null, from, to, search: args.value('search'), state: null };
    const sort = { by: 'bookingDate', direction: 'ascending' } as const;
    for (let offset = 0, total = 1; offset < total; offset += PAGE) {
      const page = await app.transactions.list({ filter, sort, offset, limit: PAGE });
      total = page.total;
      rows.push(...page.rows.map((row) => ({ client: client.name, ...row })));
    }
  }
  return rows;
}

function cells(row: ClientRow): Cell[] {
  const amount = formatDecimalAmount(BigInt(row.amountMinor), row.currency);
  const { client, accountName, bookingDate, valueDate, state, currency, counterparty, description } = row;
  return [client, accountName, bookingDate, valueDate, state, amount, currency, counterparty, description];
}

export const transactions: Command = {
  usage: 'transactions DIR [--client NAME] [--from D] [--to D] [--search TEXT] [--json | --csv]',
  summary: 'lists transactions',
  run: async ({ args, output }) => {
    await withOffice(args, args.word(1, 'DIR'), async (app) => {
      const rows = await readAll(app, args);
      const asCsv = (): string => [csvLine(HEAD), ...rows.map((row) => csvLine(cells(row)))].join('\r\n');
      output.result(rows, () => (args.flag('csv') ? asCsv() : formatTable(HEAD, rows.map(cells), [5])));
    });
  },
};
