// `strongroom statements inspect`: what a file says, without an office.
import { AppError } from '../../../shared/errors/app-error.ts';
import { exitCodeOf } from '../../../shared/errors/codes.ts';
import type { StatementInspection } from '../../../shared/model/statement-inspection.ts';
import { inspectStatement } from '../../adapters/statements/inspect.ts';
import type { Command } from '../command.ts';
import { formatTable } from '../output.ts';
import { readFileChunks } from '../read-file.ts';

function rowsOf({ file, format, version, statements, error }: StatementInspection): (string | number | null)[][] {
  if (error) return [[file, format, version, null, null, null, error.code]];
  return statements.map(({ account, transactions, proof }) => [
    file,
    format,
    version,
    account.iban ?? account.id,
    account.currency,
    transactions.length,
    proof,
  ]);
}

export const statementsInspect: Command = {
  usage: 'statements inspect FILE…',
  summary: 'reads statement files without an office: format, accounts, balances, rows, proof, warnings',
  run: async ({ args, output }) => {
    const paths = args.words.slice(2);
    if (paths.length === 0) throw new AppError('USAGE_INVALID', { problem: 'FILE is missing' });
    const inspections: StatementInspection[] = [];
    for (const path of paths) inspections.push(await inspectStatement(path, readFileChunks(path)));
    const head = ['file', 'format', 'version', 'account', 'currency', 'rows', 'proof or error'];
    output.result(inspections, () => formatTable(head, inspections.flatMap(rowsOf), [5]));
    const failed = inspections.find(({ error }) => error !== null);
    if (failed?.error) process.exitCode = exitCodeOf(failed.error.code);
  },
};
