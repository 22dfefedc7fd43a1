// `strongroom batches …`: what imports brought, and a person's word on rows that could be the same or not.
import { AppError } from '../../../shared/errors/app-error.ts';
import { BatchId } from '../../../shared/model/ids.ts';
import type { OutputOf } from '../../../shared/ipc/call.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import { formatDecimalAmount } from '../../../shared/model/money.ts';
import type { Command } from '../command.ts';
import { findClient } from '../lookup.ts';
import { withOffice } from '../open-office.ts';
import { formatTable, type Cell } from '../output.ts';

type Doubt = OutputOf<AppContract['batches']['doubts']>['rows'][number];

const PAGE = 500;
const DECISIONS = { same: 'same', separate: 'separate', open: null } as const;

function cellsOf({ batchId, number, accountName, bookingDate, amountMinor, currency, ...row }: Doubt): Cell[] {
  const amount = formatDecimalAmount(BigInt(amountMinor), currency);
  const { description, counterpart } = row;
  const similar = counterpart ? `${counterpart.bookingDate} ${counterpart.description}` : null;
  return [batchId, number, accountName, bookingDate, amount, currency, description, similar];
}

export const batchesDoubts: Command = {
  usage: 'batches doubts DIR --client NAME',
  summary: 'lists rows that may be in the ledger already and wait for a decision',
  run: async ({ args, output }) => {
    await withOffice(args, args.word(2, 'DIR'), async (app) => {
      const { id: clientId } = await findClient(app, args.required('client'));
      const doubts: Doubt[] = [];
      for (let total = 1; doubts.length < total;) {
        const page = await app.batches.doubts({ clientId, offset: doubts.length, limit: PAGE });
        total = page.rows.length === 0 ? 0 : page.total;
        doubts.push(...page.rows);
      }
      const head = ['batch', 'row', 'account', 'date', 'amount', 'currency', 'description', 'similar to'];
      output.result(doubts, () => formatTable(head, doubts.map(cellsOf), [1, 4]));
    });
  },
};

export const batchesDecide: Command = {
  usage: 'batches decide DIR BATCH ROW same|separate|open --client NAME',
  summary: 'says whether a doubtful row is the same as the ledger’s or one of its own; open takes the word back',
  run: async ({ args, output }) => {
    const batchId = BatchId.safeParse(args.word(3, 'BATCH')).data;
    if (!batchId) throw new AppError('BATCH_NOT_FOUND', { batch: args.word(3, 'BATCH') });
    const number = Number(args.word(4, 'ROW'));
    const word = args.word(5, 'same, separate or open');
    if (!Object.hasOwn(DECISIONS, word)) throw new AppError('USAGE_INVALID', { problem: `‘${word}’ is no decision` });
    const decision = DECISIONS[word as keyof typeof DECISIONS];
    await withOffice(args, args.word(2, 'DIR'), async (app) => {
      const { id: clientId } = await findClient(app, args.required('client'));
      const batch = await app.batches.decide({ clientId, batchId, number, decision });
      output.result(batch, () => `Row ${number}: ${word}. ${batch.undecided} of the batch are open.`);
    });
  },
};
