// `strongroom transactions exclude` and `restore`: a row taken out of the ledger for a reason, and put back. It deletes nothing.
import { AppError } from '../../../shared/errors/app-error.ts';
import { TransactionId } from '../../../shared/model/ids.ts';
import type { Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { findClient } from '../lookup.ts';
import { withOffice } from '../open-office.ts';

/** @throws {AppError} TRANSACTION_NOT_FOUND for what is no id */
function idOf(args: Arguments): TransactionId {
  const word = args.word(3, 'ID');
  const id = TransactionId.safeParse(word).data;
  if (!id) throw new AppError('TRANSACTION_NOT_FOUND', { transaction: word });
  return id;
}

export const transactionsExclude: Command = {
  usage: 'transactions exclude DIR ID --client NAME --reason TEXT',
  summary:
    'takes a row out of totals and balances; it stays with its reason, and no import brings it back; ids are in transactions --json',
  run: async ({ args, output }) => {
    const [transactionId, reason] = [idOf(args), args.required('reason')];
    await withOffice(args, args.word(2, 'DIR'), async (app) => {
      const { id: clientId } = await findClient(app, args.required('client'));
      const row = await app.transactions.exclude({ clientId, transactionId, reason });
      output.result(row, () => `Excluded: ${row.bookingDate} ${row.description}.`);
    });
  },
};

export const transactionsRestore: Command = {
  usage: 'transactions restore DIR ID --client NAME',
  summary: 'puts an excluded row back',
  run: async ({ args, output }) => {
    const transactionId = idOf(args);
    await withOffice(args, args.word(2, 'DIR'), async (app) => {
      const { id: clientId } = await findClient(app, args.required('client'));
      const row = await app.transactions.restore({ clientId, transactionId });
      output.result(row, () => `Back in the ledger: ${row.bookingDate} ${row.description}.`);
    });
  },
};
