// Wording of doubtful rows and of their tray. Text only: no state, no markup.
import type { DiffRow } from '../../shared/ipc/contract/batches.ts';

type Decision = NonNullable<DiffRow['decision']>;

export const doubtText = {
  title: 'To decide',
  lead: 'Rows that look like one the ledger has, yet not surely the same. Only you can tell.',
  keys: 'With a row’s button in focus: S for the same row, T for two rows, J and K to move.',
  waiting: (count: string) => `${count} to decide`,
  open: 'Decide',
  listLabel: 'Doubtful rows',
  none: 'Nothing to decide',
  noneHint: 'Every row of this client’s files and syncs is settled. New doubts stand here until someone decides them.',
  incoming: 'Came in',
  kept: 'In the ledger',
  keptGone: 'no longer there',
  fields: {
    bookingDate: 'Booked on',
    amountMinor: 'Amount',
    counterparty: 'Counterparty',
    description: 'Description',
  },
  field: 'Field',
  difference: 'Difference',
  differs: 'differs from',
  notStated: 'not stated',
  same: 'Same row',
  separate: 'Two rows',
  reopen: 'Undo',
  words: { same: 'Same row', separate: 'Two rows' } satisfies Record<Decision, string>,
  decided: {
    same: 'Taken as the same row. The ledger keeps one.',
    separate: 'Taken as two rows. The ledger keeps both.',
  } satisfies Record<Decision, string>,
  undo: 'Undo',
  undecided: (count: string) => `${count} still to decide.`,
  pages: 'Pages of doubtful rows',
} as const;
