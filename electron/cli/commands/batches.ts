// `strongroom batches …`: what imports brought, and a person's word on rows that could be the same or not.
import { AppError } from '../../../shared/errors/app-error.ts';
import { BatchId } from '../../../shared/model/ids.ts';
import type { OutputOf } from '../../../shared/ipc/call.ts';
import type { AppContract } from '../../../shared/ipc/contract.ts';
import type { BatchSummary } from '../../../shared/ipc/contract/batches.ts';
import { formatDecimalAmount } from '../../../shared/model/money.ts';
import type { Arguments } from '../arguments.ts';
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

function batchIdOf(args: Arguments): BatchId {
  const batchId = BatchId.safeParse(args.word(3, 'BATCH')).data;
  if (!batchId) throw new AppError('BATCH_NOT_FOUND', { batch: args.word(3, 'BATCH') });
  return batchId;
}

const summaryOf = ({ id, state, source, createdAt, counts, undecided }: BatchSummary): Cell[] => [
  id,
  createdAt,
  source,
  state,
  counts.new,
  counts.known,
  counts.changed,
  undecided,
];

export const batchesList: Command = {
  usage: 'batches list DIR --client NAME',
  summary: 'lists what syncs and imports brought, newest first; --json holds their receipts',
  run: async ({ args, output }) => {
    await withOffice(args, args.word(2, 'DIR'), async (app) => {
      const { id: clientId } = await findClient(app, args.required('client'));
      const batches = await app.batches.list({ clientId });
      const head = ['batch', 'at', 'source', 'state', 'new', 'known', 'changed', 'undecided'];
      output.result(batches, () => formatTable(head, batches.map(summaryOf), [4, 5, 6, 7]));
    });
  },
};

export const batchesUndo: Command = {
  usage: 'batches undo DIR BATCH --client NAME',
  summary: 'takes back everything a batch brought; asks for a fresh proof',
  run: async ({ args, output }) => {
    const batchId = batchIdOf(args);
    await withOffice(args, args.word(2, 'DIR'), async (app) => {
      const { id: clientId } = await findClient(app, args.required('client'));
      const batch = await app.batches.undo({ clientId, batchId });
      output.result(batch, () => `Taken back: ${batch.source}.`);
    });
  },
};

export const batchesDecide: Command = {
  usage: 'batches decide DIR BATCH ROW same|separate|open --client NAME',
  summary: 'says whether a doubtful row is the same as the ledger’s or one of its own; open takes the word back',
  run: async ({ args, output }) => {
    const batchId = batchIdOf(args);
    const number = Number(args.word(4, 'ROW'));
    if (!Number.isSafeInteger(number) || number < 1)
      throw new AppError('USAGE_INVALID', { problem: `‘${args.word(4, 'ROW')}’ is no row number` });
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
