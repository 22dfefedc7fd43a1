// Wording of a batch's diff, statements and receipt, wherever one is shown. Text only: no state, no markup.
import type { DiffKind, DiffRow } from '../../shared/ipc/contract/batches.ts';

/** In the order in which a person wants to see them. */
export const DIFF_KINDS: readonly DiffKind[] = ['new', 'changed', 'doubtful', 'known'];

export const batchText = {
  kinds: { new: 'New', known: 'Known', changed: 'Changed', doubtful: 'Doubtful' } satisfies Record<DiffKind, string>,
  counted: {
    new: (count) => `${count} new`,
    known: (count) => `${count} known`,
    changed: (count) => `${count} changed`,
    doubtful: (count) => `${count} doubtful`,
  } satisfies Record<DiffKind, (count: string) => string>,
  kindHints: {
    new: 'In the file or at the bank, not in the ledger. A commit adds them.',
    known: 'Already in the ledger. A commit leaves them as they are.',
    changed: 'Update a row that is already in the ledger. The earlier version is kept.',
    doubtful:
      'Look like a row of the ledger, yet not surely the same. They are held back and never committed by themselves.',
  } satisfies Record<DiffKind, string>,
  kindHintsAfter: {
    new: 'Added to the ledger by this batch.',
    known: 'Were in the ledger before and stayed as they were.',
    changed: 'Updated a row that was in the ledger before. The earlier version is kept.',
    doubtful: 'Held back by the commit. A decision counts at once.',
  } satisfies Record<DiffKind, string>,
  kindHintsUndone: 'Compared then; taken back since.',
  kindNone: {
    new: 'Nothing new.',
    known: 'No row was known before.',
    changed: 'No known row changes.',
    doubtful: 'No row is in doubt.',
  } satisfies Record<DiffKind, string>,
  reasons: {
    'no-match': 'No row like it in the ledger',
    'same-fingerprint': 'Same day, amount and text',
    'same-source-id': 'Same id at the source',
    'settles-pending': 'Books a row that was pending',
    'text-changed': 'Same row, changed text',
    'similar-row': 'Close to a kept row, not surely the same',
    excluded: 'Known as a row that was excluded. It stays out',
  } satisfies Record<DiffRow['reason'], string>,
  columns: {
    date: 'Booked on',
    counterparty: 'Counterparty',
    description: 'Description',
    reason: 'Why',
    amount: 'Amount',
  },
  diffLabel: (kind: DiffKind) => `Rows of this batch: ${kind}`,
  diffTabs: 'Rows by what would happen to them',
} as const;

const READER_NAMES: Readonly<Record<string, string>> = {
  camt: 'CAMT.',
  ofx: 'OFX ',
  mt940: 'MT940 ',
  mt942: 'MT942 ',
  csv: 'CSV ',
  qif: 'QIF ',
  bai2: 'BAI2 ',
  'uk-open-banking-4.0': 'UK Open Banking 4.0',
};

/** What read the source, as a person knows it: `camt 053.001.08` is CAMT.053.001.08. Null where nothing is known. */
export function wordReader(reader: string): string | null {
  const [format = '', ...version] = reader.split(' ');
  return `${READER_NAMES[format] ?? `${format} `}${version.join(' ')}`.trim() || null;
}
