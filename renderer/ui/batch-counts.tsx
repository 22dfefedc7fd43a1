// A batch's counts in one line: how many rows are new, changed, doubtful, known. A zero stays quiet.
import './batch-counts.css';
import type { DiffCounts } from '../../shared/ipc/contract/batches.ts';
import { batchText as text, DIFF_KINDS } from '../text/batch.ts';
import { formatCount } from './format.ts';

export function CountsText({ counts }: { readonly counts: DiffCounts }) {
  const shown = DIFF_KINDS.filter((kind) => counts[kind] > 0 || kind === 'new' || kind === 'known');
  return (
    <span className="sr-counts">
      {shown.map((kind) => (
        <span key={kind} data-some={(counts[kind] > 0 && kind !== 'known') || undefined}>
          {text.counted[kind](formatCount(counts[kind]))}
        </span>
      ))}
    </span>
  );
}
