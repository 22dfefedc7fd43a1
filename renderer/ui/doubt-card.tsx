// One doubtful row beside its counterpart, differences marked by a sign and a word. It decides nothing itself.
import { Button } from '@mantine/core';
import { EqualNot } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { BatchSummary, DiffRow } from '../../shared/ipc/contract/batches.ts';
import { doubtText as text } from '../text/doubts.ts';
import { Amount } from './amount.tsx';
import { CalendarDateText } from './date-text.tsx';
import { COMPARED_FIELDS, differencesOf, type ComparedField } from './doubt-differences.ts';
import { Keys } from './keys.tsx';
import { StateBadge } from './state-badge.tsx';

/** A doubtful row and where it came from. */
export interface Doubt extends DiffRow {
  readonly batchId: BatchSummary['id'];
  readonly source: string;
  /** Null where the screen says it already. */
  readonly accountName: string | null;
}

type Side = Pick<DiffRow, ComparedField>;

interface DoubtCardProps {
  readonly doubt: Doubt;
  /** Null where nothing can be decided. */
  readonly onDecide: ((decision: DiffRow['decision']) => void) | null;
  /** Hears keys while one of the buttons has the focus. */
  readonly onKey: (event: KeyboardEvent) => void;
}

function valueOf(field: ComparedField, side: Side, { currency, exponent }: Doubt): ReactNode {
  if (field === 'bookingDate') return <CalendarDateText date={side.bookingDate} />;
  if (field === 'amountMinor') return <Amount amountMinor={side.amountMinor} currency={currency} exponent={exponent} />;
  return side[field] ?? <span className="sr-quiet">{text.notStated}</span>;
}

function Line({ field, doubt }: { readonly field: ComparedField; readonly doubt: Doubt }) {
  const differs = differencesOf(doubt).has(field);
  return (
    <tr data-differs={differs || undefined}>
      <th scope="row">{text.fields[field]}</th>
      <td>{valueOf(field, doubt, doubt)}</td>
      <td className="sr-doubt-sign">
        {differs && (
          <>
            <EqualNot size={14} aria-hidden="true" />
            <span className="sr-visually-hidden">{text.differs}</span>
          </>
        )}
      </td>
      <td>{doubt.counterpart && valueOf(field, doubt.counterpart, doubt)}</td>
    </tr>
  );
}

function Decision({ doubt: { decision }, onDecide, onKey }: DoubtCardProps) {
  if (decision !== null) {
    return (
      <div className="sr-doubt-actions">
        <StateBadge tone="good" word={text.words[decision]} />
        {onDecide && (
          <Button variant="default" size="compact-xs" onKeyDown={onKey} onClick={() => onDecide(null)}>
            {text.reopen}
          </Button>
        )}
      </div>
    );
  }
  if (onDecide === null) return null;
  return (
    <div className="sr-doubt-actions">
      <Button
        variant="default"
        aria-keyshortcuts="s"
        rightSection={<Keys keys={['S']} />}
        onKeyDown={onKey}
        onClick={() => onDecide('same')}
      >
        {text.same}
      </Button>
      <Button
        variant="default"
        aria-keyshortcuts="t"
        rightSection={<Keys keys={['T']} />}
        onKeyDown={onKey}
        onClick={() => onDecide('separate')}
      >
        {text.separate}
      </Button>
    </div>
  );
}

export function DoubtCard(props: DoubtCardProps) {
  const { doubt } = props;
  return (
    <div className="sr-doubt">
      <table className="sr-doubt-pair">
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-visually-hidden">{text.field}</span>
            </th>
            <th scope="col">
              {text.incoming} <span className="sr-quiet">{doubt.source}</span>
            </th>
            <th scope="col">
              <span className="sr-visually-hidden">{text.difference}</span>
            </th>
            <th scope="col">
              {text.kept} <span className="sr-quiet">{doubt.counterpart?.source ?? text.keptGone}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {COMPARED_FIELDS.map((field) => (
            <Line key={field} field={field} doubt={doubt} />
          ))}
        </tbody>
      </table>
      <div className="sr-doubt-side">
        {doubt.accountName !== null && <p className="sr-quiet sr-truncate">{doubt.accountName}</p>}
        <Decision {...props} />
      </div>
    </div>
  );
}
