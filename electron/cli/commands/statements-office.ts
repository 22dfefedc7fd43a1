// `strongroom statements coverage` and `export`: which months the statements cover, and the ledger as a file.
import { resolve } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { EXPORT_FORMATS, ExportFormat, type AccountCoverage } from '../../../shared/ipc/contract/statements.ts';
import { parseCalendarDate } from '../../../shared/model/calendar-date.ts';
import type { Command } from '../command.ts';
import { findAccount, findClient } from '../lookup.ts';
import { withOffice } from '../open-office.ts';
import { formatTable, type Cell } from '../output.ts';

const rowsOf = ({ name, numberMask, currency, months }: AccountCoverage): Cell[][] =>
  months.map(({ month, state, rows, statements }) => [name, numberMask, currency, month, state, rows, statements]);

export const statementsCoverage: Command = {
  usage: 'statements coverage DIR --from MONTH --to MONTH [--client NAME]',
  summary: 'says for each account and month whether it is covered and proven; MONTH is YYYY-MM',
  run: async ({ args, output }) => {
    const [from, to, client] = [args.required('from'), args.required('to'), args.value('client')];
    await withOffice(args, args.word(2, 'DIR'), async (app) => {
      const clientId = client === null ? null : (await findClient(app, client)).id;
      const accounts = await app.statements.coverage({ clientId, from, to });
      const head = ['account', 'number', 'currency', 'month', 'state', 'rows', 'statements'];
      output.result(accounts, () => formatTable(head, accounts.flatMap(rowsOf), [5, 6]));
    });
  },
};

export const statementsExport: Command = {
  usage: 'statements export DIR --client NAME --account NAME --from D --to D --format FORMAT --output FILE',
  summary: `writes an account's booked rows of a period as ${EXPORT_FORMATS.join(', ')}`,
  run: async ({ args, output }) => {
    const format = ExportFormat.safeParse(args.required('format')).data;
    if (!format) throw new AppError('USAGE_INVALID', { problem: `--format is one of ${EXPORT_FORMATS.join(', ')}` });
    const [from, to] = [parseCalendarDate(args.required('from')), parseCalendarDate(args.required('to'))];
    const path = resolve(args.required('output'));
    await withOffice(args, args.word(2, 'DIR'), async (app) => {
      const { id: clientId } = await findClient(app, args.required('client'));
      const { id: accountId } = await findAccount(app, clientId, args.required('account'));
      const written = await app.statements.export({ clientId, accountId, from, to, format, path });
      output.result(written, () => `Wrote ${written.rows} rows to ${written.path} (SHA-256 ${written.sha256}).`);
    });
  },
};
